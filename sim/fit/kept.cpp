#include "fit/kept.hpp"

#include "core/error.hpp"
#include "core/state.hpp"

namespace kith::fit {

std::optional<Simulated> KeptSimulations::find(const std::vector<double>& point, std::uint64_t number) const {
  const std::scoped_lock lock(mutex_);
  const auto found = all_.find({number, point});
  return found == all_.end() ? std::nullopt : std::optional(found->second);
}

void KeptSimulations::add(const std::vector<double>& point, std::uint64_t number, const Simulated& simulated) {
  const std::scoped_lock lock(mutex_);
  all_.insert_or_assign({number, point}, simulated);
}

std::size_t KeptSimulations::size() const {
  const std::scoped_lock lock(mutex_);
  return all_.size();
}

std::vector<std::byte> KeptSimulations::bytes() const {
  const std::scoped_lock lock(mutex_);
  StateWriter state;
  std::string problem = problem_;
  state("problem", problem);
  state.count("simulations", all_.size());
  for (const auto& [key, simulated] : all_) {
    auto [number, point] = key;
    Simulated one = simulated;
    state("number", number);
    state("point", point);
    state("values", one.values);
    state("failure", one.failure);
  }
  return state.buffer();
}

void KeptSimulations::read(std::span<const std::byte> bytes) {
  const std::scoped_lock lock(mutex_);
  StateReader state(bytes);
  std::string problem;
  state("problem", problem);
  if (problem != problem_) throw Error(ErrorKind::output, "it is of another problem, or of another version of kith");
  const std::size_t count = state.count("simulations", 0);
  for (std::size_t k = 0; k < count; ++k) {
    Key key;
    Simulated one;
    state("number", key.first);
    state("point", key.second);
    state("values", one.values);
    state("failure", one.failure);
    all_.insert_or_assign(std::move(key), std::move(one));
  }
}

}  // namespace kith::fit
