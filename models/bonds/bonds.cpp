#include "models/bonds/bonds.hpp"

#include <algorithm>
#include <cmath>

#include "core/math.hpp"
#include "core/parallel.hpp"
#include "models/people/isolation.hpp"

namespace kith::bonds {

namespace {

/// How far ahead of a contact its tie's memory is asked for.
constexpr std::ptrdiff_t contacts_ahead = 16;

std::vector<float> rates_of_both(const people::MeetingParams& meeting, const network::Ties& ties) {
  std::vector<float> rates = people::contact_rates(meeting, ties);
  const auto both = static_cast<float>(meeting.contacts_of_both());
  for (float& rate : rates) rate *= both;
  return rates;
}

}  // namespace

Bonds::Bonds(const network::Ties& ties, const people::MeetingParams& meeting, const std::optional<TieLifeParams>& life,
             std::span<const std::uint32_t> community, float private_matters_from)
    : fixed_(&ties), meeting_(&meeting), sampler_(ties, rates_of_both(meeting, ties), meeting.approach_most) {
  if (life) living_.emplace(*life, meeting, ties, community, private_matters_from);
}

void Bonds::tend(std::int64_t day, double hours, WorldKey world, std::span<const float> readiness) {
  if (!living_) return;
  if (day > 0) living_->tend(day, hours, world, readiness);
  living_->refresh(sampler_);
}

void Bonds::meet(WorldKey world, Tick tick, const Waking& waking, const Readiness& readiness,
                 std::vector<Contact>& contacts) {
  sampler_.draw(ties(), Draws(world, "contacts"), tick, waking, readiness, contacts);
}

float Bonds::over_usual(TieId tie, float reward) const {
  const auto usual_warmth = static_cast<float>(living_->life().params().usual_warmth);
  return reward / (contact_quality(*meeting_, living_->ties().closeness(tie), usual_warmth) * meeting_->mean_quality());
}

void Bonds::after_contacts(const std::vector<Contact>& contacts, std::span<const Rewards> rewards, std::int64_t day) {
  if (!living_) return;
  // Contacts come in the order of their owners, so a block of owners has a run of them, and its ties to itself.
  for_each_block(ties().people(), [&](std::size_t begin, std::size_t end) {
    const auto before = [](const Contact& contact, std::size_t owner) { return contact.owner < owner; };
    auto contact = std::lower_bound(contacts.begin(), contacts.end(), begin, before);
    for (; contact != contacts.end() && contact->owner < end; ++contact) {
      if (contacts.end() - contact > contacts_ahead) ties().fetch(contact[contacts_ahead].tie);
      if (contact->goes_well) {
        const auto& [own, others] = rewards[static_cast<std::size_t>(contact - contacts.begin())];
        living_->after_good(contact->tie, day, over_usual(contact->tie, std::sqrt(own * others)));
      } else {
        living_->after_bad(contact->tie, day);
      }
    }
  });
}

void Bonds::after_good(PersonId a, PersonId b, float reward, std::int64_t day) {
  if (!living_) return;
  const TieId tie = ties().find(a, b);
  if (tie != network::Ties::none) living_->after_good(tie, day, over_usual(tie, reward));
}

void Bonds::follow(const people::FeelingParams& feelings, std::vector<float>& bond) const {
  const std::vector<float> strength = people::strength_of_close_ties(ties());
  const float kept = portable_exp(-24.0F / feelings.bond_time);
  for_each_block(bond.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      const float now = bond_of(feelings, strength[p]);
      bond[p] = bond[p] > now ? now + (bond[p] - now) * kept : now;
    }
  });
}

std::vector<float> Bonds::rates() const {
  if (!living_) return rates_of_both(*meeting_, ties());
  std::vector<float> rates(ties().slots());
  for_each_block(rates.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t tie = begin; tie < end; ++tie)
      rates[tie] = ties().opportunity()[tie] * living_->life().rate(ties().closeness()[tie]);
  });
  return rates;
}

void Bonds::visit(State& state) {
  if (!living_) return;
  state("living", *living_);
  sampler_.visit(state, living_->ties());
}

}  // namespace kith::bonds
