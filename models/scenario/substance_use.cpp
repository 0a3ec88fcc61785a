#include "models/scenario/substance_use.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/units.hpp"
#include "models/scenario/trials.hpp"

namespace kith {

using config::Mark;
using config::Section;

namespace {

void read_who(Section& s, const Scenario& scenario, patients::SubstanceUse& use) {
  use.share = s.number({.key = "share",
                        .unit = "%",
                        .fallback = "2 %",
                        .min = "0 %",
                        .max = "100 %",
                        .doc = "Share of those eligible who have the disorder, drawn at random.",
                        .mark = Mark::assumed,
                        .source = "range 0.5-6 %: opioids about 2 %, alcohol more (surveys differ)"});
  use.where = conditions::read_conditions(
      s,
      {.key = "where",
       .fallback = "[]",
       .doc = "Who is eligible, by what is known before the burn-in: ties, traits and columns of people.columns."},
      conditions::Scope::everybody, scenario.column_names);
  for (std::size_t i = 0; i < use.where.size(); ++i) {
    const conditions::Variable* variable = conditions::find_variable(use.where[i].variable);
    const bool is_late = variable != nullptr && variable->is_state() && variable->name != "tone" &&
                         variable->name != "wanted_connection";
    if (is_late)
      s.fail_item("where", i, fmt::format("{} is not known before the burn-in", variable->name),
                  "patients are made before it", "use a column, a trait (tone, wanted_connection) or ties");
  }
}

void read_opioid(Section& s, const Scenario& scenario, patients::SubstanceUse& use) {
  use.substance = patients::Substance::opioid;
  const std::string name = s.text({.key = "drug",
                                   .fallback = "heroin",
                                   .doc = "What is used: an agonist of the library or of `drugs`.",
                                   .mark = Mark::assumed,
                                   .source = "heroin, which is not validated; or morphine, methadone"});
  use.dose = s.number({.key = "dose",
                       .unit = "mg",
                       .fallback = "10 mg",
                       .min = "0.001 mg",
                       .max = "1000 mg",
                       .doc = "Amount of one use.",
                       .mark = Mark::assumed,
                       .source = "range 5-30 mg of what is in a bag"});
  const pharmacology::SharedDrug known = scenario.pharmacy->find(name);
  if (!known) {
    std::vector<std::string> names;
    for (const pharmacology::SharedDrug& drug : scenario.pharmacy->drugs()) {
      if (drug->action == pharmacology::Action::agonist) names.push_back(drug->name);
    }
    const std::string near = nearest(name, names);
    s.fail("drug", fmt::format("no drug is called \"{}\"", name),
           fmt::format("full agonists are: {}", conditions::listed(names)),
           near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    return;
  }
  if (known->action != pharmacology::Action::agonist && known->action != pharmacology::Action::partial_agonist)
    s.fail("drug", fmt::format("{} is no agonist", name), "people use what rewards", "use e.g. heroin");
  else
    use.drug = known;
}

void read_alcohol(Section& s, patients::SubstanceUse& use) {
  use.substance = patients::Substance::alcohol;
  use.release = static_cast<float>(s.number(
      {.key = "release",
       .fallback = "0.3",
       .min = "0.01",
       .max = "10",
       .doc = "Endogenous ligand that one use releases; a good contact of quality 1 releases receptor.release.",
       .mark = Mark::assumed,
       .source = "range 0.1-0.6; that alcohol releases endogenous opioids: Mitchell 2012"}));
}

people::DrugPaths read_paths(Section& s) {
  constexpr std::array<people::DrugPaths, 4> paths{people::DrugPaths::both, people::DrugPaths::attachment,
                                                   people::DrugPaths::use, people::DrugPaths::none};
  return paths[s.choice(
      {.key = "treatment_acts_on", .fallback = "both", .doc = "Through which path the drugs of trials act."},
      {{"both", "feelings and contacts, and the reward of use"},
       {"attachment", "feelings and contacts alone; use is as rewarding as without treatment"},
       {"use", "the reward of use alone; feelings and contacts see the signal as without treatment"},
       {"nothing", "neither: treatment does nothing but hold receptors"}})];
}

/// Where a scenario says who takes part.
std::string_view place_of(const Section& root) {
  if (root.has("trials")) return "trials";
  return root.has("trial") ? "trial" : "events";
}

/// Conditions and diaries that only patients can meet.
std::vector<std::string> what_patients_only_have(const std::vector<const trials::Trial*>& all,
                                                 const Scenario& scenario) {
  std::vector<std::string> asked;
  const auto note = [&](const conditions::Condition& condition) {
    if (const conditions::Variable* v = conditions::find_variable(condition.variable); v != nullptr && v->of_patients)
      asked.push_back(condition.text);
  };
  for (const trials::Trial* trial : all) {
    for (const conditions::Condition& condition : trial->recruitment.where) note(condition);
    for (const trials::Arm& arm : trial->arms) {
      for (const trials::Regimen& regimen : arm.regimens) {
        if (regimen.when) note(*regimen.when);
      }
      if (arm.stop) note(arm.stop->when);
      if (arm.change && arm.change->rule) note(arm.change->rule->when);
    }
  }
  for (const events::Event& event : scenario.events) {
    for (const conditions::Condition& condition : event.target.where) note(condition);
    if (event.trigger.condition) note(*event.trigger.condition);
  }
  for (const trials::Diary& diary : scenario.measures.diaries) {
    if (diary.feeling == trials::Feeling::craving) asked.emplace_back("diary: craving");
  }
  return asked;
}

}  // namespace

std::unique_ptr<people::Mechanism> read_substance_use(Section& root, Scenario& scenario) {
  if (!root.has("substance_use") && !root.describing()) return nullptr;
  Section s =
      root.section({.key = "substance_use", .doc = "People with a substance use disorder; nobody if not given."});
  patients::SubstanceUse use;
  s.variant({.key = "substance", .fallback = "opioid", .doc = "What the patients use."},
            {{"opioid", "an agonist from outside, which competes with treatment at the receptor",
              [&](Section& v) { read_opioid(v, scenario, use); }},
             {"alcohol", "alcohol, which releases endogenous ligand", [&](Section& v) { read_alcohol(v, use); }}});
  read_who(s, scenario, use);
  use.detoxification = s.number({.key = "detoxification",
                                 .unit = "h",
                                 .fallback = "0 d",
                                 .min = "0 d",
                                 .max = "365 d",
                                 .doc = "Time just before the measured time in which nobody can use, as on a ward.",
                                 .mark = Mark::assumed,
                                 .source = "range 0-14 d; X:BOT recruited on detoxification wards"});
  if (use.detoxification > scenario.time.burn_in)
    s.fail("detoxification", "the detoxification is longer than the burn-in",
           fmt::format("time.burn_in is {}", print_quantity(scenario.time.burn_in, Dimension::time)),
           "make it shorter, or the burn-in longer");
  use.params = patients::read_substance_use_params(s);
  use.drugs_act_on = read_paths(s);
  use.split_paths =
      s.flag({.key = "split_paths",
              .fallback = "false",
              .doc = "Also run the worlds in which treatment acts on one path alone, and print the split."});
  const bool is_complete = use.drug || use.substance == patients::Substance::alcohol;
  auto mechanism =
      is_complete ? std::make_unique<patients::Patients>(use, scenario.receptor, *scenario.pharmacy, scenario.scales)
                  : nullptr;
  scenario.substance_use = std::move(use);
  return mechanism;
}

void check_patients(Section& root, const Scenario& scenario) {
  if (root.describing()) return;
  const std::vector<const trials::Trial*> all = trials_of(scenario);
  if (scenario.substance_use) {
    if (!scenario.substance_use->split_paths) return;
    const bool has_twin = std::any_of(all.begin(), all.end(), [](const trials::Trial* trial) { return trial->twin; });
    if (!has_twin)
      root.fail("substance_use", "split_paths has nothing to split",
                "it compares the participants of a trial with their twins", "add a trial with twins, or leave it out");
    const bool has_periods =
        std::any_of(all.begin(), all.end(), [](const trials::Trial* trial) { return trial->periods() > 1; });
    if (has_periods)
      root.fail("substance_use", "split_paths wants a trial of one period", "what use does outlasts a period",
                "use a parallel or factorial design");
    if (scenario.substance_use->drugs_act_on != people::DrugPaths::both)
      root.fail("substance_use", "split_paths and treatment_acts_on contradict each other",
                "the split needs treatment to act on both paths", "leave one of the two out");
    return;
  }
  const std::vector<std::string> asked = what_patients_only_have(all, scenario);
  if (asked.empty()) return;
  root.fail(place_of(root), fmt::format("\"{}\" asks for patients", asked.front()),
            "nobody has a substance use disorder here", "add `substance_use:`");
}

}  // namespace kith
