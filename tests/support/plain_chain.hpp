#pragma once

#include <cmath>
#include <vector>

#include "models/pharmacology/dosing.hpp"

/// What the body does to a drug the slow and obvious way: the differential equations of section 7.1 of the model description by
/// Runge and Kutta in steps of half a minute.
namespace kith::testing {

class PlainChain {
 public:
  explicit PlainChain(const pharmacology::Drug& drug) : drug_(&drug) {
    std::size_t stages = 0;
    for (const auto& way : drug.kinetics.absorption) stages += way.stages;
    plasma_ = stages;
    metabolite_ = plasma_ + drug.kinetics.plasma.size();
    effect_ = metabolite_ + 1;
    amounts_.assign(effect_ + 1, 0.0);
  }

  const pharmacology::Drug& drug() const { return *drug_; }
  void add(pharmacology::Dose dose) { doses_.push_back(dose); }
  /// Effect-site concentration over EC50.
  double effect() const { return amounts_[effect_]; }

  /// Moves on over [from, from + duration). Doses at a multiple of that are taken at their time, one at the end later.
  void advance(double from, double duration) {
    constexpr double step = 1.0 / 120.0;
    const auto steps = static_cast<int>(std::lround(duration / step));
    for (int k = 0; k < steps; ++k) {
      for (const pharmacology::Dose& dose : doses_) {
        if (std::abs(dose.hours - (from + k * step)) < 0.5 * step) take(dose.amount);
      }
      runge_kutta(step);
    }
  }
  double effect_at(double hours, double later) const {
    PlainChain copy(*this);
    copy.advance(hours, later);
    return copy.effect();
  }

 private:
  static double rate(const pharmacology::Parameter& half_life) { return std::log(2.0) / half_life.value; }

  /// V = CL Σ fj/kj where the clearance is what is known.
  double volume() const {
    const auto& k = drug_->kinetics;
    if (k.extent == pharmacology::Extent::volume) return k.size.value;
    if (k.extent == pharmacology::Extent::concentration_per_mg) return 1000.0 / k.size.value;
    double hours = 0.0;
    for (const auto& decline : k.plasma) hours += decline.share.value / rate(decline.half_life);
    return k.size.value * hours;
  }

  void take(double amount) {
    const auto& k = drug_->kinetics;
    std::size_t stage = 0;
    for (const auto& way : k.absorption) {
      amounts_[stage] += amount * way.share.value;
      stage += way.stages;
    }
    for (std::size_t j = 0; k.absorption.empty() && j < k.plasma.size(); ++j)
      amounts_[plasma_ + j] += amount * 1000.0 / volume() * k.plasma[j].share.value;
  }

  std::vector<double> slope(const std::vector<double>& y) const {
    const auto& k = drug_->kinetics;
    std::vector<double> dy(y.size(), 0.0);
    const double made = k.metabolite ? k.metabolite->share.value : 0.0;
    const double metabolite_volume = k.metabolite ? k.metabolite->volume.value : 1.0;
    std::size_t stage = 0;
    for (const auto& way : k.absorption) {
      const double ka = way.rate.value;
      for (std::size_t i = 0; i < way.stages; ++i, ++stage) dy[stage] = ka * ((i > 0 ? y[stage - 1] : 0.0) - y[stage]);
      const double leaves = ka * y[stage - 1];
      for (std::size_t j = 0; j < k.plasma.size(); ++j)
        dy[plasma_ + j] += leaves * way.bioavailability.value * k.plasma[j].share.value * 1000.0 / volume();
      dy[metabolite_] += leaves * (1.0 - way.bioavailability.value) * made * 1000.0 / metabolite_volume;
    }
    double parent = 0.0;
    for (std::size_t j = 0; j < k.plasma.size(); ++j) {
      const double lost = rate(k.plasma[j].half_life) * y[plasma_ + j];
      dy[plasma_ + j] -= lost;
      dy[metabolite_] += lost * made * volume() / metabolite_volume;
      parent += y[plasma_ + j];
    }
    if (k.metabolite) dy[metabolite_] -= rate(k.metabolite->half_life) * y[metabolite_];
    const double potency = k.metabolite ? k.metabolite->potency.value : 0.0;
    dy[effect_] = rate(k.effect_half_life) * ((parent + potency * y[metabolite_]) / k.ec50.value - y[effect_]);
    return dy;
  }

  void runge_kutta(double h) {
    const auto moved = [&](const std::vector<double>& by, double share) {
      std::vector<double> y = amounts_;
      for (std::size_t i = 0; i < y.size(); ++i) y[i] += share * h * by[i];
      return y;
    };
    const auto a = slope(amounts_);
    const auto b = slope(moved(a, 0.5));
    const auto c = slope(moved(b, 0.5));
    const auto d = slope(moved(c, 1.0));
    for (std::size_t i = 0; i < amounts_.size(); ++i) amounts_[i] += h / 6.0 * (a[i] + 2.0 * b[i] + 2.0 * c[i] + d[i]);
  }

  const pharmacology::Drug* drug_;
  std::vector<pharmacology::Dose> doses_;
  std::size_t plasma_ = 0, metabolite_ = 0, effect_ = 0;  // places; the metabolite has one whether or not there is any
  std::vector<double> amounts_;
};

}  // namespace kith::testing
