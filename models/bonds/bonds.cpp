#include "models/bonds/bonds.hpp"

#include <algorithm>
#include <cmath>

#include "core/parallel.hpp"

namespace kith::bonds {

Bonds::Bonds(const network::Ties& ties, const people::MeetingParams& meeting, const std::optional<TieLifeParams>& life,
             std::span<const std::uint32_t> community)
    : fixed_(&ties), meeting_(&meeting), sampler_(ties, people::contact_rates(meeting, ties), meeting.approach_most) {
  if (life) living_.emplace(*life, meeting, ties, community);
}

void Bonds::tend(std::int64_t day, double hours, WorldKey world, std::span<const float> readiness) {
  if (!living_) return;
  if (day > 0) living_->tend(day, hours, world, readiness);
  living_->refresh(sampler_);
}

void Bonds::meet(WorldKey world, Tick tick, double awake_hours, std::span<const float> readiness,
                 std::vector<Contact>& contacts) {
  sampler_.draw(ties(), Draws(world, "contacts"), tick, awake_hours, readiness, contacts);
}

float Bonds::over_usual(TieId tie, float reward) const {
  const auto usual_warmth = static_cast<float>(living_->life().params().usual_warmth);
  return reward / contact_quality(*meeting_, living_->ties().closeness(tie), usual_warmth);
}

void Bonds::after_contacts(const std::vector<Contact>& contacts, std::span<const Rewards> rewards, std::int64_t day) {
  if (!living_) return;
  // Contacts come in the order of their owners, so a block of owners has a run of them, and its ties to itself.
  for_each_block(ties().people(), [&](std::size_t begin, std::size_t end) {
    const auto before = [](const Contact& contact, std::size_t owner) { return contact.owner < owner; };
    auto contact = std::lower_bound(contacts.begin(), contacts.end(), begin, before);
    for (; contact != contacts.end() && contact->owner < end; ++contact) {
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

void Bonds::visit(State& state) {
  if (!living_) return;
  state("living", *living_);
  sampler_.visit(state, living_->ties());
}

}  // namespace kith::bonds
