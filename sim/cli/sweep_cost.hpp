#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "cli/design_check.hpp"
#include "cli/shared_burn_in.hpp"
#include "cli/sweep_tables.hpp"

namespace kith::cli {

/// How far chance moves an outcome from virtual study to virtual study, in the pilot where it does most.
struct ChanceOf {
  std::string place;  ///< "loving messages · naltrexone - placebo"
  std::uint64_t replicates = 0;
  double deviation = 0.0;  ///< of one virtual study; NaN where there are fewer than two
};

/// What a sweep will take, from a few of its runs.
struct SweepCost {
  std::uint64_t runs = 0;
  std::uint64_t burn_ins = 0;
  std::uint64_t pilots = 0;
  double core_seconds = 0.0;      ///< of all runs
  double run_seconds = 0.0;       ///< of the longest run, on one core, its burn-in included
  std::uint64_t run_memory = 0;   ///< [bytes] of the largest run
  std::uint64_t kept_memory = 0;  ///< [bytes] that the process itself takes, and the writing of its files
  double bytes_of_run = 0.0;      ///< on disk
  double bytes_of_file = 0.0;     ///< on disk, of each file besides its runs
  std::optional<double> save_every =
      {};               ///< after so many seconds a file is closed; unless told, see `seconds_of_next_file`
  std::string outcome;  ///< "effects.own"
  std::vector<std::string> outcomes = {};  ///< all that it could be
  std::vector<ChanceOf> chance;            ///< of each of its places; empty where it was not kept

  /// Wall time of `shards` processes of `threads` threads each [s].
  double wall_seconds(std::uint64_t shards, unsigned threads) const;
  /// [bytes] of a process with so many threads.
  std::uint64_t memory(unsigned threads) const;
  /// How many files the folder will hold.
  std::uint64_t files(std::uint64_t shards, unsigned threads) const;
  /// [bytes] of all of them.
  double disk(std::uint64_t shards, unsigned threads) const;
};

/// Does up to three runs of a design, on one thread: the one that needs least memory, the one in the middle, and the one that needs most;
/// where all need the same, the first, one in the middle and the last. What lies between is taken along straight lines between these.
/// `outcome`: "effects.own". Throws kith::Error for a pilot that fails.
SweepCost measure_cost(const Session& session, const LoadedDesign& loaded, const SharedBurnIn& burn_in,
                       const std::string& outcome);

struct CostWish {
  unsigned threads = 1;                         ///< of a process
  std::optional<std::uint32_t> processes = {};  ///< nothing: the cost of one, and the time of some more
  std::optional<double> width = {};             ///< of the interval that virtual studies are counted for
};
/// The cost as a table for people.
Report cost_report(const SweepCost& cost, const sweep::Design& design, const CostWish& wish);

/// A shell script that sends a sweep to a Slurm cluster: an array that does it, each task a share, and a job that merges. Obeys the limits
/// of `scontrol show config` where there is such a program.
struct SlurmWish {
  std::string design;  ///< the file
  std::string folder;
  std::optional<std::uint32_t> tasks;
  unsigned threads = 1;                   ///< of a task
  std::vector<std::string> options = {};  ///< of `kith sweep` besides
};
std::string slurm_script(const SweepCost& cost, const SlurmWish& wish);

}  // namespace kith::cli
