#include "models/people/isolation.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

#include "core/parallel.hpp"

namespace kith::people {
namespace {

unsigned points(unsigned people) {
  if (people >= 9) return 5;
  if (people >= 5) return 4;
  if (people >= 3) return 3;
  return people;
}

}  // namespace

Isolation isolation(const network::Ties& ties, const std::vector<float>& rates, double waking_hours,
                    float private_matters_from) {
  const double monthly = 1.0 / (30.0 * waking_hours);
  // Each tie counts at both ends; sums of whole numbers are the same in any order.
  struct Counts {
    std::array<std::uint32_t, layer_count> layer{};
    std::array<std::uint32_t, 6> answers{};  // kin, then others: met monthly, private matters, help
  };
  std::vector<Counts> counts(ties.people());
  for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
    const auto add = [](std::uint32_t& count, std::uint32_t more) {
      if (more > 0) std::atomic_ref(count).fetch_add(more, std::memory_order_relaxed);
    };
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      Counts own;
      for (TieId tie = ties.owned_begin(person); tie < ties.owned_end(person); ++tie) {
        const std::size_t layer = layer_of(ties.closeness(tie));
        const std::size_t first = ties.kind(tie) == network::TieKind::kin ? 0 : 3;
        Counts& others = counts[ties.other(tie)];
        const auto answer = [&](std::size_t question) {
          ++own.answers[question];
          add(others.answers[question], 1);
        };
        ++own.layer[layer];
        add(others.layer[layer], 1);
        if (static_cast<double>(rates[tie]) >= monthly) answer(first);
        if (ties.closeness(tie) >= private_matters_from) answer(first + 1);
        if (layer == 0) answer(first + 2);
      }
      for (std::size_t k = 0; k < own.layer.size(); ++k) add(counts[person].layer[k], own.layer[k]);
      for (std::size_t k = 0; k < own.answers.size(); ++k) add(counts[person].answers[k], own.answers[k]);
    }
  });
  Isolation result;
  result.ties_per_layer.resize(ties.people());
  result.score.resize(ties.people());
  for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t person = begin; person < end; ++person) {
      std::transform(counts[person].layer.begin(), counts[person].layer.end(), result.ties_per_layer[person].begin(),
                     [](std::uint32_t count) { return static_cast<std::uint16_t>(count); });
      unsigned score = 0;
      for (const std::uint32_t answer : counts[person].answers) score += points(answer);
      result.score[person] = static_cast<std::uint8_t>(score);
    }
  });
  return result;
}

std::vector<float> strength_of_close_ties(const network::Ties& ties) {
  // Sums of whole numbers are the same in any order.
  constexpr float one = 65536.0F;
  std::vector<std::uint32_t> sums(ties.people());
  for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      for (TieId tie = ties.owned_begin(person); tie < ties.owned_end(person); ++tie) {
        if (!is_close(ties.closeness(tie))) continue;
        const auto closeness = static_cast<std::uint32_t>(std::lround(ties.closeness(tie) * one));
        for (const PersonId end_of_tie : {person, ties.other(tie)})
          std::atomic_ref(sums[end_of_tie]).fetch_add(closeness, std::memory_order_relaxed);
      }
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
