#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/state.hpp"
#include "engine/glance.hpp"
#include "models/study/virtual_study.hpp"
#include "models/study/world_run.hpp"

namespace kith {

/// A virtual study while it runs: its worlds, one after the other.
class StudyRun {
 public:
  /// A study that has not begun. All outlive it, and the population is left as it is; the tables have been declared.
  StudyRun(const Population& population, const Trials& trials, std::uint32_t replicate, Sink& sink);
  StudyRun(const StudyRun&) = delete;
  StudyRun& operator=(const StudyRun&) = delete;

  /// Runs on, writing rows, until every world has ended or `goes_on`, which is asked after each tick, says no. Gives whether all
  /// worlds have ended. `replay`: the command that an error message offers, to which the world is added.
  bool run(const std::string& replay, const std::function<bool()>& goes_on);
  /// The same for the world that runs now, or else the next one; gives whether it has ended.
  bool run_world(const std::string& replay, const std::function<bool()>& goes_on);
  bool has_ended() const { return ended_ == kinds_.size(); }
  /// The tick that comes next in the world that runs now, or else in the next one.
  Tick next() const { return world_ ? world_->next() : 0; }
  /// Writes the last rows and gives what the study came to. Once, after all worlds have ended.
  StudyResult finish();

  /// What the study needs, besides what it was made from, to go on from here.
  void visit(State& state);
  /// Shows the world that runs, if any.
  void look(const Look& look, bool has_failed);

 private:
  void begin_world();
  void write_rows(const trials::Trial& trial, const TrialResult& result);

  const Population* population_;
  const Trials* trials_;
  std::uint32_t replicate_;
  Sink* sink_;
  std::vector<WorldKind> kinds_;
  std::vector<TrialRun> runs_;
  WorldRecorder recorder_;
  std::uint32_t ended_ = 0;          // worlds
  std::unique_ptr<WorldRun> world_;  // that runs now; null between two
  std::uint64_t fingerprint_ = 0;    // of the treated world, once it has ended
};

}  // namespace kith
