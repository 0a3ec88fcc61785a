#include "engine/tables.hpp"

#include "core/error.hpp"

namespace kith {
namespace {

template <std::size_t index>
bool make(Values& values, std::size_t wanted) {
  if (index == wanted) values.emplace<index>();
  return index == wanted;
}

template <std::size_t... indices>
void make_one_of(Values& values, std::size_t wanted, std::index_sequence<indices...> /*all*/) {
  if (!(make<indices>(values, wanted) || ...))
    throw Error(ErrorKind::damaged, "the saved state holds values of an unknown type");
}

}  // namespace

void visit(Values& values, State& state) {
  const std::size_t type = state.count("value type", values.index());
  if (type != values.index()) make_one_of(values, type, std::make_index_sequence<std::variant_size_v<Values>>());
  std::visit([&state](auto& list) { state("values", list); }, values);
}

}  // namespace kith
