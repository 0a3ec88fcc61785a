#include "models/trials/measures/probes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/math.hpp"
#include "core/units.hpp"
#include "models/people/isolation.hpp"
#include "models/people/scales.hpp"
#include "models/trials/measures/subject.hpp"

namespace kith::trials {
namespace {

using config::Mark;
using config::Section;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

constexpr ScaleDefaults laboratory_scale{.scale = {.person_sd = 0.1, .occasion_sd = 0.1},
                                         .source = "range 0.05-0.15 of the scale; as for loving messages"};

people::Feelings feelings_of(const people::People& s) {
  return {s.connection[0], s.distress[0], s.positive_affect[0], s.negative_affect[0], s.need[0], s.company[0]};
}

/// A good contact on a copy: what it releases stays for the next.
people::Feelings after_contact(const Subject& subject, people::Feelings f, const Friend& other, float& ligand) {
  const float quality = people::contact_quality(*subject.meeting, other.closeness, other.warmth);
  ligand += subject.receptor->release * quality;
  return people::after_positive(*subject.feelings, subject.opioids, f, {quality, other.closeness},
                                subject.signal(ligand));
}

/// How much company a person wants now, P/(1 + P): 0.5 where P is 1. `more`: added to ln P.
double wish_for_company(const Subject& subject, float more = 0.0F) {
  float drive = 0.0F;
  subject.theory->approach(subject.self, 0, 1, &drive);
  const people::MeetingParams& meeting = *subject.meeting;
  const float wish =
      portable_exp(drive + people::loneliness_drive(*subject.feelings, subject.self.loneliness[0]) + more);
  const auto bounded = static_cast<double>(std::clamp(wish, meeting.approach_least, meeting.approach_most));
  return bounded / (1.0 + bounded);
}

/// How the mean social reward of messages is rated: one each from `senders`, again from the first when there are fewer than messages.
double message_reward(const Subject& subject, const std::vector<Friend>& senders, std::uint32_t messages) {
  if (senders.empty()) return 0.0;
  float ligand = subject.ligand();
  double total = 0.0;
  for (std::uint32_t k = 0; k < messages; ++k) {
    const Friend& sender = senders[k % senders.size()];
    const float quality = people::contact_quality(*subject.meeting, sender.closeness, sender.warmth);
    ligand += subject.receptor->release * quality;
    total += static_cast<double>(quality * people::reward_gain(subject.opioids, subject.signal(ligand)));
  }
  return total / static_cast<double>(messages) * static_cast<double>(subject.theory->rating_gain(subject.self, 0));
}

void read_messages(Section& s, Probe& probe) {
  const bool from_strangers = s.choice({.key = "from", .fallback = "closest", .doc = "Who wrote the messages."},
                                       {{"closest", "the people closest to the participant, one message each"},
                                        {"strangers", "people unknown to the participant"}}) == 1;
  const auto messages = static_cast<std::uint32_t>(s.integer({.key = "messages",
                                                              .fallback = "6",
                                                              .min = "1",
                                                              .max = "100",
                                                              .doc = "Number of messages.",
                                                              .mark = Mark::published,
                                                              .source = "six (Inagaki 2016)"}));
  probe.label = from_strangers ? "strangers' messages" : "loving messages";
  probe.scale = read_scale(
      s, {.scale = {.offset = 0.009, .gain = 0.695, .person_sd = 0.1, .occasion_sd = 0.1},
          .mark = Mark::fitted,
          .source = "ratings of messages from close others 4.671 (SD 0.871), from strangers 1.966 (Inagaki 2019)"});
  probe.value = [=](const Subject& subject) {
    return message_reward(subject, from_strangers ? std::vector<Friend>{Friend{}} : subject.friends, messages);
  };
}

/// A warm object releases ligand as a contact does, a cold one takes it away; felt connection follows while it is held.
void read_object(Section& s, Probe& probe) {
  constexpr std::array<float, 3> warmths{1.0F, 0.0F, -1.0F};
  constexpr std::array<std::string_view, 3> labels{"warm object", "neutral object", "cold object"};
  const std::size_t kind =
      s.choice({.key = "temperature", .fallback = "warm", .doc = "What is held in the hand."},
               {{"warm", "a warm pack"}, {"neutral", "an object of room temperature"}, {"cold", "a cold pack"}});
  const auto release = static_cast<float>(
      s.number({.key = "release",
                .fallback = "0.08",
                .min = "0",
                .max = "1",
                .doc = "Endogenous ligand that a warm object releases, and a cold one takes away.",
                .mark = Mark::assumed,
                .source = "range 0-0.1; as a contact of quality 1 (the effect: Inagaki, Irwin & Eisenberger 2015)"}));
  const bool asks_company = s.choice({.key = "ask", .fallback = "connection", .doc = "What is rated."},
                                     {{"connection", "the connection felt while it is held"},
                                      {"approach", "how much company is wanted: P/(1 + P)"}}) == 1;
  probe.label = std::string(labels[kind]) + (asks_company ? ", company wanted" : "");
  probe.scale = read_scale(s, laboratory_scale);
  if (asks_company) {
    probe.value = [cold = -warmths[kind]](const Subject& subject) {
      return wish_for_company(subject, std::max(0.0F, cold) * subject.opioids.cold);
    };
    return;
  }
  probe.value = [change = warmths[kind] * release](const Subject& subject) {
    const float now = subject.ligand();
    const float held = std::max(0.0F, now + change);
    const float shift = subject.opioids.share * (subject.signal(held) - subject.signal(now));
    return static_cast<double>(subject.self.connection[0] * (1.0F + shift));
  };
}

void read_non_social_reward(Section& s, Probe& probe) {
  const double size = s.number({.key = "size",
                                .fallback = "0.5",
                                .min = "0",
                                .max = "1",
                                .doc = "Value of the reward (a sum of money, a picture), 0 to 1.",
                                .mark = Mark::assumed,
                                .source = "range 0.3-0.7"});
  probe.label = "non-social reward";
  probe.scale = read_scale(s, laboratory_scale);
  probe.value = [size](const Subject& subject) {
    return size * static_cast<double>(subject.theory->non_social_gain(subject.self, 0) *
                                      subject.theory->rating_gain(subject.self, 0));
  };
}

void read_rejection(Section& s, Probe& probe) {
  const auto rejections = s.integer({.key = "rejections",
                                     .fallback = "3",
                                     .min = "1",
                                     .max = "100",
                                     .doc = "How often the other players leave the participant out.",
                                     .mark = Mark::assumed,
                                     .source = "range 1-10"});
  const bool asks_learning =
      s.choice({.key = "ask", .fallback = "distress", .doc = "What is rated."},
               {{"distress", "distress at the end"},
                {"learning",
                 "how much less company is wanted for what was learned: fall of the theory's part of ln P, "
                 "feelings being as before"}}) == 1;
  probe.label = asks_learning ? "learning from rejection" : "rejection game";
  probe.scale = read_scale(s, laboratory_scale);
  if (asks_learning) {
    probe.value = [rejections](const Subject& subject) {
      people::People self = subject.self;
      float before = 0.0F;
      float after = 0.0F;
      subject.theory->approach(self, 0, 1, &before);
      for (std::int64_t k = 0; k < rejections; ++k)
        subject.theory->after_contact(self, 0, {.goes_well = false, .reward = 0.0F, .signal = self.signal[0]});
      subject.theory->approach(self, 0, 1, &after);
      return static_cast<double>(before - after);
    };
    return;
  }
  probe.value = [rejections](const Subject& subject) {
    people::Feelings f = feelings_of(subject.self);
    for (std::int64_t k = 0; k < rejections; ++k)
      f = people::after_negative(*subject.feelings, subject.opioids, f, subject.self.signal[0]);
    return static_cast<double>(f.distress);
  };
}

/// The person alone and awake for some hours, in steps of a quarter of an hour; changes the copy.
people::Feelings alone(Subject& subject, double duration) {
  constexpr double step_hours = 0.25;
  const people::FeelingParams& params = *subject.feelings;
  const people::Relaxation step(params, step_hours, step_hours);
  const people::Decay phasic(step_hours, static_cast<double>(subject.receptor->phasic_half_life) / std::numbers::ln2);
  const float needed = people::company_needed(params);
  people::Feelings f = feelings_of(subject.self);
  const auto steps = static_cast<int>(std::ceil(duration / step_hours));
  for (int k = 0; k < steps; ++k) {
    const float tonic = subject.ligand() - subject.self.phasic[0];
    const float signal = subject.signal(tonic + subject.self.phasic[0] * phasic.mean);
    subject.self.loneliness[0] +=
        step.loneliness * (relax(params, subject.opioids, step.whole(), f, signal, subject.self.bond[0],
                                 subject.self.wanted_connection[0], needed) -
                           subject.self.loneliness[0]);
    subject.self.phasic[0] *= phasic.left;
    subject.self.signal[0] = signal;
    subject.self.signal_mean[0] += step.signal_mean * (signal - subject.self.signal_mean[0]);
  }
  return f;
}

void read_separation(Section& s, Probe& probe) {
  const double duration = s.number({.key = "alone",
                                    .unit = "h",
                                    .fallback = "4 h",
                                    .min = "15 min",
                                    .max = "14 d",
                                    .doc = "How long the participant is kept apart from everybody.",
                                    .mark = Mark::assumed,
                                    .source = "range 1-10 h (10 h: Tomova 2020)"});
  const std::size_t asked = s.choice({.key = "ask", .fallback = "distress", .doc = "What is rated."},
                                     {{"distress", "distress at the end of the separation"},
                                      {"reunion", "felt connection after meeting the closest person again"},
                                      {"need", "social need at the end of the separation"},
                                      {"approach", "how much company is wanted at its end: P/(1 + P)"}});
  constexpr std::array<std::string_view, 4> labels{"separation", "reunion", "need after separation",
                                                   "company wanted after separation"};
  probe.label = labels[asked];
  probe.scale = read_scale(s, laboratory_scale);
  probe.value = [=](const Subject& original) {
    Subject subject = original;
    people::Feelings f = alone(subject, duration);
    if (asked == 3) {
      subject.self.distress[0] = f.distress;
      subject.self.connection[0] = f.connection;
      return wish_for_company(subject);
    }
    if (asked != 1) return static_cast<double>(asked == 0 ? f.distress : f.need);
    float ligand = subject.ligand();
    if (!subject.friends.empty()) f = after_contact(subject, f, subject.friends.front(), ligand);
    return static_cast<double>(f.connection);
  };
}

void read_play(Section& s, Probe& probe) {
  const auto bouts = s.integer({.key = "bouts",
                                .fallback = "5",
                                .min = "1",
                                .max = "100",
                                .doc = "How many bouts of play, each of which releases endogenous ligand.",
                                .mark = Mark::assumed,
                                .source = "range 1-20"});
  probe.label = "play";
  probe.scale = read_scale(s, laboratory_scale);
  probe.value = [bouts](const Subject& subject) {
    people::Feelings f = feelings_of(subject.self);
    float ligand = subject.ligand();
    const auto mate =
        std::find_if(subject.friends.begin(), subject.friends.end(), [](const Friend& other) { return !other.is_kin; });
    for (std::int64_t k = 0; mate != subject.friends.end() && k < bouts; ++k)
      f = after_contact(subject, f, *mate, ligand);
    return static_cast<double>(f.connection);
  };
}

/// In whole points: 6 or more from the loneliness on at which people count as lonely.
void read_ucla3(Section& s, Probe& probe) {
  constexpr double points = 6.0;
  probe.label = "UCLA-3";
  probe.scale = read_scale(s, {.scale = {.occasion_sd = 0.08},
                               .range = "3..9",
                               .step = "1",
                               .source = "range 0.04-0.12 of the scale: half a point"});
  probe.cutoff = Cutoff{.at = 6.0, .cases = Cutoff::Cases::from_here_up, .called = "lonely"};
  probe.value = [](const Subject& subject) {
    return (static_cast<double>(people::ucla3_points(subject.self.loneliness[0], subject.lonely_above)) - 3.0) / points;
  };
}

void read_lsns6(Section& s, Probe& probe) {
  constexpr double points = 30.0;
  probe.label = "LSNS-6";
  probe.scale = read_scale(
      s,
      {.scale = {.occasion_sd = 0.03}, .range = "0..30", .step = "1", .source = "range 0-0.06 of the scale: a point"});
  probe.cutoff =
      Cutoff{.at = static_cast<double>(people::isolated_below), .cases = Cutoff::Cases::below, .called = "isolated"};
  probe.asks_isolation = true;
  probe.value = [](const Subject& subject) {
    return subject.isolation_score ? static_cast<double>(*subject.isolation_score) / points : nan;
  };
}

void read_occupancy(Section& /*section*/, Probe& probe) {
  probe.label = "occupancy " + print_occasion(probe);
  probe.value = [](const Subject& subject) { return subject.occupancy; };
}

void read_plasma(Section& s, Probe& probe) {
  probe.drug = s.text({.key = "drug",
                       .fallback = "",
                       .doc = "Drug whose parent is measured; may be left out where the participants get only one."});
  probe.asks_plasma = true;
  probe.unit = "ng/mL";
}

}  // namespace

std::string_view prefix(Phase phase) {
  constexpr std::array<std::string_view, 3> prefixes{"run-in ", "", "follow-up "};
  return prefixes[static_cast<std::size_t>(phase)];
}

std::string print_occasion(const Probe& probe) {
  return fmt::format("{}day {} {}", prefix(probe.phase), probe.day, print_time_of_day(probe.at));
}

const std::vector<Task>& all_tasks() {
  static const std::vector<Task> all{
      {"loving_messages", "reads messages from others and rates the connection felt", read_messages},
      {"object", "holds a warm, neutral or cold object and rates the connection felt", read_object},
      {"non_social_reward", "gets a reward that comes from nobody and rates it", read_non_social_reward},
      {"rejection_game", "is left out of a game and rates the distress felt", read_rejection},
      {"separation", "is kept apart from everybody for hours, and then meets the closest person", read_separation},
      {"play", "plays with the closest friend and rates the connection felt", read_play},
      {"ucla3", "answers three questions on loneliness, 3 to 9 points; lonely from 6 on (Hughes 2004)", read_ucla3},
      {"lsns6", "answers six questions on ties, 0 to 30 points; isolated below 12 (Lubben 2006)", read_lsns6},
      {"plasma", "has a blood sample taken: the concentration of a drug's parent in plasma", read_plasma},
      {"occupancy", "share of the mu-receptors that the antagonist holds, as PET would see it", read_occupancy},
  };
  return all;
}

}  // namespace kith::trials
