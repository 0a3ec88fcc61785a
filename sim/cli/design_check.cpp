#include "cli/design_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace kith::cli {

namespace {

using Mistakes = std::vector<config::Mistake>;

/// A value of a factor, and runs that have it.
struct Level {
  std::size_t factor = 0;
  std::string key;  ///< of the factor's mapping, where the value stands
  std::optional<std::size_t> item = {};
  std::uint64_t first = 0, last = 0;
};

/// The runs with the values of a list; of a long one, those at its ends.
void add_listed(std::vector<Level>& levels, const sweep::Design& design, std::size_t f) {
  constexpr std::size_t most = 50;
  std::map<std::string, Level> found;
  const bool is_list = !design.factors[f].values.empty();
  for (std::uint64_t run = 0; run < design.rows.size(); ++run) {
    const auto [place, is_new] =
        found.try_emplace(design.rows[run][f], Level{f, is_list ? "values" : "key", {}, run, run});
    place->second.last = run;
    if (!is_list && found.size() == most) break;
  }
  const std::vector<std::string>& values = design.factors[f].values;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const bool is_inside = values.size() > most && k >= most / 2 && k + most / 2 < values.size();
    const auto place = found.find(values[k]);
    if (is_inside || place == found.end()) continue;
    place->second.item = k;
    levels.push_back(place->second);
  }
  if (is_list) return;
  for (const auto& [value, level] : found) levels.push_back(level);
}

/// The runs with the least and the greatest number.
void add_ends(std::vector<Level>& levels, const sweep::Design& design, std::size_t f) {
  const auto number = [&](std::uint64_t run) {
    const std::optional<sweep::Measured> found = sweep::measured(design.rows[run][f]);
    return found ? found->value : 0.0;
  };
  const sweep::Factor& factor = design.factors[f];
  const bool is_range = factor.shape == sweep::Factor::Shape::even && factor.column.empty();
  Level least{f, is_range ? "from" : "key"};
  Level most{f, is_range ? "to" : "key"};
  double low = number(0);
  double high = low;
  for (std::uint64_t run = 1; run < design.rows.size(); ++run) {
    const double value = number(run);
    if (value < low) least.first = run;
    if (value > high) most.first = run;
    if (value <= low) least.last = run;
    if (value >= high) most.last = run;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  levels.push_back(least);
  levels.push_back(most);
}

class Trials {
 public:
  Trials(const Application& application, sweep::ReadDesign& read, config::Section root)
      : application_(&application), read_(read), root_(std::move(root)) {}

  /// Notes what is wrong at its place in the design; what has none there is in `elsewhere`.
  void carry_out() {
    if (!can_be_opened()) return;
    const Mistakes first = mistakes_of(0);
    for (const config::Mistake& mistake : first) note_if_set(mistake);
    for (const Level& level : levels()) try_level(level);
    if (read_.design.must_have_tables && scenario_) {
      for (std::size_t k = 0; k < read_.design.tables.size(); ++k) try_table(k);
    }
    if (scenario_) {
      for (const auto& [run, mistakes] : tried_) {
        if (!mistakes.empty()) doubts_.push_back(doubt(run, mistakes.front()));
      }
    } else if (root_.mistakes() == 0) {
      elsewhere_ = first;
    }
  }

  std::optional<LoadedScenario> take_scenario() { return std::move(scenario_); }
  std::vector<std::string> take_doubts() { return std::move(doubts_); }
  Mistakes take_elsewhere() { return std::move(elsewhere_); }

 private:
  bool can_be_opened() {
    ScenarioChoice choice;
    choice.name = read_.design.scenario;
    try {
      open(application_->scenarios(), choice);
      return true;
    } catch (const config::InvalidScenario& invalid) {
      for (const config::Mistake& mistake : invalid.mistakes()) {
        if (mistake.line > 0) {
          elsewhere_.push_back(mistake);
        } else {
          root_.fail("scenario", mistake.problem, mistake.why, mistake.suggestion);
        }
      }
    } catch (const Error& error) {
      root_.fail("scenario", error.what());
    }
    return false;
  }

  const Mistakes& mistakes_of(std::uint64_t run) {
    const auto [place, is_new] = tried_.try_emplace(run);
    if (!is_new) return place->second;
    try {
      LoadedScenario scenario = load(*application_, choice_of(read_.design, run));
      tables_[run] = scenario.study->tables();
      if (!scenario_) scenario_ = std::move(scenario);
    } catch (const config::InvalidScenario& invalid) {
      place->second = invalid.mistakes();
    }
    return place->second;
  }

  std::vector<Level> levels() const {
    std::vector<Level> levels;
    for (std::size_t f = 0; f < read_.design.factors.size(); ++f) {
      const sweep::Factor& factor = read_.design.factors[f];
      if (!factor.values.empty() || factor.are_words) {
        add_listed(levels, read_.design, f);
      } else {
        add_ends(levels, read_.design, f);
      }
    }
    return levels;
  }

  /// Those of a run's mistakes that stand in the factor's own assignment.
  Mistakes own_mistakes(std::uint64_t run, std::size_t factor) {
    Mistakes own;
    for (const config::Mistake& mistake : mistakes_of(run)) {
      if (mistake.assignment == read_.design.assignment(run, factor)) own.push_back(mistake);
    }
    return own;
  }

  /// Whether a mistake of a run's own number of a factor would not be there, were it rounded; another may be.
  bool is_right_when_whole(std::uint64_t run, std::size_t factor, const config::Mistake& mistake) const {
    const std::optional<sweep::Measured> number = sweep::measured(read_.design.rows[run][factor]);
    if (!number || number->value == std::round(number->value)) return false;
    ScenarioChoice choice = choice_of(read_.design, run);
    const std::string rounded =
        fmt::format("{}={} {}", read_.design.factors[factor].key, std::round(number->value), number->unit);
    choice.assignments[read_.design.set.size() + factor] = rounded;
    try {
      load(*application_, choice);
    } catch (const config::InvalidScenario& invalid) {
      return std::none_of(invalid.mistakes().begin(), invalid.mistakes().end(), [&](const config::Mistake& each) {
        return each.assignment == rounded && each.why == mistake.why;
      });
    }
    return true;
  }

  void try_level(const Level& level) {
    const Mistakes own = own_mistakes(level.first, level.factor);
    if (own.empty() || own_mistakes(level.last, level.factor).empty()) return;
    config::Section section = read_.factors[level.factor];
    const std::string& key = read_.design.factors[level.factor].key;
    for (const config::Mistake& mistake : own) {
      if (mistake.assignment_offset < key.size()) {
        section.fail("key", mistake.problem, mistake.why, mistake.suggestion);
      } else if (level.item) {
        section.fail_item(level.key, *level.item, mistake.problem, mistake.why, mistake.suggestion);
      } else {
        const bool wants_whole = is_right_when_whole(level.first, level.factor, mistake);
        section.fail(level.key, mistake.problem, mistake.why,
                     wants_whole ? "add whole: true, which rounds the values" : mistake.suggestion);
      }
    }
  }

  /// A table that no run has is a mistake of the design; where only some have it, the others will fail.
  void try_table(std::size_t item) {
    const std::string& wanted = read_.design.tables[item];
    std::map<std::string, std::string> needs;  // of each table that runs can have: "" where some of these have it
    std::optional<std::uint64_t> without;
    for (const auto& [run, tables] : tables_) {
      bool has_it = false;
      for (const StudyTable& table : tables) {
        const auto [known, is_new] = needs.emplace(table.name, table.needs);
        if (table.needs.empty()) known->second.clear();
        has_it = has_it || (table.name == wanted && table.needs.empty());
      }
      if (!has_it && !without) without = run;
    }
    const auto found = needs.find(wanted);
    if (found != needs.end() && found->second.empty()) {
      if (without) doubts_.push_back(doubt(*without, {.problem = fmt::format("it has no table \"{}\"", wanted)}));
      return;
    }
    const std::string meant = found != needs.end() ? wanted : nearest_table(wanted, needs);
    const std::string why =
        meant.empty() || needs[meant].empty() ? "" : fmt::format("only a scenario with {} has {}", needs[meant], meant);
    read_.keep->fail_item("tables", item, fmt::format("there is no table \"{}\" in a run", wanted), why,
                          meant.empty() || meant == wanted ? there(needs) : fmt::format("did you mean \"{}\"?", meant));
  }

  static std::string nearest_table(const std::string& wanted, const std::map<std::string, std::string>& needs) {
    std::vector<std::string> names;
    for (const auto& [name, lacks] : needs) names.push_back(name);
    return nearest(wanted, names);
  }
  static std::string there(const std::map<std::string, std::string>& needs) {
    std::string names;
    for (const auto& [name, lacks] : needs) {
      if (lacks.empty()) names += (names.empty() ? "" : ", ") + name;
    }
    return "take some of " + names;
  }

  void note_if_set(const config::Mistake& mistake) {
    const std::vector<std::string>& set = read_.design.set;
    const auto found = std::find(set.begin(), set.end(), mistake.assignment);
    if (mistake.assignment.empty() || found == set.end()) return;
    const bool is_replicates = root_.has("replicates") && found + 1 == set.end();
    if (is_replicates) {
      root_.fail("replicates", mistake.problem, mistake.why, mistake.suggestion);
    } else {
      root_.fail_item("set", static_cast<std::size_t>(found - set.begin()), mistake.problem, mistake.why,
                      mistake.suggestion);
    }
  }

  std::string doubt(std::uint64_t run, const config::Mistake& mistake) const {
    std::string values;
    for (std::size_t f = 0; f < read_.design.factors.size(); ++f)
      values += (f == 0 ? "" : ", ") + read_.design.assignment(run, f);
    return fmt::format("run {} ({}) will fail: {}", run, values, mistake.problem);
  }

  const Application* application_;
  sweep::ReadDesign& read_;
  config::Section root_;
  std::map<std::uint64_t, Mistakes> tried_;
  std::map<std::uint64_t, std::vector<StudyTable>> tables_;  // of the runs that can be read
  std::optional<LoadedScenario> scenario_;
  std::vector<std::string> doubts_;
  Mistakes elsewhere_;
};

}  // namespace

ScenarioChoice choice_of(const sweep::Design& design, std::uint64_t run) {
  ScenarioChoice choice;
  choice.name = design.scenario;
  choice.assignments = design.assignments(run);
  return choice;
}

bool is_design(config::Document& document) { return document.root().has("sweep"); }

LoadedDesign load_design(const Application& application, config::Document document) {
  refuse_other_kinds(document, "sweep");
  sweep::ReadDesign read = sweep::read_with_places(document.root());
  Mistakes others = std::move(read.mistakes);
  Trials trials(application, read, document.root());
  if (document.root().mistakes() == 0 && others.empty()) trials.carry_out();
  for (config::Mistake& mistake : trials.take_elsewhere()) others.push_back(std::move(mistake));
  try {
    document.check([](config::Section root) { sweep::read_design(std::move(root)); });
  } catch (const config::InvalidScenario& invalid) {
    Mistakes all = invalid.mistakes();
    all.insert(all.end(), others.begin(), others.end());
    throw config::InvalidScenario(std::move(all));
  }
  if (!others.empty()) throw config::InvalidScenario(std::move(others));
  return {.document = std::move(document),
          .design = std::move(read.design),
          .scenario = std::move(trials.take_scenario().value()),
          .doubts = trials.take_doubts()};
}

}  // namespace kith::cli
