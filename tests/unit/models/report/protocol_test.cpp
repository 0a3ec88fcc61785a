#include "models/report/protocol.hpp"

#include <catch2/catch.hpp>

#include "config/document.hpp"
#include "models/report/methods.hpp"

using namespace kith;

namespace {

Scenario scenario_of(const std::string& yaml) {
  config::Document document = config::Document::from_text(yaml, "test.yaml");
  Scenario scenario = read_scenario(document.root());
  document.check();
  return scenario;
}

const std::string trial = R"(kith: 1
title: A trial
time: {duration: 6 d}
people: {count: 200}
trial:
  design: crossover
  participants: {count: 10}
  washout: 1 d
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg]}
    placebo: {drug: placebo, doses: [50 mg]}
measures:
  - {diary: connection}
)";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a document keeps what is of its parts, and drops other parts, output and comments") {
  const std::string document = R"(# Title
<!-- only with: ties -->
Ties live ([tie_life.hpp](bonds/tie_life.hpp)).
<!-- only with: events -->
Events among ties.
<!-- end only -->
More of ties.
<!-- end only -->
| a | always |
| b | rarely | <!-- only with: events -->
| c | often | <!-- only with: ties -->

<!-- output: kith list -->
```text
printed
```

<!-- quote: a.cpp: int main -->
```cpp
quoted
```
<!-- table: kith explain -->
| printed |
<!-- end -->
[A page](https://example.org) stays.
)";
  CHECK(only_of(document, {"ties"}) ==
        "# Title\nTies live (tie_life.hpp).\nMore of ties.\n| a | always |\n| c | often |\n\n```cpp\nquoted\n```\n"
        "[A page](https://example.org) stays.\n");
  CHECK(contains(only_of(document, {"ties", "events"}), "Events among ties."));
  CHECK_FALSE(contains(only_of(document, {}), "Ties"));
}

TEST_CASE("the parts of a scenario are its theory, drugs and design, and what it switches on") {
  const std::set<std::string> parts = parts_of(scenario_of(trial));
  CHECK(parts == std::set<std::string>{"botsa", "crossover", "drugs", "naltrexone", "trials", "twins"});
  const std::set<std::string> without = parts_of(scenario_of("kith: 1\ntitle: None\ntheory: none\nties: living\n"));
  CHECK(without == std::set<std::string>{"living ties", "none"});
}

TEST_CASE("the protocol of a scenario has its submodels in full, and no others") {
  const std::string text = protocol(scenario_of(trial), "| key | value |\n");
  CHECK(contains(text, "# A trial: the model of this scenario"));
  for (const char* part : {"## 1. Purpose", "### 7.1 Drug", "What naltrexone is fitted to", "**botsa**",
                           "| `crossover` |", "### 7.7 Trials", "## 8. Parameters\n\n| key | value |",
                           "## 9. What is extrapolation", "Antagonist at the mu-opioid receptor"})
    CHECK(contains(text, part));
  for (const char* part : {"### 7.8", "### 7.9", "### 7.10", "### 7.11", "### 7.12", "<!--", "| `feedback` |", "$ kith",
                           "](", "OPRM1 A118G", "| `stepped_wedge` |"})
    CHECK_FALSE(contains(text, part));
}

TEST_CASE("methods cite what the theory rests on, and the references hold just that") {
  const Methods found = methods(scenario_of(trial), "1.2, commit abc");
  CHECK(contains(found.text, "Kith 1.2, commit abc"));
  CHECK(contains(found.text, "[@panksepp1978; @nelson1998; @loseth2024]"));
  CHECK(contains(found.text, "paired t-test"));
  CHECK(contains(found.bibtex, "@article{panksepp1978,"));
  CHECK(contains(found.bibtex, "@software{kith,"));
  CHECK_FALSE(contains(found.bibtex, "meier2021"));
  const std::string none = methods(scenario_of("kith: 1\ntitle: None\ntheory: none\n"), "1").bibtex;
  CHECK_FALSE(contains(none, "loseth2024"));
  CHECK(contains(none, "grimm2020"));
}

TEST_CASE("every source that methods cite is in the references") {
  for (const char* theory : {"botsa", "maintenance", "state_dependent", "feedback", "homeostasis", "reward", "none"}) {
    const Methods found = methods(scenario_of(std::string("kith: 1\ntitle: T\ntheory: ") + theory + "\n"), "1");
    for (std::size_t at = found.text.find('@'); at != std::string::npos; at = found.text.find('@', at + 1)) {
      const std::string key = found.text.substr(at + 1, found.text.find_first_of(";]", at) - at - 1);
      INFO(theory << " cites " << key);
      CHECK(contains(found.bibtex, "{" + key + ","));
    }
  }
}
