#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "models/trials/design/design_check.hpp"

namespace kith::trials::detail {

using config::Section;

namespace {

bool has_count(const Sequence& sequence) { return sequence.count > 0; }

/// The sequences have counts: those are the ratio.
void count_by_sequences(Section& s, Section& participants, Section& allocation, Trial& trial) {
  const Recruitment& wanted = trial.recruitment;
  std::vector<std::uint32_t>& ratio = trial.allocation.ratio;
  const auto lacking = std::find_if_not(trial.sequences.begin(), trial.sequences.end(), has_count);
  const bool is_whole = lacking == trial.sequences.end();
  if (!is_whole) {
    const std::string wanting = fmt::format("sequences.{}.count", lacking - trial.sequences.begin());
    s.fail("sequences", "some sequences have a count and some have none", "", "give every sequence a count, or none",
           {wanting});
  }
  if (!ratio.empty())
    allocation.fail("ratio", "the sequences have counts already", "they are the ratio", "leave one of them out");
  if (is_whole && wanted.count > 0 && wanted.count != trial.participants())
    participants.fail(
        "count",
        fmt::format("{} participants do not add up: the sequences have {}", wanted.count, trial.participants()), "",
        "leave out `count` here or in the sequences");
  if (wanted.share > 0.0) participants.fail("share", "the sequences have counts already", "", "leave one of them out");
  ratio.clear();
  for (const Sequence& sequence : trial.sequences) ratio.push_back(std::max(1U, sequence.count));
  const std::uint32_t divisor = std::accumulate(ratio.begin(), ratio.end(), 0U, std::gcd<std::uint32_t, std::uint32_t>);
  for (std::uint32_t& part : ratio) part /= divisor;
}

}  // namespace

void count_participants(Section& s, Trial& trial) {
  Recruitment& wanted = trial.recruitment;
  Section participants = s.section({.key = "participants", .doc = "Who can take part."});
  Section allocation = s.section({.key = "allocation", .doc = "How participants come to their arms."});
  std::vector<std::uint32_t>& ratio = trial.allocation.ratio;
  if (std::any_of(trial.sequences.begin(), trial.sequences.end(), has_count)) {
    count_by_sequences(s, participants, allocation, trial);
    return;
  }
  if (!ratio.empty() && ratio.size() != trial.sequences.size()) {
    allocation.fail("ratio",
                    fmt::format("{} numbers for {} {}", ratio.size(), trial.sequences.size(),
                                trial.periods() > 1 ? "sequences" : "arms"),
                    "the ratio has one number for each", "give as many numbers, or leave the ratio out");
    ratio.clear();
  }
  if (!ratio.empty() && std::accumulate(ratio.begin(), ratio.end(), 0U) == 0) {
    allocation.fail("ratio", "nobody would take part", "all parts of the ratio are 0", "write e.g. [1, 1]");
    ratio.clear();
  }
  if (ratio.empty()) ratio.assign(trial.sequences.size(), 1);
  if (trial.clusters) {
    if (wanted.count > 0 || wanted.share > 0.0)
      participants.fail(wanted.count > 0 ? "count" : "share", "the clusters say how many take part",
                        "`clusters` has a `count` and the `people` in each", "leave it out");
    const auto clusters = apportion(trial.clusters->count, ratio);
    for (std::size_t i = 0; i < trial.sequences.size(); ++i)
      trial.sequences[i].count = clusters[i] * trial.clusters->people;
  } else if (wanted.count > 0) {
    trial.share_out(wanted.count);
  } else if (wanted.share == 0.0) {
    s.fail("participants", "how many take part is not said", "neither the sequences nor participants.count say it",
           "add participants: {count: 30}", {"sequences", "clusters", "participants.count", "participants.share"});
  }
}

}  // namespace kith::trials::detail
