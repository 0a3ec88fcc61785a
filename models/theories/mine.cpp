#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "models/theories/parts/connection_set_point.hpp"
#include "models/theories/parts/distress_state.hpp"
#include "models/theories/parts/drug_symptoms.hpp"
#include "models/theories/parts/learning.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

using config::Mark;

/// A theory whose approach is a sum of signed terms that a scenario lists.
class Mine final : public Theory {
 public:
  enum class Term { below_set_point, signal, connection_deficit, learned, distress, symptoms };
  enum class When { always, comfort, distress };
  struct Part {
    Term term;
    float gain;
    When when;
  };

  explicit Mine(config::Section& s);
  std::string warning() const override;
  people::Opioids opioids() const override { return opioids_; }
  void start(people::People& people) const override {
    if (uses(Term::connection_deficit)) set_point_.start(people);
    if (uses(Term::learned)) learning_.start(people);
    symptoms_.start(people);
  }
  void sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin,
             std::size_t end) const override {
    symptoms_.sense(scene, step, begin, end);
    if (uses(Term::connection_deficit)) set_point_.sense(scene, step, begin, end);
    if (uses(Term::learned)) learning_.sense(scene, begin, end);
  }
  void after_contact(people::People& people, std::size_t person, const Lived& lived) const override {
    if (uses(Term::learned)) learning_.after_contact(people, person, lived);
  }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    std::fill(out, out + (end - begin), 0.0F);
    std::vector<float> values(end - begin);
    for (const Part& part : parts_) {
      evaluate(part.term, people, begin, end, values.data());
      for (std::size_t p = begin; p < end; ++p) {
        const float d = distress_.of(people.distress[p]);
        const float share = part.when == When::always ? 1.0F : part.when == When::distress ? d : 1.0F - d;
        out[p - begin] += part.gain * share * values[p - begin];
      }
    }
  }
  float non_social_gain(const people::People& people, std::size_t person) const override {
    return people::gain_of(non_social_, people.signal[person]);
  }
  float rating_gain(const people::People& people, std::size_t person) const override {
    return 1.0F - DrugSymptoms::share(people, person);
  }

 private:
  bool uses(Term term) const {
    return std::any_of(parts_.begin(), parts_.end(), [term](const Part& part) { return part.term == term; });
  }
  void evaluate(Term term, const people::People& people, std::size_t begin, std::size_t end, float* out) const;

  people::Opioids opioids_;
  float non_social_ = 0.0F;
  std::vector<Part> parts_;
  DistressState distress_;
  ConnectionSetPoint set_point_;
  Learning learning_;
  DrugSymptoms symptoms_;
};

std::string Mine::warning() const {
  const bool says_something =
      opioids_.share != 0.0F || opioids_.protection != 0.0F || opioids_.separation != 0.0F ||
      opioids_.pleasure != 0.0F || non_social_ != 0.0F || symptoms_.at_full != 0.0F ||
      std::any_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.gain != 0.0F; });
  return says_something ? "" : "the theory mine has no term and no share: it says what none says";
}

void Mine::evaluate(Term term, const people::People& people, std::size_t begin, std::size_t end, float* out) const {
  if (term == Term::connection_deficit) return set_point_.deficit(people, opioids_.share, begin, end, out);
  if (term == Term::learned) return learning_.leaning(people, begin, end, out);
  for (std::size_t p = begin; p < end; ++p) {
    float& value = out[p - begin];
    if (term == Term::below_set_point) value = 1.0F - people.signal_mean[p] / people.set_point[p];
    if (term == Term::signal) value = people.signal_mean[p] - 1.0F;
    if (term == Term::distress) value = distress_.of(people.distress[p]);
    if (term == Term::symptoms) value = DrugSymptoms::share(people, p);
  }
}

Mine::Mine(config::Section& s) {
  const auto number = [&](std::string_view key, std::string_view doc, std::string_view least, std::string_view most) {
    return static_cast<float>(
        s.number({.key = key, .fallback = "0", .min = least, .max = most, .doc = doc, .mark = Mark::choice}));
  };
  opioids_.share =
      number("opioid_share", "Share of felt connection and of social reward that the mu-signal carries.", "-1", "1");
  opioids_.protection =
      number("protection", "How much the mu-signal damps the distress of quarrels and stressors.", "-5", "5");
  opioids_.separation = number("separation", "How much the mu-signal damps what separation brings.", "-5", "5");
  opioids_.pleasure = number("pleasure", "Share of positive affect that the mu-signal carries.", "-1", "1");
  non_social_ =
      number("non_social", "Share of the value of rewards from nobody that the mu-signal carries.", "-1", "1");
  s.list({.key = "approach", .doc = "What moves approach: ln P is the sum of these terms."}, [&](config::Section& one) {
    Part part{};
    part.term = static_cast<Term>(one.choice(
        {.key = "term", .doc = "What it follows."},
        {{"below_set_point", "1 - Smean/S*: how far the mean mu-signal is below what the person is used to"},
         {"signal", "Smean - 1: how far the mean mu-signal is above that of rest at the reference tone"},
         {"connection_deficit", "(C* - Cd)/C*: lack of the connection that the person is used to, as in homeostasis"},
         {"learned", "-1 to 1: what good and bad contacts have taught, as in feedback"},
         {"distress", "0 to 1: how far the person is in the state of distress"},
         {"symptoms", "share that feeling unwell under drugs takes, as in nonspecific"}}));
    part.gain = static_cast<float>(
        one.number({.key = "gain", .min = "-10", .max = "10", .doc = "Rise of ln P with it; negative: a fall."}));
    part.when = static_cast<When>(one.choice({.key = "when", .fallback = "always", .doc = "In which state it counts."},
                                             {{"always", "in comfort and in distress"},
                                              {"comfort", "times 1 - d"},
                                              {"distress", "times d, how far the person is in distress"}}));
    parts_.push_back(part);
  });
  distress_ = DistressState::read(s);
  set_point_ = ConnectionSetPoint::read(s);
  learning_ = Learning::read(s);
  symptoms_ = DrugSymptoms::read(s, "0", Mark::choice, "");
}

}  // namespace

extern const TheoryKind mine_theory;
const TheoryKind mine_theory{
    .name = "mine",
    .claim =
        "a theory written in the scenario: its approach is a sum of signed terms, its other claims are shares; kith "
        "evidence runs it in its own experiment, and with --own FILE in all",
    .equations = "ln P += sum of gain x term, times 1, 1 - d or d; the rest as its keys say",
    .published = "nothing",
    .ours = "the scenario's",
    .source = "",
    .fitted = "mine: nothing was fitted.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> { return std::make_unique<Mine>(s); },
    .is_written_in_yaml = true};

}  // namespace kith::theories
