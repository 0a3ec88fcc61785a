#pragma once

#include <cstdint>
#include <string>

/// Checks that the generators share. All throw std::invalid_argument.
namespace kith::network::detail {

[[noreturn]] void refuse(const std::string& message);

/// Refuses more ties per person than there are others.
[[noreturn]] void refuse_ties(const std::string& name, double ties, double others);

/// A number of ties per person: finite and not negative.
void check_rate(double ties, const std::string& name);

/// A mean number of ties per person that `people` people can have.
void check_mean_ties(double ties, std::uint32_t people);

}  // namespace kith::network::detail
