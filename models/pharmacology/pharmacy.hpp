#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/pharmacology/drug.hpp"

namespace kith::pharmacology {

struct SteppedChain;

/// All drugs that a scenario can give, each of them once: who gives one refers to it. The worlds and replicates of a scenario
/// share the pharmacy, and any thread may call it.
class Pharmacy {
 public:
  /// Drugs of one's own, then the library.
  explicit Pharmacy(std::vector<Drug> own = {});

  std::span<const SharedDrug> drugs() const { return drugs_; }
  /// Null where no drug has this name.
  SharedDrug find(std::string_view name) const;
  /// What a tick of so many hours does to a drug that acts; made when it is first asked for, and null for no drug.
  std::shared_ptr<const SteppedChain> chain(const SharedDrug& drug, double tick_hours) const;

 private:
  std::vector<SharedDrug> drugs_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<SharedDrug, double>, std::shared_ptr<const SteppedChain>> chains_;
};

}  // namespace kith::pharmacology
