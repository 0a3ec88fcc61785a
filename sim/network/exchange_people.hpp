#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "network/exchange_source.hpp"

/// From names and lines to a simple graph. Inside sim/network only.
namespace kith::network::detail {

/// The ids of a file. While reading, an id stands for its place in the order of first appearance.
class IdTable {
 public:
  /// Place of an id; `id` must stay where it is until `number_people`.
  std::uint32_t of(std::string_view id);
  /// The same for a text that the caller does not keep.
  std::uint32_t of_copy(const std::string& id);
  bool contains(std::string_view id) const;
  std::size_t size() const { return names_.size(); }
  /// Throws kith::Error when an id holds a character that XML, and so GraphML, cannot hold.
  void check_characters(const std::string& file) const;
  std::string_view name(std::uint32_t place) const { return names_[place]; }

  /// Numbers the people as import_file says: gives person[place] and sets graph.people and graph.ids.
  std::vector<PersonId> number_people(Graph& graph) const;

 private:
  std::uint32_t add(std::string_view id);
  std::uint32_t find_or_add(std::string_view id);
  void grow();

  // Ids below 2²⁴ that are written plainly are looked up in an array, all others in an open hash table.
  static constexpr std::uint64_t direct_limit = std::uint64_t{1} << 24;
  std::vector<std::string_view> names_;  // [places]
  std::vector<std::uint32_t> direct_;    // place + 1 of a small number; 0 = not seen
  std::vector<std::uint32_t> slots_;     // place + 1; 0 = free
  std::size_t hashed_ = 0;
  std::deque<std::string> copies_;
};

/// The number that `id` writes plainly (no sign, no leading zero, at most 18 digits), if any.
std::optional<std::uint64_t> plain_number(std::string_view id);

/// Names the people, orders each pair, sorts the ties, drops self-loops and merges repeats (weights are added, all else
/// is the first one's), and fills in the counts of the report. On entry `graph.edges` and `graph.community` go by
/// place.
void finish(Graph& graph, const IdTable& ids, ImportReport& report);

/// What Kith's own exports say of a tie, in the order of the CSV columns; every importer reads these names back.
inline constexpr std::array<std::string_view, 4> tie_attributes{"closeness", "weight", "opportunity", "kind"};
std::string_view name(TieKind kind);

/// Sets the attribute of a tie from its text. Throws at `place` when the text does not fit.
void set_attribute(const Source& source, Edge& edge, std::string_view attribute, std::string_view text,
                   std::string_view place);
/// The number of a community. Throws at `place` when the text is none.
std::uint32_t read_community(const Source& source, std::string_view text, std::string_view place);

}  // namespace kith::network::detail
