#include "models/study/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "models/scenario/trials.hpp"
#include "models/study/virtual_study.hpp"
#include "models/study/warnings.hpp"

namespace kith {
namespace {

using config::Section;

/// Whether the burn-in leaves it to each person whether they meet a criterion: what the table of people says, the tone, being a
/// patient, and ties that do not live.
bool is_settled(const conditions::Condition& criterion, const Scenario& scenario) {
  const conditions::Variable* variable = conditions::find_variable(criterion.variable);
  if (variable == nullptr || variable->name == "tone" || variable->name == "patient") return true;
  return !variable->is_state() && variable->name != "isolation_score" && !scenario.tie_life;
}

/// The section of a trial in the document.
Section section_of(Section& root, const trials::Trial& trial) {
  if (trial.name.empty()) return root.section({.key = "trial"});
  return root.section({.key = "trials"}).section({.key = trial.name});
}

std::string counted(std::uint64_t people) { return people == 1 ? "1 person" : fmt::format("{} people", people); }

/// "the trial", or its name where there are several.
std::string called(const trials::Trial& trial) { return trial.name.empty() ? "the trial" : "the trial " + trial.name; }

/// Counts who meets the criteria of one trial.
class Screened {
 public:
  Screened(const Scenario& scenario, const Population& population, const trials::Trial& trial, Section trial_section)
      : scenario_(&scenario),
        everybody_(population.everybody()),
        trial_(&trial),
        participants_(trial_section.section({.key = "participants"})) {}

  void tell(std::vector<std::string>& notes, std::vector<std::string>& warnings) {
    const auto& where = trial_->recruitment.where;
    trials::Trial settled;  // what there is to count
    settled.clusters = trial_->clusters;
    settled.allocation = trial_->allocation;
    std::copy_if(where.begin(), where.end(), std::back_inserter(settled.recruitment.where),
                 [&](const auto& criterion) { return is_settled(criterion, *scenario_); });
    const trials::Roster roster = trials::make_roster(settled, everybody_);
    if (const auto warning = warning_of_clusters(*trial_, roster.cluster.names.size())) warnings.push_back(*warning);
    const std::uint32_t people = everybody_.people.count;
    for (std::size_t c = 0; c < where.size(); ++c) {
      if (!is_settled(where[c], *scenario_)) {
        notes.push_back(fmt::format("{}: who meets it is known after the burn-in.", where[c].text));
        continue;
      }
      const std::vector<bool> met = conditions::holds(where[c], everybody_);
      const auto count = static_cast<std::uint64_t>(std::count(met.begin(), met.end(), true));
      notes.push_back(fmt::format("{}: {} of {} meet it.", where[c].text, count, counted(people)));
      if (count == 0) fail(c, "nobody meets " + where[c].text, fmt::format("of {} in the population", counted(people)));
    }
    const bool is_all = settled.recruitment.where.size() == where.size();
    const std::uint32_t wanted = std::max(1U, trial_->clusters ? 0U : trial_->participants());
    notes.push_back(fmt::format("Eligible for {}: {} of {}{}.", called(*trial_), roster.eligible, counted(people),
                                is_all ? "" : " by the criteria that are known before the burn-in"));
    if (roster.eligible >= wanted || has_failed_) return;
    const auto dearest = std::max_element(roster.cost.begin(), roster.cost.end());
    const auto place = static_cast<std::size_t>(dearest - roster.cost.begin());
    const std::string why = dearest == roster.cost.end() || *dearest == 0
                                ? ""
                                : fmt::format("without {}, {} more would be", roster.criteria[place], *dearest);
    participants_.fail(
        participants_.has("where") ? "where" : "close_ties",
        fmt::format("{} wants {} participants but {} eligible", called(*trial_), wanted,
                    roster.eligible == 1 ? "1 person is" : fmt::format("{} people are", roster.eligible)),
        why, "relax the criteria, recruit fewer, or take a larger population");
  }

 private:
  /// Notes a mistake at a criterion: an item of `where`, or `close_ties`, which comes last.
  void fail(std::size_t criterion, const std::string& problem, const std::string& why) {
    has_failed_ = true;
    const char* const change = "change the value";
    const bool is_short = participants_.has("close_ties") && criterion + 1 == trial_->recruitment.where.size();
    if (is_short)
      participants_.fail("close_ties", problem, why, change);
    else
      participants_.fail_item("where", criterion, problem, why, change);
  }

  const Scenario* scenario_;
  conditions::Everybody everybody_;
  const trials::Trial* trial_;
  Section participants_;
  bool has_failed_ = false;
};

}  // namespace

Survey survey(const Scenario& scenario, Section& root) {
  Survey found{{}, warnings_of(scenario), {}};
  const std::vector<const trials::Trial*> all = trials_of(scenario);
  const bool asks_about_people = std::any_of(all.begin(), all.end(), [](const trials::Trial* trial) {
    return !trial->recruitment.where.empty() || (trial->clusters && trial->clusters->count == 0);
  });
  if (!scenario.network.generate || !scenario.columns.names.empty() || asks_about_people) {
    const Population population = new_population(scenario, {scenario.seed, 0});
    found.notes = import_notes_of(scenario, population);
    found.warnings.insert(found.warnings.end(), population.warnings.begin(), population.warnings.end());
    for (const trials::Trial* trial : all)
      Screened(scenario, population, *trial, section_of(root, *trial)).tell(found.notes, found.warnings);
  }
  found.doubts = found.warnings;
  std::erase_if(found.doubts, is_caution);
  return found;
}

}  // namespace kith
