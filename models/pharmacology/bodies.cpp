#include "models/pharmacology/bodies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/distributions.hpp"
#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "core/math.hpp"
#include "core/units.hpp"

namespace kith::pharmacology {
namespace {

/// Standard deviation of the logarithm of a lognormal variable with this coefficient of variation.
double sigma_of(const Parameter& variation) { return std::sqrt(portable_log(1.0 + variation.value * variation.value)); }

std::uint32_t number_of(const std::string& substance) {
  Fingerprint fingerprint;
  fingerprint.add(std::string_view(substance));
  return static_cast<std::uint32_t>(fingerprint.value());
}

double power(double base, double exponent) {
  return exponent == 0.0 ? 1.0 : portable_exp(exponent * portable_log(base));
}

/// One covariate of a drug while its column is read.
class ColumnReader {
 public:
  ColumnReader(const Drug& drug, const Covariate& covariate) : drug_(&drug), covariate_(&covariate) {}

  /// What a value makes of the factors; no value leaves them as they are.
  void apply(const std::string& value, double& clearance, double& volume) {
    if (covariate_->levels.empty())
      apply_number(value, clearance, volume);
    else
      apply_level(value, clearance);
  }
  std::size_t missing() const { return missing_; }

 private:
  void apply_number(const std::string& value, double& clearance, double& volume) {
    const std::optional<double> number = parse_number(value);
    if (!number || std::isnan(*number)) {
      ++missing_;
      return;
    }
    if (!(*number > 0.0) || std::isinf(*number)) refuse(value, "it must be a number above 0");
    const double ratio = *number / covariate_->reference.value;
    clearance *= power(ratio, covariate_->clearance_exponent.value);
    volume *= power(ratio, covariate_->volume_exponent.value);
  }

  void apply_level(const std::string& value, double& clearance) {
    if (value.empty()) {
      ++missing_;
      return;
    }
    const auto level = std::find_if(covariate_->levels.begin(), covariate_->levels.end(),
                                    [&](const Covariate::Level& each) { return each.value == value; });
    if (level == covariate_->levels.end()) {
      std::string known;
      for (const Covariate::Level& each : covariate_->levels) known += (known.empty() ? "" : ", ") + each.value;
      refuse(value, "the drug knows " + known);
    }
    clearance *= level->clearance.value;
  }

  [[noreturn]] void refuse(const std::string& value, const std::string& why) const {
    throw Error(ErrorKind::invalid_scenario,
                fmt::format("\"{}\" in the column {} of the people's table cannot be a covariate of {}: {}", value,
                            covariate_->column, drug_->name, why));
  }

  const Drug* drug_;
  const Covariate* covariate_;
  std::size_t missing_ = 0;
};

}  // namespace

BodyFactors chance_factors(const BetweenPeople& between, WorldKey world, PersonId person) {
  if (between.is_none()) return {};
  Stream stream = Draws(world, "body").at(person, number_of(between.substance), 0);
  const double first = normal(stream);
  const double second = normal(stream);
  const double third = normal(stream);
  // Deviations with the wanted correlations (Cholesky).
  const double a = between.clearance_bioavailability.value;
  const double b = between.clearance_effect_half_life.value;
  const double left = std::sqrt(1.0 - a * a);
  const double c = (between.bioavailability_effect_half_life.value - a * b) / left;
  const double rest = std::sqrt(std::max(0.0, 1.0 - b * b - c * c));
  BodyFactors factors;
  factors.clearance = portable_exp(sigma_of(between.clearance) * first);
  factors.bioavailability = portable_exp(sigma_of(between.bioavailability) * (a * first + left * second));
  factors.effect_half_life = portable_exp(sigma_of(between.effect_half_life) * (b * first + c * second + rest * third));
  return factors;
}

std::vector<std::string> Bodies::read(std::span<const Drug* const> drugs, const PeopleTable& table) {
  std::vector<std::string> notes;
  for (const Drug* drug : drugs) {
    for (const Covariate& covariate : drug->covariates) {
      const auto name = std::find(table.names.begin(), table.names.end(), covariate.column);
      if (name == table.names.end()) continue;
      const std::vector<std::string>& column = table.values[static_cast<std::size_t>(name - table.names.begin())];
      Known& known = known_[drug->name];
      known.clearance.resize(column.size(), 1.0);
      known.volume.resize(column.size(), 1.0);
      ColumnReader reader(*drug, covariate);
      for (std::size_t p = 0; p < column.size(); ++p) reader.apply(column[p], known.clearance[p], known.volume[p]);
      if (reader.missing() > 0)
        notes.push_back(fmt::format("{} of {} people have no {}, so that it changes nothing for them in {}.",
                                    reader.missing(), column.size(), covariate.column, drug->name));
    }
  }
  return notes;
}

BodyFactors Bodies::factors(const Drug& drug, PersonId person) const {
  BodyFactors factors = world_ ? chance_factors(drug.between_people, *world_, person) : BodyFactors();
  if (const auto known = known_.find(drug.name); known != known_.end()) {
    factors.clearance *= known->second.clearance[person];
    factors.volume *= known->second.volume[person];
  }
  return factors;
}

}  // namespace kith::pharmacology
