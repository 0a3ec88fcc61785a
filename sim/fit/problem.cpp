#include "fit/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/error.hpp"
#include "fit/diaries.hpp"

namespace kith::fit {

std::string Parameter::assignment(double value) const {
  return unit.empty() ? fmt::format("{}={}", key, value) : fmt::format("{}={} {}", key, value, unit);
}

std::vector<const Parameter*> Problem::estimated() const {
  std::vector<const Parameter*> found;
  for (const Parameter& parameter : parameters) {
    if (parameter.is_estimated) found.push_back(&parameter);
  }
  return found;
}

std::vector<std::string> Problem::assignments(const std::vector<double>& point) const {
  std::vector<std::string> all;
  for (const auto& [key, value] : when) all.push_back(fmt::format("{}={}", key, value));
  all.insert(all.end(), set.begin(), set.end());
  std::size_t next = 0;
  for (const Parameter& parameter : parameters)
    all.push_back(parameter.assignment(parameter.is_estimated ? point[next++] : parameter.nominal));
  return all;
}

namespace {

using config::Section;
using Words = std::vector<std::string>;

std::string did_you_mean(const std::string& name, const Words& known) {
  const std::string near = nearest(name, known);
  return near.empty() ? "" : fmt::format("did you mean \"{}\"?", near);
}

/// Notes each item of the list at `key` that sets nothing.
void check_assignments(Section& s, std::string_view key, const Words& list) {
  for (std::size_t k = 0; k < list.size(); ++k) {
    const std::size_t equals = list[k].find('=');
    if (equals == std::string::npos || equals == 0)
      s.fail_item(key, k, fmt::format("\"{}\" sets nothing", list[k]), "", "write KEY=VALUE");
  }
}

Parameter read_parameter(const std::string& key, Section& s) {
  Parameter p;
  p.key = key;
  p.prior = read_prior(s);
  p.unit = s.text({.key = "unit", .fallback = "", .doc = "Unit of these numbers, as in a scenario: h, mg."});
  p.is_estimated = s.flag({.key = "estimate", .fallback = "true", .doc = "Whether it is estimated, or else fixed."});
  if (s.has("nominal") || !p.is_estimated)
    p.nominal = s.number({.key = "nominal", .doc = "Its value where it is not estimated."});
  p.mark = s.text({.key = "mark",
                   .fallback = "assumed",
                   .doc = "Where the value of one that is fixed comes from, for the table: assumed, published."});
  if (!p.is_estimated && !s.describing() && p.prior.density(p.nominal) == 0.0)
    s.fail("nominal", fmt::format("{} lies outside the bounds", p.nominal), p.prior.text());
  return p;
}

Experiment read_experiment(const std::string& name, Section& s) {
  Experiment e;
  e.name = name;
  e.scenario = s.text(
      {.key = "scenario", .doc = "A file, its path starting at the folder of the problem, or a shipped scenario."});
  std::error_code ignored;
  const std::string file = s.describing() ? "" : s.file_path(e.scenario);
  if (!file.empty() && std::filesystem::is_regular_file(file, ignored)) e.scenario = file;
  e.set = s.texts({.key = "set", .fallback = "[]", .doc = "What it changes in the scenario: [replicates.count=20]."});
  e.control =
      s.texts({.key = "control",
               .fallback = "[]",
               .doc = "Further changes under which nothing is expected, such as a theory without effect. They "
                      "are run with the same chance, and what comes out shows the noise, which can be taken off."});
  e.populations = static_cast<std::uint32_t>(
      s.integer({.key = "populations",
                 .fallback = "1",
                 .min = "1",
                 .max = "1000",
                 .doc = "How many runs, each with a seed of its own, the mean is taken of."}));
  check_assignments(s, "set", e.set);
  check_assignments(s, "control", e.control);
  return e;
}

template <class T>
std::optional<std::size_t> find_named(const std::vector<T>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.name == name; });
  return found == all.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - all.begin()));
}

template <class T>
Words names_of(const std::vector<T>& all) {
  Words names;
  for (const T& one : all) names.push_back(one.name);
  return names;
}

/// The place of a name among `all`; a name that is not there is noted.
template <class T>
std::size_t look_up(Section& s, std::string_view key, const std::string& name, const std::vector<T>& all,
                    std::string_view what) {
  if (s.describing()) return 0;
  if (const auto found = find_named(all, name)) return *found;
  s.fail(key, fmt::format("no {} is called \"{}\"", what, name), "", did_you_mean(name, names_of(all)));
  return 0;
}

void read_place(Section& s, Observable& o, const Problem& problem) {
  o.experiment = look_up(s, "experiment", s.text({.key = "experiment", .doc = "The experiment whose runs are read."}),
                         problem.experiments, "experiment");
  o.table = s.text({.key = "table", .fallback = "effects", .doc = "A table of its result (kith info names them)."});
  o.column = s.text({.key = "column", .fallback = "g", .doc = "A column of that table."});
  for (const std::string& entry :
       s.texts({.key = "at",
       .fallback = "[]",
       .doc = "Which entry of each other dimension of the table: [measure=connection diary]. Not needed where "
              "there is but one."})) {
    const std::size_t equals = std::min(entry.find('='), entry.size());
    if (equals == entry.size())
      s.fail("at", fmt::format("\"{}\" names no entry", entry), "", "write DIMENSION=ENTRY");
    else
      o.where.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
  }
  o.over_time = s.choice({.key = "over_time", .fallback = "last", .doc = "Of a table that goes on in time."},
                         {{"last", "its last row"}, {"mean", "the mean of its rows"}}) == 0
                    ? Observable::Over::last
                    : Observable::Over::mean;
  o.over_replicates = s.choice({.key = "over_replicates", .fallback = "mean", .doc = "Of the virtual studies."},
                               {{"mean", "their mean"}, {"sd", "their standard deviation"}}) == 0
                          ? Observable::Replicates::mean
                          : Observable::Replicates::sd;
  o.less_control = s.flag(
      {.key = "less_control", .fallback = "false", .doc = "Take off what the experiment's control has in its place."});
  if (s.describing() || problem.experiments.empty()) return;
  if (o.less_control && problem.experiments[o.experiment].control.empty())
    s.fail("less_control", "the experiment has no control", "", "give it one with control:");
}

Observable read_observable(const std::string& name, Section& s, const Problem& problem) {
  Observable o;
  o.name = name;
  s.alternative(
      {{"experiment", "a number of the runs of an experiment", [&](Section& v) { read_place(v, o, problem); }},
       {"mean_of", "the mean of observables that stand above", [&](Section& v) {
          const Words others = v.texts({.key = "mean_of", .doc = "Their names: [diary, messages]."});
          for (std::size_t k = 0; k < others.size() && !v.describing(); ++k) {
            const auto found = find_named(problem.observables, others[k]);
            if (found)
              o.mean_of.push_back(*found);
            else
              v.fail_item("mean_of", k, fmt::format("no observable above is called \"{}\"", others[k]), "",
                          did_you_mean(others[k], names_of(problem.observables)));
          }
          if (others.empty()) v.fail("mean_of", "a mean of nothing", "", "name observables");
        }}});
  return o;
}

Measurement read_measurement(Section& s, const Problem& problem) {
  Measurement m;
  m.observable = look_up(s, "observable", s.text({.key = "observable", .doc = "What was measured."}),
                         problem.observables, "observable");
  s.alternative({{"value", "a number that is known",
                  [&](Section& v) {
                    m.value = v.number({.key = "value", .doc = "What came out."});
                    m.noise = v.number({.key = "noise", .min = "0", .above_min = true, .doc = "Its standard error."});
                  }},
                 {"diaries", "diaries of one's own", [&](Section& v) {
                    const Estimated found = read_diaries(v.section({.key = "diaries", .doc = "A file of ratings."}));
                    m.value = found.value;
                    m.noise = found.error;
                  }}});
  m.source = s.text({.key = "source", .fallback = "", .doc = "Where it was published."});
  return m;
}

void read_method(Section s, Problem& problem) {
  const auto simulations = [](Section& v, std::string_view fallback, std::string_view doc) {
    return static_cast<std::uint32_t>(
        v.integer({.key = "simulations", .fallback = fallback, .min = "2", .max = "100000000", .doc = doc}));
  };
  s.variant(
      {.key = "name", .fallback = "abc", .doc = "How it is solved."},
      {{"root", "one parameter and one measurement: where the two meet, with the same chance at every value",
        [&](Section& v) {
          problem.root.emplace();
          problem.root->tolerance = v.number({.key = "tolerance",
                                              .fallback = "0.01",
                                              .min = "0",
                                              .above_min = true,
                                              .doc = "How near is near enough, in units of the noise."});
          problem.root->simulations = simulations(v, "40", "No more than so many.");
        }},
       {"abc", "approximate Bayesian computation by sequential Monte Carlo (Toni 2009; Beaumont 2009): a posterior",
        [&](Section& v) {
          problem.abc.emplace();
          problem.abc->particles =
              static_cast<std::uint32_t>(v.integer({.key = "particles",
                                                    .fallback = "100",
                                                    .min = "10",
                                                    .max = "100000",
                                                    .doc = "Values of the parameters that make up the posterior."}));
          problem.abc->simulations = simulations(v, "1000", "The budget: no more than so many, failed ones included.");
        }}});
}

void read_conditions(Section& s, Problem& problem) {
  const Words when =
      s.texts({.key = "when",
               .fallback = "[]",
               .doc = "What the result is good for: [theory.name=botsa]. All experiments get it, and the result is "
                      "taken by scenarios that say the same."});
  check_assignments(s, "when", when);
  for (const std::string& one : when) {
    const std::size_t equals = std::min(one.find('='), one.size() - 1);
    problem.when.emplace_back(one.substr(0, equals), one.substr(equals + 1));
  }
  problem.set = s.texts({.key = "set", .fallback = "[]", .doc = "What all experiments change: [people.count=300]."});
  check_assignments(s, "set", problem.set);
}

void check(Section& s, const Problem& problem) {
  const std::size_t unknown = problem.estimated().size();
  if (unknown == 0) s.fail("parameters", "nothing is estimated", "", "add e.g. theory.opioid_share: {bounds: 0..0.3}");
  if (problem.measurements.empty())
    s.fail("measurements", "nothing was measured", "", "add e.g. - {observable: diary, value: -0.2, noise: 0.06}");
  if (problem.root && (unknown > 1 || problem.measurements.size() > 1))
    s.fail("method", "this method takes one parameter and one measurement",
           fmt::format("there are {} and {}", unknown, problem.measurements.size()), "use abc");
  if (problem.abc && problem.abc->simulations < problem.abc->particles)
    s.fail("method", "the budget is smaller than the number of particles",
           fmt::format("{} simulations for {} particles", problem.abc->simulations, problem.abc->particles),
           "raise simulations");
}

}  // namespace

Problem read_problem(Section s) {
  Problem problem;
  s.integer({.key = "fit", .min = "1", .max = "1", .doc = "Version of the format of problems: 1."});
  problem.title = s.text({.key = "title", .doc = "Shown above the result."});
  read_conditions(s, problem);
  s.map({.key = "parameters", .doc = "Keys of scenarios, by their paths, that are estimated or fixed."},
        [&](const std::string& key, Section& item) { problem.parameters.push_back(read_parameter(key, item)); });
  s.map({.key = "experiments", .doc = "Scenarios that are run."},
        [&](const std::string& name, Section& item) { problem.experiments.push_back(read_experiment(name, item)); });
  s.map({.key = "observables", .doc = "Numbers of their results; those without a measurement are shown."},
        [&](const std::string& name, Section& item) {
          problem.observables.push_back(read_observable(name, item, problem));
        });
  s.list({.key = "measurements", .doc = "What was measured."},
         [&](Section& item) { problem.measurements.push_back(read_measurement(item, problem)); });
  read_method(s.section({.key = "method", .doc = "How the problem is solved."}, "name"), problem);
  problem.seed = static_cast<std::uint64_t>(s.integer(
      {.key = "seed", .fallback = "1", .min = "0", .doc = "All chance follows from it, that of the runs, too."}));
  if (!s.describing()) check(s, problem);
  return problem;
}

}  // namespace kith::fit
