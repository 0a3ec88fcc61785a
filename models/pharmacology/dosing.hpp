#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/state.hpp"
#include "models/pharmacology/dose.hpp"
#include "models/pharmacology/drug.hpp"

namespace kith::pharmacology {

/// What some time does to the amounts in a chain.
struct Passage {
  LowerTriangular carry;          ///< e^(A·hours): what becomes of what was there
  std::vector<double> from_dose;  ///< what becomes of a dose of 1 mg taken at its start
};

/// A drug's chain with what one tick does, shared by all whose bodies are typical; each other body has its own.
struct SteppedChain {
  /// The drug must have an action.
  SteppedChain(const Drug& described, double hours, const BodyFactors& body = {});

  // What every tick reads.
  double efficacy;       ///< 0: an antagonist
  double most;           ///< most occupancy that the drug reaches
  double kappa_potency;  ///< EC50 at the μ-receptor over that at the κ-receptor; 0: does not bind there
  double step_hours;
  std::size_t effect_site;  ///< place of that compartment
  LowerTriangular step;     ///< e^(A·step_hours)

  DrugChain drug;
  std::string name;  ///< of the drug

  /// Any other time than a tick. What was computed once is kept, since people take doses at the same times of a tick. Any
  /// thread may call it.
  std::shared_ptr<const Passage> over(double hours) const;

 private:
  SteppedChain(DrugChain chain, const Drug& described, double hours, std::size_t most_kept);

  std::size_t most_kept_;
  mutable std::mutex mutex_;
  mutable std::map<double, std::shared_ptr<const Passage>> known_;
};

/// What is in each compartment of a chain. Short chains, as nearly all are, have it inside: every tick reads it.
class Amounts {
 public:
  explicit Amounts(std::size_t compartments)
      : size_(compartments), outside_(compartments > inside_.size() ? compartments : 0) {}
  std::span<double> all() { return {outside_.empty() ? inside_.data() : outside_.data(), size_}; }
  std::span<const double> all() const { return {outside_.empty() ? inside_.data() : outside_.data(), size_}; }

 private:
  std::size_t size_;
  std::array<double, 8> inside_{};
  std::vector<double> outside_;
};

/// Who gives a drug to a person: a trial, an event, or the person.
struct Giver {
  enum class Kind : std::uint8_t { trial, event, oneself };
  Kind kind = Kind::trial;
  std::uint16_t number = 0;  ///< place among the scenario's trials, or its events

  static constexpr Giver oneself() { return {Kind::oneself, 0}; }
  void visit(State& state) {
    state("kind", kind);
    state("number", number);
  }
  friend constexpr bool operator==(const Giver&, const Giver&) = default;
};

/// What one person takes of one drug from one giver: what is in the body now and the doses still to come.
class Course {
 public:
  /// `doses` in ascending order of time.
  Course(PersonId person, std::shared_ptr<const SteppedChain> drug, std::vector<Dose> doses, Giver giver = {});

  PersonId person() const { return person_; }
  const SteppedChain& drug() const { return *drug_; }
  Giver giver() const { return giver_; }
  /// Whether it is of the same drug and from the same giver.
  bool is_like(const Course& other) const { return drug_->name == other.drug_->name && giver_ == other.giver_; }
  /// Adds a dose that is still to come; `dose.hours` is not before the time to which the course has been advanced.
  void add(Dose dose);
  /// Moves on from `hours` (since the start) to `hours + duration`, taking the doses due on the way at their exact times. A
  /// dose at the end of the time belongs to the next. The chain is linear, so what each dose becomes adds up.
  void advance(double hours, double duration);
  /// Ratio of the effect-site concentration to EC50 now.
  double effect() const { return state_.all()[drug_->effect_site]; }
  /// The same at `hours + later`, doses until then included, the course left as it is.
  double effect_at(double hours, double later) const;
  /// Concentration of the parent in plasma [ng/mL] now, and at `hours + later`.
  double concentration() const { return drug_->drug.concentration(state_.all()); }
  double concentration_at(double hours, double later) const;
  void visit(State& state);
  std::span<const double> state() const { return state_.all(); }
  std::span<const Dose> pending() const { return {doses_.data() + next_, doses_.size() - next_}; }

 private:
  void find_next();

  PersonId person_;
  Giver giver_;
  std::shared_ptr<const SteppedChain> drug_;
  std::vector<Dose> doses_;
  std::size_t next_ = 0;
  double next_hours_ = 0.0;  // of the next dose; infinite where there is none
  bool is_empty_ = true;     // nothing has been taken yet
  Amounts state_;
};

}  // namespace kith::pharmacology
