#include <algorithm>

#include "core/error.hpp"
#include "models/bonds/tie_life.hpp"

namespace kith::bonds {

using config::Mark;
using config::Section;

namespace {

void read_closeness(TieLifeParams& p, Section s) {
  const auto days = [&](std::string_view key, std::string_view fallback, std::string_view doc, std::string_view range) {
    return s.number({.key = key,
                     .unit = "h",
                     .fallback = fallback,
                     .min = "1 d",
                     .max = "36500 d",
                     .doc = doc,
                     .mark = Mark::assumed,
                     .source = range}) /
           24.0;
  };
  p.time[0] =
      days("of_kin", "1000 d", "Time constant with which closeness to kin falls without contact.", "range 500-3000 d");
  p.time[1] = days("of_friends", "200 d", "Time constant with which closeness to friends falls without contact.",
                   "range 100-400 d");
  p.time[2] =
      days("of_acquaintances", "60 d", "Time constant with which closeness to acquaintances falls.", "range 30-120 d");
  p.gaps_remembered = s.number({.key = "gaps",
                                .fallback = "26",
                                .min = "1",
                                .max = "1000",
                                .doc = "Closeness lasts at least so many of the tie's usual gaps between contacts.",
                                .mark = Mark::fitted,
                                .source = "layers that stay for two years without treatment; range 15-40"});
  p.headroom = s.number({.key = "headroom",
                         .fallback = "0.06",
                         .min = "0.001",
                         .max = "1",
                         .doc = "Good contacts draw closeness towards the tie's usual closeness plus this.",
                         .mark = Mark::fitted,
                         .source = "layers that stay for two years without treatment; range 0.04-0.1"});
  p.conflict_loss = s.number({.key = "conflict_loss",
                              .unit = "%",
                              .fallback = "1 %",
                              .min = "0",
                              .max = "1",
                              .doc = "Share of closeness that a bad contact costs; later good ones mend it.",
                              .mark = Mark::assumed,
                              .source = "range 0-5 %"});
  p.usual_warmth = s.number({.key = "usual_warmth",
                             .fallback = "0.95",
                             .min = "0.05",
                             .max = "1",
                             .doc = "Warmth with which a tie stays at its usual closeness.",
                             .mark = Mark::fitted,
                             .source = "mean warmth of the untreated population"});
  p.looser_below = s.number({.key = "looser_below",
                             .unit = "%",
                             .fallback = "60 %",
                             .min = "0",
                             .max = "1",
                             .doc = "A tie that falls below this share of its usual closeness settles where it is.",
                             .mark = Mark::assumed,
                             .source = "range 40-80 %, about one layer"});
  p.floor = s.number({.key = "floor",
                      .fallback = "0.04",
                      .min = "0",
                      .max = "1",
                      .doc = "Closeness below which a tie ends.",
                      .mark = Mark::assumed,
                      .source = "range 0.01-0.1"});
}

void read_ends(TieLifeParams& p, Section s) {
  const auto loss =
      s.numbers({.key = "by_layer",
                 .unit = "/h",
                 .fallback = "[0.045 /a, 0.03 /a, 0.18 /a, 0.3 /a]",
                 .min = "0 /a",
                 .max = "1000 /a",
                 .doc = "Rate at which life (moving, work, quarrels) ends ties of each layer, the innermost first.",
                 .mark = Mark::fitted,
                 .source = "annual losses of 1-4 % of the closest, about 10 % of close friends, more of others"});
  if (loss.size() != p.loss.size())
    s.fail("by_layer", "four rates are needed", "there are four layers", "write one rate for each layer");
  else
    std::transform(loss.begin(), loss.end(), p.loss.begin(), [](double per_hour) { return per_hour * 8766.0; });
  p.kin_loss = s.number({.key = "of_kin",
                         .unit = "%",
                         .fallback = "10 %",
                         .min = "0",
                         .max = "1",
                         .doc = "Losses of kin in share of those of others.",
                         .mark = Mark::assumed,
                         .source = "range 0-30 %; kin stay (Roberts & Dunbar 2011)"});
  p.silence = s.number({.key = "silence",
                        .fallback = "8",
                        .min = "1",
                        .max = "1000",
                        .doc = "A silence of more than so many usual gaps ends a tie.",
                        .mark = Mark::published,
                        .source = "Navarro 2017"});
  p.silence_least = s.number({.key = "silence_least",
                              .unit = "h",
                              .fallback = "60 d",
                              .min = "0 d",
                              .max = "36500 d",
                              .doc = "A time that is no silence yet, however often two people usually meet.",
                              .mark = Mark::assumed,
                              .source = "range 30-120 d"}) /
                    24.0;
  p.silence_end = s.number({.key = "of_silence",
                            .fallback = "1",
                            .min = "0",
                            .max = "1000",
                            .doc = "Ends per usual gap of a silence that is too long.",
                            .mark = Mark::assumed,
                            .source = "range 0.3-3"});
}

/// Notes a mistake where nobody has such a column; `item`: of a list, if it is one.
void check_column(Section& s, std::string_view key, std::size_t item, const std::string& name,
                  const config::KnownNames& columns) {
  if (s.describing() || columns.admit(name)) return;
  std::string known;
  for (const std::string& column : columns.listed()) known += (known.empty() ? "there are: " : ", ") + column;
  s.fail_item(
      key, item, "nobody has a \"" + name + "\"",
      known.empty() ? "people.columns names no table about people" : "people.columns has no such column",
      nearest(name, columns.listed()).empty() ? known : "did you mean \"" + nearest(name, columns.listed()) + "\"?");
}

void read_likes(TieLifeParams& p, Section& s, const config::KnownNames& columns) {
  p.foci =
      s.texts({.key = "foci",
               .fallback = "[community]",
               .doc = "What people meet in: community (of the network), or columns of people.columns such as class, "
                      "household, work. Each try within a focus takes one of them at random."});
  if (p.foci.empty()) s.fail("foci", "there is no focus", "tries within a focus need one", "write e.g. [community]");
  for (std::size_t i = 0; i < p.foci.size(); ++i) {
    if (p.foci[i] != "community") check_column(s, "foci", i, p.foci[i], columns);
  }
  Section alike =
      s.section({.key = "homophily", .doc = "Whether people prefer those who are like them; off by default."});
  p.alike = alike.text({.key = "by", .fallback = "", .doc = "A column of people.columns: class, sex, age group …"});
  p.alike_ratio = alike.number({.key = "ratio",
                                .fallback = "1",
                                .min = "1",
                                .max = "1000",
                                .doc = "The same value makes a new tie so many times as likely as another.",
                                .mark = Mark::assumed,
                                .source = "range 1-5 (McPherson, Smith-Lovin & Cook 2001)"});
  if (!p.alike.empty()) check_column(alike, "by", 0, p.alike, columns);
  if (p.alike.empty() && p.alike_ratio > 1.0)
    alike.fail("ratio", "in what people are alike is not said", "", "add e.g. by: class");
}

void read_beginnings(TieLifeParams& p, Section s, const config::KnownNames& columns) {
  p.seeking = s.number({.key = "seeking",
                        .unit = "/h",
                        .fallback = "0.1 /d",
                        .min = "0 /d",
                        .max = "24 /d",
                        .doc = "Tries for each place that is free among a person's ties, at normal approach.",
                        .mark = Mark::assumed,
                        .source = "range 0.03-0.3 /d"}) *
              24.0;
  p.introduction = s.number({.key = "introduction",
                             .unit = "%",
                             .fallback = "35 %",
                             .min = "0",
                             .max = "1",
                             .doc = "Share of tries that ask a friend's friend.",
                             .mark = Mark::fitted,
                             .source = "clustering that stays for five years without treatment; range 0-80 %"});
  p.focus =
      s.number({.key = "focus",
                .unit = "%",
                .fallback = "60 %",
                .min = "0",
                .max = "1",
                .doc = "Share of tries within a focus that is shared: the community, a class; the rest ask anybody.",
                .mark = Mark::fitted,
                .source = "clustering that stays for five years without treatment; range 0-60 %"});
  if (p.introduction + p.focus > 1.0)
    s.fail("focus", "introduction and focus are more than all tries", "they are shares of the same tries",
           "let them add up to 100 % at most");
  p.neighbourhood = s.number(
      {.key = "neighbourhood",
       .fallback = "1.35",
       .min = "1",
       .max = "1000",
       .doc = "In a community of generated layers people meet the nearest on its circle: so many times as many as "
              "ties are local. Elsewhere they meet anybody of the community.",
       .mark = Mark::fitted,
       .source = "clustering that stays for five years without treatment; range 1.1-2"});
  p.triad_ratio = s.number({.key = "triad_ratio",
                            .fallback = "3.3",
                            .min = "1",
                            .max = "1000",
                            .doc = "A common friend makes a new tie so many times as likely.",
                            .mark = Mark::published,
                            .source = "hazard ratio in CollegeMsg"});
  read_likes(p, s, columns);
}

}  // namespace

TieLifeParams read_tie_life(Section& s, const config::KnownNames& columns) {
  TieLifeParams p;
  read_closeness(p, s.section({.key = "closeness", .doc = "Closeness between and after contacts."}));
  read_ends(p, s.section({.key = "ends", .doc = "How ties end."}));
  read_beginnings(p, s.section({.key = "beginnings", .doc = "How people become closer, and how new ties come about."}),
                  columns);
  return p;
}

}  // namespace kith::bonds
