#pragma once

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
  const std::vector<Course>& courses() const { return courses_; }
  std::vector<Course>& courses() { return courses_; }

  /// Moves all courses on by a tick and adds up what they do at the receptor.
  void advance(double hours, double duration);
  const Load& load() const { return load_; }
  /// Occupancy of the κ-receptor now, 0 … 1.
  float kappa() const { return kappa_ / (1.0F + kappa_); }
  /// B, receptor density; 1 at rest.
  float density() const { return density_; }
  /// Moves B the share `step` of the way to where it regulates. `signal` S and `set_point` S* of the person now.
  void regulate(const ReceptorParams& p, float step, float ligand, float signal, float set_point) {
    density_ += (density_at_rest(p, ligand, load_, signal, set_point) - density_) * step;
  }
  /// Share of μ-receptors that drugs hold `later` hours after `hours`, doses until then included, as PET would see it.
  double occupancy_at(double hours, double later) const;
  /// The same now.
  double occupancy() const;

 private:
  PersonId person_;
  std::vector<Course> courses_;
  Load load_;
  float kappa_ = 0.0F;  // Σ x/κ-ratio
  float density_ = 1.0F;
};

}  // namespace kith::pharmacology
