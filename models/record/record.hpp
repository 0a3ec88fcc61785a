#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/tables.hpp"
#include "models/conduct/trial_run.hpp"
#include "models/world/population.hpp"

/// The tables about the population: what is written, and when.
namespace kith {

/// People who are measured together.
struct Group {
  std::string name;               ///< "all", "sequence: naltrexone, placebo", "tone: low"
  std::vector<PersonId> members;  ///< empty together with `everybody`: all people
  bool everybody = false;
};

/// The groups that the scenario records, for one study. The names do not depend on the study.
std::vector<Group> make_groups(const Scenario& scenario, const Population& population,
                               const std::vector<TrialRun>& runs);
std::vector<std::string> group_names(const Scenario& scenario, const Population& population);

/// `population`: measures by group over time.
TableSpec population_table(const Scenario& scenario, const std::vector<std::string>& groups);

/// Fills rows of `population` for one study.
class PopulationRecorder {
 public:
  PopulationRecorder(const Population& population, std::vector<Group> groups, std::uint32_t replicate);
  /// The row of the model as it stands at `hours`.
  TableRow row(const Model& model, double hours);
  /// As of the last row.
  const people::Isolation& isolation() const { return isolation_ ? *isolation_ : population_->isolation; }

 private:
  const Population* population_;
  std::vector<Group> groups_;
  std::uint32_t replicate_;
  std::optional<people::Isolation> isolation_;  // where ties live or events happen
  double last_hours_ = 0.0;
  std::vector<double> last_contacts_;  // [group] contacts so far at the last row
};

/// `people`: every column of state of sampled people over time.
std::vector<PersonId> sample_people(const Scenario& scenario, std::uint32_t people, WorldKey world);
TableSpec people_table(const Scenario& scenario, const Population& population, const std::vector<PersonId>& sample);
TableRow people_row(const Model& model, const std::vector<PersonId>& sample, std::uint32_t replicate, double hours);

/// `tie_events`: what happened to ties that live, and all ties as keyframes at the start and every `record.keyframes`.
TableSpec tie_events_table(const Scenario& scenario, const Population& population);
enum class Keyframe { no, yes };
/// What happened since the last row, then the keyframe where there is one.
TableRow tie_events_row(const bonds::LivingNetwork& living, std::uint32_t replicate, double hours, Keyframe keyframe);

/// `network`: the network as compressed rows, each tie from both ends.
TableSpec network_table(const Population& population);
TableRow network_row(const Population& population);

}  // namespace kith
