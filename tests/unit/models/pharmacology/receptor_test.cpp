#include "models/pharmacology/receptor.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/drugs.hpp"

using namespace kith;
using namespace kith::pharmacology;

namespace {

constexpr float ligand = 0.15F;

ReceptorParams regulating() {
  ReceptorParams p;
  p.up_regulation = 0.5F;
  p.down_regulation = 0.4F;
  return p;
}

Load agonist(float x, float efficacy) { return {.antagonist = 0.0F, .agonist = x, .drive = efficacy * x}; }

/// Density after so many hours in ticks, the load and signal held.
float density_after(Treated& treated, const ReceptorParams& p, const Load& load, float signal, int hours) {
  const float step = 1.0F - std::exp(-1.0F / p.regulation_time);
  float density = treated.density();
  for (int hour = 0; hour < hours; ++hour) density += (density_at_rest(p, ligand, load, signal, 1.0F) - density) * step;
  return density;
}

}  // namespace

TEST_CASE("without an antagonist the agonist acts alone") {
  const ReceptorParams p;
  const float x = 0.7F;
  const float efficacy = 0.9F;
  const float q = p.reserve * (ligand + efficacy * x) / (1.0F + ligand + x);
  CHECK(response(p.reserve, ligand, agonist(x, efficacy)) == Approx(q / (1.0F + q)));
}

TEST_CASE("a huge antagonist takes the signal to nothing, whatever else is there") {
  const ReceptorParams p;
  Load load = agonist(5.0F, 1.0F);
  float before = mu_signal(p, ligand, load);
  for (const float x : {1.0F, 10.0F, 1e3F, 1e6F}) {
    load.antagonist = x;
    const float signal = mu_signal(p, ligand, load);
    CHECK(signal < before);
    before = signal;
  }
  CHECK(before < 1e-4F);
}

TEST_CASE("a partial agonist lowers the response to a full agonist, and raises it where there is none") {
  const ReceptorParams p;
  const float full = mu_signal(p, ligand, agonist(3.0F, 1.0F));
  Load both = agonist(3.0F, 1.0F);
  both.agonist += 10.0F;
  both.drive += 0.05F * 10.0F;
  CHECK(mu_signal(p, ligand, both) < full);
  CHECK(mu_signal(p, ligand, agonist(10.0F, 0.35F)) > mu_signal(p, ligand, 0.0F));
}

TEST_CASE("no drug, and a drug of 0 mg, give the signal of the person alone to the last bit") {
  const ReceptorParams p;
  for (const float tone : {0.05F, 0.15F, 0.4F}) {
    CHECK(mu_signal(p, tone, Load{}) == mu_signal(p, tone, 0.0F));
    CHECK(mu_signal(p, tone, Load{.antagonist = 2.0F}) == mu_signal(p, tone, 2.0F));
  }
}

TEST_CASE("receptor density stays exactly 1 without a drug, however high the signal") {
  for (const float signal : {0.2F, 1.0F, 4.0F}) CHECK(density_at_rest(regulating(), ligand, {}, signal, 1.0F) == 1.0F);
}

TEST_CASE("density rises under lasting blockade and falls under a strong agonist") {
  const ReceptorParams p = regulating();
  const auto blocked = [&](float share) {
    return density_at_rest(p, ligand, {.antagonist = share / (1.0F - share)}, 0.1F, 1.0F);
  };
  CHECK(blocked(0.85F) == Approx(1.25F));
  CHECK(blocked(0.5F) < 1.01F);
  CHECK(blocked(0.99F) == Approx(1.0F + 0.5F * std::pow(0.99F, 8) / (std::pow(0.99F, 8) + std::pow(0.85F, 8))));
  CHECK(density_at_rest(p, ligand, agonist(1e4F, 1.0F), 3.0F, 1.0F) == Approx(1.0F - 0.4F * 0.5F).epsilon(0.001));
  CHECK(density_at_rest(p, ligand, agonist(1.0F, 1.0F), 0.9F, 1.0F) == 1.0F);  // the signal is not above the set point
}

TEST_CASE("density returns to 1 after the drug") {
  const ReceptorParams p = regulating();
  Treated treated(0);
  const float up = density_after(treated, p, {.antagonist = 100.0F}, 0.1F, 24 * 14);
  CHECK(up > 1.35F);
  const float step = 1.0F - std::exp(-1.0F / p.regulation_time);
  for (int hour = 0; hour < 24 * 14; ++hour) treated.regulate(p, step, ligand, treated.load(), 1.0F, 1.0F);
  CHECK(treated.density() == 1.0F);
  float back = up;
  for (int hour = 0; hour < 24 * 40; ++hour) back += (density_at_rest(p, ligand, {}, 1.0F, 1.0F) - back) * step;
  CHECK(std::abs(back - 1.0F) < 1e-4F);
}

TEST_CASE("a treated person's load is the sum over drugs, agonists and antagonists apart") {
  Treated treated(7);
  treated.add(kith::testing::course(kith::testing::drug("naltrexone"), {{0.0, 50.0}}, 1.0, 7));
  treated.add(kith::testing::course(kith::testing::drug("buprenorphine"), {{0.0, 16.0}}, 1.0, 7));
  for (int hour = 0; hour < 5; ++hour) treated.advance(hour, 1.0);
  const auto x = static_cast<float>(treated.courses()[0].effect());
  const auto y = static_cast<float>(treated.courses()[1].effect());
  CHECK(treated.load().antagonist == x);
  CHECK(treated.load().agonist == y);
  CHECK(treated.load().drive == Approx(0.35F * y));
  CHECK(treated.occupancy() == Approx((x + 0.9F * y) / (1.0F + x + y)));
  CHECK(treated.occupancy_at(5.0, 0.0) == Approx(treated.occupancy()));
  CHECK(treated.kappa() == Approx(0.5F * x / (1.0F + 0.5F * x)));  // buprenorphine is not modelled there
}
