#include "cli/sweep_cells.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kith::cli {

namespace {

constexpr const char* none = "–";

/// With a real minus.
std::string signed_text(std::string text) {
  if (text[0] == '-') text.replace(0, 1, "−");
  return text;
}

bool has_interval(const sweep::Estimate& estimate) {
  return std::isfinite(estimate.low) && std::isfinite(estimate.high);
}

template <class Text>
Cell cell_of(const sweep::Estimate& estimate, const std::string& value, const Text& text) {
  if (!std::isfinite(estimate.value)) return {none, std::nullopt};
  if (!has_interval(estimate)) return {fmt::format("{} [{}]", value, none), estimate.value};
  return {fmt::format("{} [{}, {}]", value, text(estimate.low), text(estimate.high)), estimate.value, estimate.low,
          estimate.high};
}

}  // namespace

std::string number_text(double value) {
  return std::isfinite(value) ? signed_text(fmt::format("{:.3g}", value)) : none;
}

Cell number_cell(double value) {
  return {number_text(value), std::isfinite(value) ? std::optional(value) : std::nullopt};
}

Cell mean_cell(const sweep::Estimate& mean) { return cell_of(mean, number_text(mean.value), number_text); }

Cell index_cell(const sweep::Estimate& index) {
  constexpr double small = 0.1;
  const auto text = [](double value) { return signed_text(fmt::format("{:.2f}", value)); };
  const bool is_none = index.low <= 0.0 && index.high >= 0.0 && index.high < small;
  return cell_of(index, is_none ? "≈ 0" : text(index.value), text);
}

}  // namespace kith::cli
