#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "config/known_names.hpp"
#include "config/section.hpp"
#include "core/math.hpp"
#include "models/people/isolation.hpp"
#include "models/people/meeting.hpp"
#include "network/ties.hpp"

/// How ties change (ODD 7.8): pure functions of one tie.
namespace kith::bonds {

/// Parameters; times in days, as days are when ties are tended. The defaults are those of `read_tie_life`.
struct TieLifeParams {
  std::array<double, 3> time{1000.0, 200.0, 60.0};  ///< of closeness without contact: kin, friends, acquaintances [d]
  double gaps_remembered = 26.0;                    ///< closeness lasts at least this many usual gaps between contacts
  double headroom = 0.06;                           ///< a good contact draws closeness towards the usual one plus this
  double conflict_loss = 0.01;                      ///< share of closeness that a bad contact costs
  double usual_warmth = 0.95;                       ///< warmth at which closeness stays as it usually is
  double floor = 0.04;                              ///< closeness below which a tie ends
  double looser_below = 0.6;    ///< share of the usual closeness below which a tie settles as it is now
  double silence = 8.0;         ///< usual gaps after which silence ends a tie
  double silence_least = 60.0;  ///< days that are no silence, however often two usually meet [d]
  double silence_end = 1.0;     ///< ends per usual gap of silence beyond that
  std::array<double, people::layer_count> loss{0.045, 0.03, 0.18, 0.3};  ///< by what life brings, by layer [1/a]
  double kin_loss = 0.1;                                                 ///< factor on losses of kin
  double seeking = 0.1;                        ///< tries a day for each place that is free [1/d]
  double introduction = 0.35;                  ///< share of tries that ask a friend's friend
  double focus = 0.6;                          ///< share of tries within the own community
  double neighbourhood = 1.35;                 ///< neighbours whom one can meet, over the ties that are local
  double triad_ratio = 3.3;                    ///< a common friend makes a tie so many times as likely
  std::vector<std::string> foci{"community"};  ///< what people meet in: the community, or columns of their table
  std::string alike;                           ///< column by which people prefer those like them; empty: none
  double alike_ratio = 1.0;                    ///< the same value makes a tie so many times as likely
};

/// `columns`: names of the columns of the people's table.
TieLifeParams read_tie_life(config::Section& section, const config::KnownNames& columns);

/// What the parameters come to for ties of each kind and usual closeness, computed once.
class TieLife {
 public:
  /// `rate_scale`: contacts in person per waking hour at closeness 1 where both approaches are 1; calls count as contacts here.
  TieLife(const TieLifeParams& params, const people::MeetingParams& meeting, double rate_scale);

  const TieLifeParams& params() const { return params_; }
  /// Contacts of both kinds per waking hour at a closeness, where both approaches are 1.
  float rate(float closeness) const { return static_cast<float>(rate_scale_) * share_of_time(closeness); }
  /// The same for many ties, times the opportunity of each.
  void rates(std::span<const float> closeness, const float* opportunity, float* out) const;
  /// The rate over that at closeness 1.
  float share_of_time(float closeness) const { return portable_exp(slope_ * (closeness - 1.0F)); }
  std::size_t layer(std::uint8_t usual) const { return layer_[usual]; }
  /// Days between contacts at the usual closeness.
  float usual_gap(std::uint8_t usual) const { return gap_[usual]; }
  /// Days without contact that are a silence.
  float silence(std::uint8_t usual) const { return silence_[usual]; }
  /// Share of closeness that a day without contact leaves.
  float kept(network::TieKind kind, std::uint8_t usual) const { return kept_[index(kind)][usual]; }
  /// Closeness after a contact. `reward`: √(r_i r_j) over that of usual warmth at this closeness.
  float after_good(float closeness, network::TieKind kind, std::uint8_t usual, float reward) const;
  float after_bad(float closeness) const { return closeness * (1.0F - static_cast<float>(params_.conflict_loss)); }
  /// Whether a tie has come so far below its usual closeness that it settles there.
  bool is_looser(float closeness, std::uint8_t usual) const {
    return closeness < static_cast<float>(params_.looser_below) * network::usual_closeness(usual);
  }
  /// Probability that a day of a silence ends the tie.
  float silence_end(network::TieKind kind, std::uint8_t usual, float days) const;
  /// Probability that life ends a tie on a day, and the greatest of them.
  float loss(network::TieKind kind, std::size_t layer) const;
  float greatest_loss() const { return greatest_loss_; }

 private:
  static std::size_t index(network::TieKind kind) { return static_cast<std::size_t>(kind); }

  TieLifeParams params_;
  double rate_scale_;
  float slope_;
  float greatest_loss_ = 0.0F;
  std::array<std::uint8_t, 256> layer_{};
  std::array<float, 256> gap_{};
  std::array<float, 256> silence_{};
  std::array<std::array<float, 256>, 3> kept_{};
  std::array<std::array<float, 256>, 3> growth_{};  // share of the way to usual + headroom that a good contact covers
};

}  // namespace kith::bonds
