#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "cli/sweep_extent.hpp"
#include "cli/sweep_tables.hpp"
#include "sweep/design.hpp"

/// The folder of a sweep: what it was asked for (`design.txt`), who works on which runs (`lock`), and what is done (`runs/*.h5`, whole
/// result files that are never written again).
namespace kith::cli {

/// What a run came to.
struct RunRecord {
  std::uint64_t run = 0;
  bool is_failed = false;
  std::string message;            ///< of a failure
  std::string command;            ///< that does this run alone; "" where it would not show what failed
  std::string fingerprint;        ///< of a run that is done
  std::vector<KeptTable> tables;  ///< of a run that is done
};

class SweepFolder {
 public:
  /// Makes the folder where it is not there, and writes down what the sweep is: `resolved` is its design, `scenario` the text that its runs start from. Throws
  /// kith::Error(ErrorKind::output) where the folder is one of another design, scenario or version of Kith, and names the first difference.
  SweepFolder(const std::string& path, const sweep::Design& design, const std::string& resolved,
              const std::string& scenario);
  /// A folder that is there, for reading.
  explicit SweepFolder(const std::string& path);
  SweepFolder(const SweepFolder&) = delete;
  SweepFolder& operator=(const SweepFolder&) = delete;
  ~SweepFolder();

  /// Takes the places [begin, end) of the order of runs as long as this object lives. Throws kith::Error(ErrorKind::output) while
  /// another process has one of them.
  void take(std::uint64_t begin, std::uint64_t end);

  /// Whether a path is the folder of a sweep.
  static bool is_at(const std::string& path);

  /// Of each run that is in a file, whether it failed at its last try.
  std::map<std::uint64_t, bool> done() const;
  SweepExtent extent() const { return extent_of(done(), runs()); }
  /// "this is a sweep's folder: 31 of 80 runs done …", and what can be done with it.
  std::string account() const;
  /// Writes a file of these runs; those whose tables have another shape go into another.
  void keep(const Session& session, const sweep::Design& design, const FactorColumns& factors,
            std::vector<RunRecord> records);

  const std::string& path() const { return path_; }
  /// The result files, in the order of their names.
  std::vector<std::string> files() const;
  /// How many runs the sweep has.
  std::uint64_t runs() const;
  /// What was written down at the start.
  std::string description() const;

 private:
  void keep_alike(const Session& session, const sweep::Design& design, const FactorColumns& factors,
                  const std::vector<const RunRecord*>& records);

  std::string path_;
  std::string id_;  ///< of the files that this process writes
  std::uint64_t written_ = 0;
  int lock_ = -1;
};

/// The table `runs` of a sweep: what became of each run.
TableSpec runs_table(const FactorColumns& factors);

}  // namespace kith::cli
