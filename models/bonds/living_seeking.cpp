#include <algorithm>
#include <cmath>
#include <optional>

#include "core/distributions.hpp"
#include "core/in_both.hpp"
#include "core/math.hpp"
#include "models/bonds/living_day.hpp"
#include "network/closeness.hpp"

namespace kith::bonds {

using people::layer_count;

namespace {

/// How many people somebody who looks for company thinks of on one day.
constexpr int candidates_a_day = 10;

}  // namespace

void LivingNetwork::seek(const Day& today, PersonId person, Edits& edits) const {
  for (std::size_t layer = 0; layer < people::layer_count; ++layer) {
    const std::uint32_t free = places_[person].free(layer);
    if (free == 0) continue;
    Stream stream = today.seeking.at(person, static_cast<std::uint32_t>(layer), today.day);
    if (uniform(stream) >= 1.0 - portable_exp(-life_.params().seeking * free)) continue;
    if (layer + 1 < people::layer_count) {
      seek_closer(today, person, layer, stream, edits);
    } else {
      seek_new(today, person, stream, edits);
    }
  }
}

void LivingNetwork::seek_closer(const Day& today, PersonId person, std::size_t layer, Stream& stream,
                                Edits& edits) const {
  std::vector<PersonId> others;
  std::vector<double> weights;
  ties_.for_each(person, [&](PersonId other, TieId tie) {
    const std::uint8_t usual = ties_.usual(tie);
    if (life_.layer(usual) != layer + 1 || places_[other].free(layer) == 0) return;
    if (ties_.closeness(tie) < network::usual_closeness(usual)) return;
    others.push_back(other);
    weights.push_back(static_cast<double>(life_.rate(ties_.closeness(tie))));
  });
  const bool meet = std::any_of(weights.begin(), weights.end(), [](double rate) { return rate > 0.0; });
  if (!meet) return;
  const PersonId other = others[categorical(stream, weights)];
  if (!is_agreed(today, person, other, stream, 1.0)) return;
  edits.push_back({TieChange::closer, draw_usual(layer, stream), today.lot(person, other), std::min(person, other),
                   std::max(person, other)});
}

void LivingNetwork::seek_new(const Day& today, PersonId person, Stream& stream, Edits& edits) const {
  for (int k = 0; k < candidates_a_day; ++k) {
    bool is_introduced = false;
    const PersonId other = ask_around(person, stream, is_introduced);
    if (other == person || places_[other].free(people::layer_count - 1) == 0) continue;
    if (ties_.find(person, other) != network::Ties::none) continue;
    double factor = is_introduced || have_common_friend(person, other) ? 1.0 : 1.0 / life_.params().triad_ratio;
    if (!is_alike(person, other)) factor /= life_.params().alike_ratio;
    if (!is_agreed(today, person, other, stream, factor)) return;
    edits.push_back({TieChange::began, draw_usual(people::layer_count - 1, stream), today.lot(person, other),
                     std::min(person, other), std::max(person, other)});
    return;
  }
}

std::optional<PersonId> LivingNetwork::neighbour_of(PersonId person, Stream& stream) const {
  const std::uint32_t community = community_[person];
  if (reach_ == 0 || community + 1U >= circles_->size()) return std::nullopt;
  const PersonId begin = (*circles_)[community];
  const std::uint32_t around = (*circles_)[community + 1U] - begin;
  if (person < begin || person - begin >= around || around / 2 <= reach_) return std::nullopt;
  const std::uint32_t place = uniform_below(stream, 2 * reach_);  // the furthest ahead first; the own place is left out
  const std::uint32_t ahead = place < reach_ ? reach_ - place : around - 1 - (place - reach_);
  const PersonId other = begin + (person - begin + ahead) % around;
  return community_[other] == community ? std::optional(other) : std::nullopt;
}

PersonId LivingNetwork::ask_around(PersonId person, Stream& stream, bool& is_introduced) const {
  // In proportion to the time spent together, by rejection.
  const auto someone_of = [&](PersonId whose) {
    const std::uint32_t owned = ties_.owned_end(whose) - ties_.owned_begin(whose);
    PersonId other = whose;
    for (int k = 0; k < 200; ++k) {
      const std::uint32_t place = uniform_below(stream, ties_.degree(whose));
      const TieId own = ties_.owned_begin(whose) + place;
      other = place < owned ? ties_.other(own) : ties_.mirrors(whose)[place - owned];
      const TieId tie = place < owned ? own : ties_.find(other, whose);
      if (uniform(stream) < static_cast<double>(life_.share_of_time(ties_.closeness(tie)))) break;
    }
    return other;
  };
  const double way = uniform(stream);
  const auto& params = life_.params();
  if (way < params.introduction) {
    is_introduced = true;
    return ties_.degree(person) == 0 ? person : someone_of(someone_of(person));
  }
  if (way < params.introduction + params.focus && !foci_->empty()) {
    const auto count = static_cast<std::uint32_t>(foci_->size());
    const Focus& focus = (*foci_)[count == 1 ? 0 : uniform_below(stream, count)];
    if (const auto neighbour = focus.is_community() ? neighbour_of(person, stream) : std::nullopt) return *neighbour;
    if (const std::uint32_t group = group_of(person, focus); group != Focus::none) {
      const auto& members = focus.members[group];
      return members[uniform_below(stream, static_cast<std::uint32_t>(members.size()))];
    }
  }
  return uniform_below(stream, ties_.people());
}

bool LivingNetwork::is_alike(PersonId a, PersonId b) const {
  return !alike_ || ((*alike_)[a] == (*alike_)[b] && (*alike_)[a] != Focus::none);
}

bool LivingNetwork::have_common_friend(PersonId a, PersonId b) const {
  const auto owned = [&](PersonId person) {
    return ties_.others().subspan(ties_.owned_begin(person), ties_.owned_end(person) - ties_.owned_begin(person));
  };
  return any_in_both(owned(a), owned(b)) || any_in_both(owned(a), ties_.mirrors(b)) ||
         any_in_both(ties_.mirrors(a), owned(b)) || any_in_both(ties_.mirrors(a), ties_.mirrors(b));
}

bool LivingNetwork::is_agreed(const Day& today, PersonId a, PersonId b, Stream& stream, double factor) const {
  const float both = today.approach[a] * today.approach[b];
  return uniform(stream) < factor * static_cast<double>(std::sqrt(both) / approach_most_);
}

std::uint8_t LivingNetwork::draw_usual(std::size_t layer, Stream& stream) {
  return network::usual_steps(network::closeness_in_layer(layer, uniform(stream)));
}

}  // namespace kith::bonds
