#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/random.hpp"
#include "models/pharmacology/drug.hpp"

/// How the bodies of a population differ in what they do with drugs (ODD 7.1).
namespace kith::pharmacology {

/// A table about people: columns of text.
struct PeopleTable {
  std::span<const std::string> names;
  std::span<const std::vector<std::string>> values;  ///< [columns][people]; "" where it has no row
};

/// The bodies of a population. What chance makes of one is a function of world, person and substance, so that a person is the
/// same in every world that starts from the population; the rest follows from the people's table.
class Bodies {
 public:
  /// Everybody's is typical.
  Bodies() = default;
  explicit Bodies(WorldKey world) : world_(world) {}

  /// Reads the columns that drugs name. Gives what people should know, one sentence each. Throws kith::Error
  /// (invalid_scenario) where a column holds what cannot be.
  std::vector<std::string> read(std::span<const Drug* const> drugs, const PeopleTable& table);

  BodyFactors factors(const Drug& drug, PersonId person) const;

 private:
  /// Factors of covariates [people].
  struct Known {
    std::vector<double> clearance, volume;
  };
  std::optional<WorldKey> world_;
  std::map<std::string, Known> known_;  // by drug
};

/// Factors that chance makes of one body.
BodyFactors chance_factors(const BetweenPeople& between, WorldKey world, PersonId person);

}  // namespace kith::pharmacology
