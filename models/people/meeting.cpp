#include "models/people/meeting.hpp"

#include "core/math.hpp"
#include "core/parallel.hpp"

namespace kith::people {

using config::Mark;

namespace {

void read_at_distance(MeetingParams& p, config::Section distance) {
  p.calls_per_day =
      distance.number({.key = "per_day",
                       .fallback = "5",
                       .min = "0",
                       .max = "100",
                       .doc = "Mean number of contacts at a distance of a person in a day, at normal approach.",
                       .mark = Mark::assumed,
                       .source = "range 1-8"});
  p.call_quality = static_cast<float>(distance.number({.key = "quality",
                                                       .fallback = "0.65",
                                                       .min = "0",
                                                       .max = "1",
                                                       .doc = "Quality of such a contact, in share of one in person.",
                                                       .mark = Mark::assumed,
                                                       .source = "range 0.3-0.9"}));
  p.call_release = static_cast<float>(
      distance.number({.key = "release",
                       .fallback = "0.5",
                       .min = "0",
                       .max = "1",
                       .doc = "Ligand that it releases, in share of a contact in person of the same quality.",
                       .mark = Mark::assumed,
                       .source = "range 0-1; without touch and synchrony less is released"}));
}

}  // namespace

MeetingParams read_meeting(config::Section& s) {
  MeetingParams p;
  p.contacts_per_day =
      s.number({.key = "contacts_per_day",
                .fallback = "6.5",
                .min = "0",
                .max = "100",
                .doc = "Mean number of contacts in person of a person in a day, at normal approach.",
                .mark = Mark::fitted,
                .source = "6-7 a day: four layers at the published time shares (Dunbar 2020; Tamarit 2018)"});
  p.closeness_slope = s.number({.key = "closeness_slope",
                                .fallback = "6.3",
                                .min = "0",
                                .max = "20",
                                .doc = "How steeply the rate of contact rises with closeness: exp(-eta (1 - w)).",
                                .mark = Mark::fitted,
                                .source = "contact time 40/20/25/15 % in the four layers (Dunbar 2020; Tamarit 2018)"});
  p.positive_share = static_cast<float>(
      s.number({.key = "positive_share",
                .unit = "%",
                .fallback = "82 %",
                .min = "0",
                .max = "1",
                .doc = "Share of contacts that go well.",
                .mark = Mark::assumed,
                .source = "range 70-95 %; 6.59 good to 1.44 bad exchanges a day of people in care for "
                          "opioid use disorder (Knapp, n = 73)"}));
  p.quality_least = static_cast<float>(
      s.number({.key = "quality_of_strangers",
                .fallback = "0.2",
                .min = "0",
                .max = "1",
                .doc = "Quality of a contact with somebody of closeness 0; it rises to 1 at closeness 1.",
                .mark = Mark::assumed,
                .source = "range 0.1-0.4"}));
  p.approach_least = static_cast<float>(s.number({.key = "approach_least",
                                                  .fallback = "0.3",
                                                  .min = "0.01",
                                                  .max = "1",
                                                  .doc = "Lower bound of approach.",
                                                  .mark = Mark::assumed,
                                                  .source = "range 0.1-0.5"}));
  p.approach_most = static_cast<float>(s.number({.key = "approach_most",
                                                 .fallback = "2",
                                                 .min = "1",
                                                 .max = "20",
                                                 .doc = "Upper bound of approach.",
                                                 .mark = Mark::assumed,
                                                 .source = "range 1.5-3"}));
  read_at_distance(p, s.section({.key = "at_distance",
                                 .doc = "Calls and messages: contacts on the same ties, with a rate of their own."}));
  auto night = s.section({.key = "night", .doc = "The night, the same for everybody: nobody meets."});
  p.night.from = night.time_of_day({.key = "from",
                                    .fallback = "23:00",
                                    .doc = "When everybody falls asleep.",
                                    .mark = Mark::assumed,
                                    .source = "range 22:00-01:00"});
  p.night.to = night.time_of_day({.key = "to",
                                  .fallback = "07:00",
                                  .doc = "When everybody wakes.",
                                  .mark = Mark::assumed,
                                  .source = "range 05:00-09:00"});
  if (p.night.length() >= 23.0) night.fail("to", "the night leaves less than an hour of day", "nobody could meet");
  return p;
}

namespace {

double unscaled_rate(const MeetingParams& params, const network::Ties& ties, std::size_t tie) {
  const double w = static_cast<double>(ties.closeness()[tie]);
  return portable_exp(-params.closeness_slope * (1.0 - w)) * static_cast<double>(ties.opportunity()[tie]);
}

}  // namespace

double rate_scale(const MeetingParams& params, const network::Ties& ties) {
  const double total = sum<double>(ties.slots(), [&](std::size_t begin, std::size_t end) {
    double part = 0.0;
    for (std::size_t tie = begin; tie < end; ++tie) part += unscaled_rate(params, ties, tie);
    return part;
  });
  if (total <= 0.0) return 0.0;
  // Each contact counts for two people.
  const double waking_hours = 24.0 - params.night.length();
  return params.contacts_per_day * ties.people() / (2.0 * total * waking_hours);
}

std::vector<float> contact_rates(const MeetingParams& params, const network::Ties& ties) {
  return contact_rates(params, ties, rate_scale(params, ties));
}

std::vector<float> contact_rates(const MeetingParams& params, const network::Ties& ties, double f1) {
  std::vector<float> rates(ties.slots());
  for_each_block(rates.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t tie = begin; tie < end; ++tie) {
      const auto unscaled = static_cast<float>(unscaled_rate(params, ties, tie));
      rates[tie] = static_cast<float>(static_cast<double>(unscaled) * f1);
    }
  });
  return rates;
}

}  // namespace kith::people
