#include "models/trials/design/recruitment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "models/trials/design/regimen.hpp"

namespace kith::trials {

using config::Mark;
using config::Section;

namespace {

std::uint32_t count_of(Section& s, const config::Spec& spec) { return static_cast<std::uint32_t>(s.integer(spec)); }

void read_target(Section& s, const config::KnownNames& columns, Recruitment& recruitment) {
  static const std::map<std::string, std::string> short_forms{{"most central", "highest centrality"},
                                                              {"most connected", "highest degree"},
                                                              {"loneliest", "highest loneliness"},
                                                              {"innermost", "highest layer_position"},
                                                              {"outermost", "lowest layer_position"}};
  std::string target =
      s.text({.key = "target",
              .fallback = "random",
              .doc = "Who is recruited among those eligible: random, highest or lowest and the name of "
                     "a number (\"highest degree\", \"lowest tone\"), most central, most connected, "
                     "loneliest, innermost, outermost (by the mean closeness of their ties).",
              .example = "target: highest centrality"});
  if (target == "random" || s.describing()) return;
  if (const auto known = short_forms.find(target); known != short_forms.end()) target = known->second;
  const bool is_most = target.starts_with("highest ");
  const std::string variable = is_most || target.starts_with("lowest ") ? target.substr(target.find(' ') + 1) : "";
  const config::KnownNames names = columns.after(conditions::variable_names(false));
  if (variable.empty() || !names.admit(variable)) {
    s.fail(
        "target", fmt::format("\"{}\" is no target", target),
        "use random, highest or lowest with the name of a number, most central, most connected, loneliest, innermost "
        "or outermost",
        variable.empty() ? "write e.g. highest degree" : suggest(variable, names.listed()));
    return;
  }
  (is_most ? recruitment.most : recruitment.least) = variable;
}

}  // namespace

Recruitment read_recruitment(Section s, const config::KnownNames& columns) {
  Recruitment recruitment;
  if (s.has("count"))
    recruitment.count = count_of(s, {.key = "count",
                                     .min = "1",
                                     .max = "1000000",
                                     .doc = "Participants in all; not needed where `sequences` count them."});
  if (s.has("share"))
    recruitment.share = s.number({.key = "share",
                                  .unit = "%",
                                  .min = "0",
                                  .max = "1",
                                  .above_min = true,
                                  .doc = "Participants as a share of those eligible, instead of `count`."});
  if (!s.describing() && s.has("count") && s.has("share"))
    s.fail("share", "both `count` and `share` are given", "either says how many take part", "leave one of them out");
  recruitment.where =
      conditions::read_conditions(s,
                                  {.key = "where",
                                   .fallback = "[]",
                                   .doc = "Eligibility criteria, all of which must be met: comparisons such as "
                                          "\"ties.close >= 4\", \"tone < 0.15\", \"loneliness > 0.3\", \"degree > "
                                          "10\", or of a column of people.columns."},
                                  conditions::Scope::everybody, columns);
  const auto close_ties = s.integer({.key = "close_ties",
                                     .fallback = "0",
                                     .min = "0",
                                     .max = "1000",
                                     .doc = "Least number of close ties (the two inner layers) of a participant."});
  if (close_ties > 0) {
    recruitment.where.push_back({fmt::format("ties.close >= {}", close_ties), "ties.close",
                                 conditions::Relation::at_least, static_cast<double>(close_ties), ""});
  }
  read_target(s, columns, recruitment);
  return recruitment;
}

Clusters read_clusters(Section s, const config::KnownNames& columns) {
  Clusters clusters;
  clusters.by = s.text({.key = "by",
                        .fallback = "community",
                        .doc = "What the clusters are: community (of the network), or a column of people.columns."});
  clusters.count = count_of(
      s, {.key = "count", .fallback = "0", .min = "0", .max = "1000000", .doc = "Clusters that take part; 0: all."});
  clusters.people = count_of(s, {.key = "people",
                                 .fallback = "0",
                                 .min = "0",
                                 .max = "1000000",
                                 .doc = "Participants in each cluster; 0: everybody eligible, in all clusters."});
  if (s.describing()) return clusters;
  if (clusters.by != "community" && !columns.admit(clusters.by)) {
    std::vector<std::string> names = columns.listed();
    names.emplace_back("community");
    s.fail("by", fmt::format("nobody has a \"{}\"", clusters.by), "clusters are communities or values of a column",
           suggest(clusters.by, names));
    clusters.by = "community";
  }
  if ((clusters.count == 0) != (clusters.people == 0))
    s.fail(clusters.count == 0 ? "people" : "count", "clusters and their participants do not go together",
           "either all clusters take part with everybody eligible, or both numbers are given",
           "give both `count` and `people`, or neither");
  return clusters;
}

Allocation read_allocation(Section s) {
  Allocation allocation;
  for (const double part : s.numbers({.key = "ratio",
                           .fallback = "[]",
                           .min = "0",
                           .max = "1000",
                           .doc = "Participants (or clusters) in each arm or sequence, relative to each "
                                  "other: whole numbers, one for each; equal shares if not given."})) {
    if (part != std::floor(part))
      s.fail("ratio", fmt::format("{:g} is not a whole number", part), "", "write e.g. [2, 1]");
    allocation.ratio.push_back(static_cast<std::uint32_t>(part));
  }
  allocation.block = count_of(s, {.key = "blocks",
                                  .fallback = "0",
                                  .min = "0",
                                  .max = "10000",
                                  .doc = "Size of permuted blocks; 0: none, or with strata the smallest possible."});
  allocation.strata = s.texts({.key = "strata",
                               .fallback = "[]",
                               .doc = "Blocks are filled separately for each combination of these: community, a column "
                                      "of people.columns, or terciles of a number (tone_tercile)."});
  allocation.minimise =
      s.texts({.key = "minimise",
               .fallback = "[]",
               .doc = "Minimisation: each participant in turn goes where these categories become most "
                      "balanced (Pocock & Simon 1975)."});
  allocation.best = s.number({.key = "minimise_probability",
                              .unit = "%",
                              .fallback = "80 %",
                              .min = "0",
                              .max = "1",
                              .doc = "Probability of going there; else to any at random.",
                              .mark = Mark::assumed,
                              .source = "range 70-100 % (Pocock & Simon 1975)"});
  return allocation;
}

}  // namespace kith::trials
