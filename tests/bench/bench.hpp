#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Cases that need the library rather than the program: parts of a run, timed apart.
namespace kith::bench {

/// Something measured within a case, with its limit where there is one.
struct Part {
  std::string name;
  double value = 0.0;
  std::string unit;  ///< "s", "%", "1"
  std::optional<double> limit = std::nullopt;
};

struct Case {
  std::string name;
  std::optional<double> memory;  ///< limit of the peak memory [MB]
  std::function<std::vector<Part>()> run;
};

/// Wall time and CPU time of all threads since it was made or restarted [s].
class Stopwatch {
 public:
  double wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count(); }
  double cpu() const { return static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC; }

 private:
  std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
  std::clock_t cpu_ = std::clock();
};

/// What a command line of Kith prints, in this process. Throws where it fails.
std::string invoke(const std::vector<std::string>& words);
/// Largest memory of this process since the last call, or since its start [MB].
double largest_memory();

/// How many people, untreated, with how many ties each: 15, 50 or 150.
struct Size {
  std::uint32_t people;
  std::uint32_t ties;
  bool is_living;
  std::optional<double> most_of_a_day = std::nullopt;  ///< limit of a day [s]
};
/// Set-up; a day by phase; its records; and the same beside a sparse product over the ties, and beside a tick that looks at every
/// tie.
std::vector<Part> tick_costs(const Size& size);
/// A checkpoint of a million people with fifty ties each, and going on from it in another process' way.
std::vector<Part> checkpoint();
/// A year of everyday life, written at the default cadence: the share of the run that the writer takes.
std::vector<Part> writer_share();
/// Eight weeks of ten thousand people, all of whom take a drug, against nobody who does.
std::vector<Part> treated_people();
/// Runs of 500 people for 30 days as a sweep, against the same runs without one.
std::vector<Part> sweep_overhead();
/// Runs that share a burn-in of 28 days, against runs with one each.
std::vector<Part> shared_burn_in();
/// Merging 10,000 runs, and finding out what is missing of 100,000.
std::vector<Part> sweep_files();
/// The ratios that tell a loss of speed on any machine, at a size that takes seconds; throws where two threads give other bits than one.
std::vector<Part> ratios();
/// A day of people who meet nobody, on one thread.
std::vector<Part> people_alone();
/// Every person of a million written each day, against a run that writes everybody together.
std::vector<Part> written_people();
/// A thousand replicates of 500 people: on two threads, as one replicate alone, and written.
std::vector<Part> ensemble();
/// A trial with its untreated twin, against the world alone.
std::vector<Part> twin_worlds();
/// Import of a network of 88,234 ties.
std::vector<Part> import_network();
/// Import of an edge list of ten million ties, made for it.
std::vector<Part> import_many_ties();
/// Path of the network that `import_network` reads, or "" when it is not there.
std::string network_file();

}  // namespace kith::bench
