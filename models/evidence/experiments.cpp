#include "models/evidence/experiments.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

#include "config/flat.hpp"
#include "core/fingerprint.hpp"
#include "core/interrupt.hpp"
#include "core/parallel.hpp"
#include "models/study/warnings.hpp"
#include "models/trials/analysis/statistics.hpp"

namespace kith::evidence {
namespace {

struct Nowhere final : Sink {
  void declare(const TableSpec& /*spec*/) override {}
  void write(TableRow /*row*/) override {}
};

/// A scenario under one theory.
struct Version {
  std::string command;                 ///< "kith run …"
  std::unique_ptr<Scenario> scenario;  ///< null where it cannot be under that theory
  std::string theory;                  ///< as YAML on one line
};

/// An experiment, and what is run of it.
struct Row {
  Version as_written;
  std::vector<Version> versions;  ///< [theories]
};

/// The command that shows a moment of what `kith run …` does.
std::string replay_of(const std::string& command) {
  const std::string run = "kith run ";
  return command.starts_with(run) ? "kith replay " + command.substr(run.size()) : command;
}

Version read_version(const Source& source, const std::string& change) {
  config::Document document = source.open(change);
  Version version{source.command(change), std::make_unique<Scenario>(read_scenario(document.root())), {}};
  document.check([](config::Section root) { read_scenario(std::move(root)); });
  version.theory = config::on_one_line(document.resolved(), "theory");
  return version;
}

Row read_row(const Source& source, const std::vector<std::string>& theories, const std::string& own) {
  Row row{read_version(source, ""), {}};
  const Scenario& as_written = *row.as_written.scenario;
  if (!as_written.expected)
    throw Error(ErrorKind::usage, fmt::format("{} does not say what an experiment found: add `expect:` "
                                              "(kith explain expect tells its keys)",
                                              source.name));
  for (const std::string& theory : theories) {
    if (theories::is_written_in_yaml(theory) && !own.empty())
      row.versions.push_back(read_version(source, own));
    else if (theories::is_written_in_yaml(theory) && as_written.theory.kind != theory)
      row.versions.emplace_back();
    else
      row.versions.push_back(read_version(source, as_written.theory.change_to(theory)));
  }
  return row;
}

/// One theory of a name, or several: their scores would be added up as if of one.
void warn_of_different_theories(const std::vector<Source>& sources, const std::vector<Row>& rows, Matrix& matrix) {
  for (std::size_t k = 0; k < matrix.theories.size(); ++k) {
    if (!theories::is_written_in_yaml(matrix.theories[k])) continue;
    std::map<std::string, std::string> written;  // by what is written, one of the files
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const Version& version = rows[row].versions[k];
      if (version.scenario) written.try_emplace(version.theory, sources[row].name);
    }
    if (written.size() < 2) continue;
    matrix.warnings.push_back(fmt::format(
        "{} of {} is another theory than {} of {}, and one sum of scores has both: --own FILE takes one for all "
        "experiments",
        matrix.theories[k], written.begin()->second, matrix.theories[k], std::next(written.begin())->second));
  }
}

/// The measure of this name; for an outcome of patients, nothing.
const trials::MeasureData* find_measure(const TrialResult& result, const trials::Measures& measures,
                                        const std::string& name) {
  const std::vector<std::string> names = trials::names(measures);
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? nullptr : &result.measures[static_cast<std::size_t>(found - names.begin())];
}

double effect_on_measure(const ExpectedOutcome& outcome, const Scenario& scenario, trials::Trial trial,
                         const TrialResult& result, trials::MeasureData data) {
  if (!outcome.minus.empty()) {
    const trials::MeasureData& other = *find_measure(result, scenario.measures, outcome.minus);
    if (other.occasions.size() != data.occasions.size())
      throw Error(ErrorKind::invalid_scenario,
                  fmt::format("{} and {} are not asked equally often, so that one cannot be "
                              "taken from the other",
                              outcome.measure, outcome.minus));
    for (std::size_t o = 0; o < data.ratings.size(); ++o)
      std::transform(data.ratings[o].begin(), data.ratings[o].end(), other.ratings[o].begin(), data.ratings[o].begin(),
                     std::minus<>());
  }
  data.own.clear();
  data.itt_ratings.clear();
  data.cutoff.reset();
  trial.reference = outcome.against;
  return trials::effect_of(data, trial, result.participants, outcome.arm).ratings.g;
}

double effect_on_patients(const ExpectedOutcome& outcome, const trials::Trial& trial, const TrialResult& result) {
  const auto values_in = [&](WorldKind kind, std::size_t arm) {
    const std::vector<Outcome>& outcomes = result.outcomes[static_cast<std::size_t>(kind)];
    const auto found =
        std::find_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.name == outcome.measure; });
    std::vector<double> values;
    if (found == outcomes.end()) return values;
    for (const std::size_t i : result.members_of(trial, arm)) values.push_back(found->values[i]);
    return values;
  };
  std::vector<double> a = values_in(WorldKind::treated, outcome.arm);
  if (outcome.against == trial.arms.size()) return trials::paired(a, values_in(WorldKind::twin, outcome.arm)).g;
  std::vector<double> b = values_in(WorldKind::treated, outcome.against);
  for (std::vector<double>* values : {&a, &b}) std::erase_if(*values, [](double value) { return std::isnan(value); });
  return trials::two_sample(a, b).g;
}

Judged inexpressible(std::string why) {
  return {.verdict = Verdict::inexpressible,
          .predicted = {},
          .score = {},
          .effects = {},
          .why = std::move(why),
          .command = {}};
}

Judged failure(std::string why, std::string command) {
  return {.verdict = Verdict::failed,
          .predicted = {},
          .score = {},
          .effects = {},
          .why = std::move(why),
          .command = std::move(command)};
}

/// What one run came to.
struct Done {
  std::vector<Judged> cells;  ///< [outcomes]
  std::uint64_t fingerprint = 0;
  std::vector<std::string> warnings = {};
};

Done run_version(const Expectation& expected, const Version& version) {
  Done done;
  const auto all_are = [&](const auto& make) {
    for (const ExpectedOutcome& outcome : expected.outcomes) done.cells.push_back(make(outcome));
  };
  const bool is_run = std::any_of(expected.outcomes.begin(), expected.outcomes.end(),
                                  [](const ExpectedOutcome& outcome) { return outcome.cannot_express.empty(); });
  if (!is_run || !version.scenario) {
    all_are([](const ExpectedOutcome& outcome) {
      return outcome.cannot_express.empty() ? inexpressible("its file has no such theory: --own FILE takes one for all")
                                            : judge(outcome, {}, "");
    });
    return done;
  }
  try {
    Nowhere nowhere;
    RunResult result = run(*version.scenario, {.replay = replay_of(version.command)}, nowhere);
    Fingerprint digest;
    digest.add(std::string_view(result.fingerprint()));
    done.fingerprint = digest.value();
    done.warnings = std::move(result.warnings);
    std::vector<std::vector<double>> effects = effects_in(*version.scenario, result);
    std::size_t next = 0;
    all_are(
        [&](const ExpectedOutcome& outcome) { return judge(outcome, std::move(effects[next++]), version.command); });
  } catch (const std::exception& error) {
    check_interrupt();  // a stop ends all
    const std::string why = error.what();
    done.cells.clear();
    all_are([&](const ExpectedOutcome& outcome) {
      return outcome.cannot_express.empty() ? failure(why, version.command) : judge(outcome, {}, "");
    });
  }
  return done;
}

/// Runs everything: [rows · theories].
std::vector<Done> run_all(const std::vector<Source>& sources, const std::vector<Row>& rows, std::size_t columns,
                          const Progress& progress) {
  std::vector<Done> done(rows.size() * columns);
  std::atomic<std::size_t> finished{0};
  for_each_block(
      done.size(),
      [&](std::size_t task, std::size_t /*end*/) {
        check_interrupt();
        const Row& row = rows[task / columns];
        done[task] = run_version(*row.as_written.scenario->expected, row.versions[task % columns]);
        const std::size_t count = ++finished;
        if (progress)
          progress(static_cast<double>(count) / static_cast<double>(done.size()), sources[task / columns].name);
      },
      1);
  return done;
}

/// What the runs warn of, each once, with the experiments that it is about.
void add_warnings(const std::vector<Done>& done, Matrix& matrix) {
  const std::size_t columns = matrix.theories.size();
  std::vector<std::pair<std::string, std::vector<std::string>>> told;
  for (std::size_t task = 0; task < done.size(); ++task) {
    const std::string& name = matrix.experiments[task / columns].name;
    const auto begin = done.begin() + static_cast<std::ptrdiff_t>(task / columns * columns);
    for (const std::string& warning : done[task].warnings) {
      const auto has_it = [&](const Done& other) {
        return std::find(other.warnings.begin(), other.warnings.end(), warning) != other.warnings.end();
      };
      const bool is_used = !std::all_of(begin, begin + static_cast<std::ptrdiff_t>(columns), has_it);
      if (is_used && is_for_another_theory(warning)) continue;
      auto known = std::find_if(told.begin(), told.end(), [&](const auto& one) { return one.first == warning; });
      if (known == told.end()) known = told.insert(told.end(), {warning, {}});
      if (known->second.empty() || known->second.back() != name) known->second.push_back(name);
    }
  }
  for (const auto& [warning, names] : told) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    matrix.warnings.push_back(fmt::format("{} ({})", warning, all));
  }
}

/// Notes which keys theories take from a fit of somebody's own. Whoever fits to an experiment cannot hold it out: where nobody says
/// what the experiment is, it is taken for one that was fitted to.
void note_fits(const std::vector<Row>& rows, Matrix& matrix) {
  matrix.fitted.resize(matrix.theories.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    std::string file;
    for (std::size_t k = 0; k < matrix.theories.size(); ++k) {
      const Version& version = rows[row].versions[k];
      if (!version.scenario) continue;
      for (const config::TakenEstimates& taken : version.scenario->fitted) {
        for (const auto& [key, value] : taken.values) matrix.fitted[k].insert(key);
        if (!taken.values.empty()) file = taken.file;
      }
    }
    Experiment& experiment = matrix.experiments[row];
    Expectation& expected = experiment.expected;
    const bool has_number = std::any_of(expected.outcomes.begin(), expected.outcomes.end(),
                                        [](const ExpectedOutcome& one) { return one.finding == Finding::effect; });
    if (file.empty() || expected.is_role_given || !has_number) continue;
    expected.role = Role::calibration;
    matrix.warnings.push_back(fmt::format(
        "{} takes values that were fitted ({}), perhaps to its own outcomes: it is shown under calibration; where they "
        "were fitted to others, say role: held_out",
        experiment.name, file));
  }
}

/// The last parts of each path, as many as tell it from the others.
std::vector<std::string> short_names(const std::vector<Source>& sources) {
  const auto ends = [](const std::string& path, const std::string& end) {
    return path == end || path.ends_with("/" + end);
  };
  std::vector<std::string> names;
  for (const Source& source : sources) {
    std::size_t begin = source.name.find_last_of('/') + 1;
    const auto is_told_apart = [&] {
      const std::string name = source.name.substr(begin);
      return std::none_of(sources.begin(), sources.end(),
                          [&](const Source& other) { return other.name != source.name && ends(other.name, name); });
    };
    while (begin > 1 && !is_told_apart()) begin = source.name.find_last_of('/', begin - 2) + 1;
    names.push_back(source.name.substr(is_told_apart() ? begin : 0));
  }
  return names;
}

}  // namespace

std::vector<std::vector<double>> effects_in(const Scenario& scenario, const RunResult& run) {
  std::vector<std::vector<double>> effects;
  for (const ExpectedOutcome& outcome : scenario.expected->outcomes) {
    effects.emplace_back();
    if (!outcome.cannot_express.empty()) continue;
    for (const StudyResult& study : run.studies) {
      const trials::MeasureData* measure = find_measure(study, scenario.measures, outcome.measure);
      effects.back().push_back(measure != nullptr
                                   ? effect_on_measure(outcome, scenario, run.trials.front(), study, *measure)
                                   : effect_on_patients(outcome, run.trials.front(), study));
    }
  }
  return effects;
}

Judged judge(const ExpectedOutcome& outcome, std::vector<double> effects, const std::string& command) {
  if (!outcome.cannot_express.empty()) return inexpressible(outcome.cannot_express);
  const auto wrong = std::find_if(effects.begin(), effects.end(), [](double g) { return !std::isfinite(g); });
  if (wrong != effects.end()) {
    const auto study = wrong - effects.begin();
    return failure(fmt::format("Hedges g of {} is no number in virtual study {}", outcome.measure, study),
                   fmt::format("{} --replicate {}", command, study));
  }
  if (effects.size() < 2) return failure("fewer than two virtual studies: raise replicates", command);
  const Prediction predicted = prediction(effects);
  if (predicted.between == 0.0) return failure("all virtual studies came to the same", command);
  return {.verdict = verdict(outcome, predicted),
          .predicted = predicted,
          .score = score(outcome, predicted),
          .effects = std::move(effects),
          .why = {},
          .command = {}};
}

Matrix run_experiments(const std::vector<Source>& sources, std::vector<std::string> theories, const Progress& progress,
                       const std::string& own) {
  std::stable_partition(theories.begin(), theories.end(),
                        [](const std::string& theory) { return theory == "none" || theory == "nonspecific"; });
  std::stable_partition(theories.begin(), theories.end(), [](const std::string& theory) { return theory == "none"; });
  std::vector<Row> rows;
  for (const Source& source : sources) rows.push_back(read_row(source, theories, own));
  Matrix matrix;
  matrix.theories = std::move(theories);
  const std::size_t columns = matrix.theories.size();
  std::vector<Done> done = run_all(sources, rows, columns, progress);
  Fingerprint all;
  std::vector<std::uint64_t> fingerprints;
  for (const Done& one : done) fingerprints.push_back(one.fingerprint);
  all.add_values<std::uint64_t>(fingerprints);
  matrix.fingerprint = all.text();
  const std::vector<std::string> names = short_names(sources);
  for (std::size_t row = 0; row < sources.size(); ++row) {
    const Scenario& scenario = *rows[row].as_written.scenario;
    Experiment experiment{names[row], scenario.title, *scenario.expected, {}};
    if (experiment.expected.people.empty()) experiment.expected.people = sources[row].name;
    for (std::size_t o = 0; o < experiment.expected.outcomes.size(); ++o) {
      experiment.cells.emplace_back();
      for (std::size_t k = 0; k < columns; ++k)
        experiment.cells.back().push_back(std::move(done[row * columns + k].cells[o]));
    }
    matrix.experiments.push_back(std::move(experiment));
  }
  note_fits(rows, matrix);
  warn_of_different_theories(sources, rows, matrix);
  add_warnings(done, matrix);
  return matrix;
}

}  // namespace kith::evidence
