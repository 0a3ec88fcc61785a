#include "network/parameters.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

namespace kith::network::detail {

void refuse(const std::string& message) { throw std::invalid_argument(message); }

void refuse_ties(const std::string& name, double ties, double others) {
  refuse(fmt::format("{} = {:g} ties per person are impossible (there are only {:g} others to be tied to)", name, ties,
                     others));
}

void check_rate(double ties, const std::string& name) {
  if (!(ties >= 0.0) || !std::isfinite(ties)) refuse(fmt::format("{} = {:g} must be 0 or more", name, ties));
}

void check_mean_ties(double ties, std::uint32_t people) {
  check_rate(ties, "the mean number of ties");
  const double others = people > 0 ? people - 1.0 : 0.0;
  if (ties > others) refuse_ties("mean", ties, others);
}

}  // namespace kith::network::detail
