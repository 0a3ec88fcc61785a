#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "network/closeness.hpp"
#include "network/ties.hpp"

/// Isolation that can be read off a person's ties (ODD 7.6).
namespace kith::people {

using network::layer_of;
inline constexpr std::size_t layer_count = network::layer_closeness.size();

/// Layers of ties that count as close: the support clique and the sympathy group.
inline constexpr std::size_t close_layers = 2;
inline bool is_close(float closeness) { return layer_of(closeness) < close_layers; }

/// Scores below this count as isolated (Lubben 2006).
inline constexpr unsigned isolated_below = 12;

struct Isolation {
  std::vector<std::array<std::uint16_t, layer_count>> ties_per_layer;  ///< [people]
  std::vector<std::uint8_t> score;                                     ///< [people] 0 … 30, like LSNS-6
};

/// Counts everybody's ties and scores them as LSNS-6 does: three questions on kin and three on others, "how many do you meet at least
/// once a month", "… can you talk to about private matters", "… can you call on for help", each 0, 1, 2, 3–4, 5–8, 9+ → 0 … 5 points.
/// Seeing or hearing from once a month follows from the tie's rate, private matters from its closeness, help from layer 1. The counts
/// are kept as ties change: who changes one tells what it stood for and what it stands for now.
class TieAnswers {
 public:
  /// What one tie stands for at both its ends; 0 for nothing, as where there is none.
  using Standing = std::uint8_t;

  /// `waking_hours` a day; `private_matters_from`: least closeness.
  TieAnswers(std::uint32_t people, double waking_hours, float private_matters_from);

  /// What ties [begin, end) stand for, into `out`. `rates` [end − begin]: contacts of both kinds per waking hour.
  void standings(const network::Ties& ties, TieId begin, TieId end, const float* rates, Standing* out) const;
  Standing standing(const network::Ties& ties, TieId tie, float rate) const {
    Standing one = 0;
    standings(ties, tie, tie + 1, &rate, &one);
    return one;
  }
  /// Takes a tie of two people from one standing to another; in parallel for different ties.
  void change(PersonId a, PersonId b, Standing from, Standing to);
  /// Adds all ties, of which none stood for anything before: standing(owner, tie), in parallel for different owners.
  template <class F>
  void add(const network::Ties& ties, F&& standing) {
    for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
      for (auto owner = static_cast<PersonId>(begin); owner < end; ++owner) {
        Counts own;
        for (TieId tie = ties.owned_begin(owner); tie < ties.owned_end(owner); ++tie) {
          const Standing now = standing(owner, tie);
          own.add(now, 1);
          counts_[ties.other(tie)].add_shared(now, 1);
        }
        counts_[owner].add_shared(own);
      }
    });
  }

  Isolation isolation() const;
  float private_matters_from() const { return private_matters_from_; }
  std::size_t bytes() const { return counts_.size() * sizeof(Counts); }

 private:
  static constexpr unsigned layer_bits = 3, is_kin = 4, is_met = 8, is_told = 16, is_there = 128;

  /// Sums of whole numbers, the same in any order.
  struct Counts {
    std::array<std::uint32_t, layer_count> layer{};
    std::array<std::uint32_t, 6> answers{};  // kin, then others: met monthly, private matters, help
    void add(Standing standing, std::uint32_t more);
    // While others may add to the same counts.
    void add_shared(Standing standing, std::uint32_t more);
    void add_shared(const Counts& more);
  };

  double monthly_;
  float private_matters_from_;
  std::vector<Counts> counts_;  // [people]
};

/// The same of ties as they are. `rates` [slots of the ties]: contacts of both kinds per waking hour; `waking_hours` a day.
Isolation isolation(const network::Ties& ties, std::span<const float> rates, double waking_hours,
                    float private_matters_from);

/// Sum of the closeness of each person's close ties [people], to a 2⁻¹⁶.
std::vector<float> strength_of_close_ties(const network::Ties& ties);

/// Ties of a person in the two inner layers.
std::uint32_t close_ties(const network::Ties& ties, PersonId person);

}  // namespace kith::people
