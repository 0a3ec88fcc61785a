#include "figures/numbers.hpp"

#include <fmt/format.h>

#include <cmath>

#include "plot/scale.hpp"

namespace kith::figures {

Cell number(double value, int digits) {
  if (!std::isfinite(value)) return {"–", std::nullopt};
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);
  if (text.front() == '-') text.replace(0, 1, "−");
  return {text, value};
}

Cell with_interval(double value, double low, double high, int digits) {
  Cell cell = number(value, digits);
  if (!cell.value || !std::isfinite(low) || !std::isfinite(high)) return cell;
  cell.text += fmt::format(" [{}, {}]", number(low, digits).text, number(high, digits).text);
  cell.low = low;
  cell.high = high;
  return cell;
}

Cell plain(double value) { return {plot::tick_text(value), value}; }

}  // namespace kith::figures
