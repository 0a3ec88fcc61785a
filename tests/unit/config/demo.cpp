#include "demo.hpp"

namespace demo {

using kith::config::Document;
using kith::config::InvalidScenario;
using kith::config::Mark;
using kith::config::Override;
using kith::config::Section;

namespace {

void read_time(Scenario& p, Section s) {
  p.tick = s.number({.key = "tick",
                     .unit = "h",
                     .fallback = "1 h",
                     .min = "0 h",
                     .max = "1 d",
                     .above_min = true,
                     .doc = "Length of one step.",
                     .mark = Mark::assumed,
                     .source = "15 min to 6 h give the same result"});
  p.duration = s.number({.key = "duration", .unit = "h", .min = "0 h", .doc = "Length of the run."});
  p.start = s.week_time({.key = "start", .fallback = "Mon 08:00", .doc = "When the run starts."});
  if (p.duration > 0 && p.duration < p.tick) {
    s.fail("duration", "the run is shorter than one tick", "duration is at least one tick", "make it longer");
  }
}

void read_network(Scenario& p, Section s) {
  const auto layers = [&](Section& v) {
    p.communities = v.integer({.key = "communities", .fallback = "12", .min = "1", .doc = "Number of communities."});
  };
  const auto small_world = [&](Section& v) {
    p.rewiring = v.number({.key = "rewiring", .unit = "%", .min = "0", .max = "1", .doc = "Share of ties rewired."});
  };
  s.alternative({{.name = "generate",
                  .doc = "Makes a network.",
                  .read =
                      [&](Section& v) {
                        p.generator =
                            v.variant({.key = "generate", .doc = "Kind of network."},
                                      {{.name = "layers", .doc = "Dunbar's layers.", .read = layers},
                                       {.name = "small_world", .doc = "Watts-Strogatz.", .read = small_world}});
                      }},
                 {.name = "file", .doc = "Reads a network.", .read = [&](Section& v) {
                    p.file = v.file({.key = "file", .doc = "A network file."});
                  }}});
}

void read_trial(Scenario& p, Section s) {
  p.blinded = s.flag({.key = "blinded", .fallback = "true", .doc = "Whether arms are hidden."});
  s.map({.key = "arms", .doc = "The arms by name."}, [&](const std::string& name, Section& arm) {
    Arm a{name, arm.text({.key = "drug", .doc = "Name of a drug."}), {}};
    a.doses = arm.numbers({.key = "doses", .unit = "mg", .fallback = "[]", .min = "0 mg", .doc = "Doses in order."});
    for (std::size_t i = 1; i < a.doses.size(); ++i) {
      if (a.doses[i] < a.doses[i - 1]) arm.fail_item("doses", i, "the dose goes down", "titration only goes up");
    }
    p.arms.push_back(a);
  });
}

}  // namespace

Scenario read(Section s) {
  Scenario p;
  p.format = s.integer({.key = "kith", .min = "1", .max = "1", .doc = "Version of this format."});
  p.title = s.text({.key = "title", .fallback = "", .doc = "What the scenario is about."});
  p.seed = s.integer({.key = "seed", .fallback = "1", .doc = "Seed of all draws."});
  p.replicates =
      s.integer({.key = "replicates", .fallback = "1", .min = "1", .max = "1000", .doc = "Virtual studies."});
  Section theory = s.section({.key = "theory", .doc = "The theory and its parameters."}, "name");
  p.theory = theory.text({.key = "name", .fallback = "botsa", .doc = "Name of the theory."});
  p.gain = theory.number({.key = "approach_gain", .fallback = "0.2", .min = "0", .doc = "Gain."});
  read_time(p, s.section({.key = "time", .doc = "The clock."}));
  Section people = s.section({.key = "people", .doc = "The population."});
  p.count = people.integer({.key = "count", .fallback = "100", .min = "2", .doc = "Number of people."});
  p.share =
      people.number({.key = "users", .unit = "%", .fallback = "25 %", .min = "0", .max = "100 %", .doc = "Share."});
  p.columns = people.texts({.key = "columns", .fallback = "[]", .doc = "Columns to keep."});
  p.half_life = people.number({.key = "elimination", .unit = "/d", .fallback = "0.3 /d", .doc = "Rate."});
  if (people.has("score")) p.score = people.number({.key = "score", .doc = "A score without a default."});
  read_network(p, s.section({.key = "network", .doc = "Who knows whom."}));
  read_trial(p, s.section({.key = "trial", .doc = "The trial."}));
  s.list({.key = "measures", .doc = "What is measured."}, [&](Section& m) {
    p.times.push_back(m.time_of_day({.key = "at", .fallback = "21:00", .doc = "When."}));
    p.scales.push_back(m.range({.key = "scale", .fallback = "1..7", .min = "0", .doc = "Lowest and highest rating."}));
  });
  p.mode = s.choice({.key = "record", .fallback = "daily", .doc = "What is written."},
                    {{.name = "daily", .doc = "Once a day."}, {.name = "none", .doc = "Nothing."}});
  return p;
}

Scenario read_text(const std::string& text, const std::vector<std::string>& overrides, std::string* resolved) {
  std::vector<Override> changes;
  for (const std::string& change : overrides) changes.push_back({change});
  Document document = Document::from_text(text, "s.yaml", changes);
  const Scenario scenario = read(document.root());
  document.check([](Section s) { read(s); });
  if (resolved != nullptr) *resolved = document.resolved();
  return scenario;
}

std::string messages(const std::string& text, const std::vector<std::string>& overrides) {
  try {
    read_text(text, overrides);
  } catch (const InvalidScenario& error) {
    std::string all;
    for (const auto& mistake : error.mistakes()) all += print(mistake) + "\n";
    return all;
  }
  return "";
}

}  // namespace demo
