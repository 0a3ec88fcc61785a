#include "models/scenario/expectation.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "models/patients/outcome_names.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trials/design/regimen.hpp"

namespace kith {

using config::Section;

namespace {

/// What an outcome can be of.
std::vector<std::string> measured_names(const Scenario& scenario) {
  std::vector<std::string> all = trials::names(scenario.measures);
  if (scenario.substance_use) all.insert(all.end(), patient_outcome_names.begin(), patient_outcome_names.end());
  return all;
}

void read_finding(Section& s, ExpectedOutcome& outcome) {
  s.alternative(
      {{"effect", "the size that was published",
        [&](Section& keys) {
          outcome.finding = Finding::effect;
          outcome.effect = keys.number({.key = "effect",
                                        .min = "-10",
                                        .max = "10",
                                        .doc = "Published effect, Hedges g (or Cohen's d); negative: lower."});
          outcome.standard_error = keys.number({.key = "se",
                                                .min = "0",
                                                .max = "10",
                                                .above_min = true,
                                                .doc = "Standard error of the published effect."});
        }},
       {"direction", "only the direction was published", [&](Section& keys) {
          const std::size_t found = keys.choice(
              {.key = "direction", .doc = "Published direction."},
              {{"lower", "lower on the arm"}, {"higher", "higher on the arm"}, {"none", "no difference was found"}});
          outcome.finding = static_cast<Finding>(found + 1);
          outcome.bound = keys.number({.key = "bound",
                                       .fallback = "0.1",
                                       .min = "0",
                                       .max = "10",
                                       .above_min = true,
                                       .doc = "Effects smaller than this, in Hedges g, count as none.",
                                       .mark = config::Mark::assumed,
                                       .source = "range 0.05-0.2: half of the meta-analytic effect (Loseth 2024)"});
        }}});
}

void check_name(Section& s, std::string_view key, const std::string& name, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  s.fail(key, fmt::format("nothing measured here is called \"{}\"", name),
         known.empty() ? "the scenario has no measures" : "", trials::suggest(name, known));
}

/// The arm of this name; `fallback` for "".
std::size_t find_arm(Section& s, std::string_view key, const std::string& name, const trials::Trial& trial,
                     std::size_t fallback) {
  if (name.empty()) return fallback;
  const auto found =
      std::find_if(trial.arms.begin(), trial.arms.end(), [&](const trials::Arm& arm) { return arm.name == name; });
  if (found != trial.arms.end()) return static_cast<std::size_t>(found - trial.arms.begin());
  std::vector<std::string> names;
  for (const trials::Arm& arm : trial.arms) names.push_back(arm.name);
  s.fail(key, fmt::format("no arm is called \"{}\"", name), "", trials::suggest(name, names));
  return fallback;
}

void read_contrast(Section& s, const Scenario& scenario, ExpectedOutcome& outcome) {
  const std::string arm =
      s.text({.key = "arm",
              .fallback = "",
              .doc = "The arm whose effect is meant, that minus `against`; without both the first but the reference."});
  const std::string against =
      s.text({.key = "against",
              .fallback = "",
              .doc = "The arm that it is compared with; needs `arm`. The trial's reference if not given."});
  if (s.describing() || !outcome.cannot_express.empty() || !scenario.trial) return;
  const trials::Trial& trial = *scenario.trial;
  outcome.against = find_arm(s, "against", against, trial, trial.reference);
  if (!against.empty() && arm.empty())
    return s.fail("against", "which arm is compared with it is not said", "an effect is that of `arm` minus `against`",
                  "add arm:", {"arm"});
  outcome.arm = find_arm(s, "arm", arm, trial, outcome.against == 0 ? 1 : 0);
  if (outcome.arm == outcome.against)
    s.fail(arm.empty() ? "against" : "arm", "an arm is compared with itself", "", "name two arms");
}

ExpectedOutcome read_outcome(const std::string& name, Section& s, const Scenario& scenario, bool is_known) {
  ExpectedOutcome outcome;
  outcome.name = name;
  outcome.cannot_express =
      s.text({.key = "cannot_express",
              .fallback = "",
              .doc = "Why a scenario cannot express this outcome, which is then listed and not run."});
  read_finding(s, outcome);
  outcome.measure = s.text({.key = "measure",
                            .fallback = "",
                            .doc = "Name of a measure as results have it, such as \"connection diary\", or of an "
                                   "outcome of patients, such as \"social functioning\"."});
  outcome.minus = s.text({.key = "minus",
                          .fallback = "",
                          .doc = "A measure of the same times that is taken from it, in each participant."});
  outcome.stand_in =
      s.text({.key = "stand_in",
              .fallback = "",
              .doc = "What was measured in the experiment, where the scenario's measure only stands for it."});
  outcome.is_pooled = s.flag({.key = "pooled",
                              .fallback = "false",
                              .doc = "Whether it counts in the pooled row of the forest plot: felt connection under an "
                                     "antagonist."});
  read_contrast(s, scenario, outcome);
  if (s.describing() || !outcome.cannot_express.empty() || !is_known) return outcome;
  const std::vector<std::string> known = measured_names(scenario);
  if (outcome.measure.empty())
    s.fail("measure", "what is measured is not said", "an outcome is of something that the participants are asked",
           "add measure:, or say in cannot_express: why there is none", {"measure", "cannot_express"});
  else
    check_name(s, "measure", outcome.measure, known);
  if (!outcome.minus.empty()) check_name(s, "minus", outcome.minus, trials::names(scenario.measures));
  return outcome;
}

}  // namespace

std::optional<Expectation> read_expectation(Section& root, const Scenario& scenario) {
  if (!root.has("expect")) return std::nullopt;
  // Else names of measures may be wrong because of another mistake.
  const bool is_known = root.mistakes() == 0 && scenario.trial.has_value();
  Section s = root.section({.key = "expect", .doc = "What a published experiment found, for kith evidence."});
  Expectation expected;
  expected.source = s.text({.key = "source", .doc = "Where it was published."});
  expected.people =
      s.text({.key = "people",
              .fallback = "",
              .doc = "Whose experiment it is: experiments of the same people count once. Those of this file alone if "
                     "not given."});
  expected.is_role_given = s.has("role");
  expected.role = static_cast<Role>(
      s.choice({.key = "role", .fallback = "held_out", .doc = "Whether something was fitted to it."},
               {{"held_out", "nothing was: it is scored"},
                {"calibration", "something was: it is scored apart"},
                {"in_meta_analysis",
                 "it is among the outcomes that every theory's opioid share is fitted to: shown, never scored"}}));
  expected.analogue = s.text({.key = "analogue",
                              .fallback = "",
                              .doc = "Which animals were studied, where a small group of people stands for them."});
  s.map({.key = "outcomes", .doc = "What was found, by name."}, [&](const std::string& name, Section& outcome) {
    expected.outcomes.push_back(read_outcome(name, outcome, scenario, is_known));
  });
  if (s.describing()) return expected;
  if (expected.outcomes.empty())
    s.fail("outcomes", "nothing is expected", "`expect:` says what an experiment found", "add an outcome");
  const bool is_run = std::any_of(expected.outcomes.begin(), expected.outcomes.end(),
                                  [](const ExpectedOutcome& outcome) { return outcome.cannot_express.empty(); });
  if (is_run && !scenario.trial)
    root.fail("expect", "outcomes are expected, but there is no trial", "an outcome compares arms of a trial",
              "add `trial:`, or say in cannot_express: why there is none", {"trial", "trials"});
  return expected;
}

}  // namespace kith
