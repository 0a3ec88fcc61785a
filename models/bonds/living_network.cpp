#include "models/bonds/living_network.hpp"

#include <algorithm>
#include <tuple>

#include "core/distributions.hpp"
#include "core/parallel.hpp"
#include "models/bonds/living_day.hpp"
#include "network/closeness.hpp"

namespace kith::bonds {

using network::TieKind;
using people::layer_count;

LivingNetwork::LivingNetwork(const TieLifeParams& params, const people::MeetingParams& meeting,
                             const network::Ties& ties, std::span<const std::uint32_t> community,
                             float private_matters_from)
    : ties_(ties),
      life_(params, meeting, people::rate_scale(meeting, ties)),
      approach_most_(meeting.approach_most),
      waking_hours_(24.0 - meeting.night.length()),
      places_(ties.people()),
      answers_(ties.people(), waking_hours_, private_matters_from),
      community_(community.begin(), community.end()) {
  for_each_block(ties_.people(), [&](std::size_t begin, std::size_t end) {
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      Places& places = places_[person];
      ties_.for_each(person, [&](PersonId, TieId tie) {
        for (std::size_t layer = life_.layer(ties_.usual(tie)); layer < people::layer_count; ++layer)
          ++places.held[layer];
      });
      places.capacity = places.held;
    }
  });
  std::vector<Focus> foci;
  if (!community_.empty()) foci.push_back(community_focus());
  set_foci(std::move(foci));
  count_answers(private_matters_from);
}

void LivingNetwork::count_answers(float private_matters_from) {
  answers_ = people::TieAnswers(ties_.people(), waking_hours_, private_matters_from);
  answers_.add(ties_, [&](PersonId, TieId tie) {
    ties_.set_note(tie, answers_.standing(ties_, tie, rate(tie)));
    return ties_.note(tie);
  });
}

void LivingNetwork::stand(TieId tie, people::TieAnswers::Standing now) {
  const std::uint8_t before = ties_.note(tie);
  if (now == before) return;
  answers_.change(ties_.owner(tie), ties_.other(tie), before, now);
  ties_.set_note(tie, now);
}

LivingNetwork::Focus::Focus(std::span<const std::uint32_t> group_of_each)
    : group(group_of_each.begin(), group_of_each.end()) {
  for (PersonId person = 0; person < group.size(); ++person) {
    if (group[person] == none) continue;
    if (group[person] >= members.size()) members.resize(group[person] + 1U);
    members[group[person]].push_back(person);
  }
}

LivingNetwork::Focus LivingNetwork::community_focus() const {
  Focus focus(community_);
  focus.group.clear();
  return focus;
}

void LivingNetwork::set_neighbours(std::uint32_t reach) {
  std::vector<PersonId> circles;
  for (PersonId person = 0; person < community_.size(); ++person) {
    if (community_[person] == circles.size()) circles.push_back(person);
  }
  circles.push_back(ties_.people());
  circles_ = std::make_shared<const std::vector<PersonId>>(std::move(circles));
  reach_ = reach;
}

void LivingNetwork::Focus::move(PersonId person, std::uint32_t from, std::uint32_t to) {
  auto& old = members[from];
  old.erase(std::lower_bound(old.begin(), old.end(), person));
  if (to >= members.size()) members.resize(to + 1U);
  auto& others = members[to];
  others.insert(std::lower_bound(others.begin(), others.end(), person), person);
}

void LivingNetwork::move_to(std::span<const PersonId> people, std::span<const std::uint32_t> to) {
  std::vector<Focus> foci = *foci_;  // copies of this world share them
  for (std::size_t k = 0; k < people.size(); ++k) {
    for (Focus& focus : foci) {
      if (focus.is_community()) focus.move(people[k], community_[people[k]], to[k]);
    }
    community_[people[k]] = to[k];
  }
  set_foci(std::move(foci));
}

void LivingNetwork::after_good(TieId tie, std::int64_t day, float reward) {
  ties_.set_closeness(tie, life_.after_good(ties_.closeness(tie), ties_.kind(tie), ties_.usual(tie), reward));
  ties_.set_last(tie, static_cast<std::uint16_t>(day));
  stand(tie, answers_.standing(ties_, tie, rate(tie)));
}

void LivingNetwork::after_bad(TieId tie, std::int64_t day) {
  ties_.set_closeness(tie, life_.after_bad(ties_.closeness(tie)));
  ties_.set_last(tie, static_cast<std::uint16_t>(day));
  stand(tie, answers_.standing(ties_, tie, rate(tie)));
}

void LivingNetwork::refresh(ContactSampler& sampler) {
  const std::span<const float> closeness = ties_.closeness();
  const float* const opportunity = ties_.opportunity().data();
  sampler.refresh(ties_, [&](TieId first, TieId last, float* out) {
    life_.rates(closeness.subspan(first, last - first), opportunity + first, out);
    constexpr TieId most = 256;
    std::array<people::TieAnswers::Standing, most> now;
    for (TieId begin = first, count = 0; begin < last; begin += count) {
      count = std::min(most, last - begin);
      answers_.standings(ties_, begin, begin + count, out + (begin - first), now.data());
      for (TieId k = 0; k < count; ++k) stand(begin + k, now[k]);
    }
  });
}

void LivingNetwork::tend(std::int64_t day, double hours, WorldKey world, std::span<const float> approach) {
  const Day today(day, hours, world, approach);
  const std::size_t blocks = (ties_.people() + block_size - 1) / block_size;
  std::vector<Edits> parts(2 * blocks);
  for_each_block(ties_.people(), [&](std::size_t begin, std::size_t end) {
    for (auto owner = static_cast<PersonId>(begin); owner < end; ++owner) age(today, owner, parts[begin / block_size]);
  });
  for_each_block(ties_.people(), [&](std::size_t begin, std::size_t end) {
    for (auto person = static_cast<PersonId>(begin); person < end; ++person)
      seek(today, person, parts[blocks + begin / block_size]);
  });
  apply(today, std::move(parts));
}

void LivingNetwork::age(const Day& today, PersonId owner, Edits& edits) {
  const auto floor = static_cast<float>(life_.params().floor);
  for (TieId tie = ties_.owned_begin(owner); tie < ties_.owned_end(owner); ++tie) {
    const TieKind kind = ties_.kind(tie);
    const std::uint8_t usual = ties_.usual(tie);
    const float closeness = ties_.closeness(tie) * life_.kept(kind, usual);
    ties_.set_closeness(tie, closeness);
    const PersonId other = ties_.other(tie);
    const auto edit = [&](TieChange what, std::uint8_t steps) {
      edits.push_back({what, steps, today.lot(owner, other), std::min(owner, other), std::max(owner, other)});
    };
    const auto silent = static_cast<float>(today.day - ties_.last(tie));
    const float limit = life_.silence(usual);
    if (silent > limit && silent - 1.0F <= limit) edit(TieChange::silent, usual);
    if (closeness < floor) {
      edit(TieChange::faded, usual);
    } else if (silent > limit && today.unit(today.silences, owner, other) < life_.silence_end(kind, usual, silent)) {
      edit(TieChange::ended_by_silence, usual);
    } else if (life_.is_looser(closeness, usual)) {
      edit(TieChange::looser, network::usual_steps(closeness));
    }
  }
  draw_losses(today, owner, edits);
}

void LivingNetwork::draw_losses(const Day& today, PersonId owner, Edits& edits) const {
  const TieId first = ties_.owned_begin(owner);
  const std::uint32_t owned = ties_.owned_end(owner) - first;
  const float bound = life_.greatest_loss();
  if (owned == 0 || bound <= 0.0F) return;
  Stream stream = today.losses.at(owner, today.day);
  const std::uint32_t candidates = poisson(stream, static_cast<double>(bound) * owned);
  for (std::uint32_t c = 0; c < candidates; ++c) {
    const TieId tie = first + uniform_below(stream, owned);
    const double share = static_cast<double>(life_.loss(ties_.kind(tie), life_.layer(ties_.usual(tie))) / bound);
    if (uniform(stream) >= share) continue;
    const PersonId other = ties_.other(tie);
    edits.push_back(
        {TieChange::ended, ties_.usual(tie), today.lot(owner, other), std::min(owner, other), std::max(owner, other)});
  }
}

void LivingNetwork::apply(const Day& today, std::vector<Edits>&& parts) {
  Edits edits;
  take_staged(today, edits);
  for (const Edits& part : parts) edits.insert(edits.end(), part.begin(), part.end());
  const auto order = [](const Edit& edit) {
    const int phase = edit.what == TieChange::began ? 2 : edit.what == TieChange::closer ? 1 : 0;
    return std::tuple(phase, edit.lot, edit.a, edit.b, edit.what != TieChange::silent, edit.what, edit.usual,
                      edit.place);
  };
  std::sort(edits.begin(), edits.end(), [&](const Edit& x, const Edit& y) { return order(x) < order(y); });
  for (const Edit& edit : edits) {
    switch (edit.what) {
      case TieChange::began:
        apply_new(today, edit);
        break;
      case TieChange::closer:
        apply_closer(today, edit);
        break;
      default:
        apply_end(today, edit);
    }
  }
}

void LivingNetwork::stage_end(PersonId a, PersonId b) {
  staged_.push_back({TieChange::ended, 0, 0, std::min(a, b), std::max(a, b)});
}

void LivingNetwork::stage_new(PersonId a, PersonId b, float closeness, NewPlace place) {
  staged_.push_back({TieChange::began, network::usual_steps(closeness), 0, std::min(a, b), std::max(a, b), place});
}

void LivingNetwork::take_staged(const Day& today, Edits& edits) {
  for (Edit& edit : staged_) {
    edit.lot = today.lot(edit.a, edit.b);
    if (edit.what != TieChange::began) {
      const TieId tie = ties_.find(edit.a, edit.b);
      if (tie == network::Ties::none) continue;
      edit.usual = ties_.usual(tie);
    }
    edits.push_back(edit);
  }
  staged_.clear();
}

void LivingNetwork::apply_end(const Day& today, const Edit& edit) {
  const TieId tie = ties_.find(edit.a, edit.b);
  if (tie == network::Ties::none) return;  // ended twice on one day
  const std::size_t layer = life_.layer(ties_.usual(tie));
  TieKind kind = ties_.kind(tie);
  if (edit.what == TieChange::looser) {
    const std::size_t outer = life_.layer(edit.usual);
    if (kind != TieKind::kin) ties_.set_kind(tie, kind = network::kind_in_layer(outer));
    ties_.set_usual(tie, edit.usual);
    move(edit.a, edit.b, layer, outer);
  } else if (edit.what != TieChange::silent) {
    answers_.change(edit.a, edit.b, ties_.note(tie), 0);
    ties_.erase(edit.a, edit.b);
    move(edit.a, edit.b, layer, people::layer_count);
  }
  note(today, edit, kind);
}

void LivingNetwork::apply_closer(const Day& today, const Edit& edit) {
  const TieId tie = ties_.find(edit.a, edit.b);
  if (tie == network::Ties::none) return;  // ended on this day
  const std::size_t layer = life_.layer(ties_.usual(tie));
  const std::size_t inner = life_.layer(edit.usual);
  if (inner >= layer || places_[edit.a].free(inner) == 0 || places_[edit.b].free(inner) == 0) return;
  TieKind kind = ties_.kind(tie);
  if (kind != TieKind::kin) ties_.set_kind(tie, kind = network::kind_in_layer(inner));
  ties_.set_usual(tie, edit.usual);
  ties_.set_closeness(tie, network::usual_closeness(edit.usual));
  move(edit.a, edit.b, layer, inner);
  note(today, edit, kind);
}

void LivingNetwork::apply_new(const Day& today, const Edit& edit) {
  const std::size_t layer = life_.layer(edit.usual);
  if (ties_.find(edit.a, edit.b) != network::Ties::none) return;  // both asked each other
  for (const PersonId person : {edit.a, edit.b}) {
    if (edit.place == NewPlace::none || places_[person].has_room(layer)) continue;
    places_[person].add_where_full(layer);
  }
  if (!places_[edit.a].has_room(layer) || !places_[edit.b].has_room(layer)) return;
  const TieKind kind = network::kind_in_layer(layer);
  ties_.insert(edit.a, edit.b,
               {network::usual_closeness(edit.usual), 1.0F, kind, edit.usual, static_cast<std::uint16_t>(today.day)});
  move(edit.a, edit.b, people::layer_count, layer);
  note(today, edit, kind);
}

void LivingNetwork::move(PersonId a, PersonId b, std::size_t from, std::size_t to) {
  for (const PersonId person : {a, b}) {
    for (std::size_t layer = 0; layer < people::layer_count; ++layer) {  // each holds what the layers inside it hold
      places_[person].held[layer] += to <= layer ? 1U : 0U;
      places_[person].held[layer] -= from <= layer ? 1U : 0U;
    }
  }
}

void LivingNetwork::note(const Day& today, const Edit& edit, TieKind kind) {
  events_.push_back({today.hours, edit.a, edit.b, edit.what, kind, network::usual_closeness(edit.usual)});
}

void LivingNetwork::Edit::visit(State& state) {
  state("what", what);
  state("usual", usual);
  state("a", a);
  state("b", b);
  state("place", place);
}

void LivingNetwork::visit(State& state) {
  state("ties", ties_);
  state("places", places_);
  state("community", community_);
  state("staged", staged_);
  state("events", events_);
  if (!state.is_reading()) return;
  count_answers(answers_.private_matters_from());
  std::vector<Focus> foci = *foci_;
  for (Focus& focus : foci) {
    if (focus.is_community()) focus = community_focus();
  }
  set_foci(std::move(foci));
}

std::vector<TieEvent> LivingNetwork::keyframe(double hours) const {
  std::vector<TieEvent> frame;
  frame.reserve(ties_.count());
  for (PersonId person = 0; person < ties_.people(); ++person) {
    ties_.for_each(person, [&](PersonId other, TieId tie) {
      if (person > other) return;
      frame.push_back(
          {hours, person, other, TieChange::held, ties_.kind(tie), network::usual_closeness(ties_.usual(tie))});
    });
  }
  return frame;
}

}  // namespace kith::bonds
