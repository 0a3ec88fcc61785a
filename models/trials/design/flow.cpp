#include "models/trials/design/flow.hpp"

#include <algorithm>
#include <numeric>

#include "engine/variables_of.hpp"

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

bool can_be_left(const Trial& trial) {
  const auto loses = [](const Sequence& sequence) { return sequence.leave > 0; };
  const auto drops = [](const Arm& arm) { return arm.drop_out > 0.0; };
  return std::any_of(trial.sequences.begin(), trial.sequences.end(), loses) ||
         std::any_of(trial.arms.begin(), trial.arms.end(), drops);
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

namespace {

VariablesOf<Flow> variables() {
  VariablesOf<Flow> all;
  const auto add = [&](const char* name, const char* long_name, auto count) {
    all.add(name, "1", long_name, {"replicate"},
            [count](const Flow& flow) { return std::vector<std::int32_t>{static_cast<std::int32_t>(flow.*count)}; });
  };
  const auto add_each = [&](const char* name, const char* long_name, const char* dimension, auto counts) {
    all.add(name, "1", long_name, {"replicate", dimension}, [counts](const Flow& flow) {
      return std::vector<std::int32_t>((flow.*counts).begin(), (flow.*counts).end());
    });
  };
  add("screened", "people screened", &Flow::screened);
  add_each("excluded", "screened people who could not take part, by the first reason", "reason", &Flow::excluded);
  add("randomised", "participants", &Flow::randomised);
  add_each("allocated", "participants who got the sequence", "sequence", &Flow::allocated);
  add_each("never_started", "participants who never started an arm", "sequence", &Flow::never_started);
  add_each("stopped", "participants who stopped treatment but stayed", "sequence", &Flow::stopped);
  add_each("switched", "participants who changed the arm", "sequence", &Flow::switched);
  add_each("left", "participants who left the study", "sequence", &Flow::left);
  add_each("analysed", "participants who stayed to the end", "sequence", &Flow::analysed);
  return all;
}

}  // namespace

TableSpec flow_table(const Trial& trial, std::uint32_t replicates) {
  TableSpec table;
  table.name = "flow";
  table.long_name = "flow of each virtual study (CONSORT)";
  std::vector<std::int32_t> studies(replicates);
  std::iota(studies.begin(), studies.end(), 0);
  table.dimensions = {
      {"replicate", "virtual study", "", studies},
      {"reason", "why people could not take part", "", exclusion_reasons(trial)},
      {"sequence", "order of the arms", "", each(trial.sequences, [](const Sequence& s) { return s.name; })}};
  return variables().in(std::move(table));
}

TableRow flow_row(const Flow& flow, std::uint32_t replicate) { return variables().row("flow", replicate, 0.0, flow); }

}  // namespace kith::trials
