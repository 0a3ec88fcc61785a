#include "models/people/isolation.hpp"

#include "core/parallel.hpp"
#include "network/generate.hpp"

namespace kith::people {
namespace {

unsigned points(unsigned people) {
  if (people >= 9) return 5;
  if (people >= 5) return 4;
  if (people >= 3) return 3;
  return people;
}

}  // namespace

std::size_t layer_of(float closeness) {
  const auto& mean = network::layer_closeness;
  std::size_t layer = 0;
  while (layer + 1 < layer_count && static_cast<double>(closeness) < 0.5 * (mean[layer] + mean[layer + 1])) ++layer;
  return layer;
}

Isolation isolation(const network::Ties& ties, const std::vector<float>& rates, double waking_hours) {
  const double monthly = 1.0 / (30.0 * waking_hours);
  Isolation result;
  result.ties_per_layer.resize(ties.people());
  result.score.resize(ties.people());
  for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      std::array<std::array<unsigned, 3>, 2> counts{};  // kin and others: met monthly, private matters, help
      ties.for_each(person, [&](PersonId, TieId tie) {
        const std::size_t layer = layer_of(ties.closeness(tie));
        ++result.ties_per_layer[person][layer];
        auto& group = counts[ties.kind(tie) == network::TieKind::kin ? 0 : 1];
        if (static_cast<double>(rates[tie]) >= monthly) ++group[0];
        if (layer <= 1) ++group[1];
        if (layer == 0) ++group[2];
      });
      unsigned score = 0;
      for (const auto& group : counts) {
        for (const unsigned count : group) score += points(count);
      }
      result.score[person] = static_cast<std::uint8_t>(score);
    }
  });
  return result;
}

std::uint32_t close_ties(const network::Ties& ties, PersonId person) {
  std::uint32_t count = 0;
  ties.for_each(person, [&](PersonId, TieId tie) { count += layer_of(ties.closeness(tie)) <= 1 ? 1U : 0U; });
  return count;
}

}  // namespace kith::people
