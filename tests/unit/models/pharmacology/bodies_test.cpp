#include "models/pharmacology/bodies.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "config/document.hpp"
#include "core/error.hpp"
#include "models/pharmacology/course.hpp"
#include "tests/support/drugs.hpp"

using namespace kith;
using namespace kith::pharmacology;
using kith::testing::acting_drugs;
using kith::testing::drug;

namespace {

constexpr WorldKey world{11, 0};
constexpr int people = 20000;

BetweenPeople varying(double clearance, double bioavailability, double effect) {
  BetweenPeople between;
  between.substance = "a substance";
  between.clearance.value = clearance;
  between.bioavailability.value = bioavailability;
  between.effect_half_life.value = effect;
  return between;
}

struct Moments {
  double mean = 0.0, sd = 0.0;
};

using Value = std::function<double(const BodyFactors&)>;

Moments moments(const BetweenPeople& between, const Value& value) {
  double sum = 0.0;
  double squares = 0.0;
  for (PersonId p = 0; p < people; ++p) {
    const double x = value(chance_factors(between, world, p));
    sum += x;
    squares += x * x;
  }
  return {sum / people, std::sqrt(squares / people - std::pow(sum / people, 2))};
}

double correlation(const BetweenPeople& a, const Value& x, const BetweenPeople& b, const Value& y) {
  double product = 0.0;
  for (PersonId p = 0; p < people; ++p)
    product += x(chance_factors(a, world, p)) * y(chance_factors(b, world, p)) / people;
  const Moments of_x = moments(a, x);
  const Moments of_y = moments(b, y);
  return (product - of_x.mean * of_y.mean) / (of_x.sd * of_y.sd);
}

double log_clearance(const BodyFactors& f) { return std::log(f.clearance); }
double log_bioavailability(const BodyFactors& f) { return std::log(f.bioavailability); }
double log_effect(const BodyFactors& f) { return std::log(f.effect_half_life); }

Drug read(const std::string& text, std::vector<std::string> columns = {}) {
  auto document = config::Document::from_text(text, "mine.yaml");
  auto root = document.root();
  Drug mine = read_drug("mine", root, columns);
  document.check();
  return mine;
}

const std::string plain = R"(
action: antagonist
absorption: [{rate: 1 /h, bioavailability: 40 %}]
clearance: 30 L/h
half_life: 4 h
metabolite: {share: 50 %, volume: 10 L, half_life: 5 h, potency: 0.1}
effect_site: {ec50: 1 ng/mL, half_life: 6 h}
)";

const std::string with_covariates = plain + R"(
covariates:
  - {column: weight, reference: 70, clearance_exponent: 0.75, volume_exponent: 1}
  - {column: cyp2d6, levels: {poor: {clearance: 0.4}, normal: {clearance: 1}}}
)";

/// Ratios of concentration to EC50 of a body over two days of a dose a day.
std::vector<double> course_of(const Drug& drug, const BodyFactors& body) {
  Course course(0, std::make_shared<const SteppedChain>(drug, 1.0, body), {{0.5, 10.0}, {24.5, 10.0}});
  std::vector<double> effects;
  for (int hour = 0; hour < 48; ++hour) {
    course.advance(hour, 1.0);
    effects.push_back(course.effect());
  }
  return effects;
}

void check_same(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).epsilon(1e-9));
}

/// Bodies of people whose values of some columns are known.
struct Told {
  Drug drug;
  Bodies bodies{world};
  std::vector<std::string> notes;

  Told(const std::vector<std::string>& names, const std::vector<std::vector<std::string>>& values)
      : drug(read(with_covariates)) {
    const Drug* const one = &drug;
    notes = bodies.read({&one, 1}, {names, values});
  }
  BodyFactors factors(PersonId person) const { return bodies.factors(drug, person); }
};

}  // namespace

TEST_CASE("factors between people are lognormal with median 1 and the coefficient of variation that is asked for") {
  for (const double cv : {0.1, 0.3, 1.07}) {
    const BetweenPeople between = varying(cv, 0.5 * cv, 2.0 * cv);
    const auto check = [&](const Value& log, double variation) {
      const double sigma = std::sqrt(std::log(1.0 + variation * variation));
      CAPTURE(cv, variation);
      // Standard errors of a normal sample: sigma/√n of the mean, sigma/√(2n) of the SD; four of them.
      CHECK(std::abs(moments(between, log).mean) < 4.0 * sigma / std::sqrt(people));
      CHECK(std::abs(moments(between, log).sd - sigma) < 4.0 * sigma / std::sqrt(2.0 * people));
    };
    check(log_clearance, cv);
    check(log_bioavailability, 0.5 * cv);
    check(log_effect, 2.0 * cv);
  }
  const Moments clearance = moments(varying(0.3, 0.0, 0.0), [](const BodyFactors& f) { return f.clearance; });
  CHECK(clearance.mean == Approx(std::sqrt(1.0 + 0.3 * 0.3)).epsilon(0.01));
  CHECK(clearance.sd / clearance.mean == Approx(0.3).epsilon(0.03));
}

TEST_CASE("the logarithms of factors have the correlations that are asked for") {
  BetweenPeople between = varying(0.3, 1.0, 0.2);
  const auto found = [&] {
    return std::vector<double>{correlation(between, log_clearance, between, log_bioavailability),
                               correlation(between, log_clearance, between, log_effect),
                               correlation(between, log_bioavailability, between, log_effect)};
  };
  const double error = 4.0 / std::sqrt(people);
  for (const double r : found()) CHECK(std::abs(r) < error);
  between.clearance_bioavailability.value = -0.5;
  between.clearance_effect_half_life.value = 0.6;
  between.bioavailability_effect_half_life.value = 0.3;
  const auto wanted = found();
  CHECK(std::abs(wanted[0] + 0.5) < error);
  CHECK(std::abs(wanted[1] - 0.6) < error);
  CHECK(std::abs(wanted[2] - 0.3) < error);
}

TEST_CASE(
    "a person's deviations are the same for drugs of one substance and others for another, in each world its own") {
  const BetweenPeople tablet = varying(0.3, 1.0, 0.2);
  BetweenPeople depot = varying(0.6, 0.0, 0.2);
  const BodyFactors of_tablet = chance_factors(tablet, world, 7);
  CHECK(chance_factors(depot, world, 7).effect_half_life == of_tablet.effect_half_life);
  CHECK(chance_factors(depot, world, 7).bioavailability == 1.0);
  CHECK(correlation(tablet, log_clearance, depot, log_clearance) == Approx(1.0));
  depot.substance = "another";
  CHECK(std::abs(correlation(tablet, log_clearance, depot, log_clearance)) < 4.0 / std::sqrt(people));
  CHECK_FALSE(chance_factors(tablet, {11, 1}, 7) == of_tablet);
  CHECK_FALSE(chance_factors(tablet, world, 8) == of_tablet);
  CHECK(chance_factors(tablet, world, 7) == of_tablet);
}

TEST_CASE("who does not vary is exactly typical, and a typical body's chain has the bits of the drug's own") {
  CHECK(chance_factors(varying(0.0, 0.0, 0.0), world, 3).is_typical());
  CHECK(Bodies().factors(drug("naltrexone"), 3).is_typical());
  CHECK_FALSE(Bodies(world).factors(drug("naltrexone"), 3).is_typical());
  for (const Drug& each : acting_drugs()) {
    CAPTURE(each.name);
    CHECK(SteppedChain(each, 1.0, BodyFactors()).step == SteppedChain(each, 1.0).step);
  }
}

TEST_CASE("a factor does what another drug with that clearance, volume, bioavailability or half-life does") {
  const Drug mine = read(plain);
  Drug other = mine;
  other.kinetics.size.value *= 1.7;  // V = CL · half-life/ln 2 stays
  other.kinetics.plasma.front().half_life.value /= 1.7;
  check_same(course_of(mine, {.clearance = 1.7}), course_of(other, {}));
  other = mine;
  other.kinetics.plasma.front().half_life.value *= 2.5;
  check_same(course_of(mine, {.volume = 2.5}), course_of(other, {}));
  other = mine;
  other.kinetics.absorption.front().bioavailability.value = 0.1;
  check_same(course_of(mine, {.bioavailability = 0.25}), course_of(other, {}));
  other.kinetics.absorption.front().bioavailability.value = 1.0;
  check_same(course_of(mine, {.bioavailability = 9.0}), course_of(other, {}));
  other = mine;
  other.kinetics.effect_half_life.value *= 0.5;
  check_same(course_of(mine, {.effect_half_life = 0.5}), course_of(other, {}));
}

TEST_CASE("under 50 mg of naltrexone a day people hold 94.9 % (SD 4.9, Weerts 2008), about which the model's are") {
  Drug naltrexone = drug("naltrexone");
  const ObservedOccupancy& daily = naltrexone.observed.back();
  REQUIRE(daily.sd == 0.049);
  const Spread model = spread(naltrexone, daily);
  CHECK(std::abs(model.sd - 0.049) < 0.006);
  CHECK(std::abs(model.mean - 0.949) < 0.015);
  // Where only the clearance differs, people differ less than that.
  Drug alike = naltrexone;
  alike.between_people.bioavailability.value = 0.0;
  CHECK(spread(alike, daily).sd < 0.02);
}

TEST_CASE("people hold of buprenorphine about what Greenwald 2003 found, less different the more is held") {
  const Drug& buprenorphine = drug("buprenorphine");
  std::vector<double> sds;
  for (const ObservedOccupancy& o : buprenorphine.observed) sds.push_back(spread(buprenorphine, o).sd);
  CHECK(sds[0] > 0.04);
  CHECK(sds[0] < 0.08);
  CHECK(sds[1] < sds[0]);
  CHECK(sds[2] < sds[1]);
  CHECK(sds[2] > 0.01);
}

TEST_CASE("weight and an enzyme's activity change clearance and volume as the drug says, beside chance") {
  const Told told({"cyp2d6", "colour", "weight"},
                  {{"poor", "", "normal", "poor"}, {"red", "red", "red", "red"}, {"140", "35", "70.0", ""}});
  CHECK(told.drug.between_people.is_none());
  CHECK(told.factors(0).clearance == Approx(0.4 * std::pow(2.0, 0.75)));
  CHECK(told.factors(0).volume == Approx(2.0));
  CHECK(told.factors(1).clearance == Approx(std::pow(0.5, 0.75)));
  CHECK(told.factors(1).volume == Approx(0.5));
  CHECK(told.factors(2).is_typical());
  CHECK(told.factors(3).clearance == Approx(0.4));
  CHECK(told.factors(3).volume == 1.0);
  REQUIRE(told.notes.size() == 2);
  CHECK_THAT(told.notes[0], Catch::Contains("1 of 4 people have no weight") && Catch::Contains("mine"));

  // Twice the weight: the plasma is that of a drug of twice the volume whose clearance is 2^0.75 times as large.
  Drug heavy = told.drug;
  heavy.kinetics.size.value *= 0.4 * std::pow(2.0, 0.75);
  heavy.kinetics.plasma.front().half_life.value *= std::pow(2.0, 0.25) / 0.4;
  CHECK(heavy.kinetics.volume() == Approx(2.0 * told.drug.kinetics.volume()));
  check_same(course_of(told.drug, told.factors(0)), course_of(heavy, {}));

  Drug differing = told.drug;
  differing.between_people = varying(0.3, 0.0, 0.0);
  const double chance = chance_factors(differing.between_people, world, 0).clearance;
  CHECK(told.bodies.factors(differing, 0).clearance == Approx(chance * told.factors(0).clearance));
}

TEST_CASE("a column that holds what cannot be is refused with the value, the column and the drug") {
  const auto refusal = [](const std::string& weight, const std::string& level) {
    try {
      Told({"weight", "cyp2d6"}, {{weight}, {level}});
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::invalid_scenario);
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(refusal("70", "normal").empty());
  CHECK_THAT(refusal("-3", "normal"), Catch::Contains("\"-3\" in the column weight") && Catch::Contains("mine"));
  CHECK_THAT(refusal("0", "normal"), Catch::Contains("above 0"));
  CHECK_THAT(refusal("70", "extensive"), Catch::Contains("\"extensive\"") && Catch::Contains("poor, normal"));
}

TEST_CASE(
    "a table without a column that a drug needs is refused; no table, and a column that it can do without, are not") {
  CHECK_NOTHROW(read(with_covariates));
  CHECK_NOTHROW(read(with_covariates, {"weight", "cyp2d6"}));
  CHECK_THROWS_WITH(read(with_covariates, {"weight"}), Catch::Contains("no column \"cyp2d6\""));
  CHECK_NOTHROW(read(plain + "covariates: [{column: weight, required: false, reference: 70}]\n", {"age"}));
}
