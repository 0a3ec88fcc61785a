#include <catch2/catch.hpp>
#include <cmath>

#include "config/document.hpp"
#include "core/distributions.hpp"
#include "models/trials/measures/measures.hpp"
#include "models/trials/measures/occasions.hpp"
#include "models/trials/measures/subject.hpp"

using namespace kith;
using namespace kith::trials;

namespace {

/// The measure that a scenario with this entry reads.
Measures measures(const std::string& entry) {
  auto document = config::Document::from_text("measures: [{" + entry + "}]\n", "test.yaml");
  auto root = document.root();
  const Measures read = read_measures(root, {.period_days = 4});
  document.check();
  return read;
}

class Doubled final : public theories::Theory {
 public:
  people::Opioids opioids() const override { return {0.4F, 0.5F, 0.3F}; }
  /// Falls with distress, a bad contact teaches 0.2 less, and the signal's mean moves it.
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    for (std::size_t p = begin; p < end; ++p)
      out[p - begin] = 0.3F - people.distress[p] - 0.2F * people.need[p] + 0.1F * people.signal_mean[p];
  }
  void after_contact(people::People& people, std::size_t person, const theories::Lived& lived) const override {
    people.need[person] += lived.goes_well ? 0.0F : lived.signal;
  }
  float rating_gain(const people::People&, std::size_t) const override { return rating; }
  float rating = 1.0F;
  float non_social_gain(const people::People& people, std::size_t person) const override {
    return 2.0F * people.signal[person];
  }
};

/// Somebody whose signal is twice the ligand; every quantity differs from every other.
struct Somebody {
  people::FeelingParams feelings;
  people::MeetingParams meeting;
  pharmacology::ReceptorParams receptor;
  Doubled theory;
  Subject subject;

  Somebody() {
    subject.opioids = {0.4F, 0.5F, 0.3F};
    subject.self.resize(1);
    subject.self.tone = {0.3F};
    subject.self.tone_today = {0.1F};
    subject.self.phasic = {0.05F};
    subject.self.signal = {0.76F};
    subject.self.signal_mean = {0.9F};
    subject.self.set_point = {1.2F};
    subject.self.connection = {0.5F};
    subject.self.distress = {0.2F};
    subject.self.loneliness = {0.3F};
    subject.self.need = {0.15F};
    subject.self.company = {0.9F};
    subject.self.bond = {1.3F};
    subject.self.wanted_connection = {0.7F};
    subject.friends = {{0.9F, 0.8F, true}, {0.7F, 0.9F, false}, {0.4F, 1.0F, false}};
    subject.signal = [](float ligand) { return 2.0F * ligand; };
    subject.feelings = &feelings;
    subject.meeting = &meeting;
    subject.receptor = &receptor;
    subject.theory = &theory;
    subject.lonely_above = 0.5F;
    subject.occupancy = 81.0;
  }
  double asked(const std::string& probe) const { return measures(probe).probes.front().value(subject); }
};

constexpr double ligand = 0.3 * 1.1 + 0.05;

double quality(double closeness, double warmth) { return (0.2 + 0.8 * closeness) * warmth; }

/// Connection after good contacts of these qualities one after the other, each with its release.
double after(double connection, double now, const std::vector<double>& qualities) {
  for (const double q : qualities) {
    now += 0.08 * q;
    connection += 0.05 * q * (1.0 + 0.4 * (2.0 * now - 1.0)) * (1.0 - connection);
  }
  return connection;
}

}  // namespace

TEST_CASE("messages are worth the mean reward of one from each of the closest, with the release of those before") {
  const Somebody one;
  double now = ligand;
  double total = 0.0;
  for (const double q : {quality(0.9, 0.8), quality(0.7, 0.9), quality(0.4, 1.0), quality(0.9, 0.8)}) {
    now += 0.08 * q;
    total += q * (1.0 + 0.4 * (2.0 * now - 1.0));
  }
  CHECK(one.asked("probe: loving_messages, messages: 4") == Approx(total / 4.0).epsilon(1e-5));
  now = ligand;
  total = 0.0;
  for (int k = 0; k < 3; ++k) {
    now += 0.08 * 0.2;
    total += 0.2 * (1.0 + 0.4 * (2.0 * now - 1.0));
  }
  CHECK(one.asked("probe: loving_messages, from: strangers, messages: 3") == Approx(total / 3.0).epsilon(1e-5));
}

TEST_CASE("an object changes connection by the opioid share of what its ligand does to the signal") {
  const Somebody one;
  CHECK(one.asked("probe: object, temperature: warm, release: 0.1") == Approx(0.5 * (1.0 + 0.4 * 0.2)).epsilon(1e-5));
  CHECK(one.asked("probe: object, temperature: cold, release: 0.1") == Approx(0.5 * (1.0 - 0.4 * 0.2)).epsilon(1e-5));
  CHECK(one.asked("probe: object, temperature: neutral") == Approx(0.5));
  CHECK(one.asked("probe: object, temperature: cold, release: 1") == Approx(0.5 * (1.0 - 0.8 * ligand)).epsilon(1e-5));
}

TEST_CASE("a reward that comes from nobody has the theory's gain") {
  CHECK(Somebody().asked("probe: non_social_reward, size: 0.3") == Approx(0.3 * 2.0 * 0.76));
}

TEST_CASE("how rewards are rated is the theory's") {
  Somebody one;
  const double messages = one.asked("probe: loving_messages");
  one.theory.rating = 0.7F;
  CHECK(one.asked("probe: loving_messages") == Approx(0.7 * messages).epsilon(1e-6));
  CHECK(one.asked("probe: non_social_reward, size: 0.3") == Approx(0.7 * 0.3 * 2.0 * 0.76));
}

TEST_CASE("what a rejection teaches is the fall of the theory's part of ln P, whatever distress does") {
  Somebody one;
  CHECK(one.asked("probe: rejection_game, rejections: 4, ask: learning") == Approx(0.2 * 4 * 0.76).epsilon(1e-5));
  CHECK(one.subject.self.need[0] == 0.15F);  // on a copy
}

TEST_CASE("how much company is wanted is P/(1 + P), within the bounds of P; a cold thing adds the term of warmth") {
  Somebody one;
  const auto wanted = [](double drive) { return std::exp(drive) / (1.0 + std::exp(drive)); };
  const double lonely = 0.3 * (1.0 - 0.3 / 0.35);
  const double drive = 0.3 - 0.2 - 0.2 * 0.15 + 0.1 * 0.9 + lonely;
  CHECK(one.asked("probe: object, ask: approach") == Approx(wanted(drive)).epsilon(1e-5));
  CHECK(one.asked("probe: object, temperature: cold, ask: approach") == Approx(wanted(drive)).epsilon(1e-5));
  one.subject.opioids.cold = 0.15F;
  CHECK(one.asked("probe: object, temperature: cold, ask: approach") == Approx(wanted(drive + 0.15)).epsilon(1e-5));
  CHECK(one.asked("probe: object, temperature: warm, ask: approach") == Approx(wanted(drive)).epsilon(1e-5));
  one.subject.opioids.cold = 9.0F;
  CHECK(one.asked("probe: object, temperature: cold, ask: approach") == Approx(2.0 / 3.0).epsilon(1e-5));
}

TEST_CASE("after a separation company is wanted by the distress and the signal that it has left") {
  Somebody one;
  double phasic = 0.05;
  double mean = 0.9;
  double lonely = 0.3;
  for (int k = 0; k < 40; ++k) {  // quarters of an hour
    const double left = std::exp(-0.25 * std::log(2.0) / 1.5);
    const double signal = 2.0 * (0.33 + phasic * (1.0 - left) / (0.25 * std::log(2.0) / 1.5));
    phasic *= left;
    mean += (signal - mean) * (1.0 - std::exp(-0.25 / 24.0));
  }
  const double distress = one.asked("probe: separation, alone: 10 h");
  const double drive = 0.3 - distress - 0.2 * 0.15 + 0.1 * mean;
  const double p = one.asked("probe: separation, alone: 10 h, ask: approach");
  // Loneliness has hardly moved in ten hours: it stays within 0.3 and 0.33, where its part of ln P falls.
  const auto lonely_drive = [](double l) { return l * (1.0 - l / 0.35); };
  CHECK(std::log(p / (1.0 - p)) < drive + lonely_drive(lonely) + 1e-4);
  CHECK(std::log(p / (1.0 - p)) > drive + lonely_drive(0.33) - 1e-4);
}

TEST_CASE("each rejection is a bad contact") {
  double distress = 0.2;
  for (int k = 0; k < 4; ++k) distress += (1.0 - distress) * std::min(1.0, 0.2 * std::exp(-0.5 * (0.76 - 1.0)));
  CHECK(Somebody().asked("probe: rejection_game, rejections: 4") == Approx(distress).epsilon(1e-5));
}

TEST_CASE("alone, the ligand decays, company wears off, and distress and need grow with its lack; a reunion follows") {
  const Somebody one;
  double phasic = 0.05;
  double company = 0.9;
  double distress = 0.2;
  double need = 0.15;
  double connection = 0.5;
  constexpr int steps = 20000;
  constexpr double dt = 10.0 / steps;  // by Euler
  for (int k = 0; k < steps; ++k) {
    const double signal = 2.0 * (0.33 + phasic);
    const double lack = std::max(0.0, 1.0 - company * std::exp(4.0 / 6.0));
    const double separation = 1.3 * lack * std::exp(-0.3 * (signal - 1.0));
    connection += dt * (0.45 * (1.0 + 0.4 * (signal - 1.0)) - connection) / 24.0;
    distress += dt * (0.1 * separation * (1.0 - distress) - distress / 6.0);
    need += dt * (separation / (1.0 + separation) - need) / 10.0;
    phasic -= dt * phasic * std::log(2.0) / 1.5;
    company -= dt * company / 6.0;
  }
  CHECK(one.asked("probe: separation, alone: 10 h") == Approx(distress).epsilon(2e-3));
  CHECK(one.asked("probe: separation, alone: 10 h, ask: need") == Approx(need).epsilon(2e-3));
  CHECK(one.asked("probe: separation, alone: 10 h, ask: reunion") ==
        Approx(after(connection, 0.33 + phasic, {quality(0.9, 0.8)})).epsilon(2e-3));
}

TEST_CASE("play is with the closest friend who is no relative, and with nobody where there is none") {
  Somebody one;
  const double q = quality(0.7, 0.9);
  CHECK(one.asked("probe: play, bouts: 3") == Approx(after(0.5, ligand, {q, q, q})).epsilon(1e-5));
  one.subject.friends.resize(1);
  CHECK(one.asked("probe: play, bouts: 3") == 0.5);
}

TEST_CASE(
    "UCLA-3 is held against the loneliness of the norm, LSNS-6 against its full score, occupancy against nothing") {
  Somebody one;
  CHECK(one.asked("probe: ucla3") == Approx(1.0 - std::pow(3.5 / 6.0, 0.3 / 0.5)).epsilon(1e-5));
  CHECK(std::isnan(one.asked("probe: lsns6")));
  one.subject.isolation_score = 12;
  CHECK(one.asked("probe: lsns6") == Approx(0.4));
  CHECK(one.asked("probe: occupancy") == 81.0);
  CHECK_FALSE(measures("probe: occupancy").probes.front().scale);
}

TEST_CASE(
    "a rating is the value on the scale with the person's use of it and the occasion's noise, rounded and clipped") {
  const Scale scale{.low = 2.0, .high = 8.0, .offset = 0.1, .gain = 0.7, .person_sd = 0.2, .occasion_sd = 0.05};
  Stream person = Draws({3, 1}, "use of the scale").at(9, 4, 0);
  Stream occasion = Draws({3, 1}, "rating").at(9, 4, 77);
  const double noise = 0.2 * normal(person) + 0.05 * normal(occasion);
  const double expected = 2.0 + 6.0 * (0.1 + 0.7 * 0.6 + noise);
  REQUIRE(expected > 2.5);
  REQUIRE(expected < 7.5);
  CHECK(rate(scale, 0.6, 9, 4, 77, {3, 1}) == Approx(expected));
  Scale steps = scale;
  steps.step = 0.75;
  CHECK(rate(steps, 0.6, 9, 4, 77, {3, 1}) == Approx(2.0 + 0.75 * std::round((expected - 2.0) / 0.75)));
}

TEST_CASE("entries are made with the person's own probability, which is beta between people") {
  Diary diary;
  diary.compliance = 0.7;
  diary.compliance_sd = 0.2;
  constexpr int people = 10000;
  constexpr int entries = 50;
  double sum = 0.0;
  double squares = 0.0;
  for (PersonId p = 0; p < people; ++p) {
    double share = 0.0;
    for (int k = 0; k < entries; ++k) share += answers(diary, p, 0, k, {5, 0}) ? 1.0 / entries : 0.0;
    sum += share;
    squares += share * share;
  }
  const double mean = sum / people;
  const double variance = squares / people - mean * mean;
  // A share of 50 entries has the variance sd² + (m (1 − m) − sd²)/50.
  const double expected = 0.04 + (0.7 * 0.3 - 0.04) / entries;
  CHECK(std::abs(mean - 0.7) < 3.29 * std::sqrt(expected / people));
  CHECK(std::abs(variance / expected - 1.0) < 3.29 * std::sqrt(2.0 / people));
}
