#include "cli/shared_burn_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "sweep/points.hpp"

namespace kith::cli {

SharedBurnIn::SharedBurnIn(const Application& application, const sweep::Design& design)
    : runs_(design.rows.size()), burn_ins_(design.rows.size()) {
  if (!design.shares_burn_in) return;
  std::vector<std::size_t> acting;
  for (std::size_t f = 0; f < design.factors.size(); ++f) {
    const std::string& key = design.factors[f].key;
    if (application.change_of(key).acts_in_burn_in) {
      acting.push_back(f);
    } else {
      later_.push_back(key);
    }
  }
  if (later_.empty()) return;
  std::map<std::string, std::uint64_t> found;
  for (const std::vector<std::string>& row : design.rows) {
    std::string values;
    for (const std::size_t f : acting) values += row[f] + '\n';
    groups_.push_back(found.emplace(std::move(values), found.size()).first->second);
  }
  burn_ins_ = found.size();
}

std::vector<std::uint64_t> SharedBurnIn::order() const {
  if (!is_shared()) return sweep::shuffled_runs(runs_);
  const std::vector<std::uint64_t> shuffled = sweep::shuffled_runs(burn_ins_);
  std::vector<std::uint64_t> place(burn_ins_);
  for (std::uint64_t k = 0; k < burn_ins_; ++k) place[shuffled[k]] = k;
  std::vector<std::uint64_t> order(runs_);
  std::iota(order.begin(), order.end(), std::uint64_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint64_t a, std::uint64_t b) { return place[groups_[a]] < place[groups_[b]]; });
  return order;
}

std::vector<std::span<const std::uint64_t>> SharedBurnIn::cut(std::span<const std::uint64_t> runs) const {
  std::vector<std::span<const std::uint64_t>> pieces;
  for (std::size_t begin = 0; begin < runs.size();) {
    std::size_t end = begin + 1;
    while (is_shared() && end < runs.size() && groups_[runs[end]] == groups_[runs[begin]]) ++end;
    pieces.push_back(runs.subspan(begin, end - begin));
    begin = end;
  }
  return pieces;
}

std::string SharedBurnIn::note() const {
  if (!is_shared() || burn_ins_ == runs_) return "";
  std::string keys;
  for (const std::string& key : later_) keys += (keys.empty() ? "" : ", ") + key;
  return fmt::format("{} burn-in{} for {} runs: {} act{} after it", burn_ins_, burn_ins_ == 1 ? "" : "s", runs_, keys,
                     later_.size() == 1 ? "s" : "");
}

}  // namespace kith::cli
