#include "models/bonds/tie_life.hpp"

#include <algorithm>
#include <cmath>

#include "core/independent.hpp"
#include "core/math.hpp"
#include "core/wide.hpp"

namespace kith::bonds {

using network::TieKind;
using network::usual_closeness;

TieLife::TieLife(const TieLifeParams& params, const people::MeetingParams& meeting, double rate_scale)
    : params_(params),
      rate_scale_(rate_scale * meeting.contacts_of_both()),
      slope_(static_cast<float>(meeting.closeness_slope)) {
  const double waking_hours = 24.0 - meeting.night.length();
  const auto good = static_cast<double>(meeting.positive_share);
  for (std::size_t step = 0; step < 256; ++step) {
    const auto usual = static_cast<double>(usual_closeness(static_cast<std::uint8_t>(step)));
    layer_[step] = static_cast<std::uint8_t>(people::layer_of(static_cast<float>(usual)));
    const double contacts_a_day = static_cast<double>(rate(static_cast<float>(usual))) * waking_hours;
    const double gap = contacts_a_day > 1e-6 ? 1.0 / contacts_a_day : 1e6;
    gap_[step] = static_cast<float>(gap);
    silence_[step] = static_cast<float>(std::max(params.silence * gap, params.silence_least));
    for (std::size_t kind = 0; kind < 3; ++kind) {
      const double time = std::max(params.time[kind], params.gaps_remembered * gap);
      kept_[kind][step] = static_cast<float>(portable_exp(-1.0 / time));
      // At the usual closeness, what good contacts give is what a usual gap and bad contacts take.
      const double taken = usual * (gap / time + (1.0 - good) * params.conflict_loss);
      growth_[kind][step] = static_cast<float>(good > 0.0 ? std::min(1.0, taken / (good * params.headroom)) : 0.0);
    }
  }
  for (std::size_t layer = 0; layer < people::layer_count; ++layer)
    greatest_loss_ = std::max(greatest_loss_, loss(TieKind::friendship, layer));
}

KITH_WIDE void TieLife::rates(std::span<const float> closeness, const float* opportunity, float* out) const {
  KITH_INDEPENDENT
  for (std::size_t k = 0; k < closeness.size(); ++k) out[k] = opportunity[k] * rate(closeness[k]);
}

float TieLife::after_good(float closeness, TieKind kind, std::uint8_t usual, float reward) const {
  const float room = usual_closeness(usual) + static_cast<float>(params_.headroom) - closeness;
  if (room <= 0.0F) return closeness;
  const float share = std::min(1.0F, growth_[index(kind)][usual] * reward);
  return std::min(1.0F, closeness + share * room);
}

float TieLife::silence_end(TieKind kind, std::uint8_t usual, float days) const {
  if (days <= silence(usual)) return 0.0F;
  const double hazard = params_.silence_end / static_cast<double>(usual_gap(usual));
  const double factor = kind == TieKind::kin ? params_.kin_loss : 1.0;
  return static_cast<float>(1.0 - portable_exp(-hazard * factor));
}

float TieLife::loss(TieKind kind, std::size_t layer) const {
  const double factor = kind == TieKind::kin ? params_.kin_loss : 1.0;
  return static_cast<float>(1.0 - portable_exp(-params_.loss[layer] * factor / 365.25));
}

}  // namespace kith::bonds
