#include "engine/contacts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/distributions.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"

namespace kith {

ContactSampler::ContactSampler(const network::Ties& ties, std::span<const float> rates, float bound)
    : total_(ties.people()), bound_(bound), blocks_((ties.people() + block_size - 1) / block_size) {
  refresh(ties, [&](TieId first, TieId last, float* out) {
    for (TieId tie = first; tie < last; ++tie) out[tie - first] = rates[tie];
  });
}

void ContactSampler::draw(const network::Ties& ties, const Draws& draws, Tick tick, const Waking& waking,
                          const Readiness& readiness, std::vector<Contact>& contacts) {
  contacts.clear();
  if (waking.hours <= 0.0) return;
  const auto highest_of = [](std::span<const float> values) { return *std::max_element(values.begin(), values.end()); };
  float highest = highest_of(readiness.in_person);
  if (readiness.distant_share > 0.0) highest = std::max(highest, highest_of(readiness.at_distance));
  if (!readiness.at_home.empty()) highest = std::max(highest, highest_of(readiness.at_home));
  for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
    auto& block = blocks_[begin / block_size];
    block.clear();
    draw_block(ties, draws, tick, waking, readiness, highest, static_cast<PersonId>(begin), static_cast<PersonId>(end),
               block);
  });
  std::size_t total = 0;
  for (const auto& block : blocks_) total += block.size();
  contacts.reserve(total);
  for (const auto& block : blocks_) contacts.insert(contacts.end(), block.begin(), block.end());
}

void ContactSampler::visit(State& state, const network::Ties& ties) {
  cumulative_.resize(ties.slots());
  for (PersonId person = 0; person < ties.people(); ++person) {
    const TieId first = ties.owned_begin(person);
    const std::size_t owned = ties.owned_end(person) - first;
    state.numbers("rates", std::span(cumulative_).subspan(first, owned));
    total_[person] = owned == 0 ? 0.0F : cumulative_[first + owned - 1];
  }
}

void ContactSampler::draw_block(const network::Ties& ties, const Draws& draws, Tick tick, const Waking& waking,
                                const Readiness& readiness, float highest, PersonId begin, PersonId end,
                                std::vector<Contact>& contacts) const {
  std::array<std::uint32_t, block_size> words;
  std::array<float, block_size> mean;
  std::array<std::uint32_t, block_size> maybe;
  const std::size_t count = end - begin;
  draws.first_words(begin, tick, {words.data(), count});
  const auto scale = static_cast<float>(waking.hours) * bound_;
  for (std::size_t k = 0; k < count; ++k) mean[k] = scale * total_[begin + k];
  // Most people draw no candidate: a float bound, a hair below e^−mean, settles that without the exact quantile.
  for (std::size_t k = 0; k < count; ++k) {
    const float unit = static_cast<float>(static_cast<std::int32_t>(words[k] >> 8)) * 0x1p-24F;
    maybe[k] = unit >= portable_exp(-mean[k]) * 0.999999F - 0x1p-23F ? 1U : 0U;
  }
  for (std::size_t k = 0; k < count; ++k) {
    if (maybe[k] == 0 || mean[k] <= 0.0F) continue;
    const PersonId owner = begin + static_cast<PersonId>(k);
    Stream stream = draws.at(owner, tick);
    const std::uint32_t candidates = poisson(stream, static_cast<double>(mean[k]));
    const float* const first = cumulative_.data() + ties.owned_begin(owner);
    const float* const last = cumulative_.data() + ties.owned_end(owner);
    const float highest_place = std::nextafter(last[-1], 0.0F);  // rounding up to the total would pass every tie's end
    for (std::uint32_t c = 0; c < candidates; ++c) {
      const float place = std::min(static_cast<float>(uniform(stream)) * last[-1], highest_place);
      const double needed = uniform(stream) * static_cast<double>(bound_);
      const auto outcome = static_cast<float>(uniform(stream));
      const std::uint32_t when = stream();  // its upper half says of which kind
      const bool is_distant = to_unit(when) < readiness.distant_share;
      const std::span<const float> most = is_distant                  ? readiness.at_distance
                                          : readiness.at_home.empty() ? readiness.in_person
                                                                      : readiness.at_home;
      if (needed * needed >= static_cast<double>(most[owner] * highest)) continue;  // whoever the other is
      const float* const hit = std::upper_bound(first, last, place);
      const TieId tie = ties.owned_begin(owner) + static_cast<TieId>(hit - first);
      const PersonId other = ties.other(tie);
      const bool is_spared = is_distant || is_home(readiness.home_from, ties, owner, other, tie);
      const std::span<const float> ready = is_spared ? most : readiness.in_person;
      if (needed * needed < static_cast<double>(ready[owner] * ready[other]))
        contacts.push_back({owner, other, tie, outcome, waking.moment(when), is_distant, false});
    }
  }
}

void Encounters::assign(std::span<const Contact> contacts, std::uint32_t people) {
  begin_.assign(people + 1U, 0);
  for (const Contact& contact : contacts) {
    ++begin_[contact.owner + 1];
    ++begin_[contact.other + 1];
  }
  for (std::uint32_t person = 0; person < people; ++person) begin_[person + 1] += begin_[person];
  encounters_.resize(2 * contacts.size());
  for (std::uint32_t c = 0; c < contacts.size(); ++c) {
    const Contact& contact = contacts[c];
    const auto seen_with = [&](PersonId other) {
      return Encounter{other, contact.tie, contact.moment, contact.is_distant, contact.goes_well, c};
    };
    encounters_[begin_[contact.owner]++] = seen_with(contact.other);
    encounters_[begin_[contact.other]++] = seen_with(contact.owner);
  }
  // Each begin has moved on to its end, which is the next person's begin.
  for (std::uint32_t person = people; person > 0; --person) begin_[person] = begin_[person - 1];
  begin_[0] = 0;
  const auto is_earlier = [](const Encounter& a, const Encounter& b) {
    return a.moment != b.moment ? a.moment < b.moment : a.other < b.other;
  };
  for_each_block(people, [&](std::size_t begin, std::size_t end) {
    for (std::size_t person = begin; person < end; ++person) {
      // Insertion sort: stable, and a person has a handful of contacts in a tick.
      for (std::uint32_t i = begin_[person] + 1; i < begin_[person + 1]; ++i) {
        for (std::uint32_t j = i; j > begin_[person] && is_earlier(encounters_[j], encounters_[j - 1]); --j) {
          std::swap(encounters_[j], encounters_[j - 1]);
        }
      }
    }
  });
}

}  // namespace kith
