#include "models/trials/design/flow.hpp"

#include <numeric>

namespace kith::trials {

Status status(const Participant& participant) {
  if (participant.leaves) return Status::left;
  if (participant.never_starts) return Status::never_started;
  if (participant.stopped) return Status::stopped;
  return participant.switched ? Status::switched : Status::completed;
}

std::vector<std::pair<std::int8_t, std::string>> status_flags() {
  return {{0, "completed"}, {1, "left"}, {2, "stopped treatment"}, {3, "switched arm"}, {4, "never started treatment"}};
}

std::vector<std::string> exclusion_reasons(const Trial& trial) {
  std::vector<std::string> reasons;
  for (const conditions::Condition& condition : trial.recruitment.where) reasons.push_back("not " + condition.text);
  reasons.emplace_back("in another trial");
  return reasons;
}

Flow flow_of(const Trial& trial, const Screening& screening, const std::vector<Participant>& participants) {
  Flow flow;
  flow.reasons = exclusion_reasons(trial);
  flow.screened = screening.screened;
  flow.excluded = screening.excluded;
  flow.excluded.push_back(screening.in_another_trial);
  flow.randomised = static_cast<std::uint32_t>(participants.size());
  for (auto* counts : {&flow.allocated, &flow.never_started, &flow.stopped, &flow.switched, &flow.left, &flow.analysed})
    counts->resize(trial.sequences.size());
  for (const Participant& p : participants) {
    ++flow.allocated[p.sequence];
    flow.never_started[p.sequence] += p.never_starts ? 1U : 0U;
    flow.stopped[p.sequence] += p.stopped ? 1U : 0U;
    flow.switched[p.sequence] += p.switched ? 1U : 0U;
    flow.left[p.sequence] += p.leaves ? 1U : 0U;
    flow.analysed[p.sequence] += p.leaves ? 0U : 1U;
  }
  return flow;
}

TableSpec flow_table(const Trial& trial, std::uint32_t replicates) {
  TableSpec table;
  table.name = "flow";
  table.long_name = "flow of each virtual study (CONSORT)";
  std::vector<std::int32_t> studies(replicates);
  std::iota(studies.begin(), studies.end(), 0);
  std::vector<std::string> sequences;
  for (const Sequence& sequence : trial.sequences) sequences.push_back(sequence.name);
  table.dimensions = {{"replicate", "virtual study", "", studies},
                      {"reason", "why people could not take part", "", exclusion_reasons(trial)},
                      {"sequence", "order of the arms", "", sequences}};
  const std::vector<std::string> whole{"replicate"};
  const std::vector<std::string> by_sequence{"replicate", "sequence"};
  const auto add = [&](const char* name, const char* long_name, const std::vector<std::string>& dimensions) {
    table.variables.push_back({name, "1", long_name, ValueType::int32, dimensions});
  };
  add("screened", "people screened", whole);
  add("excluded", "screened people who could not take part, by the first reason", {"replicate", "reason"});
  add("randomised", "participants", whole);
  add("allocated", "participants who got the sequence", by_sequence);
  add("never_started", "participants who never started an arm", by_sequence);
  add("stopped", "participants who stopped treatment but stayed", by_sequence);
  add("switched", "participants who changed the arm", by_sequence);
  add("left", "participants who left the study", by_sequence);
  add("analysed", "participants who stayed to the end", by_sequence);
  return table;
}

TableRow flow_row(const Flow& flow, std::uint32_t replicate) {
  const auto values = [](const std::vector<std::uint32_t>& counts) {
    return std::vector<std::int32_t>(counts.begin(), counts.end());
  };
  const auto one = [](std::uint32_t count) { return std::vector<std::int32_t>{static_cast<std::int32_t>(count)}; };
  return {"flow",
          replicate,
          0.0,
          {one(flow.screened), values(flow.excluded), one(flow.randomised), values(flow.allocated),
           values(flow.never_started), values(flow.stopped), values(flow.switched), values(flow.left),
           values(flow.analysed)}};
}

}  // namespace kith::trials
