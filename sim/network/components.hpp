#pragma once

#include <cstdint>
#include <vector>

#include "network/ties.hpp"

namespace kith::network {

/// Connected components of the people.
struct Components {
  std::vector<PersonId> of;  ///< [people] the lowest person of each person's component
  std::uint32_t count = 0;
  PersonId largest = 0;  ///< `of` for the people of the largest; of equals, the one of the lowest person
};

/// Union-find that joins a few ties of everybody first and then looks only at all ties of those who are outside the largest
/// component so far (Sutton, Ben-Nun & Barak 2018, doi:10.1109/IPDPS.2018.00012).
Components components(const Ties& ties);

}  // namespace kith::network
