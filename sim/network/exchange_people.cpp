#include "network/exchange_people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "core/interrupt.hpp"

namespace kith::network::detail {
namespace {

/// Stable counting sort of `from` into `to` by key(edge) in 0 … people − 1.
template <class Key>
void counting_sort(const std::vector<Edge>& from, std::vector<Edge>& to, std::uint32_t people, Key key) {
  std::vector<std::size_t> begin(std::size_t{people} + 1, 0);
  for (const Edge& edge : from) ++begin[key(edge) + std::size_t{1}];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  to.resize(from.size());
  for (const Edge& edge : from) to[begin[key(edge)]++] = edge;
}

/// Sorts by (a, b), keeping the file's order of equal pairs. O(ties + people): a comparison sort takes 3 times as long.
void sort_edges(std::vector<Edge>& edges, std::uint32_t people) {
  const auto in_order = [](const Edge& x, const Edge& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; };
  if (std::is_sorted(edges.begin(), edges.end(), in_order)) return;
  std::vector<Edge> other;
  counting_sort(edges, other, people, [](const Edge& edge) { return edge.b; });
  counting_sort(other, edges, people, [](const Edge& edge) { return edge.a; });
}

/// Merges neighbours of the same pair; returns how many went.
std::size_t merge_repeats(std::vector<Edge>& edges) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < edges.size();) {
    double weight = 0;  // added in double and in file order
    std::size_t j = i;
    for (; j < edges.size() && edges[j].a == edges[i].a && edges[j].b == edges[i].b; ++j) {
      weight += static_cast<double>(edges[j].weight);
    }
    edges[kept] = edges[i];
    edges[kept].weight = static_cast<float>(std::min(weight, static_cast<double>(std::numeric_limits<float>::max())));
    ++kept;
    i = j;
  }
  const std::size_t merged = edges.size() - kept;
  edges.resize(kept);
  return merged;
}

}  // namespace

std::optional<std::uint64_t> plain_number(std::string_view id) {
  if (id.empty() || id.size() > 18 || (id[0] == '0' && id.size() > 1)) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : id) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

std::uint32_t IdTable::of(std::string_view id) {
  const std::optional<std::uint64_t> number = plain_number(id);
  if (!number || *number >= direct_limit) return find_or_add(id);
  const auto index = static_cast<std::size_t>(*number);
  if (index >= direct_.size()) direct_.resize(std::max(index + 1, direct_.size() * 2), 0);
  if (direct_[index] == 0) direct_[index] = add(id) + 1;
  return direct_[index] - 1;
}

bool IdTable::contains(std::string_view id) const {
  const std::optional<std::uint64_t> number = plain_number(id);
  if (number && *number < direct_limit) return *number < direct_.size() && direct_[*number] != 0;
  if (slots_.empty()) return false;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = std::hash<std::string_view>()(id) & mask; slots_[at] != 0; at = (at + 1) & mask)
    if (names_[slots_[at] - 1] == id) return true;
  return false;
}

std::uint32_t IdTable::of_copy(const std::string& id) {
  const std::size_t before = names_.size();
  const std::uint32_t place = of(id);
  if (names_.size() == before) return place;
  names_[place] = copies_.emplace_back(id);
  return place;
}

std::uint32_t IdTable::add(std::string_view id) {
  if (names_.size() >= std::numeric_limits<std::uint32_t>::max() - 1) {
    throw Error(ErrorKind::invalid_scenario, "error: the network has too many people (4294967294 at most)");
  }
  names_.push_back(id);
  return static_cast<std::uint32_t>(names_.size() - 1);
}

void IdTable::grow() {
  std::vector<std::uint32_t> old(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const std::uint32_t slot : old) {
    if (slot == 0) continue;
    std::size_t at = std::hash<std::string_view>()(names_[slot - 1]) & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

std::uint32_t IdTable::find_or_add(std::string_view id) {
  if (hashed_ * 2 >= slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = std::hash<std::string_view>()(id) & mask;
  while (slots_[at] != 0) {
    if (names_[slots_[at] - 1] == id) return slots_[at] - 1;
    at = (at + 1) & mask;
  }
  ++hashed_;
  const std::uint32_t place = add(id);
  slots_[at] = place + 1;
  return place;
}

std::vector<PersonId> IdTable::number_people(Graph& graph) const {
  const std::size_t count = names_.size();
  std::vector<std::uint64_t> numbers(count);
  bool numeric = true;
  for (std::size_t place = 0; place < count && numeric; ++place) {
    const std::optional<std::uint64_t> number = plain_number(names_[place]);
    numeric = number.has_value();
    if (number) numbers[place] = *number;
  }
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  if (numeric) {
    std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) { return numbers[x] < numbers[y]; });
  } else {
    std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) { return names_[x] < names_[y]; });
  }
  graph.people = static_cast<std::uint32_t>(count);
  graph.ids.clear();
  // Distinct ascending numbers are 0 … n − 1 exactly when the last is n − 1.
  if (count > 0 && !(numeric && numbers[order.back()] == count - 1)) {
    graph.ids.reserve(count);
    for (const std::uint32_t place : order) graph.ids.emplace_back(names_[place]);
  }
  std::vector<PersonId> person(count);
  for (std::size_t rank = 0; rank < count; ++rank) person[order[rank]] = static_cast<PersonId>(rank);
  return person;
}

void IdTable::check_characters(const std::string& file) const {
  for (const std::string_view name : names_) {
    const bool is_wrong = std::any_of(name.begin(), name.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    });
    const bool is_no_character =
        name.find("\xef\xbf\xbe") != std::string_view::npos || name.find("\xef\xbf\xbf") != std::string_view::npos;
    if (!is_wrong && !is_no_character) continue;
    std::string shown(name.substr(0, 60));
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
    fail(file, {fmt::format("the id \"{}\" holds a control character", shown), "no file of a network can hold it",
                "remove it, or check that the file is text"});
  }
}

void finish(Graph& graph, const IdTable& ids, ImportReport& report) {
  ids.check_characters(report.file);
  const std::vector<PersonId> person = ids.number_people(graph);
  if (!graph.community.empty()) {
    std::vector<std::uint32_t> community(graph.people);
    for (std::size_t place = 0; place < person.size(); ++place) community[person[place]] = graph.community[place];
    graph.community.swap(community);
  }
  check_interrupt();
  std::size_t kept = 0;
  for (const Edge& read : graph.edges) {
    Edge edge = read;
    const PersonId a = person[read.a];
    const PersonId b = person[read.b];
    edge.a = std::min(a, b);
    edge.b = std::max(a, b);
    if (a != b) graph.edges[kept++] = edge;
  }
  report.self_loops += graph.edges.size() - kept;
  graph.edges.resize(kept);
  sort_edges(graph.edges, graph.people);
  report.repeats += merge_repeats(graph.edges);
  if (graph.edges.size() >= std::numeric_limits<TieId>::max()) {
    fail(report.file, {"has too many ties", "4294967294 at most", ""});
  }

  std::vector<bool> tied(graph.people, false);
  for (const Edge& edge : graph.edges) tied[edge.a] = tied[edge.b] = true;
  report.isolated = static_cast<std::size_t>(std::count(tied.begin(), tied.end(), false));
  report.people = graph.people;
  report.ties = graph.edges.size();
  report.ids_renumbered = !graph.ids.empty();
}

}  // namespace kith::network::detail
