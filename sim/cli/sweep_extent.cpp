#include "cli/sweep_extent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "cli/page_parts.hpp"
#include "io/values.hpp"

namespace kith::cli {

std::vector<std::string> SweepExtent::warnings() const {
  std::vector<std::string> all;
  const auto tell = [&](const std::vector<std::uint64_t>& some, const char* one, const char* several) {
    if (!some.empty())
      all.push_back(fmt::format("{} of the design's {} runs {}: {}", some.size(), runs,
                                some.size() == 1 ? one : several, listed(some)));
  };
  tell(missing, "is missing", "are missing");
  tell(failed, "has failed", "have failed");
  return all;
}

SweepExtent extent_of(const std::map<std::uint64_t, bool>& is_failed, std::uint64_t runs) {
  SweepExtent extent{.runs = runs, .done = 0, .failed = {}, .missing = {}};
  for (std::uint64_t run = 0; run < runs; ++run) {
    const auto found = is_failed.find(run);
    if (found == is_failed.end()) {
      extent.missing.push_back(run);
    } else if (found->second) {
      extent.failed.push_back(run);
    } else {
      ++extent.done;
    }
  }
  return extent;
}

std::optional<SweepExtent> extent_of(const io::ResultFile& result) {
  if (!is_sweep(result)) return std::nullopt;
  const std::vector<double> numbers = io::as_doubles(result.shape("runs").coordinates.front());
  const std::vector<double> states = io::as_doubles(result.read("runs", "state"));
  std::map<std::uint64_t, bool> is_failed;
  for (std::size_t row = 0; row < numbers.size(); ++row)
    is_failed[static_cast<std::uint64_t>(numbers[row])] = states[row] != 0.0;
  const std::optional<std::uint64_t> runs = runs_told(kept_text(result, "scenario"));
  if (!runs) throw Error(ErrorKind::damaged, "the merged sweep does not say how many runs its design has");
  return extent_of(is_failed, *runs);
}

std::string listed(const std::vector<std::uint64_t>& runs) {
  constexpr std::size_t most = 10;
  std::string text;
  std::size_t shown = 0;
  for (std::size_t k = 0; k < runs.size(); ++shown) {
    if (shown == most) return fmt::format("{} and {} more", text, runs.size() - k);
    std::size_t last = k;
    while (last + 1 < runs.size() && runs[last + 1] == runs[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", runs[k]);
    if (last > k) text += fmt::format("{}{}", last == k + 1 ? ", " : " to ", runs[last]);
    k = last + 1;
  }
  return text;
}

std::optional<std::uint64_t> runs_told(const std::string& description) {
  std::istringstream text(description);
  std::string word;
  std::uint64_t runs = 0;
  text >> word >> runs;
  return text && word == "runs" ? std::optional(runs) : std::nullopt;
}

bool is_sweep(const io::ResultFile& result) {
  const std::vector<std::string> tables = result.tables();
  return std::find(tables.begin(), tables.end(), "runs") != tables.end() &&
         kept_text(result, "scenario").find("\nDESIGN\n") != std::string::npos;
}

}  // namespace kith::cli
