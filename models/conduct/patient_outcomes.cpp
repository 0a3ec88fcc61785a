#include "models/conduct/patient_outcomes.hpp"

#include <fmt/core.h>

#include <cmath>
#include <limits>

#include "models/patients/social_functioning.hpp"
#include "models/people/isolation.hpp"
#include "models/world/model.hpp"
#include "models/world/population.hpp"

namespace kith {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Mean over the occasions of one measure [participants], in units of the scale.
std::vector<double> mean_over_occasions(const std::vector<trials::Occasion>& occasions, std::size_t measure,
                                        const std::vector<std::vector<double>>& values, std::size_t participants,
                                        double unit, trials::Phase phase) {
  std::vector<double> means(participants);
  double count = 0.0;
  for (std::size_t o = 0; o < occasions.size(); ++o) {
    if (occasions[o].measure != measure || occasions[o].phase != phase) continue;
    count += 1.0;
    for (std::size_t i = 0; i < participants; ++i) means[i] += unit * values[o][i];
  }
  for (double& mean : means) mean /= count;
  return means;
}

/// Unit and digits of each of PatientOutcome.
struct Shown {
  const char* unit;
  int digits;
};
constexpr std::array<Shown, patient_outcome_names.size()> shown{{{"%", 1},
                                                                 {"d", 1},
                                                                 {"0-100", 2},
                                                                 {"last 4 weeks", 2},
                                                                 {"0-1, last 4 weeks", 4},
                                                                 {"3-9", 3},
                                                                 {"%", 1},
                                                                 {"%", 1},
                                                                 {"since the start", 2}}};

double unit_of(const trials::Scale& scale) { return (scale.high - scale.low) * scale.gain; }

}  // namespace

std::vector<Outcome> outcomes_of(const Model& model, const trials::Measures& measures, const Observer& observer,
                                 const std::vector<trials::Participant>& participants,
                                 const std::vector<std::uint32_t>& close_ties, float lonely_above) {
  std::vector<Outcome> all;
  for (std::size_t o = 0; o < patient_outcome_names.size(); ++o)
    all.push_back({patient_outcome_names[o], shown[o].unit, shown[o].digits});
  const people::Isolation isolation = isolation_of(model);
  for (std::size_t i = 0; i < participants.size(); ++i) {
    const PersonId person = participants[i].person;
    const float loneliness = model.people().loneliness[person];
    const auto points = static_cast<double>(people::ucla3_points(loneliness, lonely_above));
    const double score = isolation.score[person];
    const double gained =
        static_cast<double>(people::close_ties(model.ties(), person)) - static_cast<double>(close_ties[i]);
    std::array<double, patient_outcome_names.size()> values{nan,
                                                            nan,
                                                            nan,
                                                            nan,
                                                            nan,
                                                            points,
                                                            loneliness > lonely_above ? 100.0 : 0.0,
                                                            score < people::isolated_below ? 100.0 : 0.0,
                                                            gained};
    if (const patients::Patient* patient = model.patients().find(person)) {
      values[0] = patient->diary.has_relapsed() ? 100.0 : 0.0;
      values[1] = patient->diary.days;
      values[2] = patients::social_functioning(*patient, model.scenario().meeting, score, points);
      values[3] = static_cast<double>(patient->good_a_day + patient->bad_a_day);
      values[4] = static_cast<double>(patient->connection_recent);
    }
    for (std::size_t o = 0; o < values.size(); ++o) all[o].values.push_back(values[o]);
  }
  const std::vector<std::string> names = trials::names(measures);
  const auto add = [&](const trials::Scale& scale, const std::string& name, const std::vector<trials::Occasion>& when,
                       std::size_t measure, const std::vector<std::vector<double>>& values,
                       trials::Phase phase = trials::Phase::treatment) {
    all.push_back({name, fmt::format("{:g}-{:g}", scale.low, scale.high), 3,
                   mean_over_occasions(when, measure, values, participants.size(), unit_of(scale), phase)});
  };
  for (std::size_t m = 0; m < measures.diaries.size(); ++m)
    add(measures.diaries[m].scale, names[m], observer.diary(), m, observer.diary_values());
  for (std::size_t m = 0; m < measures.probes.size(); ++m) {
    if (measures.probes[m].scale)
      add(*measures.probes[m].scale, names[measures.diaries.size() + m], observer.probes(), m, observer.probe_values(),
          measures.probes[m].phase);
  }
  return all;
}

double mean_of(const Outcome& outcome, const std::vector<std::size_t>& members) {
  double total = 0.0;
  double count = 0.0;
  for (const std::size_t i : members) {
    if (std::isnan(outcome.values[i])) continue;
    total += outcome.values[i];
    count += 1.0;
  }
  return count > 0.0 ? total / count : nan;
}

PathEffect path_effect(const Outcomes& outcomes, std::size_t outcome, const std::vector<std::size_t>& members) {
  const auto mean = [&](WorldKind kind) { return mean_of(outcomes[static_cast<std::size_t>(kind)][outcome], members); };
  const double twin = mean(WorldKind::twin);
  return {mean(WorldKind::treated) - twin, mean(WorldKind::attachment) - twin, mean(WorldKind::use) - twin};
}

}  // namespace kith
