#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "models/pharmacology/dosing.hpp"
#include "models/pharmacology/receptor.hpp"

namespace kith::pharmacology {

/// A person who takes drugs, with all state that only the treated have. People without a drug cost nothing.
class Treated {
 public:
  explicit Treated(PersonId person) : person_(person) {}

  PersonId person() const { return person_; }
  void add(Course course) { courses_.push_back(std::move(course)); }
  /// Adds the course of what the person takes as a patient with a substance use disorder, not as treatment.
  void add_own_use(Course course) {
    own_use_ = courses_.size();
    add(std::move(course));
  }
  bool has_own_use() const { return own_use_ != none; }
  Course& own_use() { return courses_[own_use_]; }
  std::span<const Course> courses() const { return courses_; }
  std::span<Course> courses() { return courses_; }

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
  void visit(State& state);
  /// Share of μ-receptors that drugs hold `later` hours after `hours`, doses until then included, as PET would see it.
  double occupancy_at(double hours, double later) const;
  /// The same now.
  double occupancy() const;

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  PersonId person_;
  std::vector<Course> courses_;
  std::size_t own_use_ = none;  // place of the course
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

  /// Adds courses, each to those that its person has.
  void add(std::vector<Course> courses);
  /// Adds somebody who takes nothing yet and comes after all others.
  Treated& add_last(PersonId person) { return list_.emplace_back(person); }
  void visit(State& state);

 private:
  std::vector<Treated> list_;
};

}  // namespace kith::pharmacology
