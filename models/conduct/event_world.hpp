#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "models/conduct/trial_run.hpp"
#include "models/events/run.hpp"
#include "models/world/population.hpp"

namespace kith {

/// A model as events see it.
class EventWorld final : public events::World {
 public:
  /// All outlive it. `world` as in Model::continue_as; `doses`: whether events give their drugs.
  enum class Doses { given, left_out };
  EventWorld(Model& model, const Population& population, const std::vector<TrialRun>& runs, WorldKey world,
             Doses doses = Doses::given)
      : model_(&model), population_(&population), runs_(&runs), world_(world), doses_(doses) {}

  const Clock& clock() const override { return model_->clock(); }
  WorldKey key() const override { return world_; }
  const people::People& people() const override { return model_->people(); }
  const network::Ties& ties() const override { return model_->ties(); }
  const people::MeetingParams& meeting() const override { return model_->scenario().meeting; }
  conditions::Everybody everybody(events::Knowledge knowledge) override;
  std::span<const std::uint8_t> tone_tercile() const override { return population_->tone_tercile; }
  std::span<const std::uint32_t> community() const override;
  std::vector<PersonId> in_arm(std::string_view arm, double hours) const override;

  void set_opportunity(people::OpportunityFactors factors) override { model_->set_opportunity(std::move(factors)); }
  float good_contact(PersonId person, const people::GoodContact& contact, double hours) override {
    return model_->good_contact(person, contact, hours);
  }
  void distress(PersonId person, float amount) override { model_->distress(person, amount); }
  void release(PersonId person, float ligand) override { model_->release(person, ligand); }
  void treat(std::uint32_t event, std::span<const PersonId> people, const pharmacology::SharedDrug& drug,
             std::span<const pharmacology::Dose> doses) override;

  void end_tie(PersonId a, PersonId b) override { model_->living()->stage_end(a, b); }
  void begin_tie(PersonId a, PersonId b, float closeness, events::TiePlaces places) override;
  bool has_place(PersonId person, float closeness) const override;
  void move(std::span<const PersonId> people, std::span<const std::uint32_t> to) override {
    model_->living()->move_to(people, to);
  }
  void bond(PersonId a, PersonId b, float reward, double hours) override { model_->bond(a, b, reward, hours); }

 private:
  Model* model_;
  const Population* population_;
  const std::vector<TrialRun>* runs_;
  WorldKey world_;
  Doses doses_;
  std::optional<OnDemand<people::Isolation>> isolation_;  // as of the last time that ties had to be known
};

}  // namespace kith
