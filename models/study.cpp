#include "models/study.hpp"

#include <fmt/core.h>

#include <memory>

#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "models/isolation_times.hpp"
#include "models/observer.hpp"
#include "models/record.hpp"
#include "models/trials/tables.hpp"

namespace kith {
namespace {

std::vector<PersonId> eligible_people(const Population& population, const trials::Trial& trial) {
  std::vector<PersonId> eligible;
  for (PersonId p = 0; p < population.graph.people; ++p) {
    if (people::close_ties(population.model->ties(), p) >= trial.close_ties) eligible.push_back(p);
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

/// Ratings of all participants at all occasions of one measure, and their own differences from the twin.
trials::MeasureData measured(std::string name, std::uint32_t measure, const trials::Scale* scale,
                             const std::vector<trials::Occasion>& occasions,
                             const std::vector<std::vector<double>>& values,
                             const std::vector<std::vector<double>>* twin, std::size_t index,
                             const std::vector<trials::Participant>& participants, const Clock& clock, WorldKey world) {
  trials::MeasureData data;
  data.name = std::move(name);
  data.unit = scale == nullptr ? "%" : fmt::format("{:g}-{:g}", scale->low, scale->high);
  data.has_effect = scale != nullptr;
  for (std::size_t o = 0; o < occasions.size(); ++o) {
    if (occasions[o].measure != index) continue;
    data.occasions.push_back(occasions[o]);
    data.values.emplace_back();
    std::vector<double> ratings;
    std::vector<double> own;
    for (std::size_t i = 0; i < participants.size(); ++i) {
      const bool is_gone = participants[i].leaves && clock.day(occasions[o].hours) >= *participants[i].leaves;
      const double value = is_gone ? std::numeric_limits<double>::quiet_NaN() : values[o][i];
      data.values.back().push_back(value);
      ratings.push_back(scale == nullptr ? value
                                         : trials::rate(*scale, value, participants[i].person, measure,
                                                        std::llround(occasions[o].hours * 60.0), world));
      const double unit = scale == nullptr ? 1.0 : (scale->high - scale->low) * scale->gain;
      if (twin != nullptr) own.push_back(unit * (value - (*twin)[o][i]));
    }
    data.ratings.push_back(std::move(ratings));
    if (twin != nullptr) data.own.push_back(std::move(own));
  }
  return data;
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
  if (scenario_.tie_life) sink.declare(IsolationTimes::table(scenario_));
  if (scenario_.record.tie_events) sink.declare(tie_events_table(scenario_, shared));
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

  Observer observer(scenario_.measures, result.participants, diary, probes);
  const auto groups = make_groups(scenario_, population, result.participants);
  PopulationRecorder recorder(population, groups, replicate);
  IsolationTimes isolation_times(groups, replicate);
  const auto sample = sample_people(scenario_, population.graph.people, {scenario_.seed, 0});
  const TableSpec table = population_table(scenario_);
  const Tick every = clock.tick_at(scenario_.record.every);
  double next_keyframe = 0.0;
  if (treated.living()) treated.living()->forget_events();
  const auto observe = [&](Tick tick) {
    observer.after_tick(treated, tick);
    const Tick now = tick + 1;
    if (now % every != 0) return;
    TableRow row = recorder.row(treated, clock.hours(now));
    result.last = headline(table, row);
    if (now == 0) result.first = result.last;
    sink.write(std::move(row));
    if (!sample.empty()) sink.write(people_row(treated, sample, replicate, clock.hours(now)));
    if (!treated.living()) return;
    sink.write(isolation_times.row(recorder.isolation(), clock.hours(now)));
    if (scenario_.record.tie_events) {
      const bool is_due = clock.hours(now) >= next_keyframe;
      if (is_due) next_keyframe += scenario_.record.keyframes;
      sink.write(tie_events_row(*treated.living(), replicate, clock.hours(now), is_due ? Keyframe::yes : Keyframe::no));
    }
    treated.living()->forget_events();
  };
  observe(-1);
  treated.run(0, ticks, replay, [&](Tick tick) {
    observe(tick);
    report_ticks(options, 1);
  });
  result.fingerprint = treated.fingerprint();
  if (!scenario_.trial) return result;

  Observer twin_observer(scenario_.measures, result.participants, diary, probes);
  if (twin) {
    twin_observer.after_tick(*twin, -1);
    twin->run(0, ticks, replay, [&](Tick tick) {
      twin_observer.after_tick(*twin, tick);
      report_ticks(options, 1);
    });
  }
  const auto& measures = scenario_.measures;
  const std::vector<std::string> names = trials::names(measures);
  for (std::size_t m = 0; m < measures.diaries.size(); ++m) {
    result.measures.push_back(measured(names[m], static_cast<std::uint32_t>(m), &measures.diaries[m].scale, diary,
                                       observer.diary_values(), twin ? &twin_observer.diary_values() : nullptr, m,
                                       result.participants, clock, world));
  }
  for (std::size_t m = 0; m < measures.probes.size(); ++m) {
    const bool rated = measures.probes[m].task != trials::Task::occupancy;
    result.measures.push_back(
        measured(names[measures.diaries.size() + m], static_cast<std::uint32_t>(measures.diaries.size() + m),
                 rated ? &measures.probes[m].scale : nullptr, probes, observer.probe_values(),
                 twin ? &twin_observer.probe_values() : nullptr, m, result.participants, clock, world));
  }
  for (const trials::MeasureData& data : result.measures) {
    result.effects.emplace_back(scenario_.trial->arms.size());
    for (std::size_t arm = 0; arm < scenario_.trial->arms.size(); ++arm) {
      if (arm != scenario_.trial->reference)
        result.effects.back()[arm] = trials::effect_of(data, *scenario_.trial, result.participants, arm);
    }
  }
  trials::write_study(*scenario_.trial, replicate, result.participants, result.measures, measures.diaries.size(),
                      result.effects, ids_of(population, result.participants), sink);
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
