#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/state.hpp"
#include "models/trials/design/roster.hpp"

/// Which participant gets which sequence.
namespace kith::trials {

struct Participant {
  PersonId person = 0;
  std::size_t sequence = 0;
  std::optional<std::int64_t> leaves = {};    ///< day of the run on which the participant leaves
  std::optional<std::uint32_t> cluster = {};  ///< number of the cluster
  std::uint32_t stratum = 0;                  ///< number of the combination of the strata's values
  bool never_starts = false;                  ///< never starts one of the arms (induction failure)
  std::optional<double> stopped = {};         ///< takes no more doses from then on [h]
  std::optional<double> switched = {};        ///< changed the arm then [h]

  void visit(State& state) {
    state("person", person);
    state("sequence", sequence);
    state("leaves", leaves);
    state("cluster", cluster);
    state("stratum", stratum);
    state("never_starts", never_starts);
    state("stopped", stopped);
    state("switched", switched);
  }
};

/// Allocates recruits to the sequences as the design says, and draws who never starts, who leaves, and when.
std::vector<Participant> allocate(const Trial& trial, const Roster& roster, const Recruits& recruits, WorldKey world);

/// Whether a participant starts the arm of a period.
bool starts(const Trial& trial, const Participant& participant, std::size_t period, WorldKey world);

}  // namespace kith::trials
