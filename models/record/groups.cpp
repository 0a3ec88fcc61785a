#include "models/record/groups.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>

#include "models/scenario/trials.hpp"
#include "models/world/model.hpp"

/// The groups of people that the population table keeps apart.
namespace kith {
namespace {

constexpr std::array<const char*, 3> tone_groups{"tone: low", "tone: middle", "tone: high"};
constexpr std::array<const char*, 4> ring_groups{"treated", "partners of the treated", "partners of partners",
                                                 "others"};

constexpr std::array<const char*, 2> patient_groups{"others than patients", "patients"};

enum class Through { any_tie, close_ties };

std::string ring_name(Through through, std::size_t ring) {
  return std::string(through == Through::any_tie ? "ring: " : "close ring: ") + ring_groups[ring];
}

/// Adds one group for each sequence of all trials; the names of those of a named trial begin with its name.
void add_sequences(std::vector<Group>& groups, const Scenario& scenario, const std::vector<TrialRun>& runs) {
  std::size_t first = groups.size();
  for (const trials::Trial* trial : trials_of(scenario)) {
    for (const trials::Sequence& sequence : trial->sequences)
      groups.push_back({"sequence: " + (trial->name.empty() ? "" : trial->name + ": ") + sequence.name, {}, false});
  }
  for (const TrialRun& run : runs) {
    for (const trials::Participant& participant : run.participants())
      groups[first + participant.sequence].members.push_back(participant.person);
    first += run.trial().sequences.size();
  }
}

/// Adds one group for each arm, and for each event that gives a drug, of those to whom it has; what has the same name, in several
/// trials or as an event, is one.
void add_arms(std::vector<Group>& groups, const Scenario& scenario, const std::vector<TrialRun>& runs,
              const events::EventRun* events) {
  std::map<std::string, std::size_t> places;
  const auto place = [&](const std::string& name) {
    const auto [found, is_new] = places.emplace(name, groups.size());
    if (is_new) groups.push_back({"arm: " + name, {}, false});
    return found->second;
  };
  for (const std::string& name : arm_names(scenario)) place(name);
  for (const TrialRun& run : runs) {
    for (const trials::Participant& participant : run.participants()) {
      const std::size_t arm = run.trial().sequences[participant.sequence].arms.front();
      groups[place(run.trial().arms[arm].name)].members.push_back(participant.person);
    }
  }
  for (std::size_t e = 0; e < scenario.events.size(); ++e) {
    if (!scenario.events[e].gives_drug()) continue;
    std::vector<PersonId>& members = groups[place(scenario.events[e].name)].members;
    if (events == nullptr) continue;
    const std::vector<PersonId> reached = events->reached(e);
    members.insert(members.end(), reached.begin(), reached.end());
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
  }
}

/// Adds one group for each of the values that most people have.
void add_category(std::vector<Group>& groups, const std::string& name, const Population& population,
                  std::uint32_t largest) {
  const conditions::Category category = conditions::category(population.everybody(), name);
  std::vector<std::vector<PersonId>> members(category.names.size());
  for (PersonId p = 0; p < category.values.size(); ++p) members[category.values[p]].push_back(p);
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return members[a].size() > members[b].size(); });
  order.resize(std::min<std::size_t>(order.size(), largest));
  std::sort(order.begin(), order.end());
  for (const std::size_t value : order)
    groups.push_back({name + ": " + category.names[value], std::move(members[value]), false});
}

/// Who takes an active drug in some period of a trial, or has got one by an event.
std::vector<PersonId> treated_people(const Scenario& scenario, const std::vector<TrialRun>& runs,
                                     const events::EventRun* events) {
  std::vector<PersonId> treated;
  for (const TrialRun& run : runs) {
    for (const trials::Participant& participant : run.participants()) {
      const auto& arms = run.trial().sequences[participant.sequence].arms;
      if (std::none_of(arms.begin(), arms.end(), [&](std::size_t arm) { return run.trial().arms[arm].is_active(); }))
        continue;
      treated.push_back(participant.person);
    }
  }
  for (std::size_t e = 0; events != nullptr && e < scenario.events.size(); ++e) {
    if (!scenario.events[e].treats()) continue;
    for (const PersonId person : events->reached(e)) treated.push_back(person);
  }
  return treated;
}

/// Steps from each person to the nearest of the treated, at most 3 [people].
std::vector<std::uint8_t> rings(const network::Ties& ties, const std::vector<PersonId>& treated, Through through) {
  std::vector<std::uint8_t> ring(ties.people(), 3);
  for (const PersonId person : treated) ring[person] = 0;
  std::vector<PersonId> front = treated;
  for (std::uint8_t step = 1; step < 3; ++step) {
    std::vector<PersonId> next;
    for (const PersonId person : front) {
      ties.for_each(person, [&](PersonId other, TieId tie) {
        const bool counts = through == Through::any_tie || people::is_close(ties.closeness(tie));
        if (!counts || ring[other] <= step) return;
        ring[other] = step;
        next.push_back(other);
      });
    }
    front = std::move(next);
  }
  return ring;
}

/// Adds one group for each value of a column [people].
void add_by_value(std::vector<Group>& groups, const std::vector<std::string>& names,
                  const std::vector<std::uint8_t>& values) {
  const std::size_t first = groups.size();
  for (const std::string& name : names) groups.push_back({name, {}, false});
  for (PersonId p = 0; p < values.size(); ++p) groups[first + values[p]].members.push_back(p);
}

}  // namespace

bool do_groups_change(const Scenario& scenario) {
  const RecordParams& record = scenario.record;
  const auto any = [&](bool (events::Event::*what)() const) {
    return std::any_of(scenario.events.begin(), scenario.events.end(), std::mem_fn(what));
  };
  return record.by_event || (record.by_arm && any(&events::Event::gives_drug)) ||
         ((record.by_ring || record.by_close_ring) && any(&events::Event::treats));
}

bool are_groups_of_treatment(const RecordParams& record) {
  return record.by_ring || record.by_close_ring || record.by_event || record.by_arm;
}

bool has_twin_contrast(const Scenario& scenario) {
  const auto all = trials_of(scenario);
  const bool has_twin =
      all.empty() ? std::any_of(scenario.events.begin(), scenario.events.end(), std::mem_fn(&events::Event::treats))
                  : std::any_of(all.begin(), all.end(), [](const trials::Trial* trial) { return trial->twin; });
  return has_twin && are_groups_of_treatment(scenario.record);
}

std::vector<Group> make_groups(const Scenario& scenario, const Population& population,
                               const std::vector<TrialRun>& runs, const events::EventRun* events) {
  std::vector<Group> groups{{"all", {}, true}};
  const RecordParams& record = scenario.record;
  if (record.by_sequence) add_sequences(groups, scenario, runs);
  if (record.by_arm) add_arms(groups, scenario, runs, events);
  if (record.by_tone) add_by_value(groups, {tone_groups.begin(), tone_groups.end()}, population.tone_tercile);
  if (record.by_patients) {
    const std::vector<float>& patient = *population.model->people().find("patient");
    std::vector<std::uint8_t> is_patient(population.model->people().count);
    for (std::size_t p = 0; p < patient.size(); ++p) is_patient[p] = patient[p] > 0.0F ? 1 : 0;
    add_by_value(groups, {patient_groups.begin(), patient_groups.end()}, is_patient);
  }
  const auto add_rings = [&](Through through) {
    std::vector<std::string> names;
    for (std::size_t ring = 0; ring < ring_groups.size(); ++ring) names.push_back(ring_name(through, ring));
    add_by_value(groups, names, rings(*population.ties, treated_people(scenario, runs, events), through));
  };
  if (record.by_ring) add_rings(Through::any_tie);
  if (record.by_close_ring) add_rings(Through::close_ties);
  for (std::size_t e = 0; record.by_event && e < scenario.events.size(); ++e) {
    groups.push_back(
        {"event: " + scenario.events[e].name, events == nullptr ? std::vector<PersonId>{} : events->reached(e), false});
  }
  for (const std::string& name : record.by_category) add_category(groups, name, population, record.largest);
  return groups;
}

std::vector<std::string> group_notes(const Scenario& scenario, const Population& population) {
  std::vector<std::string> notes;
  for (const std::string& name : scenario.record.by_category) {
    const std::size_t values = conditions::category(population.everybody(), name).names.size();
    if (values <= scenario.record.largest) continue;
    notes.push_back(fmt::format("Of the {} values of {}, the {} that most people have are groups (record.largest).",
                                values, name, scenario.record.largest));
  }
  return notes;
}

std::vector<std::string> group_names(const Scenario& scenario, const Population& population) {
  std::vector<std::string> names;
  for (const Group& group : make_groups(scenario, population, {})) names.push_back(group.name);
  return names;
}

}  // namespace kith
