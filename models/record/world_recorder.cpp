#include "models/record/world_recorder.hpp"

#include "models/record/events.hpp"
#include "models/record/people.hpp"
#include "models/record/tie_events.hpp"

namespace kith {

WorldRecorder::WorldRecorder(const Scenario& scenario, const Population& population, const std::vector<TrialRun>& runs,
                             std::uint32_t replicate, Sink& sink)
    : scenario_(&scenario),
      from_(&population),
      runs_(&runs),
      sink_(&sink),
      columns_(&population.columns),
      replicate_(replicate),
      every_(population.model->clock().tick_at(scenario.record.every)),
      end_(population.model->clock().tick_at(scenario.time.duration)),
      rows_wanted_(sink.wanted("population")),
      groups_(make_groups(scenario, population, runs)),
      population_(population, groups_, replicate),
      isolation_times_(groups_, replicate),
      patients_(groups_, population, replicate),
      sample_(sample_people(scenario, population.graph.people, {scenario.seed, 0})),
      trends_(population_table(scenario, group_names(scenario, population))),
      do_groups_change_(do_groups_change(scenario)) {
  if (has_twin_contrast(scenario)) contrast_.emplace(population, groups_, replicate);
}

void WorldRecorder::regroup(const events::EventRun& events) {
  if (!do_groups_change_ || events.times_reached() == times_reached_) return;
  times_reached_ = events.times_reached();
  groups_ = make_groups(*scenario_, *from_, *runs_, &events);
  population_.regroup(groups_);
  isolation_times_.regroup(groups_);
  patients_.regroup(groups_);
  if (contrast_) contrast_->regroup(groups_);
}

void WorldRecorder::after_twin_tick(const Model& twin, Tick tick) {
  const Tick now = tick + 1;
  if (contrast_ && now % every_ == 0) sink_->write(contrast_->against(twin, twin.clock().hours(now)));
}

void WorldRecorder::after_tick(Model& model, events::EventRun& events, Tick tick) {
  const Tick now = tick + 1;
  const bool is_due = now % every_ == 0;
  const bool is_new_day = model.living() && now % model.clock().ticks_per_day() == 0;
  if (is_due || is_new_day) regroup(events);
  if (is_new_day && !is_due) isolation_times_.judge(isolation_of(model));
  if (!is_due) return;
  const double hours = model.clock().hours(now);
  const bool is_last = now + every_ > end_;
  const bool is_wanted = rows_wanted_ == RowsWanted::all || (rows_wanted_ == RowsWanted::last && is_last);
  TableRow row = population_.row(model, hours, is_wanted ? Measures::all : Measures::of_trends);
  trends_.add(row);
  if (contrast_) contrast_->keep(row);
  if (is_wanted) sink_->write(std::move(row));
  if (!sample_.empty()) sink_->write(people_row(model, sample_, replicate_, hours));
  if (scenario_->substance_use) sink_->write(patients_.row(model, population_.isolation(), hours));
  if (!scenario_->events.empty()) {
    sink_->write(events_row(*scenario_, events.log(), replicate_, hours));
    occurrences_.insert(occurrences_.end(), events.log().begin(), events.log().end());
    events.forget();
  }
  if (is_new_day) isolation_times_.judge(population_.isolation());
  if (model.living()) write_ties(model, hours);
}

void WorldRecorder::write_ties(Model& model, double hours) {
  sink_->write(isolation_times_.row(hours));
  if (scenario_->record.tie_events) {
    const bool is_due = hours >= next_keyframe_;
    if (is_due) next_keyframe_ += scenario_->record.keyframes;
    sink_->write(tie_events_row(*model.living(), *columns_, replicate_, hours, is_due ? Keyframe::yes : Keyframe::no));
  }
  model.living()->forget_events();
}

}  // namespace kith
