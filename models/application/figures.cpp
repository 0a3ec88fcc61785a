#include "models/application/figures.hpp"

namespace kith {
namespace {

using figures::Definition;
using figures::Kind;

constexpr const char* curve_reading =
    "A curve is the mean of a group, over all virtual studies; the band is the 95 % interval of that mean; of "
    "fewer than five studies, where they lie.";

constexpr const char* of_trial = "a trial (the key trial)";

void add_over_time(std::vector<Definition>& all) {
  const auto add = [&](const char* name, const char* title, const char* unit, double scale = 1.0, int digits = 3) {
    all.push_back({.name = name,
                   .title = title,
                   .reading = curve_reading,
                   .kind = Kind::over_time,
                   .table = "population",
                   .variables = {name},
                   .unit = unit,
                   .scale = scale,
                   .digits = digits});
  };
  add("connection", "Felt connection", "0 to 1");
  add("loneliness", "Loneliness", "0 to 1");
  add("isolated_share", "People who are isolated", "%", 100.0, 1);
  add("occupancy", "µ-receptors held by drugs", "%", 1.0, 1);
  add("signal", "µ-opioid signal", "1 = at rest");
  add("contacts_per_day", "Contacts in person", "a day", 1.0, 2);
}

void add_of_trials(std::vector<Definition>& all) {
  all.push_back({.name = "differences",
                 .title = "Differences between the arms, of each participant",
                 .reading =
                     "A dot is a participant of the first virtual study: their mean rating on the arm minus that on "
                     "the reference. The diamond is the difference that this study finds, with its 95 % interval.",
                 .kind = Kind::paired,
                 .table = "diary",
                 .variables = {"rating", "difference", "low", "high"},
                 .unit = "points of the scale",
                 .digits = 2,
                 .further = "probes",
                 .needs = of_trial});
  all.push_back({.name = "own",
                 .title = "Own effects, of each participant",
                 .reading =
                     "A dot is a participant of the first virtual study against their own twin, the same person "
                     "with the same chance in a world without drug, without noise. No real study can see this. The "
                     "diamond is the own effect of this study.",
                 .kind = Kind::paired,
                 .table = "diary",
                 .variables = {"own_difference", "own"},
                 .unit = "points of the scale",
                 .digits = 3,
                 .further = "probes",
                 .needs = of_trial});
  all.push_back(
      {.name = "studies",
       .title = "The virtual studies, and all of them together",
       .reading = "A square is what one study of this size finds, as Hedges g with its 95 % interval; the diamond is "
                  "the mean over all studies.",
       .kind = Kind::forest,
       .table = "effects",
       .variables = {"g", "g_low", "g_high"},
       .unit = "Hedges g",
       .digits = 2,
       .further = "effects_pooled",
       .needs = of_trial});
}

void add_survival(std::vector<Definition>& all) {
  const auto add = [&](const char* name, const char* title, const char* reading, const char* table,
                       const std::string& share, const char* needs) {
    all.push_back({.name = name,
                   .title = title,
                   .reading = reading,
                   .kind = Kind::survival,
                   .table = table,
                   .variables = {share, share + "_low", share + "_high", "at_risk"},
                   .unit = "%",
                   .digits = 1,
                   .needs = needs});
  };
  add("isolation", "Not isolated so far, of those who were not at the start",
      "Kaplan-Meier curves of the first virtual study: the share who have not been isolated so far, of those who were "
      "not at "
      "the start, with 95 % intervals; below, how many were still at risk.",
      "isolation_times", "survival", "");
  add("relapse", "Patients who have not relapsed",
      "Kaplan-Meier curves of the first virtual study: the share of patients who have not relapsed so far, with 95 % "
      "intervals; below, how many were still at risk.",
      "patients", "not_relapsed", "patients (the key substance_use)");
}

}  // namespace

std::vector<Definition> all_figures() {
  std::vector<Definition> all;
  all.push_back(
      {.name = "flow",
       .title = "Flow of participants",
       .reading = "Who was looked at, who took part, and who was still there at the end; mean of a virtual study.",
       .kind = Kind::flow,
       .table = "flow",
       .needs = of_trial});
  add_over_time(all);
  add_survival(all);
  add_of_trials(all);
  all.push_back(
      {.name = "doses",
       .title = "Dose and response",
       .reading = "A diamond is the mean difference of an arm over the virtual studies, with the 95 % interval of that "
                  "mean, or where fewer than five studies lie; the line is the own effect, without noise.",
       .kind = Kind::response,
       .table = "effects",
       .variables = {"difference", "own"},
       .unit = "points of the scale",
       .digits = 2,
       .needs = "a trial with several doses of a drug"});
  all.push_back(
      {.name = "ties",
       .title = "Ties that began and ended, by layer",
       .reading = "Above 0: ties a person that began, a day, in the layer where they began; below 0: those that ended, "
                  "in the layer where they were. Layer 1 holds the closest. Mean of everybody, over all virtual "
                  "studies.",
       .kind = Kind::changes,
       .table = "population",
       .variables = {"ties_began", "ties_ended"},
       .unit = "ties a day",
       .digits = 4});
  all.push_back(
      {.name = "network",
       .title = "The network, by loneliness",
       .reading = "Everybody stands where they stand, on all days; the darker, the lonelier. Lines are ties. Who takes "
                  "part in the trial of the first virtual study has a ring.",
       .kind = Kind::network,
       .table = "network",
       .variables = {"loneliness"},
       .unit = "loneliness, 0 to 1",
       .digits = 3,
       .further = "people",
       .needs = "--set record.network=true"});
  all.push_back({.name = "paths",
                 .title = "Patients: the two paths of treatment",
                 .reading =
                     "What treatment did to patients in all, and what it would do if it acted on feelings and contacts "
                     "alone, or on the reward of use alone: each the same patients against their untreated twins.",
                 .kind = Kind::paths,
                 .table = "path_effects",
                 .variables = {"both", "attachment", "use"},
                 .unit = "",
                 .digits = 2,
                 .labels = {"in all", "by attachment alone", "by use alone"},
                 .needs = "patients, and the key substance_use.split_paths"});
  all.push_back({.name = "experiments",
                 .title = "Published experiments, and what each theory predicts",
                 .reading =
                     "A square is what was published, or the mean of the virtual studies of a theory; its line is "
                     "the 95 % interval, or where 95 % of such studies lie. The colour tells hit, miss and too "
                     "noisy to tell.",
                 .kind = Kind::experiments,
                 .table = "evidence",
                 .variables = {"published", "published_se", "mean", "sd"},
                 .unit = "Hedges g",
                 .digits = 2,
                 .subject = figures::Subject::experiments});
  return all;
}

}  // namespace kith
