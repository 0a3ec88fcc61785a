#include "config/estimates.hpp"

#include <fmt/format.h>

#include "config/state.hpp"

namespace kith::config {

std::vector<std::string> Estimates::assignments(std::size_t draw) const {
  std::vector<std::string> all;
  for (const Estimate& one : values)
    all.push_back(fmt::format("{}={}{}{}", one.key, one.draws[draw], one.unit.empty() ? "" : " ", one.unit));
  return all;
}

const std::vector<TakenEstimates>& taken_estimates(const Section& section) { return State::of(section).taken; }

namespace {

Estimate read_estimate(const std::string& key, Section& s) {
  Estimate one;
  one.key = key;
  one.value = s.text({.key = "value", .doc = "Its value, as a scenario has it."});
  const std::vector<double> interval =
      s.numbers({.key = "interval", .fallback = "[]", .doc = "Its 95 % interval: [low, high]."});
  if (interval.size() == 2) one.interval = {interval[0], interval[1]};
  if (interval.size() != 2 && !interval.empty())
    s.fail("interval", fmt::format("the interval has {} numbers", interval.size()), "", "write [low, high]");
  one.draws = s.numbers({.key = "draws", .fallback = "[]", .doc = "Draws of its posterior; as many for each key."});
  one.unit = s.text({.key = "unit", .fallback = "", .doc = "Unit of interval and draws."});
  one.prior = s.text({.key = "prior", .fallback = "", .doc = "What was believed before."});
  one.found = s.text({.key = "found", .fallback = "", .doc = "Whether the measurements tell its value."});
  s.choice({.key = "mark", .fallback = "fitted", .doc = "Where the value comes from."},
           {{"fitted", "it was fitted to measurements"}});
  return one;
}

}  // namespace

Estimates read_estimates(Section root) {
  Estimates all;
  root.integer({.key = "estimates", .min = "1", .max = "1", .doc = "Version of the format of estimates: 1."});
  all.title = root.text({.key = "title", .fallback = "", .doc = "The problem that was solved."});
  const std::vector<std::string> when = root.texts(
      {.key = "when", .fallback = "[]", .doc = "What a scenario must say for them to hold: [theory.name=botsa]."});
  for (std::size_t k = 0; k < when.size(); ++k) {
    const std::size_t equals = when[k].find('=');
    if (equals == std::string::npos || equals == 0)
      root.fail_item("when", k, fmt::format("\"{}\" says nothing", when[k]), "", "write KEY=VALUE");
    else
      all.when.emplace_back(when[k].substr(0, equals), when[k].substr(equals + 1));
  }
  root.map({.key = "values", .doc = "The estimates, by the key of a scenario."}, [&](const std::string& key,
                                                                                     Section& item) {
    Estimate one = read_estimate(key, item);
    if (!all.values.empty() && one.draws.size() != all.draws())
      item.fail("draws", fmt::format("{} draws, and {} has {}", one.draws.size(), all.values.front().key, all.draws()),
                "draws of all keys go together");
    all.values.push_back(std::move(one));
  });
  all.made = root.texts({.key = "made", .fallback = "[]", .doc = "How they came about."});
  if (all.values.empty() && !root.describing())
    root.fail("values", "nothing is estimated", "", "add e.g. theory.opioid_share: {value: 0.05}");
  return all;
}

std::string print(const Estimates& estimates) {
  const auto list_of = [](const auto& items, const auto& text_of) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + text_of(item);
    return "[" + text + "]";
  };
  const auto number = [](double value) { return fmt::format("{}", value); };
  std::string text = "estimates: 1\n";
  text += fmt::format("title: {}\n", yaml_text(estimates.title));
  text += fmt::format("when: {}\n",
                      list_of(estimates.when, [](const auto& one) { return yaml_text(one.first + "=" + one.second); }));
  text += "values:\n";
  for (const Estimate& one : estimates.values) {
    text += fmt::format("  {}:\n    value: {}\n    mark: fitted\n", yaml_text(one.key), one.value);
    if (one.interval) text += fmt::format("    interval: [{}, {}]\n", one.interval->first, one.interval->second);
    if (!one.unit.empty()) text += fmt::format("    unit: {}\n", yaml_text(one.unit));
    if (!one.prior.empty()) text += fmt::format("    prior: {}\n", yaml_text(one.prior));
    if (!one.found.empty()) text += fmt::format("    found: {}\n", yaml_text(one.found));
    if (!one.draws.empty()) text += fmt::format("    draws: {}\n", list_of(one.draws, number));
  }
  text += "made:\n";
  for (const std::string& line : estimates.made) text += fmt::format("  - {}\n", yaml_text(line));
  return text;
}

}  // namespace kith::config
