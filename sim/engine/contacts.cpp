#include "engine/contacts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/distributions.hpp"
#include "core/fetch.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"

namespace kith {

namespace {

/// Index of the first of some ascending values that is above `value`, as the last one is: by bisection without branches, which no
/// processor could foresee here.
std::size_t first_above(std::span<const float> values, float value) {
  const float* begin = values.data();
  std::size_t count = values.size();
  while (count > 1) {
    const std::size_t half = count / 2;
    begin += static_cast<std::size_t>(begin[half - 1] <= value) * half;
    count -= half;
  }
  return static_cast<std::size_t>(begin - values.data());
}

}  // namespace

ContactSampler::ContactSampler(const network::Ties& ties, std::span<const float> rates, float bound)
    : total_(ties.people()), bound_(bound), blocks_((ties.people() + block_size - 1) / block_size) {
  refresh(ties, [&](TieId first, TieId last, float* out) {
    for (TieId tie = first; tie < last; ++tie) out[tie - first] = rates[tie];
  });
}

void ContactSampler::draw(const network::Ties& ties, const Draws& draws, Tick tick, const Waking& waking,
                          const Readiness& readiness, std::vector<Contact>& contacts) {
  if (waking.hours <= 0.0) {
    contacts.clear();
    return;
  }
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
  std::vector<std::size_t> places(blocks_.size());
  std::size_t total = 0;
  for (std::size_t b = 0; b < blocks_.size(); ++b) places[b] = std::exchange(total, total + blocks_[b].size());
  contacts.resize(total);
  for_each_block(
      blocks_.size(),
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t b = begin; b < end; ++b)
          std::copy(blocks_[b].begin(), blocks_[b].end(), contacts.begin() + static_cast<std::ptrdiff_t>(places[b]));
      },
      16);
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
  // The drawn places first, then their ties, then the others: each step reads memory far apart, and asks for that of the next.
  std::vector<Candidate> candidates;
  for (std::size_t k = 0; k < count; ++k) {
    if (maybe[k] == 0 || mean[k] <= 0.0F) continue;
    const PersonId owner = begin + static_cast<PersonId>(k);
    const float total = total_[owner];
    const float highest_place = std::nextafter(total, 0.0F);  // rounding up to the total would pass every tie's end
    Stream stream = draws.at(owner, tick);
    for (std::uint32_t left = poisson(stream, static_cast<double>(mean[k])); left > 0; --left) {
      Candidate c{.owner = owner};
      c.place = std::min(static_cast<float>(uniform(stream)) * total, highest_place);
      c.needed = uniform(stream) * static_cast<double>(bound_);
      c.outcome = static_cast<float>(uniform(stream));
      c.when = stream();  // its upper half says of which kind
      c.is_distant = to_unit(c.when) < readiness.distant_share;
      if (c.needed * c.needed >= static_cast<double>(readiness.most(c.is_distant)[owner] * highest)) continue;
      candidates.push_back(c);
      for (TieId tie = ties.owned_begin(owner); tie < ties.owned_end(owner); tie += 16) fetch(&cumulative_[tie]);
    }
  }
  for (Candidate& c : candidates) {
    const float* const first = cumulative_.data() + ties.owned_begin(c.owner);
    const float* const last = cumulative_.data() + ties.owned_end(c.owner);
    c.tie = ties.owned_begin(c.owner) + static_cast<TieId>(first_above({first, last}, c.place));
    fetch(&ties.others()[c.tie]);
  }
  for (const Candidate& c : candidates) {
    const PersonId other = ties.other(c.tie);
    const bool is_spared = c.is_distant || is_home(readiness.home_from, ties, c.owner, other, c.tie);
    const std::span<const float> ready = is_spared ? readiness.most(c.is_distant) : readiness.in_person;
    if (c.needed * c.needed < static_cast<double>(ready[c.owner] * ready[other]))
      contacts.push_back({c.owner, other, c.tie, c.outcome, waking.moment(c.when), c.is_distant, false});
  }
}

void Encounters::assign(std::span<const Contact> contacts, std::uint32_t people) {
  // Each range of people goes through all contacts for its own, in the order of drawing.
  const std::size_t range = std::max(block_size, people / std::min<std::size_t>(threads(), 16) + 1);
  const auto for_each_of_range = [&](auto&& f) {
    for_each_block(
        people,
        [&](std::size_t begin, std::size_t end) {
          for (std::uint32_t c = 0; c < contacts.size(); ++c) {
            const Contact& contact = contacts[c];
            if (contact.owner - begin < end - begin) f(contact.owner, contact.other, c);
            if (contact.other - begin < end - begin) f(contact.other, contact.owner, c);
          }
        },
        range);
  };
  begin_.assign(people + 1U, 0);
  for_each_of_range([&](PersonId person, PersonId, std::uint32_t) { ++begin_[person + 1]; });
  for (std::uint32_t person = 0; person < people; ++person) begin_[person + 1] += begin_[person];
  encounters_.resize(2 * contacts.size());
  for_each_of_range([&](PersonId person, PersonId other, std::uint32_t c) {
    const Contact& contact = contacts[c];
    encounters_[begin_[person]++] = {other, contact.tie, contact.moment, contact.is_distant, contact.goes_well, c};
  });
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
