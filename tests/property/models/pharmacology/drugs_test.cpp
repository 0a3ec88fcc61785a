#include "tests/support/drugs.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "models/pharmacology/course.hpp"

using namespace kith;
using namespace kith::pharmacology;
using kith::testing::acting_drugs;
using kith::testing::course;

namespace {

std::vector<double> state_after(const Drug& drug, const std::vector<Dose>& doses, double hours, double tick = 1.0) {
  Course taken = course(drug, doses, tick);
  for (int k = 0; k * tick < hours - 1e-9; ++k) taken.advance(k * tick, tick);
  return {taken.state().begin(), taken.state().end()};
}

void check_same(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).epsilon(1e-9).margin(1e-12));
}

/// A dose of about the usual size that differs from drug to drug.
double dose_of(const Drug& drug) { return drug.usual_dose; }

/// mg of parent and metabolite (as parent) in each compartment, for one unit of its state.
std::vector<double> milligrams(const Kinetics& k, const DrugChain& chain) {
  std::vector<double> weights(chain.chain.size(), 0.0);
  for (std::size_t i = 0; i < chain.plasma; ++i) weights[i] = 1.0;
  for (std::size_t i = chain.plasma; i < chain.plasma_end; ++i) weights[i] = k.volume() / 1000.0;
  if (chain.metabolite) weights[*chain.metabolite] = k.metabolite->volume.value / 1000.0;
  return weights;
}

/// mg lost per hour for one unit of each compartment: by first pass, elimination of the parent and of the metabolite.
std::vector<double> losses(const Kinetics& k, const DrugChain& chain) {
  std::vector<double> lost(chain.chain.size(), 0.0);
  const double made = k.metabolite ? k.metabolite->share.value : 0.0;
  std::size_t stage = 0;
  for (const Absorption& part : k.absorption) {
    stage += part.stages;
    lost[stage - 1] = part.rate.value * (1.0 - part.bioavailability.value) * (1.0 - made);
  }
  for (std::size_t j = 0; j < k.plasma.size(); ++j)
    lost[chain.plasma + j] = std::log(2.0) / k.plasma[j].half_life.value * k.volume() / 1000.0 * (1.0 - made);
  if (chain.metabolite)
    lost[*chain.metabolite] = std::log(2.0) / k.metabolite->half_life.value * k.metabolite->volume.value / 1000.0;
  return lost;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace

TEST_CASE("of every drug two half doses at once are one dose, and doses add up") {
  for (const Drug& drug : acting_drugs()) {
    CAPTURE(drug.name);
    const double dose = dose_of(drug);
    check_same(state_after(drug, {{2.5, 0.5 * dose}, {2.5, 0.5 * dose}}, 30.0), state_after(drug, {{2.5, dose}}, 30.0));
    const auto both = state_after(drug, {{1.0, dose}, {7.25, 0.3 * dose}}, 30.0);
    const auto first = state_after(drug, {{1.0, dose}}, 30.0);
    const auto second = state_after(drug, {{7.25, 0.3 * dose}}, 30.0);
    for (std::size_t i = 0; i < both.size(); ++i)
      CHECK(both[i] == Approx(first[i] + second[i]).epsilon(1e-9).margin(1e-12));
  }
}

TEST_CASE("of every drug the occupancy at ticks of 15 min, 1 h and 6 h differs by less than 0.1 points") {
  for (const Drug& drug : acting_drugs()) {
    const std::vector<Dose> doses{{0.4, dose_of(drug)}, {9.0, dose_of(drug)}, {33.3, 0.5 * dose_of(drug)}};
    for (const double hours : {12.0, 36.0, 96.0}) {
      const auto x = [&](double tick) { return 100.0 * occupancy(state_after(drug, doses, hours, tick).back()); };
      CAPTURE(drug.name, hours);
      CHECK(x(1.0) > 0.0);
      CHECK(std::abs(x(0.25) - x(1.0)) < 0.1);
      CHECK(std::abs(x(6.0) - x(1.0)) < 0.1);
    }
  }
}

TEST_CASE("of every drug no milligram comes or goes: what is in the body and what has left it are the dose") {
  for (const Drug& drug : acting_drugs()) {
    CAPTURE(drug.name);
    const DrugChain chain = make_chain(drug.kinetics);
    const auto weights = milligrams(drug.kinetics, chain);
    const auto lost = losses(drug.kinetics, chain);
    CHECK(dot(weights, chain.entry) == Approx(1.0));
    // The rates say the same for each compartment: what flows out of it arrives elsewhere or is lost.
    for (std::size_t from = 0; from < chain.chain.size(); ++from) {
      double change = lost[from];
      for (std::size_t to = 0; to < chain.chain.size(); ++to) change += weights[to] * chain.chain.rates()(to, from);
      CAPTURE(from);
      CHECK(std::abs(change) < 1e-12);
    }
  }
}

TEST_CASE("the balance of milligrams refuses a drug of which some is lost on the way") {
  Drug leaky = kith::testing::drug("naltrexone");
  const auto lost = losses(leaky.kinetics, make_chain(leaky.kinetics));
  leaky.kinetics.absorption.front().bioavailability.value *= 0.99;
  const DrugChain chain = make_chain(leaky.kinetics);
  const auto weights = milligrams(leaky.kinetics, chain);
  double change = lost[0];
  for (std::size_t to = 0; to < chain.chain.size(); ++to) change += weights[to] * chain.chain.rates()(to, 0);
  CHECK(std::abs(change) > 1e-6);
}

TEST_CASE("of every drug the area under the plasma curve is what reaches the blood over clearance") {
  for (const Drug& drug : acting_drugs()) {
    CAPTURE(drug.name);
    const DrugChain chain = make_chain(drug.kinetics);
    // ∫ state dt solves rates · area = −entry; the rates are lower triangular, so by substitution from the top.
    std::vector<double> area(chain.chain.size());
    for (std::size_t i = 0; i < area.size(); ++i) {
      double total = -chain.entry[i];
      for (std::size_t k = 0; k < i; ++k) total -= chain.chain.rates()(i, k) * area[k];
      area[i] = total / chain.chain.rates()(i, i);
    }
    double reached = drug.kinetics.absorption.empty() ? 1.0 : 0.0;
    for (const Absorption& part : drug.kinetics.absorption) reached += part.share.value * part.bioavailability.value;
    CHECK(chain.concentration(area) == Approx(1000.0 * reached / drug.kinetics.clearance()).epsilon(1e-9));
  }
}

TEST_CASE("rates of every drug are lower triangular, and advancing in place gives the bits of the whole product") {
  for (const Drug& drug : acting_drugs()) {
    CAPTURE(drug.name);
    const Chain chain = make_chain(drug.kinetics).chain;
    const Matrix step = exponential(chain.rates(), 1.0);
    std::vector<double> state(chain.size());
    for (std::size_t i = 0; i < state.size(); ++i) {
      state[i] = 1.0 / static_cast<double>(i + 3);
      for (std::size_t k = i + 1; k < state.size(); ++k) CHECK(step(i, k) == 0.0);
    }
    const auto whole = multiply(step, state);
    LowerTriangular(step).apply(state);
    CHECK(state == whole);
  }
}

TEST_CASE("a dose added later acts as one planned, between doses that are planned") {
  const Drug& drug = kith::testing::drug("naltrexone");
  Course planned = course(drug, {{1.0, 50.0}, {5.5, 20.0}, {30.0, 50.0}});
  Course added = course(drug, {{1.0, 50.0}, {30.0, 50.0}});
  for (int hour = 0; hour < 48; ++hour) {
    if (hour == 5) added.add({5.5, 20.0});
    planned.advance(hour, 1.0);
    added.advance(hour, 1.0);
  }
  CHECK(std::vector<double>(planned.state().begin(), planned.state().end()) ==
        std::vector<double>(added.state().begin(), added.state().end()));
  CHECK(added.pending().empty());
}
