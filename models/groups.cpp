#include <algorithm>
#include <array>
#include <limits>

#include "models/kith.hpp"
#include "models/record.hpp"

/// The groups of people that the population table keeps apart.
namespace kith {
namespace {

constexpr std::array<const char*, 3> tone_groups{"tone: low", "tone: middle", "tone: high"};
constexpr std::array<const char*, 4> ring_groups{"treated", "partners of the treated", "partners of partners",
                                                 "others"};

enum class Through { any_tie, close_ties };

std::string ring_name(Through through, std::size_t ring) {
  return std::string(through == Through::any_tie ? "ring: " : "close ring: ") + ring_groups[ring];
}

/// Names of the sequences of all trials; those of a named trial begin with its name.
std::vector<std::string> sequence_groups(const Scenario& scenario) {
  std::vector<std::string> names;
  const auto add = [&](const trials::Trial& trial) {
    for (const trials::Sequence& sequence : trial.sequences)
      names.push_back("sequence: " + (trial.name.empty() ? "" : trial.name + ": ") + sequence.name);
  };
  if (scenario.trial) add(*scenario.trial);
  for (const trials::Trial& trial : scenario.further_trials) add(trial);
  return names;
}

/// Steps from each person to the nearest of those who take an active drug in some period, at most 3 [people].
std::vector<std::uint8_t> rings(const network::Ties& ties, const std::vector<TrialRun>& runs, Through through) {
  std::vector<std::uint8_t> ring(ties.people(), 3);
  std::vector<PersonId> front;
  for (const TrialRun& run : runs) {
    for (const trials::Participant& participant : run.participants()) {
      const auto& arms = run.trial().sequences[participant.sequence].arms;
      if (std::none_of(arms.begin(), arms.end(), [&](std::size_t arm) { return run.trial().arms[arm].is_active(); }))
        continue;
      ring[participant.person] = 0;
      front.push_back(participant.person);
    }
  }
  for (std::uint8_t step = 1; step < 3; ++step) {
    std::vector<PersonId> next;
    for (const PersonId person : front) {
      ties.for_each(person, [&](PersonId other, TieId tie) {
        const bool counts = through == Through::any_tie || people::layer_of(ties.closeness(tie)) < 2;
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

std::vector<std::string> group_names(const Scenario& scenario) {
  std::vector<std::string> names{"all"};
  if (scenario.record.by_sequence) {
    for (std::string& name : sequence_groups(scenario)) names.push_back(std::move(name));
  }
  if (scenario.record.by_tone) names.insert(names.end(), tone_groups.begin(), tone_groups.end());
  const auto add_rings = [&](Through through) {
    for (std::size_t ring = 0; ring < ring_groups.size(); ++ring) names.push_back(ring_name(through, ring));
  };
  if (scenario.record.by_ring) add_rings(Through::any_tie);
  if (scenario.record.by_close_ring) add_rings(Through::close_ties);
  return names;
}

std::vector<Group> make_groups(const Scenario& scenario, const Population& population,
                               const std::vector<TrialRun>& runs) {
  std::vector<Group> groups{{"all", {}, true}};
  if (scenario.record.by_sequence) {
    std::size_t first = groups.size();
    for (const std::string& name : sequence_groups(scenario)) groups.push_back({name, {}, false});
    for (const TrialRun& run : runs) {
      for (const trials::Participant& participant : run.participants())
        groups[first + participant.sequence].members.push_back(participant.person);
      first += run.trial().sequences.size();
    }
  }
  if (scenario.record.by_tone) add_by_value(groups, {tone_groups.begin(), tone_groups.end()}, population.tone_tercile);
  const auto add_rings = [&](Through through) {
    std::vector<std::string> names;
    for (std::size_t ring = 0; ring < ring_groups.size(); ++ring) names.push_back(ring_name(through, ring));
    add_by_value(groups, names, rings(*population.ties, runs, through));
  };
  if (scenario.record.by_ring) add_rings(Through::any_tie);
  if (scenario.record.by_close_ring) add_rings(Through::close_ties);
  return groups;
}

}  // namespace kith
