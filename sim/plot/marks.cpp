#include "plot/marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kith::plot {
namespace {

/// Calls f(begin, end) for each stretch of points that are all there.
template <class IsThere, class F>
void for_each_stretch(std::size_t count, const IsThere& is_there, F&& f) {
  for (std::size_t begin = 0; begin < count;) {
    if (!is_there(begin)) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < count && is_there(end)) ++end;
    f(begin, end);
    begin = end;
  }
}

/// The places of one stretch; in steps, each but the first is reached along the y before it.
template <class Y>
std::vector<Place> places(const Axes& axes, const Points& points, std::size_t begin, std::size_t end, const Y& y_of,
                          bool in_steps) {
  std::vector<Place> all;
  for (std::size_t i = begin; i < end; ++i) {
    if (in_steps && i > begin) all.push_back(axes.at(points[i].first, y_of(i - 1)));
    all.push_back(axes.at(points[i].first, y_of(i)));
  }
  return all;
}

void draw_line(Drawing& drawing, const Axes& axes, const Points& points, std::size_t tone, bool in_steps) {
  const auto y = [&](std::size_t i) { return points[i].second; };
  for_each_stretch(
      points.size(), [&](std::size_t i) { return std::isfinite(y(i)); },
      [&](std::size_t begin, std::size_t end) {
        drawing.polyline(places(axes, points, begin, end, y, in_steps), "curve " + tone_class('s', tone));
      });
}

void draw_band(Drawing& drawing, const Axes& axes, const Points& points, const Limits& limits, std::size_t tone,
               bool in_steps) {
  for_each_stretch(
      limits.size(), [&](std::size_t i) { return std::isfinite(limits[i].first) && std::isfinite(limits[i].second); },
      [&](std::size_t begin, std::size_t end) {
        std::vector<Place> around = places(
            axes, points, begin, end, [&](std::size_t i) { return limits[i].first; }, in_steps);
        const std::vector<Place> above = places(
            axes, points, begin, end, [&](std::size_t i) { return limits[i].second; }, in_steps);
        around.insert(around.end(), above.rbegin(), above.rend());
        drawing.polygon(around, tone_class('b', tone));
      });
}

constexpr double key_height = 20.0, key_sign = 26.0, key_gap = 18.0;

/// Where each entry starts, within a width.
std::vector<Place> key_places(double width, const std::vector<Key>& keys) {
  std::vector<Place> all;
  Place next{0.0, 0.0};
  for (const Key& key : keys) {
    const double wide = key_sign + text_width(key.name) + key_gap;
    if (next.x > 0.0 && next.x + wide - key_gap > width) next = {0.0, next.y + key_height};
    all.push_back(next);
    next.x += wide;
  }
  return all;
}

void sign(Drawing& drawing, Place left, const Key& key) {
  const double middle = left.y - 4.5;
  switch (key.kind) {
    case Key::Kind::line:
      return drawing.line({left.x, middle}, {left.x + 20.0, middle}, "curve " + tone_class('s', key.tone));
    case Key::Kind::whole_line:
      return drawing.line({left.x, middle}, {left.x + 20.0, middle}, "curve " + tone_class('s', key.tone) + " whole");
    case Key::Kind::area:
      return drawing.rect({left.x, middle - 5.0}, 20.0, 10.0, tone_class('b', key.tone));
    case Key::Kind::ring:
      return drawing.circle({left.x + 10.0, middle}, 4.0, "bare");
    case Key::Kind::square:
      return drawing.rect({left.x + 5.0, middle - 5.0}, 10.0, 10.0, tone_class('f', key.tone));
    case Key::Kind::dot:
      return drawing.circle({left.x + 10.0, middle}, 4.0, "dot " + tone_class('f', key.tone));
  }
}

}  // namespace

void line(Drawing& drawing, const Axes& axes, const Points& points, std::size_t tone) {
  draw_line(drawing, axes, points, tone, false);
}
void step(Drawing& drawing, const Axes& axes, const Points& points, std::size_t tone) {
  draw_line(drawing, axes, points, tone, true);
}
void band(Drawing& drawing, const Axes& axes, const Points& points, const Limits& limits, std::size_t tone) {
  draw_band(drawing, axes, points, limits, tone, false);
}
void step_band(Drawing& drawing, const Axes& axes, const Points& points, const Limits& limits, std::size_t tone) {
  draw_band(drawing, axes, points, limits, tone, true);
}

void dots(Drawing& drawing, const Axes& axes, const Points& points, std::size_t tone, double radius) {
  for (const auto& [x, y] : points) {
    if (std::isfinite(y)) drawing.circle(axes.at(x, y), radius, "dot " + tone_class('f', tone));
  }
}

void ring(Drawing& drawing, const Axes& axes, double x, double y, double spread, std::size_t tone) {
  const std::string colour = tone_class('s', tone);
  if (spread > 0.0) drawing.line(axes.at(x, y - spread), axes.at(x, y + spread), colour);
  drawing.circle(axes.at(x, y), 4.0, "hollow " + colour);
}

void interval(Drawing& drawing, const Axes& axes, double x, double value, double low, double high, std::size_t tone) {
  constexpr double half = 6.0;
  if (std::isfinite(low) && std::isfinite(high))
    drawing.line(axes.at(x, low), axes.at(x, high), "curve " + tone_class('s', tone) + " whole");
  const Place at = axes.at(x, value);
  drawing.polygon({{at.x - half, at.y}, {at.x, at.y - half}, {at.x + half, at.y}, {at.x, at.y + half}},
                  tone_class('f', tone));
}

void bar(Drawing& drawing, const Axes& axes, double x, double value, double width, std::size_t tone) {
  const Place end = axes.at(x, value);
  const double ground = axes.y(0.0);
  drawing.rect({end.x - 0.5 * width, std::min(end.y, ground)}, width, std::abs(ground - end.y), tone_class('f', tone));
}

double legend(Drawing& drawing, Place from, double right, const std::vector<Key>& keys) {
  const std::vector<Place> places = key_places(right - from.x, keys);
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const Place left{from.x + places[k].x, from.y + places[k].y};
    sign(drawing, left, keys[k]);
    drawing.text({left.x + key_sign, left.y}, keys[k].name, "words");
  }
  return legend_height(right - from.x, keys);
}

double legend_height(double width, const std::vector<Key>& keys) {
  return keys.empty() ? 0.0 : key_places(width, keys).back().y + key_height;
}

}  // namespace kith::plot
