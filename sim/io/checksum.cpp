#include "io/checksum.hpp"

#include <bit>
#include <type_traits>
#include <vector>

#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "io/pieces.hpp"

namespace kith::io {
namespace {

/// SplitMix64's finalizer over place and bits.
std::uint64_t digest(std::uint64_t place, std::uint64_t bits) {
  std::uint64_t z = bits ^ ((place + 1) * 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

std::uint64_t bits_of(float value) { return std::bit_cast<std::uint32_t>(value); }
std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }
std::uint64_t bits_of(const std::string& value) {
  Fingerprint text;
  text.add(std::string_view(value));
  return text.value();
}
template <class T>
requires std::is_integral_v<T> std::uint64_t bits_of(T value) { return static_cast<std::uint64_t>(value); }

/// What stands for "missing" in a dataset: a count that was never written is 0.
Values missing_in(const Handle& dataset, const Variable& variable) {
  return has_attribute(dataset, "sample_dimension") ? zeros(variable.type, 1) : missing(variable, 1);
}

void refuse(const std::string& what) {
  throw Error(ErrorKind::damaged, what + " is not what was written: its checksum is wrong");
}

}  // namespace

std::uint64_t sum_of_box(const Values& values, const Sizes& start, const Sizes& count, const Sizes& sizes,
                         const Values& missing) {
  const std::size_t rank = sizes.size();
  const Size row = rank == 0 ? 1 : count[rank - 1];
  return std::visit(
      [&](const auto& all) {
        const std::uint64_t nothing = bits_of(std::get<std::decay_t<decltype(all)>>(missing).front());
        std::uint64_t sum = 0;
        Sizes index(rank, 0);
        for (std::size_t done = 0; done < all.size();) {
          Size place = 0;
          for (std::size_t d = 0; d < rank; ++d) place = place * sizes[d] + start[d] + index[d];
          for (Size i = 0; i < row; ++i, ++done) {
            const std::uint64_t bits = bits_of(all[done]);
            if (bits != nothing) sum += digest(place + i, bits);
          }
          for (std::size_t d = rank; d-- > 1;) {
            if (++index[d - 1] < count[d - 1]) break;
            index[d - 1] = 0;
          }
        }
        return sum;
      },
      values);
}

std::uint64_t sum_of_coordinate(const Values& coordinate) {
  const Sizes length{size(coordinate)};
  Variable variable;
  variable.type = type_of(coordinate);
  return sum_of_box(coordinate, {0}, length, length, missing(variable, 1));
}

std::string checksum_of(const Description& description, const Sums& sums) {
  const TableSpec& spec = description.spec;
  Fingerprint all;
  const auto add = [&all](const std::string& text) { all.add(std::string_view(text)); };
  const auto add_sizes = [&](const std::string& name) {
    for (const Size length : description.sizes.at(name)) all.add(static_cast<std::uint64_t>(length));
  };
  add(spec.name);
  add(spec.long_name);
  add(spec.growing);
  for (const TableDimension& dimension : spec.dimensions) {
    add(dimension.name);
    add(dimension.long_name);
    add(dimension.unit);
    add_sizes(dimension.name);
    all.add(description.coordinates.at(dimension.name));
  }
  for (const Variable& variable : spec.variables) {
    add(variable.name);
    add(variable.unit);
    add(variable.long_name);
    add_sizes(variable.name);
    all.add(static_cast<std::uint64_t>(variable.type));
    for (const std::string& dimension : variable.dimensions) add(dimension);
    for (const auto& [value, meaning] : variable.flags) {
      all.add(static_cast<std::uint64_t>(value));
      add(meaning);
    }
  }
  for (const auto& [name, sum] : sums) {
    add(name);
    all.add(sum);
  }
  return all.text();
}

std::string read_checksum(const Handle& file, const std::string& table) {
  Description description{.spec = read_spec(file, table), .coordinates = {}, .sizes = {}};
  for (const TableDimension& dimension : description.spec.dimensions)
    description.coordinates[dimension.name] = sum_of_coordinate(dimension.coordinate);
  const Handle group = open_group(file, table);
  Sums sums;
  for (const std::string& name : link_names(group)) {
    const Handle dataset = open_dataset(group, name);
    const Sizes sizes = description.sizes[name] = sizes_of(dataset);
    if (is_scale(dataset)) continue;
    const Variable variable = read_variable(dataset, name);
    const Values nothing = missing_in(dataset, variable);
    std::uint64_t& sum = sums[name];
    for (const Box& slab :
         slabs({Sizes(sizes.size(), 0), Sizes(sizes.size(), 0), sizes}, element_bytes(variable.type))) {
      Values values = zeros(variable.type, product(slab.count));
      read_box(dataset, slab.from, slab.count, values, slab.count, Sizes(slab.count.size(), 0));
      sum += sum_of_box(values, slab.from, slab.count, sizes, nothing);
    }
  }
  return checksum_of(description, sums);
}

std::string checksum_of_texts(const Handle& file) {
  Fingerprint all;
  const auto add = [&all](const std::string& text) { all.add(std::string_view(text)); };
  for (const std::string& name : attribute_names(file)) {
    if (name == checksum_name) continue;
    add(name);
    add(read_attribute(file, name));
  }
  const Handle group = open_group(file, "provenance");
  for (const std::string& name : link_names(group)) {
    add(name);
    add(read_text(group, name));
  }
  return all.text();
}

std::string kept_checksum(const Handle& file, const std::string& table) {
  const std::string kept =
      table.empty() ? read_attribute(file, checksum_name) : read_attribute(open_group(file, table), checksum_name);
  if (kept.empty()) {
    throw Error(ErrorKind::damaged, (table.empty() ? std::string("the file") : "table " + table) +
                                        " has no checksum: nothing can be checked");
  }
  return kept;
}

void check_texts(const Handle& file) {
  if (checksum_of_texts(file) != kept_checksum(file, "")) refuse("the description of the run");
}

void check_table(const Handle& file, const std::string& table) {
  if (read_checksum(file, table) != kept_checksum(file, table)) refuse("table " + table);
}

}  // namespace kith::io
