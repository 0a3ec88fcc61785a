#include "figures/in_short.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "figures/contrast_name.hpp"
#include "figures/effects.hpp"
#include "figures/families.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "figures/over_studies.hpp"
#include "figures/study_effects.hpp"

namespace kith::figures {
namespace {

/// A value with its limits, and whether these leave 0 out.
struct Found {
  double value = std::nan(""), low = std::nan(""), high = std::nan("");

  bool is_there() const { return std::isfinite(value); }
  bool is_clear() const { return low > 0.0 || high < 0.0; }
  std::string text(int digits) const { return with_interval(value, low, high, digits).text; }
};

/// One outcome under one contrast.
struct Outcome {
  const StudyEffects& effects;
  std::size_t measure, contrast;

  double mean(const char* variable) const { return effects.mean(variable, measure, contrast); }
  double pooled(const char* variable) const { return effects.pooled(variable, measure, contrast); }
  /// Where arms change over in clusters only what is adjusted for the period is an estimate.
  bool is_adjusted() const { return !std::isfinite(mean("low")) && std::isfinite(mean("adjusted_low")); }

  /// As one study of this size has it.
  Found difference() const {
    if (is_adjusted()) return {mean("adjusted"), mean("adjusted_low"), mean("adjusted_high")};
    return {mean("difference"), mean("low"), mean("high")};
  }
  /// What says which way it went where the truth is not known: over all studies g, or what one study has.
  Found direction() const {
    const Found g{pooled("g"), pooled("g_low"), pooled("g_high")};
    return effects.studies() > 1 && !is_adjusted() && g.is_there() ? g : difference();
  }
};

std::string way(double difference, const std::string& arm, const std::string& reference) {
  return fmt::format("{} on {} than on {}", difference < 0.0 ? "lower" : "higher", arm, reference);
}

/// What is true in the model; without twins, what the studies say.
std::string truth(const Outcome& outcome, const std::string& arm, const std::string& reference) {
  const double own = outcome.mean("own");
  if (own == 0.0 && outcome.pooled("largest_own") == 0.0) return "in the model no effect at all";
  if (std::isfinite(own))
    return fmt::format("in the model {}, by {} points", way(own, arm, reference), number(std::abs(own), 3).text);
  const Found direction = outcome.direction();
  return (direction.is_clear() ? way(direction.value, arm, reference)
                               : fmt::format("no clear difference between {} and {}", arm, reference)) +
         ", as far as studies tell: this result was made without twins";
}

/// What one study of this size sees.
std::string seen(const Outcome& outcome) {
  const std::size_t studies = outcome.effects.studies();
  const std::string difference = outcome.difference().text(2) + " points";
  if (studies == 1) {
    const double p = outcome.mean(outcome.is_adjusted() ? "adjusted_p" : "p");
    const std::string chance = !std::isfinite(p) ? ""
                               : p < 0.001       ? " (p < 0.001)"
                                                 : fmt::format(" (p = {})", number(p, 3).text);
    return fmt::format("This study finds {}{}.", difference, chance);
  }
  std::string text = fmt::format("A study of this size finds {}", difference);
  const double share = outcome.pooled(outcome.is_adjusted() ? "adjusted_significant" : "significant");
  if (std::isfinite(share)) text += fmt::format(", and p < 0.05 in {:.0f} % of {} studies", 100.0 * share, studies);
  if (studies < enough_studies) return text + "; these are too few to say more (--replicates 20).";
  const Found g{outcome.pooled("g"), outcome.pooled("g_low"), outcome.pooled("g_high")};
  if (!outcome.is_adjusted() && g.is_there()) text += fmt::format("; over all of them Hedges g = {}", g.text(2));
  return text + ".";
}

std::string sentence(const Outcome& outcome) {
  const auto [arm, named] = arms_of(outcome.effects.contrasts()[outcome.contrast]);
  return fmt::format("{}: {}. {}", outcome.effects.measures()[outcome.measure],
                     truth(outcome, arm, named.empty() ? "the reference" : named), seen(outcome));
}

ReportTable table_of(const std::vector<Outcome>& outcomes) {
  const std::size_t studies = outcomes.front().effects.studies();
  ReportTable table;
  table.title = "Differences in points of the scales";
  table.columns = {"", "true in the model", "one study of this size [95 % CI]"};
  if (studies > 1) table.columns.push_back(fmt::format("p < 0.05, of {} studies", studies));
  if (studies >= enough_studies) table.columns.emplace_back("Hedges g over all studies");
  for (const Outcome& outcome : outcomes) {
    const auto [arm, reference] = arms_of(outcome.effects.contrasts()[outcome.contrast]);
    const std::string name = fmt::format("{}: {}{}", outcome.effects.measures()[outcome.measure], arm,
                                         reference.empty() ? "" : " against " + reference);
    const Found difference = outcome.difference();
    std::vector<Cell> row{{name, std::nullopt},
                          number(outcome.mean("own"), 3),
                          with_interval(difference.value, difference.low, difference.high, 2)};
    const double share = outcome.pooled(outcome.is_adjusted() ? "adjusted_significant" : "significant");
    if (studies > 1)
      row.push_back(std::isfinite(share) ? Cell{fmt::format("{:.0f} %", 100.0 * share), 100.0 * share} : Cell{"–"});
    if (studies >= enough_studies)
      row.push_back(with_interval(outcome.pooled("g"), outcome.pooled("g_low"), outcome.pooled("g_high"), 2));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// "On average 34 people took part in a study, and 31.5 were analysed; 20 virtual studies."
std::string who(const io::ResultFile& result, const std::string& suffix, std::size_t studies) {
  const ReportTable flow = flow_table(result, suffix);
  if (flow.rows.empty()) return "";
  const std::vector<Cell>& all = flow.rows.back();
  return studies == 1
             ? fmt::format("{} people took part, and {} were analysed, in one virtual study.", all[1].text,
                           all.back().text)
             : fmt::format("On average {} people took part in a study, and {} were analysed; {} virtual studies.",
                           all[1].text, all.back().text, studies);
}

/// Mean over the virtual studies of the last row, which a study that nobody entered does not have.
double mean_at_the_end(const Grid& share, std::size_t group) {
  double total = 0.0;
  std::size_t count = 0;
  for (std::size_t study = 0; study < share.sizes[0]; ++study) {
    const double one = share.at({study, share.sizes[1] - 1, group});
    if (!std::isfinite(one)) continue;
    total += one;
    ++count;
  }
  return count == 0 ? std::nan("") : total / static_cast<double>(count);
}

}  // namespace

InShort in_short(const io::ResultFile& result, const std::string& suffix) {
  const StudyEffects effects(result, suffix);
  if (!effects.is_there()) return {};
  const std::vector<bool> is_outcome = outcomes(result, suffix);
  std::vector<Outcome> found;
  for (std::size_t contrast = 0; contrast < effects.contrasts().size(); ++contrast) {
    for (std::size_t measure = 0; measure < is_outcome.size(); ++measure) {
      const Outcome outcome{effects, measure, contrast};
      if (is_outcome[measure] && outcome.difference().is_there()) found.push_back(outcome);
    }
  }
  if (found.empty()) return {};
  InShort all;
  if (std::string text = who(result, suffix, effects.studies()); !text.empty())
    all.sentences.push_back(std::move(text));
  constexpr std::size_t most_sentences = 4;
  if (found.size() > most_sentences)
    all.table = table_of(found);
  else
    std::transform(found.begin(), found.end(), std::back_inserter(all.sentences), sentence);
  return all;
}

std::vector<std::string> ends_in_short(const io::ResultFile& result, const std::vector<Definition>& definitions) {
  std::vector<std::string> sentences;
  for (const Definition& definition : definitions) {
    if (definition.kind != Kind::survival) continue;
    const std::optional<Grid> share = read_grid(result, definition.table, definition.variables.front());
    if (!share || share->sizes.size() != 3 || share->sizes[1] == 0) continue;
    std::string left;
    for (const Family& family : families(share->names[2])) {
      if (family.name != "sequence") continue;
      for (const std::size_t group : family.groups) {
        const double mean = mean_at_the_end(*share, group);
        if (!std::isfinite(mean)) continue;
        left += fmt::format("{}{:.0f} % of {}", left.empty() ? "" : "; ", 100.0 * mean,
                            family.short_name(share->names[2][group]));
      }
    }
    if (left.empty()) continue;
    const std::size_t studies = share->sizes[0];
    sentences.push_back(fmt::format("{}, at the end: {}{}.", definition.title, left,
                                    studies == 1 ? "" : fmt::format(" (means of {} virtual studies)", studies)));
  }
  return sentences;
}

}  // namespace kith::figures
