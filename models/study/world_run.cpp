#include "models/study/world_run.hpp"

namespace kith {
namespace {

Model start_of(const Population& population, WorldKind kind, WorldKey world) {
  Model model = *population.model;
  model.continue_as(world);
  if (kind == WorldKind::attachment) model.act_on(people::DrugPaths::attachment);
  if (kind == WorldKind::use) model.act_on(people::DrugPaths::use);
  return model;
}

}  // namespace

WorldRun::WorldRun(const Population& population, std::vector<TrialRun>& trials, WorldKind kind, WorldKey world,
                   WorldRecorder* recorder)
    : model_(start_of(population, kind, world)),
      trials_(&trials),
      kind_(kind),
      recorder_(recorder),
      event_world_(model_, population, trials, world,
                   kind == WorldKind::twin && trials.empty() ? EventWorld::Doses::left_out : EventWorld::Doses::given),
      events_(model_.scenario().events, model_.clock(), model_.scenario().time.duration, model_.people().count) {
  for (TrialRun& trial : trials) {
    if (kind != WorldKind::twin) trial.treat(model_);
  }
}

bool WorldRun::run(Tick to, const std::string& replay, const std::function<bool()>& goes_on) {
  if (!has_begun_) {
    has_begun_ = true;
    forget();
    after_tick(-1);
  }
  // Whoever stops before a tick finds its events still to come.
  if (next_ < to) events_.before_tick(event_world_, next_);
  return model_.run(next_, to, replay, [&](Tick tick) {
    after_tick(tick);
    next_ = tick + 1;
    if (goes_on && !goes_on()) return false;
    if (next_ < to) events_.before_tick(event_world_, next_);
    return true;
  });
}

std::uint64_t WorldRun::finish() {
  for (TrialRun& trial : *trials_) trial.end(model_, kind_);
  return events_.joined_to(model_.fingerprint());
}

void WorldRun::visit(State& state) {
  state("model", model_);
  state("events", events_);
  state("next", next_);
  state("has_begun", has_begun_);
}

void WorldRun::forget() {
  events_.forget();
  if (model_.living()) model_.living()->forget_events();
}

void WorldRun::after_tick(Tick last) {
  for (TrialRun& trial : *trials_) trial.after_tick(model_, kind_, last);
  if (recorder_ != nullptr && kind_ == WorldKind::treated) {
    recorder_->after_tick(model_, events_, last);
  } else {
    if (recorder_ != nullptr && kind_ == WorldKind::twin) recorder_->after_twin_tick(model_, last);
    forget();
  }
}

}  // namespace kith
