#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/study/run.hpp"
#include "models/study/study_run.hpp"

namespace kith {

/// One virtual study of a run, from its population to its result.
struct Run::Replicate {
  explicit Replicate(std::uint32_t its_number) : number(its_number) {}

  std::uint32_t number;
  std::unique_ptr<Population> population;  ///< its own; null where it shares the first one's
  std::unique_ptr<Trials> trials;          ///< in its own population
  std::vector<SetUp> later;                ///< of its own population, for the later stages
  std::uint32_t stage = 0;                 ///< of its study
  std::unique_ptr<StudyRun> study;
  std::optional<StudyResult> result;
};

}  // namespace kith
