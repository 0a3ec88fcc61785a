#include "models/people/people.hpp"

#include <algorithm>

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

std::vector<float>& People::add(const ColumnInfo& info, float value) {
  if (std::vector<float>* known = find(info.name)) return *known;
  return added.emplace_back(Added{info, std::vector<float>(count, value)}).values;
}

const std::vector<float>* People::find(std::string_view name) const {
  const auto found =
      std::find_if(added.begin(), added.end(), [&](const Added& column) { return column.info.name == name; });
  return found == added.end() ? nullptr : &found->values;
}

std::vector<float>* People::find(std::string_view name) {
  return const_cast<std::vector<float>*>(static_cast<const People&>(*this).find(name));
}

}  // namespace kith::people
