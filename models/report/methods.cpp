#include "models/report/methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/report/in_words.hpp"
#include "models/report/reference_texts.hpp"

namespace kith {
namespace {

/// What stands behind a theory, and, where its opioid share is fitted, behind that.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> sources_of_theories{
    {{"botsa", "@panksepp1978; @nelson1998; @loseth2024"},
     {"maintenance", "@machin2011; @panksepp1978; @loseth2024"},
     {"state_dependent", "@loseth2014; @loseth2024"},
     {"feedback", "@meier2021; @loseth2024"},
     {"homeostasis", "@matthews2019; @loseth2024"},
     {"reward", "@berridge1998; @loseth2024"}}};

std::string theory_sources(std::string_view theory) {
  const auto* const found = std::find_if(sources_of_theories.begin(), sources_of_theories.end(),
                                         [&](const auto& each) { return each.first == theory; });
  return found == sources_of_theories.end() ? "" : fmt::format("Sources of the theory: [{}].", found->second);
}

/// How arms are compared (ODD 7.7).
std::string comparison(const trials::Trial& trial) {
  if (trial.is_single_arm())
    return "Each participant was compared with their own untreated twin, the same person with the same chance in a "
           "world without drug, by a paired t-test.";
  switch (trial.design) {
    case trials::Design::crossover:
    case trials::Design::latin_square:
    case trials::Design::single_case:
      return "Each participant's mean rating on an arm was compared with that on the reference by a paired t-test.";
    case trials::Design::stepped_wedge:
      return "Differences were adjusted for the period by least squares, with errors by the jackknife over clusters.";
    case trials::Design::cluster:
      return "Clusters' mean ratings on an arm and on the reference were compared by Welch's t-test.";
    case trials::Design::parallel:
    case trials::Design::factorial:
      return "Participants' mean ratings on an arm and on the reference were compared by Welch's t-test.";
  }
  return "";
}

/// Kith itself, as CITATION.cff has it.
std::string own_entry(const std::string& version) {
  return fmt::format(
      "@software{{kith,\n  author = {{{{The Kith developers}}}},\n"
      "  title = {{{{Kith}}: an agent-based simulator of the brain opioid theory of social attachment}},\n"
      "  version = {{{}}}\n}}\n",
      version);
}

}  // namespace

std::string cited(const std::string& text, const std::string& bibtex) {
  std::string found;
  for (std::size_t begin = 0; begin < bibtex.size();) {
    const std::size_t end = std::min(bibtex.find("\n}\n", begin), bibtex.size() - 3) + 3;
    const std::string entry = bibtex.substr(begin, end - begin);
    const std::size_t brace = entry.find('{');
    const std::string key = entry.substr(brace + 1, entry.find(',') - brace - 1);
    const std::size_t at = text.find("@" + key);
    if (at != std::string::npos) found += (found.empty() ? "" : "\n") + entry;
    begin = bibtex.find('@', end);
  }
  return found;
}

Methods methods(const Scenario& scenario, const std::string& version) {
  Methods methods;
  methods.text = fmt::format(
      "# Methods: {}\n\nWe simulated with Kith {} [@kith], an agent-based simulator of the brain opioid theory of "
      "social "
      "attachment, whose model is described by the ODD protocol [@grimm2020]. What follows is a consequence of the "
      "theory, not a finding about people.\n\n",
      scenario.title, version);
  for (const std::string& sentence : in_words(scenario)) methods.text += sentence + " ";
  methods.text += theory_sources(scenario.theory.kind) + "\n\n";
  if (scenario.trial) {
    methods.text += comparison(*scenario.trial) +
                    " Effects are differences on the scale of the measure with 95 % confidence intervals, and Hedges g "
                    "with the small-sample correction [@borenstein2009].";
    if (scenario.trial->twin)
      methods.text +=
          " The own effect is the difference without noise and chance: each participant against their own twin, the "
          "same person with the same draws in a world without the trial's drugs.";
    methods.text += "\n\n";
  }
  methods.text += fmt::format(
      "All random numbers are functions of the seed ({}), the study, their purpose, the person and the time, from a "
      "counter-based generator [@salmon2011], so that worlds share each draw that they both make, and a run gives the "
      "same bits on any number of threads.\n",
      scenario.seed);
  methods.bibtex = own_entry(version) + "\n" + cited(methods.text, std::string(reference_texts.front().second));
  return methods;
}

}  // namespace kith
