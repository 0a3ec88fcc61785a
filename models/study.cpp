#include "models/study.hpp"

#include <fmt/core.h>

#include <memory>

#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "models/measured.hpp"
#include "models/observer.hpp"
#include "models/record.hpp"
#include "models/trials/tables.hpp"

namespace kith {
namespace {

std::vector<PersonId> eligible_people(const Population& population, const trials::Trial& trial) {
  std::vector<PersonId> eligible;
  for (PersonId p = 0; p < population.ties->people(); ++p) {
    if (people::close_ties(*population.ties, p) >= trial.close_ties) eligible.push_back(p);
  }
  return eligible;
}

/// Gives the participants their courses.
void treat(Model& model, const trials::Trial& trial, const std::vector<trials::Participant>& participants,
           WorldKey world) {
  std::vector<std::pair<std::string, std::shared_ptr<const pharmacology::SteppedChain>>> chains;
  for (const trials::Participant& participant : participants) {
    for (trials::Treatment& treatment : trials::treatments(trial, participant, model.clock(), world)) {
      auto known =
          std::find_if(chains.begin(), chains.end(), [&](const auto& c) { return c.first == treatment.drug->name; });
      if (known == chains.end()) {
        known = chains.insert(
            chains.end(), {treatment.drug->name, std::make_shared<const pharmacology::SteppedChain>(
                                                     treatment.drug->kinetics.chain(), model.clock().tick_hours())});
      }
      model.treat({participant.person, known->second, std::move(treatment.doses)});
    }
  }
}

/// The participants' ids as the user's network file gave them.
std::vector<std::string> ids_of(const Population& population, const std::vector<trials::Participant>& participants) {
  std::vector<std::string> ids;
  for (const trials::Participant& participant : participants) {
    ids.push_back(population.graph.ids.empty() ? std::to_string(participant.person)
                                               : population.graph.ids[participant.person]);
  }
  return ids;
}

}  // namespace

std::string Study::summary() const {
  std::string text = fmt::format("{} · {} after {} of burn-in · theory {}",
                                 scenario_.network.generate ? fmt::format("{} people", scenario_.traits.count)
                                                            : "the people of " + scenario_.network.name,
                                 print_quantity(scenario_.time.duration, Dimension::time),
                                 print_quantity(scenario_.time.burn_in, Dimension::time), scenario_.theory.name);
  if (scenario_.trial) {
    text += fmt::format(" · {} virtual {} of {} participants", scenario_.replicates,
                        scenario_.replicates == 1 ? "study" : "studies", scenario_.trial->participants());
  } else if (scenario_.replicates > 1) {
    text += fmt::format(" · {} replicates", scenario_.replicates);
  }
  return text;
}

Report Study::run(const RunOptions& options, Sink& sink) {
  if (options.only_replicate) {
    if (*options.only_replicate >= scenario_.replicates) {
      throw Error(ExitCode::usage, fmt::format("there is no replicate {} (the scenario has {}, counted from 0)",
                                               *options.only_replicate, scenario_.replicates));
    }
    replicates_ = {*options.only_replicate};
  } else {
    for (std::uint32_t r = 0; r < scenario_.replicates; ++r) replicates_.push_back(r);
  }
  results_.resize(replicates_.size());

  Population shared = make_population(scenario_, {scenario_.seed, 0}, options.replay, options.progress);
  if (!scenario_.network.generate) import_notes_ = shared.import.lines_for_people();
  const Clock& clock = shared.model->clock();
  const std::uint64_t worlds = scenario_.trial && scenario_.trial->twin ? 2 : 1;
  ticks_in_all_ = static_cast<std::uint64_t>(clock.tick_at(scenario_.time.duration)) * worlds * replicates_.size();

  sink.declare(population_table(scenario_));
  if (scenario_.record.people > 0) {
    sink.declare(people_table(scenario_, shared, sample_people(scenario_, shared.ties->people(), {scenario_.seed, 0})));
  }
  if (scenario_.record.network) {
    sink.declare(network_table(shared));
    sink.write(network_row(shared));
  }
  if (scenario_.trial) trials::declare_tables(*scenario_.trial, scenario_.measures, clock, scenario_.replicates, sink);

  for_each_block(
      replicates_.size(),
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const std::uint32_t replicate = replicates_[i];
          if (scenario_.same_population) {
            results_[i] = run_replicate(replicate, shared, options, sink);
          } else {
            const Population own = make_population(scenario_, {scenario_.seed, replicate}, options.replay, {});
            results_[i] = run_replicate(replicate, own, options, sink);
          }
        }
      },
      1);
  if (scenario_.trial) {
    std::vector<const trials::Effects*> effects;
    for (const StudyResult& result : results_) effects.push_back(&result.effects);
    trials::write_pooled(*scenario_.trial, effects, sink);
  }
  return study_report(*this);
}

StudyResult Study::run_replicate(std::uint32_t replicate, const Population& population, const RunOptions& options,
                                 Sink& sink) {
  const WorldKey world{scenario_.seed, replicate};
  const std::string replay = fmt::format("{} --replicate {}", options.replay, replicate);
  StudyResult result;
  Model treated = *population.model;
  treated.continue_as(world);
  const Clock& clock = treated.clock();
  const Tick ticks = clock.tick_at(scenario_.time.duration);

  std::vector<trials::Occasion> diary;
  std::vector<trials::Occasion> probes;
  std::optional<Model> twin;
  if (scenario_.trial) {
    const auto recruits =
        trials::recruit(eligible_people(population, *scenario_.trial), scenario_.trial->participants(), world);
    result.participants = trials::allocate(*scenario_.trial, recruits, world);
    diary = trials::diary_occasions(*scenario_.trial, scenario_.measures, clock);
    probes = trials::probe_occasions(*scenario_.trial, scenario_.measures, clock);
    if (scenario_.trial->twin) twin = treated;
    treat(treated, *scenario_.trial, result.participants, world);
  }

  const Norms norms{population.lonely_above, population.isolation.score};
  Observer observer(scenario_.measures, result.participants, diary, probes, norms);
  PopulationRecorder recorder(population, make_groups(scenario_, population, result.participants), replicate);
  const auto sample = sample_people(scenario_, population.ties->people(), {scenario_.seed, 0});
  const TableSpec table = population_table(scenario_);
  const Tick every = clock.tick_at(scenario_.record.every);
  const auto observe = [&](Tick tick) {
    observer.after_tick(treated, tick);
    const Tick now = tick + 1;
    if (now % every != 0) return;
    TableRow row = recorder.row(treated, clock.hours(now));
    result.last = headline(table, row);
    if (now == 0) result.first = result.last;
    sink.write(std::move(row));
    if (!sample.empty()) sink.write(people_row(treated, sample, replicate, clock.hours(now)));
  };
  observe(-1);
  treated.run(0, ticks, replay, [&](Tick tick) {
    observe(tick);
    report_ticks(options, 1);
  });
  result.fingerprint = treated.fingerprint();
  if (!scenario_.trial) return result;

  Observer twin_observer(scenario_.measures, result.participants, diary, probes, norms);
  if (twin) {
    twin_observer.after_tick(*twin, -1);
    twin->run(0, ticks, replay, [&](Tick tick) {
      twin_observer.after_tick(*twin, tick);
      report_ticks(options, 1);
    });
  }
  result.measures = measured(scenario_, result.participants, observer, twin ? &twin_observer : nullptr, clock, world);
  result.effects = trials::effects_of(result.measures, *scenario_.trial, result.participants);
  trials::write_study(*scenario_.trial, replicate, result.participants, result.measures,
                      scenario_.measures.diaries.size(), result.effects, ids_of(population, result.participants), sink);
  return result;
}

void Study::report_ticks(const RunOptions& options, std::uint64_t ticks) {
  const std::uint64_t done = ticks_done_ += ticks;
  if (options.progress) options.progress(static_cast<double>(done) / static_cast<double>(ticks_in_all_), "run");
}

std::string Study::fingerprint() const {
  Fingerprint fingerprint;
  for (const StudyResult& result : results_) fingerprint.add(result.fingerprint);
  return fingerprint.text();
}

}  // namespace kith
