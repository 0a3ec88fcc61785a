#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/state.hpp"
#include "io/hdf5_access.hpp"
#include "io/result_attributes.hpp"

namespace kith::io {

/// The group of a file that holds what a run needs to go on; it is no table.
inline constexpr const char* checkpoint_group = "checkpoint";

/// Writes that group: the state that `write` tells.
void write_checkpoint(const Handle& file, const std::function<void(kith::State&)>& write);
/// Takes the group over from another file.
void copy_checkpoint(const std::string& from, const Handle& file);

/// What a run left that has not ended.
struct Checkpoint {
  std::string path = {};     ///< the file that holds it: OUT.h5, or one in OUT.h5.parts
  std::uint64_t number = 0;  ///< of the run's checkpoints, from 1; 0 in OUT.h5, which holds the rows before it as well
  std::string run_id = {};
  RunAttributes attributes = {};  ///< as the run had them, the files that its scenario names included
  bool is_sealed = false;         ///< all bytes of the file have been compared with its seal

  bool is_packed() const { return number == 0; }
  /// The state as it was written, from its begin, for a StateReader.
  StateReader::Parts state() const;
};

/// Whether a file is one with a checkpoint. Never throws.
bool holds_checkpoint(const std::string& path) noexcept;

/// The newest checkpoint of a result that can be used, in OUT.h5.parts or in OUT.h5; `notes` tells of those that cannot: they are
/// not what was written, or of another run than their names say, or `check` throws kith::Error. Nothing where there is none. Throws
/// kith::Error(ErrorKind::damaged) for a folder with checkpoints of several runs.
std::optional<Checkpoint> newest_checkpoint(const std::string& output, std::vector<std::string>& notes,
                                            const std::function<void(const Checkpoint&)>& check = {});

}  // namespace kith::io
