#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/distributions.hpp"
#include "models/scenario/scenario.hpp"
#include "tests/support/plain_chain.hpp"

/// A world the slow and obvious way: what happens in one body.
namespace kith::testing {

/// What the test's theory says; `none` has 0 for all of them.
struct PlainTheory {
  double opioid_share = 0.0, approach_gain = 0.0, protection = 0.0, separation = 0.0;
  /// What its part of ln P is.
  enum class Rule { below_set_point, maintenance, state_dependent, feedback, homeostasis, reward, nonspecific };
  Rule rule = Rule::below_set_point;
  double second_gain = 0.0;  ///< c of capacity, k_D of distress, η of learning, m of symptoms
  double threshold = 0.0;    ///< θ
  double time = 1.0;         ///< of a memory or a set point [h]
  double pleasure = 0.0, analgesia = 0.0, touch = 0.0;
};

/// What symptoms at full occupancy of the κ-receptor do to mood, and each unit of that to connection.
struct PlainSymptoms {
  double mood = 0.0, connection = 0.0;
};

struct PlainPatient {
  double own_odds = 0.0, craving = 0.0, habit = 0.0, cost = 0.0;
  double signal = 1.0, set_point = 1.0, density = 1.0;
  double connection_recent = 0.0, good_a_day = 0.0, bad_a_day = 0.0;
  int good_now = 0, bad_now = 0, uses = 0;
  std::optional<PlainChain> own_use = {};
};

struct PlainPerson {
  double tone = 0.0, wanted_usual = 0.0, wanted = 0.0, tone_today = 0.0, phasic = 0.0, antagonist = 0.0;
  double signal = 1.0, signal_mean = 1.0, set_point = 1.0, density = 1.0;
  double connection = 0.0, distress = 0.0, positive = 0.0, negative = 0.0, need = 0.0, loneliness = 0.0;
  double company = 0.0, bond = 0.0;
  double capacity = 0.0, affiliation = 0.0, self_protection = 0.0, expected = 0.0, used_to = 0.0, unwell = 0.0;
  double last_contact = 0.0, approach = 1.0, warmth = 1.0, next_approach = 1.0, next_warmth = 1.0;
  int contacts = 0, calls = 0, alleles = 0;
  double signal_hours = 0.0, lonely_hours = 0.0;  // integrals over the tick so far
  std::vector<PlainChain> treatment = {};
  std::optional<PlainPatient> patient = {};
};

/// A tie that lives.
struct PlainTie {
  double closeness = 0.0, usual = 0.0;
  network::TieKind kind = network::TieKind::friendship;
};

/// What happens in one person's body, whatever the others do: 7.2, and 7.4 between contacts.
class PlainBody {
 public:
  PlainBody(const Scenario& of, const PlainTheory& says, const PlainSymptoms& felt, WorldKey key, std::uint32_t count)
      : scenario(&of), theory(says), symptoms(felt), world(key), people(count) {}

  const Scenario* scenario;
  PlainTheory theory;
  PlainSymptoms symptoms;
  WorldKey world;
  std::vector<PlainPerson> people;
  std::map<std::pair<PersonId, PersonId>, PlainTie> ties;  // the lower number first
  double contacts_at_one = 0.0;                            // f1
  double lonely_above = 0.0, usual_rise = 1.0, peak_after = 0.0;

  double tick_hours() const { return static_cast<double>(scenario->time.tick_seconds) / 3600.0; }
  Tick first_tick() const { return -static_cast<Tick>(std::lround(scenario->time.burn_in / tick_hours())); }
  double day_of(double hours) const { return std::floor((hours + std::fmod(scenario->time.start, 24.0)) / 24.0); }
  double hours_of(Tick tick) const { return static_cast<double>(tick) * tick_hours(); }
  bool is_new_day(Tick tick) const { return day_of(hours_of(tick)) != day_of(hours_of(tick - 1)); }

  // 7.2: all drugs that the person takes compete with the ligand.
  double signal_of(const PlainPerson& p, double ligand, double density, bool with_treatment, double hours,
                   double later) const {
    double all = 0.0;
    double driven = 0.0;
    const auto add = [&](const PlainChain& chain) {
      const double x = later > 0.0 ? chain.effect_at(hours, later) : chain.effect();
      all += x;
      if (chain.drug().action != pharmacology::Action::antagonist) driven += chain.drug().binding.efficacy.value * x;
    };
    for (const PlainChain& chain : p.treatment) {
      if (with_treatment) add(chain);
    }
    if (p.patient && p.patient->own_use) add(*p.patient->own_use);
    const double genotype = std::pow(static_cast<double>(scenario->traits.genotype.reserve_factor), p.alleles);
    return response(ligand, all, driven, density * genotype) / response(0.15, 0.0, 0.0, 1.0);
  }
  double response(double ligand, double all, double driven, double density) const {
    const double q =
        density * static_cast<double>(scenario->receptor.reserve) * (ligand + driven) / (1.0 + ligand + all);
    return q / (1.0 + q);
  }
  static double ligand(const PlainPerson& p) { return p.tone * (1.0 + p.tone_today) + p.phasic; }

 protected:
  static double covered(double hours, float time) { return 1.0 - std::exp(-hours / static_cast<double>(time)); }

  void dose(PlainPerson& p, double hours) {
    p.antagonist = 0.0;
    for (PlainChain& chain : p.treatment) {
      chain.advance(hours, tick_hours());
      if (chain.drug().action == pharmacology::Action::antagonist && treatment_is_felt())
        p.antagonist += chain.effect();
    }
    if (p.patient && p.patient->own_use) p.patient->own_use->advance(hours, tick_hours());
  }
  bool treatment_is_felt() const {
    if (!scenario->substance_use) return true;
    const kith::people::DrugPaths paths = scenario->substance_use->drugs_act_on;
    return paths == kith::people::DrugPaths::both || paths == kith::people::DrugPaths::attachment;
  }
  bool is_seen_by_use() const {
    const kith::people::DrugPaths paths = scenario->substance_use->drugs_act_on;
    return paths == kith::people::DrugPaths::both || paths == kith::people::DrugPaths::use;
  }
  // 7.2: where B comes to rest.
  double density_at_rest(const PlainPerson& p, double signal, double set_point, bool with_treatment) const {
    double antagonist = 0.0;
    double agonist = 0.0;
    double driven = 0.0;
    const auto add = [&](const PlainChain& chain) {
      const bool blocks = chain.drug().action == pharmacology::Action::antagonist;
      (blocks ? antagonist : agonist) += chain.effect();
      if (!blocks) driven += chain.drug().binding.efficacy.value * chain.effect();
    };
    for (const PlainChain& chain : p.treatment) {
      if (with_treatment) add(chain);
    }
    if (p.patient && p.patient->own_use) add(*p.patient->own_use);
    const double blocked = std::pow(antagonist / (1.0 + antagonist + agonist), 8);
    const double excess = std::max(0.0, signal / set_point - 1.0) * driven / (ligand(p) + driven);
    return 1.0 + scenario->receptor.up_regulation * blocked / (blocked + std::pow(0.85, 8)) -
           scenario->receptor.down_regulation * excess / (excess + 2.0);
  }

  /// 7.2 and 7.4: a span of hours without contacts or stressors.
  void span(PlainPerson& p, double length, double awake_share) const {
    if (length <= 0.0) return;
    const auto& f = scenario->feelings;
    const auto mean_left = [&](double time) { return (1.0 - std::exp(-length / time)) * time / length; };
    const double released = static_cast<double>(scenario->receptor.phasic_half_life) / std::log(2.0);
    const double signal =
        signal_of(p, ligand(p) - p.phasic + p.phasic * mean_left(released), p.density, treatment_is_felt(), 0.0, 0.0);
    p.phasic *= std::exp(-length / released);
    const double rest = f.connection_rest * (1.0 + theory.opioid_share * (signal - 1.0));
    const double mean_connection = rest + (p.connection - rest) * mean_left(f.connection_time);
    p.connection += (rest - p.connection) * covered(length, f.connection_time);
    // Separation: what company falls short of, over the span by Simpson's rule.
    const auto lack_after = [&](double hours) {
      const double company = p.company * std::exp(-hours * awake_share / static_cast<double>(f.company_time));
      return std::max(0.0, 1.0 - company * std::exp(f.separation_tolerance / f.company_time));
    };
    const double lack = (lack_after(0.0) + 4.0 * lack_after(0.5 * length) + lack_after(length)) / 6.0;
    p.company *= std::exp(-length * awake_share / static_cast<double>(f.company_time));
    const double separation = p.bond * lack * std::exp(-theory.separation * (signal - 1.0));
    // dD/dt = rise (1 − D) − D/τ: towards `level` with the time constant `time`.
    const double rise = f.distress_of_separation * separation;
    const double time = 1.0 / (rise + 1.0 / static_cast<double>(f.distress_time));
    const double level = rise * time;
    const double mean_distress = level + (p.distress - level) * mean_left(time);
    p.distress = level + (p.distress - level) * std::exp(-length / time);
    const double pleased = f.positive_rest * (1.0 + theory.pleasure * (signal - 1.0));
    p.positive += (pleased - p.positive) * covered(length, f.affect_time);
    p.negative +=
        (f.negative_rest + f.negative_of_distress * mean_distress - p.negative) * covered(length, f.affect_time);
    const double missing = separation / (1.0 + separation);
    p.need += (missing - p.need) * covered(length, f.need_time);
    const double wanted = std::clamp(p.wanted, 0.05, 1.0);
    const double unmet = std::max(0.0, wanted - mean_connection) / wanted;
    p.lonely_hours += length * (unmet + (1.0 - unmet) * f.loneliness_of_separation * missing);
    p.signal_hours += length * signal;
  }

  /// What moves once a tick, by its means.
  void settle(PlainPerson& p, Tick tick) {
    const auto& f = scenario->feelings;
    const auto& receptor = scenario->receptor;
    const double length = tick_hours();
    p.signal = p.signal_hours / length;
    // In the first half of the burn-in S* and Λ follow at once; in the second they are the mean since the middle.
    const double since_middle = hours_of(tick + 1) + 0.5 * scenario->time.burn_in;
    const double least = tick >= 0 ? 0.0 : since_middle > 0.0 ? std::min(1.0, length / since_middle) : 1.0;
    const double settles = std::max(covered(length, f.set_point_time), least);
    p.loneliness += (p.lonely_hours / length - p.loneliness) * std::max(covered(length, f.loneliness_time), least);
    p.signal_hours = p.lonely_hours = 0.0;
    p.signal_mean += (p.signal - p.signal_mean) * covered(length, f.signal_mean_time);
    p.set_point += (p.signal - p.set_point) * settles;
    const double regulates = covered(length, receptor.regulation_time);
    if (!p.treatment.empty() || (p.patient && p.patient->own_use))
      p.density += (density_at_rest(p, p.signal, p.set_point, treatment_is_felt()) - p.density) * regulates;
    if (p.patient) {
      PlainPatient& own = *p.patient;
      const bool is_seen = is_seen_by_use();
      if (is_seen == treatment_is_felt()) {
        own.signal = p.signal;
        own.set_point = p.set_point;
        own.density = p.density;
      } else {
        own.signal = signal_of(p, ligand(p), own.density, is_seen, 0.0, 0.0);
        own.set_point += (own.signal - own.set_point) * settles;
        if (!p.treatment.empty() || own.own_use)
          own.density += (density_at_rest(p, own.signal, own.set_point, is_seen) - own.density) * regulates;
      }
    }
    sense(p, least);
    suffer(p);
    const double drive = drive_of(p) + f.loneliness_approach * p.loneliness * (1.0 - p.loneliness / f.loneliness_turn);
    const auto& meeting = scenario->meeting;
    p.next_approach = std::clamp(std::exp(drive), static_cast<double>(meeting.approach_least),
                                 static_cast<double>(meeting.approach_most));
    p.next_warmth = std::max(0.05, 1.0 - f.lonely_coldness * p.loneliness - f.distressed_coldness * p.distress);
    if (!p.patient) return;
    const double kept = 1.0 - scenario->substance_use->params.missed_contacts * p.patient->cost;
    p.next_approach = std::max(static_cast<double>(meeting.approach_least), p.next_approach * kept);
  }

  /// 7.5: what a theory's own state becomes, by the tick.
  void sense(PlainPerson& p, double least) const {
    const auto& f = scenario->feelings;
    const double genotype = std::pow(static_cast<double>(scenario->traits.genotype.reserve_factor), p.alleles);
    p.capacity = p.tone * p.density * genotype / 0.15;
    const double forgotten = covered(tick_hours(), static_cast<float>(theory.time));
    p.affiliation -= p.affiliation * forgotten;
    p.self_protection -= p.self_protection * forgotten;
    if (theory.rule == PlainTheory::Rule::nonspecific && !p.treatment.empty()) {
      double kappa = 0.0;
      for (const PlainChain& chain : p.treatment) kappa += chain.effect() / chain.drug().binding.kappa_ratio.value;
      p.unwell = theory.second_gain * kappa / (1.0 + kappa);
      p.connection *= 1.0 - p.unwell * covered(tick_hours(), f.connection_time);
      p.positive *= 1.0 - p.unwell * covered(tick_hours(), f.affect_time);
    }
    p.used_to += (p.connection - p.used_to) * std::max(forgotten, least);
  }

  /// 7.5: the theory's part of ln P.
  double drive_of(const PlainPerson& p) const {
    const double k = theory.approach_gain;
    const double below = 1.0 - p.signal_mean / p.set_point;
    switch (theory.rule) {
      case PlainTheory::Rule::below_set_point:
        return k * below;
      case PlainTheory::Rule::maintenance:
        return k * below + theory.second_gain * std::log(p.capacity);
      case PlainTheory::Rule::state_dependent: {
        const double d = 1.0 / (1.0 + std::exp(-(p.distress - theory.threshold) / 0.05));
        return -(1.0 - d) * k * below + d * k * below + theory.second_gain * d;
      }
      case PlainTheory::Rule::feedback:
        return 2.0 * k * (1.0 / (1.0 + std::exp(p.self_protection - p.affiliation)) - 0.5);
      case PlainTheory::Rule::homeostasis:
        return k * (p.used_to - p.connection * (1.0 + theory.opioid_share * (p.signal - 1.0))) / p.used_to;
      case PlainTheory::Rule::reward:
        return k * (p.signal_mean - 1.0);
      case PlainTheory::Rule::nonspecific:
        return -k * p.unwell;
    }
    return 0.0;
  }

  /// 7.5: what a contact teaches.
  void learn(PlainPerson& p, bool was_good, double reward, double signal) const {
    if (theory.rule != PlainTheory::Rule::feedback) return;
    const double surprise = reward - p.expected;
    if (was_good && surprise > 0.0) p.affiliation += theory.second_gain * signal * surprise;
    if (!was_good && surprise < 0.0) p.self_protection -= theory.second_gain * signal * surprise;
    p.expected += 0.1 * surprise;
  }

  /// 7.2: symptoms at the κ-receptor, at the end of a tick.
  void suffer(PlainPerson& p) const {
    const auto& f = scenario->feelings;
    double kappa = 0.0;
    for (const PlainChain& chain : p.treatment) kappa += chain.effect() / chain.drug().binding.kappa_ratio.value;
    if (p.patient && p.patient->own_use)
      kappa += p.patient->own_use->effect() / p.patient->own_use->drug().binding.kappa_ratio.value;
    const double low = symptoms.mood * kappa / (1.0 + kappa);
    p.connection -= symptoms.connection * low * covered(tick_hours(), f.connection_time);
    p.positive -= low * covered(tick_hours(), f.affect_time);
    p.negative += low * covered(tick_hours(), f.affect_time);
  }

  /// Adds distress that is as much at a μ-signal of 1.
  void hurt(PlainPerson& p, double amount, double more_protection = 0.0) const {
    const double signal = signal_of(p, ligand(p), p.density, treatment_is_felt(), 0.0, 0.0);
    const double protection = theory.protection + more_protection;
    p.distress += (1.0 - p.distress) * std::min(1.0, amount * std::exp(-protection * (signal - 1.0)));
  }

  double awake_hours(double hours) const {
    const auto& night = scenario->meeting.night;
    int minutes = 0;
    for (int k = 0; k < std::lround(60.0 * tick_hours()); ++k) {
      const double at = std::fmod(hours + scenario->time.start + (k + 0.5) / 60.0 + 240000.0, 24.0);
      const bool is_night =
          night.from > night.to ? at >= night.from || at < night.to : at >= night.from && at < night.to;
      minutes += is_night ? 0 : 1;
    }
    return minutes / 60.0;
  }
};

}  // namespace kith::testing
