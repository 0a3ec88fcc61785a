#include <algorithm>
#include <bit>
#include <cmath>

#include "core/distributions.hpp"
#include "core/interrupt.hpp"
#include "network/closeness.hpp"
#include "network/layers.hpp"

namespace kith::network::detail {

namespace {

/// Bins of effective distance: 512 per factor of two, from 2⁻¹⁶ to 2¹⁶, read off the bits of the number.
constexpr std::uint32_t bins = 32 * 512;
constexpr std::uint32_t mantissa_bits_dropped = 14;
constexpr std::uint32_t first_bin = std::bit_cast<std::uint32_t>(0x1p-16F) >> mantissa_bits_dropped;

std::uint32_t bin_of(float distance) {
  const std::uint32_t bin = std::bit_cast<std::uint32_t>(distance) >> mantissa_bits_dropped;
  return std::clamp(bin, first_bin, first_bin + bins - 1) - first_bin;
}

/// Where in its bin a distance lies, in [0, 1).
double share_of_bin(float distance) {
  const std::uint32_t below = std::bit_cast<std::uint32_t>(distance) & ((1u << mantissa_bits_dropped) - 1);
  return (below + 0.5) / (1u << mantissa_bits_dropped);
}

}  // namespace

Neighbours::Neighbours(const Society& society, const Layers& parameters, WorldKey world, double wanted)
    : society_(society),
      draws_(world, "network.layers.neighbours"),
      blur_(static_cast<float>(parameters.blur)),
      most_sociable_(society.communities()) {
  for (PersonId person = 0; person < society.people; ++person) {
    float& most = most_sociable_[society.community[person]];
    most = std::max(most, society.sociability[person]);
  }
  // On an endless circle a person has 2 · reach pairs; a little more, as the blur and short circles need it.
  reach_ = static_cast<float>(1.25 * wanted / std::max(society.people, 1u) + 0.01);
  count();
  for (const float all = reach_of_all(); found() < wanted && reach_ < all; count())
    reach_ = std::min(2.0F * reach_, all);
}

float Neighbours::reach_of_all() const {
  double most = 0.0;
  for (const double circumference : society_.circumference) most = std::max(most, circumference);
  double least = 1.0;
  for (const float sociability : society_.sociability) least = std::min(least, double{sociability});
  return static_cast<float>(std::min(most / 2.0 * (1.0 + double{blur_}) / (least * least) * 1.01, 1e30));
}

/// Calls f(other, effective distance) for the pairs within reach of a person, once for each pair: on the half circle
/// ahead.
template <class F>
void Neighbours::visit(PersonId person, F&& f) const {
  const std::uint32_t community = society_.community[person];
  const PersonId begin = society_.community_begin[community];
  const PersonId end = society_.community_begin[community + 1];
  const double half = society_.circumference[community] / 2.0;
  const float sociability = society_.sociability[person];
  const float furthest = reach_ * sociability * most_sociable_[community] / (1.0F - blur_);
  Stream stream = draws_.at(person, 0);
  double turn = 0.0;
  PersonId other = person;
  for (PersonId step = 1; step < end - begin; ++step) {
    if (++other == end) {
      other = begin;
      turn = society_.circumference[community];
    }
    const double ahead = society_.position[other] - society_.position[person] + turn;
    const auto distance = static_cast<float>(ahead);
    if (distance > furthest || ahead > half || (ahead == half && other < person)) return;
    const float effective = distance / (sociability * society_.sociability[other]);
    if (effective * (1.0F - blur_) >= reach_ || society_.family[person] == society_.family[other]) continue;
    const float blurred = effective * (1.0F + blur_ * static_cast<float>(2.0 * uniform(stream) - 1.0));
    if (blurred < reach_) f(other, blurred);
  }
}

void Neighbours::count() {
  // At most 64 blocks, whose histograms fit into a cache; whole numbers, so their order does not matter.
  const std::size_t size = std::max<std::size_t>(block_size, society_.people / 64 + 1);
  std::vector<std::vector<std::uint32_t>> parts((society_.people + size - 1) / size);
  for_each_block(
      society_.people,
      [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint32_t>& histogram = parts[begin / size];
        histogram.assign(bins, 0);
        for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
          check_interrupt();
          visit(person, [&](PersonId, float distance) { ++histogram[bin_of(distance)]; });
        }
      },
      size);
  rank_.assign(bins + 1, 0.0);
  for (const std::vector<std::uint32_t>& part : parts) {
    for (std::uint32_t bin = 0; bin < bins; ++bin) rank_[bin + 1] += part[bin];
  }
  for (std::uint32_t bin = 0; bin < bins; ++bin) rank_[bin + 1] += rank_[bin];
}

EdgeParts Neighbours::tie(const LayerCounts& wanted) {
  LayerCounts until{};  // rank at which each layer ends
  double total = 0.0;
  for (std::size_t layer = 0; layer < wanted.size(); ++layer) {
    total += wanted[layer];
    until[layer] = total;
  }
  return collect(society_.people, [&](std::size_t begin, std::size_t end, std::vector<Edge>& out) {
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      check_interrupt();
      visit(person, [&](PersonId other, float distance) {
        const std::uint32_t bin = bin_of(distance);
        const double rank = rank_[bin] + share_of_bin(distance) * (rank_[bin + 1] - rank_[bin]);
        if (rank >= total) return;
        std::size_t layer = 0;
        while (rank >= until[layer]) ++layer;
        Edge edge = make_edge(person, other);
        edge.closeness = closeness_in_layer(layer, (rank - (until[layer] - wanted[layer])) / wanted[layer]);
        const PersonId cluster = society_.cluster[person];
        const bool kin = cluster == society_.cluster[other] && society_.kin_cluster[cluster] != 0;
        edge.kind = kin && layer < 2 ? TieKind::kin : kind_in_layer(layer);
        out.push_back(edge);
      });
    }
  });
}

}  // namespace kith::network::detail
