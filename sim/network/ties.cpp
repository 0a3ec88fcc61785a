#include "network/ties.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/error.hpp"
#include "core/interrupt.hpp"
#include "core/parallel.hpp"
#include "network/edge_lists.hpp"

namespace kith::network {

namespace {

/// Whether the lower person of a pair owns their tie: one bit of splitmix64's finaliser (Steele et al. 2014), so that
/// about half of everybody's ties are their own, whatever the order of the people.
bool lower_owns(PersonId lower, PersonId higher) {
  std::uint64_t z = (std::uint64_t{lower} << 32 | higher) + 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return ((z ^ (z >> 31)) & 1u) != 0;
}

/// Moves the entries of each row to where the row begins now; what lies between rows is `empty`.
template <class T>
void move_rows(std::vector<T>& column, const std::vector<std::uint32_t>& from, const std::vector<std::uint32_t>& to,
               const std::vector<std::uint32_t>& count, T empty) {
  std::vector<T> moved(to.back(), empty);
  for (std::size_t person = 0; person < count.size(); ++person) {
    std::copy_n(column.data() + from[person], count[person], moved.data() + to[person]);
  }
  column = std::move(moved);
}

template <class T>
void insert_at(std::vector<T>& column, std::size_t place, std::size_t end, T value) {
  std::move_backward(column.data() + place, column.data() + end, column.data() + end + 1);
  column[place] = value;
}

template <class T>
void erase_at(std::vector<T>& column, std::size_t place, std::size_t end, T empty) {
  std::move(column.data() + place + 1, column.data() + end, column.data() + place);
  column[end - 1] = empty;
}

}  // namespace

Ties::Ties(std::uint32_t people)
    : owned_{std::vector<std::uint32_t>(std::size_t{people} + 1), std::vector<std::uint32_t>(people)},
      mirror_(owned_) {}

Ties::Ties(const Graph& graph) : Ties(graph.people) {
  if (graph.edges.size() >= none) throw std::invalid_argument("more than 2³² − 2 ties");
  detail::check_simple(graph);
  for (const Edge& edge : graph.edges) {
    check_interrupt();
    ++owned_.count[lower_owns(edge.a, edge.b) ? edge.a : edge.b];
  }
  lay_out_anew();
  // Edges come in ascending order of (a, b), so each person's list fills in ascending order of the other: first all
  // (other, person), then all (person, other). Each begin moves on to its end, which is the next person's begin.
  for (const Edge& edge : graph.edges) {
    check_interrupt();
    const bool lower = lower_owns(edge.a, edge.b);
    const TieId tie = owned_.begin[lower ? edge.a : edge.b]++;
    other_[tie] = lower ? edge.b : edge.a;
    closeness_[tie] = edge.closeness;
    opportunity_[tie] = edge.opportunity;
    usual_[tie] = usual_steps(edge.closeness);
    kind_[tie] = edge.kind;
  }
  for (PersonId person = 0; person < people(); ++person) owned_.begin[person] -= owned_.count[person];
  find_mirrors();
}

PersonId Ties::owner(TieId tie) const {
  const auto next = std::upper_bound(owned_.begin.begin(), owned_.begin.end(), tie);
  return static_cast<PersonId>(next - owned_.begin.begin()) - 1;
}

bool Ties::owns(PersonId a, PersonId b) { return lower_owns(std::min(a, b), std::max(a, b)) == (a < b); }

TieId Ties::owned_tie(PersonId owner, PersonId other) const {
  const PersonId* const first = other_.data() + owned_begin(owner);
  const PersonId* const last = other_.data() + owned_end(owner);
  const PersonId* const found = std::lower_bound(first, last, other);
  return found == last || *found != other ? none : owned_begin(owner) + static_cast<TieId>(found - first);
}

TieId Ties::find(PersonId a, PersonId b) const {
  if (a == b) return none;
  return owns(a, b) ? owned_tie(a, b) : owned_tie(b, a);
}

template <class F>
void Ties::for_each_saved_column(F&& f) {
  f(other_, PersonId{0});
  f(closeness_, 0.0F);
  f(opportunity_, 0.0F);
  f(last_, std::uint16_t{0});
  f(usual_, std::uint8_t{0});
  f(kind_, TieKind::kin);
}

template <class F>
void Ties::for_each_column(F&& f) {
  for_each_saved_column(f);
  f(note_, std::uint8_t{0});
}

std::vector<std::uint32_t> Ties::Rows::roomy_begin() const {
  std::vector<std::uint32_t> roomy(begin.size());
  std::uint64_t next = 0;
  for (std::size_t person = 0; person < count.size(); ++person) {
    next += count[person] + 1U + count[person] / 16U;
    if (next >= none) throw std::invalid_argument("more than 2³² − 2 rooms for ties");
    roomy[person + 1] = static_cast<std::uint32_t>(next);
  }
  return roomy;
}

void Ties::make_room_for_owned() {
  std::vector<std::uint32_t> roomy = owned_.roomy_begin();
  for_each_column([&](auto& column, auto empty) { move_rows(column, owned_.begin, roomy, owned_.count, empty); });
  owned_.begin = std::move(roomy);
}

void Ties::make_room_for_mirrors() {
  std::vector<std::uint32_t> roomy = mirror_.roomy_begin();
  move_rows(mirrors_, mirror_.begin, roomy, mirror_.count, PersonId{0});
  mirror_.begin = std::move(roomy);
}

void Ties::insert(PersonId a, PersonId b, const TieState& state) {
  if (a == b || a >= people() || b >= people()) throw std::invalid_argument("a tie joins two people who are there");
  const PersonId owner = owns(a, b) ? a : b;
  const PersonId other = owner == a ? b : a;
  if (owned_tie(owner, other) != none) throw std::invalid_argument("the two are tied already");
  if (owned_.is_full(owner)) make_room_for_owned();
  if (mirror_.is_full(other)) make_room_for_mirrors();
  const TieId end = owned_end(owner);
  const auto row = other_.begin() + owned_begin(owner);
  const auto place = static_cast<TieId>(std::lower_bound(row, other_.begin() + end, other) - other_.begin());
  insert_at(other_, place, end, other);
  insert_at(closeness_, place, end, state.closeness);
  insert_at(opportunity_, place, end, state.opportunity);
  insert_at(last_, place, end, state.last);
  insert_at(usual_, place, end, state.usual);
  insert_at(kind_, place, end, state.kind);
  insert_at(note_, place, end, std::uint8_t{0});
  ++owned_.count[owner];
  const auto mirror_begin = mirrors_.begin() + mirror_.begin[other];
  const std::uint32_t mirror_end = mirror_.begin[other] + mirror_.count[other];
  const auto mirror = std::lower_bound(mirror_begin, mirrors_.begin() + mirror_end, owner) - mirrors_.begin();
  insert_at(mirrors_, static_cast<std::size_t>(mirror), mirror_end, owner);
  ++mirror_.count[other];
  ++count_;
}

void Ties::erase(PersonId a, PersonId b) {
  const PersonId owner = a != b && owns(a, b) ? a : b;
  const PersonId other = owner == a ? b : a;
  const TieId tie = a == b || std::max(a, b) >= people() ? none : owned_tie(owner, other);
  if (tie == none) throw std::invalid_argument("the two are not tied");
  const TieId end = owned_end(owner);
  for_each_column([&](auto& column, auto empty) { erase_at(column, tie, end, empty); });
  --owned_.count[owner];
  const std::uint32_t mirror_end = mirror_.begin[other] + mirror_.count[other];
  const auto mirror_begin = mirrors_.begin() + mirror_.begin[other];
  const auto mirror = std::lower_bound(mirror_begin, mirrors_.begin() + mirror_end, owner) - mirrors_.begin();
  erase_at(mirrors_, static_cast<std::size_t>(mirror), mirror_end, PersonId{0});
  --mirror_.count[other];
  --count_;
}

void Ties::visit(State& state) {
  state("owned ties", owned_.count);
  if (state.is_reading()) lay_out_anew();
  for_each_saved_column([&](auto& column, auto) {
    for (PersonId person = 0; person < people(); ++person)
      state.numbers("ties", std::span(column).subspan(owned_.begin[person], owned_.count[person]));
  });
  if (state.is_reading()) find_mirrors();
}

void Ties::visit_as_made(State& state) {
  if (slots() != count_) throw std::logic_error("ties that were edited are no longer as they were made");
  state("owned ties", owned_.count);
  if (state.is_reading()) lay_out_anew();
  state.numbers("others", std::span(other_));
  state.numbers("closeness", std::span(closeness_));
  state.numbers("opportunity", std::span(opportunity_));
  state.numbers("kind", std::span(kind_));
  if (!state.is_reading()) return;
  for_each_block(usual_.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t tie = begin; tie < end; ++tie) usual_[tie] = usual_steps(closeness_[tie]);
  });
  find_mirrors();
}

void Ties::lay_out_anew() {
  const std::uint64_t people = owned_.count.size();
  const std::uint64_t most = std::min<std::uint64_t>(none - 1, people * (people - 1) / 2);  // 0 for nobody
  std::uint64_t next = 0;
  for (std::size_t person = 0; person < owned_.count.size(); ++person) {
    next += owned_.count[person];
    if (person + 1 < owned_.begin.size()) owned_.begin[person + 1] = static_cast<std::uint32_t>(next);
  }
  if (owned_.count.size() + 1 != owned_.begin.size() || next > most)
    throw Error(ErrorKind::failed, "the saved state holds ties of other people");
  count_ = static_cast<std::uint32_t>(next);
  for_each_column([&](auto& column, auto empty) { column.assign(count_, empty); });
}

void Ties::find_mirrors() {
  // Several ranges of owners at once, each counted first, so that each has its places in the row of everybody: rows are ascending,
  // whatever the number of ranges.
  const std::size_t ranges = std::min<std::size_t>(threads(), 16);
  const std::size_t range = people() / ranges + 1;
  std::vector<std::vector<std::uint32_t>> next(ranges, std::vector<std::uint32_t>(people()));
  const auto for_each_owned = [&](auto&& f) {
    for_each_block(
        people(),
        [&](std::size_t begin, std::size_t end) {
          for (auto owner = static_cast<PersonId>(begin); owner < end; ++owner) {
            for (TieId tie = owned_begin(owner); tie < owned_end(owner); ++tie)
              f(next[begin / range], owner, other_[tie]);
          }
        },
        range);
  };
  for_each_owned([&](std::vector<std::uint32_t>& held, PersonId, PersonId other) {
    if (other >= held.size()) throw Error(ErrorKind::failed, "the saved state holds a tie with nobody");
    ++held[other];
  });
  mirror_.begin[0] = 0;
  for (PersonId person = 0; person < people(); ++person) {
    std::uint32_t end = mirror_.begin[person];
    for (std::vector<std::uint32_t>& held : next) end += std::exchange(held[person], end);
    mirror_.begin[person + 1] = end;
    mirror_.count[person] = end - mirror_.begin[person];
  }
  mirrors_.resize(count_);
  for_each_owned(
      [&](std::vector<std::uint32_t>& place, PersonId owner, PersonId other) { mirrors_[place[other]++] = owner; });
}

std::vector<Edge> Ties::edges() const {
  std::vector<Edge> all;
  all.reserve(count_);
  for (PersonId person = 0; person < people(); ++person) {
    const auto first = static_cast<std::ptrdiff_t>(all.size());
    for_each(person, [&](PersonId other, TieId tie) {
      if (person > other) return;
      all.push_back(
          {.a = person, .b = other, .closeness = closeness(tie), .opportunity = opportunity(tie), .kind = kind(tie)});
    });
    std::sort(all.begin() + first, all.end(), [](const Edge& x, const Edge& y) { return x.b < y.b; });
  }
  return all;
}

std::size_t Ties::bytes() const {
  const auto of = [](const auto& column) { return column.capacity() * sizeof(column[0]); };
  return of(owned_.begin) + of(owned_.count) + of(mirror_.begin) + of(mirror_.count) + of(other_) + of(closeness_) +
         of(opportunity_) + of(last_) + of(usual_) + of(kind_) + of(note_) + of(mirrors_);
}

}  // namespace kith::network
