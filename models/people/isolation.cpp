#include "models/people/isolation.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

#include "core/independent.hpp"
#include "core/parallel.hpp"
#include "core/wide.hpp"

namespace kith::people {
namespace {

unsigned points(unsigned people) {
  if (people >= 9) return 5;
  if (people >= 5) return 4;
  if (people >= 3) return 3;
  return people;
}

/// Calls f(count) for each count of a person that a tie of this standing is in.
template <class Counts, class F>
void for_each_count(Counts& counts, unsigned layer, bool is_kin, bool is_met, bool is_told, F&& f) {
  const std::size_t first = is_kin ? 0 : 3;
  f(counts.layer[layer]);
  if (is_met) f(counts.answers[first]);
  if (is_told) f(counts.answers[first + 1]);
  if (layer == 0) f(counts.answers[first + 2]);
}

void add_to_shared(std::uint32_t& count, std::uint32_t more) {
  if (more != 0) std::atomic_ref(count).fetch_add(more, std::memory_order_relaxed);
}

}  // namespace

TieAnswers::TieAnswers(std::uint32_t people, double waking_hours, float private_matters_from)
    : monthly_(1.0 / (30.0 * waking_hours)), private_matters_from_(private_matters_from), counts_(people) {}

KITH_WIDE void TieAnswers::standings(const network::Ties& ties, TieId begin, TieId end, const float* rates,
                                     Standing* out) const {
  const float* const closeness = ties.closeness().data() + begin;
  const network::TieKind* const kind = ties.kinds().data() + begin;
  KITH_INDEPENDENT
  for (TieId k = 0; k < end - begin; ++k) {
    const auto layer = static_cast<unsigned>(layer_of(closeness[k]));
    const bool is_met_monthly = static_cast<double>(rates[k]) >= monthly_;
    out[k] =
        static_cast<Standing>(is_there | layer | (kind[k] == network::TieKind::kin ? is_kin : 0U) |
                              (is_met_monthly ? is_met : 0U) | (closeness[k] >= private_matters_from_ ? is_told : 0U));
  }
}

void TieAnswers::Counts::add(Standing s, std::uint32_t more) {
  if (s == 0) return;
  for_each_count(*this, s & layer_bits, (s & is_kin) != 0, (s & is_met) != 0, (s & is_told) != 0,
                 [&](std::uint32_t& count) { count += more; });
}

void TieAnswers::Counts::add_shared(Standing s, std::uint32_t more) {
  if (s == 0) return;
  for_each_count(*this, s & layer_bits, (s & is_kin) != 0, (s & is_met) != 0, (s & is_told) != 0,
                 [&](std::uint32_t& count) { add_to_shared(count, more); });
}

void TieAnswers::Counts::add_shared(const Counts& more) {
  for (std::size_t k = 0; k < layer.size(); ++k) add_to_shared(layer[k], more.layer[k]);
  for (std::size_t k = 0; k < answers.size(); ++k) add_to_shared(answers[k], more.answers[k]);
}

void TieAnswers::change(PersonId a, PersonId b, Standing from, Standing to) {
  Counts more;  // most counts stay as they are
  more.add(from, static_cast<std::uint32_t>(-1));
  more.add(to, 1);
  for (const PersonId person : {a, b}) counts_[person].add_shared(more);
}

Isolation TieAnswers::isolation() const {
  Isolation result;
  result.ties_per_layer.resize(counts_.size());
  result.score.resize(counts_.size());
  for_each_block(counts_.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t person = begin; person < end; ++person) {
      const Counts& counts = counts_[person];
      std::transform(counts.layer.begin(), counts.layer.end(), result.ties_per_layer[person].begin(),
                     [](std::uint32_t count) { return static_cast<std::uint16_t>(count); });
      unsigned score = 0;
      for (const std::uint32_t answer : counts.answers) score += points(answer);
      result.score[person] = static_cast<std::uint8_t>(score);
    }
  });
  return result;
}

Isolation isolation(const network::Ties& ties, std::span<const float> rates, double waking_hours,
                    float private_matters_from) {
  TieAnswers answers(ties.people(), waking_hours, private_matters_from);
  answers.add(ties, [&](PersonId, TieId tie) { return answers.standing(ties, tie, rates[tie]); });
  return answers.isolation();
}

std::vector<float> strength_of_close_ties(const network::Ties& ties) {
  // Sums of whole numbers are the same in any order.
  constexpr float one = 65536.0F;
  std::vector<std::uint32_t> sums(ties.people());
  for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
    std::vector<TieId> close;
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      close.resize(ties.owned_end(person) - ties.owned_begin(person));
      std::size_t count = 0;
      for (TieId tie = ties.owned_begin(person); tie < ties.owned_end(person); ++tie) {
        close[count] = tie;
        count += is_close(ties.closeness(tie)) ? 1U : 0U;
      }
      std::uint32_t own = 0;
      for (std::size_t k = 0; k < count; ++k) {
        const TieId tie = close[k];
        const auto closeness = static_cast<std::uint32_t>(std::lround(ties.closeness(tie) * one));
        own += closeness;
        add_to_shared(sums[ties.other(tie)], closeness);
      }
      add_to_shared(sums[person], own);
    }
  });
  std::vector<float> strength(ties.people());
  std::transform(sums.begin(), sums.end(), strength.begin(),
                 [](std::uint32_t sum) { return static_cast<float>(sum) / one; });
  return strength;
}

std::uint32_t close_ties(const network::Ties& ties, PersonId person) {
  std::uint32_t count = 0;
  ties.for_each(person, [&](PersonId, TieId tie) { count += is_close(ties.closeness(tie)) ? 1U : 0U; });
  return count;
}

}  // namespace kith::people
