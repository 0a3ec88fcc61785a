#include "figures/layout.hpp"

#include <algorithm>
#include <cmath>

namespace kith::figures {
namespace {

constexpr int steps = 200;

/// Moved apart or together along the line between them; `force` of the distance.
template <class Force>
void pull(plot::Place from, plot::Place to, plot::Place& move_from, plot::Place& move_to, const Force& force) {
  const double x = to.x - from.x;
  const double y = to.y - from.y;
  const double distance = std::max(std::hypot(x, y), 1e-6);
  const double by = force(distance) / distance;
  move_from.x += by * x;
  move_from.y += by * y;
  move_to.x -= by * x;
  move_to.y -= by * y;
}

}  // namespace

std::vector<plot::Place> spring_layout(std::size_t points,
                                       const std::vector<std::pair<std::size_t, std::size_t>>& ties) {
  std::vector<plot::Place> places(points);
  const auto count = static_cast<double>(std::max<std::size_t>(points, 1));
  for (std::size_t i = 0; i < points; ++i) {  // a sunflower: nobody on top of another
    constexpr double golden_angle = 2.399963229728653;
    const double radius = 0.5 * std::sqrt((static_cast<double>(i) + 0.5) / count);
    const double angle = golden_angle * static_cast<double>(i);
    places[i] = {0.5 + radius * std::cos(angle), 0.5 + radius * std::sin(angle)};
  }
  const double usual = 0.7 / std::sqrt(count);
  for (int step = 0; step < steps; ++step) {
    std::vector<plot::Place> moves(points);
    for (std::size_t i = 0; i < points; ++i) {
      for (std::size_t j = i + 1; j < points; ++j)
        pull(places[i], places[j], moves[i], moves[j], [&](double distance) { return -usual * usual / distance; });
    }
    for (const auto& [a, b] : ties)
      pull(places[a], places[b], moves[a], moves[b], [&](double distance) { return distance * distance / usual; });
    const double most = 0.1 * (1.0 - static_cast<double>(step) / steps);
    for (std::size_t i = 0; i < points; ++i) {
      const double length = std::max(std::hypot(moves[i].x, moves[i].y), 1e-12);
      const double by = std::min(length, most) / length;
      // A weak pull to the middle keeps parts that hang together by nothing on the page.
      places[i].x += by * moves[i].x + 0.01 * (0.5 - places[i].x);
      places[i].y += by * moves[i].y + 0.01 * (0.5 - places[i].y);
    }
  }
  double least_x = 1.0, least_y = 1.0, most_x = 0.0, most_y = 0.0;
  for (const plot::Place& place : places) {
    least_x = std::min(least_x, place.x);
    least_y = std::min(least_y, place.y);
    most_x = std::max(most_x, place.x);
    most_y = std::max(most_y, place.y);
  }
  const double wide = std::max({most_x - least_x, most_y - least_y, 1e-9});
  for (plot::Place& place : places) {
    place.x = 0.5 + (place.x - 0.5 * (least_x + most_x)) / wide;
    place.y = 0.5 + (place.y - 0.5 * (least_y + most_y)) / wide;
  }
  return places;
}

}  // namespace kith::figures
