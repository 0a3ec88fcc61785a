#include <fmt/format.h>

#include <limits>

#include "network/exchange_people.hpp"

namespace kith::network::detail {
namespace {

constexpr std::array<std::string_view, 3> kind_names{"kin", "friendship", "acquaintance"};  // by TieKind

}  // namespace

std::string_view name(TieKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

void set_attribute(const Source& source, Edge& edge, std::string_view attribute, std::string_view text,
                   std::string_view place) {
  if (attribute == "kind") {
    for (std::size_t kind = 0; kind < kind_names.size(); ++kind) {
      if (kind_names[kind] != text) continue;
      edge.kind = static_cast<TieKind>(kind);
      return;
    }
    fail_at(source, place, {fmt::format("\"{}\" is no kind of tie", text), joined(kind_names, ", "), ""});
  }
  if (attribute == "weight") {
    edge.weight = read_weight(source, text, place);
    return;
  }
  const std::optional<double> value = number_in(text);
  const bool closeness = attribute == "closeness";
  const double most = closeness ? 1.0 : static_cast<double>(std::numeric_limits<float>::max());
  if (!value || *value < 0 || *value > most) {
    fail_at(source, place,
            {fmt::format("\"{}\" is no {}", text, attribute),
             closeness ? "a number from 0 to 1 is needed" : "a number of 0 or more is needed", ""});
  }
  (closeness ? edge.closeness : edge.opportunity) = static_cast<float>(*value);
}

std::uint32_t read_community(const Source& source, std::string_view text, std::string_view place) {
  const std::optional<std::uint64_t> value = plain_number(text);
  if (!value || *value > std::numeric_limits<std::uint32_t>::max()) {
    fail_at(source, place, {fmt::format("\"{}\" is no community", text), "a whole number is needed", ""});
  }
  return static_cast<std::uint32_t>(*value);
}

}  // namespace kith::network::detail
