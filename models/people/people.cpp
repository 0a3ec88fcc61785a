#include "models/people/people.hpp"

namespace kith::people {

void People::resize(std::uint32_t people) {
  count = people;
  visit(*this, [&](const ColumnInfo&, auto& column) { column.resize(people); });
  approach.assign(people, 1.0F);
  warmth.assign(people, 1.0F);
}

std::size_t People::bytes_per_person() const {
  std::size_t bytes = sizeof(float) * 2;  // `next` of the two public columns
  visit(*this, [&](const ColumnInfo&, const auto& column) { bytes += sizeof(column[0]); });
  return bytes;
}

}  // namespace kith::people
