#pragma once

#include <string>
#include <vector>

#include "config/known_names.hpp"
#include "config/section.hpp"
#include "models/pharmacology/drug.hpp"

/// Parts of the reader of drugs.
namespace kith::pharmacology {

/// Reads `key: 4 h` or `key: {value: 4 h, mark: published, source: …}`.
Parameter read_parameter(config::Section& section, const config::Spec& spec);

/// Reads `between_people:` of a drug.
BetweenPeople read_between_people(config::Section& drug, const std::string& name, const Kinetics& kinetics);

/// Reads `covariates:` of a drug. `columns`: of the people's table, or none where there is no table.
std::vector<Covariate> read_covariates(config::Section& drug, const config::KnownNames& columns);

}  // namespace kith::pharmacology
