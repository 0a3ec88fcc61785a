#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fit/abc.hpp"

namespace kith::fit {

/// Simulations that were done, so that the same problem, begun again, goes on. Any thread may use it.
class KeptSimulations {
 public:
  /// `problem`: a digest of all that the simulations follow from.
  explicit KeptSimulations(std::string problem) : problem_(std::move(problem)) {}

  /// What a simulation came to, if it was done.
  std::optional<Simulated> find(const std::vector<double>& point, std::uint64_t number) const;
  void add(const std::vector<double>& point, std::uint64_t number, const Simulated& simulated);

  /// All of them as bytes, and back. Throws kith::Error(ErrorKind::damaged) where the bytes are not whole, and
  /// kith::Error(ErrorKind::output) where they are of another problem.
  std::vector<std::byte> bytes() const;
  void read(std::span<const std::byte> bytes);
  std::size_t size() const;

 private:
  using Key = std::pair<std::uint64_t, std::vector<double>>;

  std::string problem_;
  mutable std::mutex mutex_;
  std::map<Key, Simulated> all_;
};

}  // namespace kith::fit
