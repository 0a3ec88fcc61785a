#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/pharmacology/read_parameter.hpp"

namespace kith::pharmacology {
namespace {

using config::Section;
using config::Spec;

Parameter read_variation(Section& s, std::string_view key, std::string_view doc) {
  return read_parameter(s, {.key = key, .unit = "%", .fallback = "0 %", .min = "0 %", .max = "300 %", .doc = doc});
}

Parameter read_correlation(Section& s, std::string_view key, std::string_view doc) {
  return read_parameter(s, {.key = key, .fallback = "0", .min = "-0.99", .max = "0.99", .doc = doc});
}

/// Whether three variables can have these correlations.
bool are_possible(double a, double b, double c) { return 1.0 + 2.0 * a * b * c - a * a - b * b - c * c > 1e-6; }

bool has_bioavailability(const Kinetics& kinetics) {
  return std::any_of(kinetics.absorption.begin(), kinetics.absorption.end(),
                     [](const Absorption& part) { return part.bioavailability.value < 1.0; });
}

/// The column of numbers that says how large a body is.
void read_size(Section& s, Covariate& covariate) {
  covariate.reference =
      read_parameter(s, {.key = "reference",
                         .min = "0",
                         .above_min = true,
                         .doc = "Number in the column of a person whose factors are 1, in the unit of the column."});
  covariate.clearance_exponent = read_parameter(
      s, {.key = "clearance_exponent",
          .fallback = "0",
          .min = "-5",
          .max = "5",
          .doc = "Clearance goes with (number/reference) to the power of this; 0.75 is usual for weight."});
  covariate.volume_exponent =
      read_parameter(s, {.key = "volume_exponent",
                         .fallback = "0",
                         .min = "-5",
                         .max = "5",
                         .doc = "The same for the volume of distribution; 1 is usual for weight."});
}

/// The column of categories, such as the activity of an enzyme.
void read_levels(Section& s, Covariate& covariate) {
  s.map({.key = "levels", .doc = "Values that the column has: activity levels of a CYP or UGT enzyme."},
        [&](const std::string& value, Section& level) {
          covariate.levels.push_back({value, read_parameter(level, {.key = "clearance",
                                                                    .min = "0",
                                                                    .max = "100",
                                                                    .above_min = true,
                                                                    .doc = "Factor on the clearance."})});
        });
  if (covariate.levels.empty())
    s.fail("levels", "no value of the column is given", "",
           "write e.g. levels: {poor: {clearance: 0.5}, normal: {clearance: 1}}");
}

}  // namespace

BetweenPeople read_between_people(Section& drug, const std::string& name, const Kinetics& kinetics) {
  BetweenPeople between;
  Section s =
      drug.section({.key = "between_people",
                    .doc = "How much people differ: coefficients of variation of lognormal factors with median 1."});
  between.substance = s.text(
      {.key = "substance",
       .fallback = "",
       .doc =
           "Drugs of the same substance share a person's deviations; by default each drug has deviations of its own."});
  if (between.substance.empty()) between.substance = name;
  between.clearance = read_variation(s, "clearance", "Of the parent's clearance; the volume stays.");
  between.bioavailability = read_variation(s, "bioavailability", "Of the bioavailability, which stays below 100 %.");
  between.effect_half_life = read_variation(s, "effect_half_life", "Of the half-life of the effect site.");
  Section r = s.section({.key = "correlations", .doc = "Correlations between the logarithms of two factors."});
  between.clearance_bioavailability =
      read_correlation(r, "clearance_bioavailability", "Of clearance and bioavailability.");
  between.clearance_effect_half_life =
      read_correlation(r, "clearance_effect_half_life", "Of clearance and half-life of the effect site.");
  between.bioavailability_effect_half_life =
      read_correlation(r, "bioavailability_effect_half_life", "Of bioavailability and half-life of the effect site.");
  if (between.bioavailability.value > 0.0 && !has_bioavailability(kinetics))
    s.fail("bioavailability", "there is no bioavailability that could differ", "all of a dose reaches the blood",
           "give absorption a bioavailability below 100 %, or let the clearance differ");
  if (!are_possible(between.clearance_bioavailability.value, between.clearance_effect_half_life.value,
                    between.bioavailability_effect_half_life.value))
    s.fail("correlations", "no three factors have these correlations", "they exclude each other",
           "take smaller ones, or leave one of them out");
  return between;
}

std::vector<Covariate> read_covariates(Section& drug, const config::KnownNames& columns) {
  std::vector<Covariate> covariates;
  drug.list(
      {.key = "covariates", .doc = "Columns of the people's table that change what a body does with the drug."},
      [&](Section& s) {
        Covariate covariate;
        covariate.column = s.text({.key = "column", .doc = "Name of the column."});
        covariate.is_required =
            s.flag({.key = "required",
                    .fallback = "true",
                    .doc = "Whether a people's table without the column is a mistake; else it does nothing there."});
        s.alternative({{"reference", "a column of numbers: weight", [&](Section& one) { read_size(one, covariate); }},
                       {"levels", "a column of categories", [&](Section& one) { read_levels(one, covariate); }}});
        if (covariate.is_required && !columns.are_none() && !columns.admit(covariate.column))
          s.fail("column", fmt::format("the people's table has no column \"{}\"", covariate.column),
                 "people.columns names the table", "add the column, or say required: false");
        covariates.push_back(std::move(covariate));
      });
  return covariates;
}

}  // namespace kith::pharmacology
