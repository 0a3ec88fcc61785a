#include "network/components.hpp"

#include <algorithm>
#include <numeric>

namespace kith::network {

namespace {

PersonId root_of(std::vector<PersonId>& parent, PersonId person) {
  while (parent[person] != person) person = parent[person] = parent[parent[person]];
  return person;
}

/// The lower root becomes the parent, so that a root is the lowest person of its component.
void join(std::vector<PersonId>& parent, PersonId a, PersonId b) {
  const PersonId root_a = root_of(parent, a);
  const PersonId root_b = root_of(parent, b);
  parent[std::max(root_a, root_b)] = std::min(root_a, root_b);
}

PersonId largest_of(const std::vector<PersonId>& of) {
  std::vector<std::uint32_t> size(of.size());
  for (const PersonId root : of) ++size[root];
  return static_cast<PersonId>(std::max_element(size.begin(), size.end()) - size.begin());
}

void flatten(std::vector<PersonId>& parent) {
  for (PersonId person = 0; person < parent.size(); ++person) parent[person] = root_of(parent, person);
}

}  // namespace

Components components(const Ties& ties) {
  constexpr TieId few = 2;
  Components result{std::vector<PersonId>(ties.people()), 0, 0};
  if (ties.people() == 0) return result;
  std::iota(result.of.begin(), result.of.end(), 0U);
  for (PersonId person = 0; person < ties.people(); ++person) {
    const TieId end = std::min(ties.owned_end(person), ties.owned_begin(person) + few);
    for (TieId tie = ties.owned_begin(person); tie < end; ++tie) join(result.of, person, ties.other(tie));
  }
  flatten(result.of);
  const PersonId largest_so_far = largest_of(result.of);
  for (PersonId person = 0; person < ties.people(); ++person) {
    if (root_of(result.of, person) == root_of(result.of, largest_so_far)) continue;
    for (TieId tie = ties.owned_begin(person); tie < ties.owned_end(person); ++tie)
      join(result.of, person, ties.other(tie));
    for (const PersonId owner : ties.mirrors(person)) join(result.of, person, owner);
  }
  flatten(result.of);
  for (PersonId person = 0; person < ties.people(); ++person) result.count += result.of[person] == person ? 1U : 0U;
  result.largest = largest_of(result.of);
  return result;
}

}  // namespace kith::network
