#include "plot/scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kith::plot {

double tick_distance(double most, std::size_t wanted) {
  const double rough = most / static_cast<double>(wanted);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double step : {1.0, 2.0, 2.5, 5.0}) {
    if (step * power >= rough * (1.0 - 1e-9)) return step * power;
  }
  return 10.0 * power;
}

std::vector<double> ticks(double from, double to, std::size_t wanted) {
  const double distance = tick_distance(to - from, wanted);
  std::vector<double> all;
  const double last = std::floor(to / distance + 1e-9);
  for (double step = std::ceil(from / distance - 1e-9); step <= last; step += 1.0) all.push_back(step * distance + 0.0);
  return all;
}

Range range_of(const std::vector<double>& values, std::size_t wanted_ticks) {
  double low = INFINITY;
  double high = -INFINITY;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) return {};
  if (low == high) {
    const double around = low == 0.0 ? 1.0 : 0.1 * std::abs(low);
    low -= around;
    high += around;
  }
  const double distance = tick_distance(high - low, wanted_ticks);
  return {distance * std::floor(low / distance + 1e-9), distance * std::ceil(high / distance - 1e-9)};
}

std::string tick_text(double value) {
  std::string text = fmt::format("{:.6g}", value == 0.0 ? 0.0 : value);
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

std::vector<std::string> tick_texts(const std::vector<double>& values) {
  std::vector<std::string> texts;
  std::size_t digits = 0;
  for (const double value : values) {
    texts.push_back(tick_text(value));
    if (texts.back().find('e') != std::string::npos) digits = std::string::npos;  // none is written out
    const std::size_t point = texts.back().find('.');
    if (digits != std::string::npos && point != std::string::npos)
      digits = std::max(digits, texts.back().size() - point - 1);
  }
  for (std::string& text : texts) {
    if (digits == std::string::npos || digits == 0 || text == "0") continue;
    std::size_t point = text.find('.');
    if (point == std::string::npos) text += '.', point = text.size() - 1;
    text.append(digits - (text.size() - point - 1), '0');
  }
  return texts;
}

}  // namespace kith::plot
