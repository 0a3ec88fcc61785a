#include "models/pharmacology/pharmacy.hpp"

#include <algorithm>
#include <utility>

#include "models/pharmacology/dosing.hpp"

namespace kith::pharmacology {

Pharmacy::Pharmacy(std::vector<Drug> own) {
  for (Drug& drug : own) drugs_.push_back(std::make_shared<const Drug>(std::move(drug)));
  // The library's drugs are there as long as the program runs, so nobody has to own them.
  for (const Drug& drug : library()) drugs_.emplace_back(std::shared_ptr<const void>(), &drug);
}

SharedDrug Pharmacy::find(std::string_view name) const {
  const auto found =
      std::find_if(drugs_.begin(), drugs_.end(), [&](const SharedDrug& drug) { return drug->name == name; });
  return found == drugs_.end() ? nullptr : *found;
}

std::shared_ptr<const SteppedChain> Pharmacy::chain(const SharedDrug& drug, double tick_hours) const {
  if (!drug) return nullptr;
  const std::lock_guard lock(mutex_);
  auto& chain = chains_[{drug, tick_hours}];
  if (!chain) chain = std::make_shared<const SteppedChain>(*drug, tick_hours);
  return chain;
}

}  // namespace kith::pharmacology
