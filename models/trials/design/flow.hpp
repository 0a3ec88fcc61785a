#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/tables.hpp"
#include "models/trials/design/allocation.hpp"
#include "models/trials/design/roster.hpp"

/// The flow of a study as CONSORT asks for it (Schulz 2010, doi 10.1136/bmj.c332).
namespace kith::trials {

/// What became of a participant; the first that applies.
enum class Status : std::int8_t { completed, left, stopped, switched, never_started };
Status status(const Participant& participant);
/// The meanings of a status, as the result file gives them.
std::vector<std::pair<std::int8_t, std::string>> status_flags();

struct Flow {
  std::vector<std::string> reasons;  ///< why people were not eligible: the criteria, then "in another trial"
  std::uint32_t screened = 0;
  std::vector<std::uint32_t> excluded;  ///< [reasons]
  std::uint32_t randomised = 0;
  std::vector<std::uint32_t> allocated;      ///< [sequences]
  std::vector<std::uint32_t> never_started;  ///< [sequences]
  std::vector<std::uint32_t> stopped;        ///< [sequences] took no more doses but stayed
  std::vector<std::uint32_t> switched;       ///< [sequences] changed the arm
  std::vector<std::uint32_t> left;           ///< [sequences]
  std::vector<std::uint32_t> analysed;       ///< [sequences] stayed to the end

  void visit(State& state) {
    state("reasons", reasons);
    state("screened", screened);
    state("excluded", excluded);
    state("randomised", randomised);
    state("allocated", allocated);
    state("never_started", never_started);
    state("stopped", stopped);
    state("switched", switched);
    state("left", left);
    state("analysed", analysed);
  }
};
Flow flow_of(const Trial& trial, const Screening& screening, const std::vector<Participant>& participants);

/// Whether participants may leave: by a number that does, or by a hazard.
bool can_be_left(const Trial& trial);

/// Reasons for not being eligible, in the order of Flow::reasons.
std::vector<std::string> exclusion_reasons(const Trial& trial);

/// `flow`: the numbers of each virtual study.
TableSpec flow_table(const Trial& trial, std::uint32_t replicates);
TableRow flow_row(const Flow& flow, std::uint32_t replicate);

}  // namespace kith::trials
