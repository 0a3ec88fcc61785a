#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "models/pharmacology/dosing.hpp"
#include "models/pharmacology/receptor.hpp"

namespace kith::pharmacology {

/// Gives the chain of a drug, by name, in a person's body.
using ChainOf = std::function<std::shared_ptr<const SteppedChain>(std::string_view drug, PersonId person)>;

/// A person who takes drugs, with all state that only the treated have. People without a drug cost nothing.
class Treated {
 public:
  explicit Treated(PersonId person) : person_(person) {}

  PersonId person() const { return person_; }
  /// Adds a course that has not begun. Where the person has a like one, its doses join that.
  void add(Course course);
  /// The course of what the person takes as a patient with a substance use disorder, not as treatment; there must be one.
  Course& own_use();
  std::span<const Course> courses() const { return courses_; }

  /// Moves all courses on by a tick and adds up what they do at the receptor.
  void advance(double hours, double duration);
  const Load& load() const { return load_; }
  /// The same without treatment: what the own use does.
  const Load& load_of_own_use() const { return load_of_own_use_; }
  /// Both at `hours + later`, doses until then included.
  Load load_at(double hours, double later) const;
  Load load_of_own_use_at(double hours, double later) const;
  /// Occupancy of the κ-receptor now, 0 … 1.
  float kappa() const { return kappa_ / (1.0F + kappa_); }
  /// B, receptor density; 1 at rest.
  float density() const { return density_; }
  /// Moves B the share `step` of the way to where it regulates under a load. `signal` S and `set_point` S* of the person now.
  void regulate(const ReceptorParams& p, float step, float ligand, const Load& load, float signal, float set_point) {
    density_ += (density_at_rest(p, ligand, load, signal, set_point) - density_) * step;
  }
  /// `chain_of`: for courses that are read.
  void visit(State& state, const ChainOf& chain_of);
  /// Share of μ-receptors that drugs hold `later` hours after `hours`, doses until then included, as PET would see it.
  double occupancy_at(double hours, double later) const;
  /// The same now.
  double occupancy() const;
  /// Concentration in plasma of a drug's parent [ng/mL] now, whoever gives it, and at `hours + later`.
  double plasma(std::string_view drug) const;
  double plasma_at(std::string_view drug, double hours, double later) const;

 private:
  /// Adds up what the courses do at the receptor.
  void add_up();

  PersonId person_;
  std::vector<Course> courses_;  // in the order in which they came
  Load load_;
  Load load_of_own_use_;
  float kappa_ = 0.0F;  // Σ x/κ-ratio
  float density_ = 1.0F;
};

/// All who take drugs, in the order of persons.
class TreatedPeople {
 public:
  bool empty() const { return list_.empty(); }
  std::span<const Treated> all() const { return list_; }
  std::span<Treated> all() { return list_; }
  /// The treated among the people [begin, end).
  std::span<Treated> among(std::size_t begin, std::size_t end);
  std::span<const Treated> among(std::size_t begin, std::size_t end) const;
  /// Null for who takes nothing.
  const Treated* find(PersonId person) const;
  Treated* find(PersonId person);

  /// Adds courses that have not begun, each to those that its person has (see Treated::add). All that come at one time should
  /// be added together: whatever their number, the others are moved once.
  void add(std::vector<Course> courses);
  /// Adds somebody who takes nothing yet and comes after all others.
  Treated& add_last(PersonId person) { return list_.emplace_back(person); }
  /// `chain_of`: for courses that are read.
  void visit(State& state, const ChainOf& chain_of);

 private:
  std::vector<Treated> list_;
};

}  // namespace kith::pharmacology
