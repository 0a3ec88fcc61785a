#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/clock.hpp"
#include "engine/tables.hpp"
#include "models/trials/analysis/effects.hpp"
#include "models/trials/design/design.hpp"
#include "models/trials/measures/measures.hpp"

/// The tables of a trial: participants, diary, probes, effects, effects_pooled.
namespace kith::trials {

/// Who the participants are, as the user's files tell.
struct Identities {
  std::vector<std::string> ids;                   ///< [participants]
  std::vector<std::vector<std::string>> columns;  ///< [columns of the people's table][participants]
};

/// `columns`: names of the columns of the people's table.
void declare_tables(const Trial& trial, const Measures& measures, const Clock& clock, std::uint32_t replicates,
                    const std::vector<std::string>& columns, Sink& sink);

/// Writes one study. `measures` are the diaries, then the probes.
void write_study(const Trial& trial, std::uint32_t replicate, const std::vector<Participant>& participants,
                 const std::vector<MeasureData>& measures, std::size_t diaries, const Effects& effects,
                 const Identities& who, Sink& sink);

/// Writes the effects over all studies.
void write_pooled(const Trial& trial, const std::vector<const Effects*>& studies, Sink& sink);

}  // namespace kith::trials
