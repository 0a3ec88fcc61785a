#include "figures/study_effects.hpp"

#include <cmath>
#include <utility>

namespace kith::figures {

StudyEffects::StudyEffects(const io::ResultFile& result, std::string suffix)
    : result_(&result), suffix_(std::move(suffix)) {}

const std::optional<Grid>& StudyEffects::grid(const std::string& table, const std::string& variable) const {
  const auto [place, is_new] = grids_.try_emplace(table + "." + variable);
  if (is_new) place->second = read_grid(*result_, table + suffix_, variable);
  return place->second;
}

bool StudyEffects::is_there() const {
  const std::optional<Grid>& low = grid("effects", "low");
  return low && low->sizes.size() == 3 && !low->names[1].empty();
}

const std::vector<std::string>& StudyEffects::measures() const { return grid("effects", "low")->names[1]; }

const std::vector<std::string>& StudyEffects::contrasts() const { return grid("effects", "low")->names[2]; }

std::size_t StudyEffects::studies() const { return grid("effects", "low")->sizes[0]; }

double StudyEffects::mean(const std::string& variable, std::size_t measure, std::size_t contrast) const {
  const std::optional<Grid>& values = grid("effects", variable);
  if (!values || values->sizes.size() != 3) return std::nan("");
  double total = 0.0;
  std::size_t count = 0;
  for (std::size_t study = 0; study < values->sizes[0]; ++study) {
    const double value = values->at({study, measure, contrast});
    if (!std::isfinite(value)) continue;
    total += value;
    ++count;
  }
  return count == 0 ? std::nan("") : total / static_cast<double>(count);
}

double StudyEffects::pooled(const std::string& variable, std::size_t measure, std::size_t contrast) const {
  const std::optional<Grid>& values = grid("effects_pooled", variable);
  return values && values->sizes.size() == 2 ? values->at({measure, contrast}) : std::nan("");
}

}  // namespace kith::figures
