#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/state.hpp"
#include "engine/clock.hpp"
#include "models/people/feelings.hpp"
#include "models/people/meeting.hpp"
#include "models/people/people.hpp"
#include "models/people/receptors.hpp"

namespace kith::people {

/// What a mechanism is shown of its world; nothing else is within its reach.
struct Scene {
  People& people;
  Receptors& receptors;
  const FeelingParams& feelings;
  const MeetingParams& meeting;
  const Clock& clock;
  WorldKey world;
};

/// A part of the model that not every world has: its parameters, its own state, and what it does in the phases of a tick in which it
/// acts. Columns that it adds to the people (People::add) are state, output and conditions without another line; other
/// state is listed in `visit`. What it does for the people [begin, end) must read and write only theirs.
class Mechanism {
 public:
  virtual ~Mechanism() = default;
  virtual std::string_view name() const = 0;
  virtual std::unique_ptr<Mechanism> clone() const = 0;
  virtual void visit(State& /*state*/) {}

  /// Once, when the people have their traits, before the burn-in: adds columns.
  virtual void start(const Scene& /*scene*/) {}
  /// Phase `use`, after the day has been tended and before drugs are taken: what people do for themselves.
  virtual void use(const Scene& /*scene*/, Tick /*tick*/) {}
  /// Phase `body`, when S, S̄, S* and B of the tick are known, before feelings relax.
  virtual void sense(const Scene& /*scene*/, const Relaxation& /*step*/, std::size_t /*begin*/, std::size_t /*end*/) {}
  /// Phase `body`, when feelings have relaxed, before approach and warmth follow from them.
  virtual void feel(const Scene& /*scene*/, const Relaxation& /*step*/, std::size_t /*begin*/, std::size_t /*end*/) {}
  /// Phase `body`, when `next` of approach and warmth have been written: may change them.
  virtual void approach(const Scene& /*scene*/, std::size_t /*begin*/, std::size_t /*end*/) {}
  /// Phase `meet`: factor on the share of contacts of two people that go well, by what others see of both.
  virtual float kept_goodness(PersonId /*a*/, PersonId /*b*/) const { return 1.0F; }
  /// Phase `live`: a contact of a person has gone well, with a quality, or badly; in the order in which the person lives them.
  virtual void after_good(const Scene& /*scene*/, PersonId /*person*/, float /*quality*/) {}
  virtual void after_bad(const Scene& /*scene*/, PersonId /*person*/) {}
};

/// The mechanisms of one world, in the order in which they act within a phase. Copying it copies each.
class Mechanisms {
 public:
  Mechanisms() = default;
  explicit Mechanisms(const std::vector<std::shared_ptr<const Mechanism>>& from) {
    for (const auto& mechanism : from) all_.push_back(mechanism->clone());
  }
  Mechanisms(const Mechanisms& other) {
    for (const auto& mechanism : other.all_) all_.push_back(mechanism->clone());
  }
  Mechanisms& operator=(const Mechanisms& other) { return *this = Mechanisms(other); }
  Mechanisms(Mechanisms&&) = default;
  Mechanisms& operator=(Mechanisms&&) = default;
  ~Mechanisms() = default;

  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }
  /// The mechanism of this class; null where the world has none.
  template <class M>
  M* find() const {
    for (const auto& mechanism : all_) {
      if (auto* found = dynamic_cast<M*>(mechanism.get())) return found;
    }
    return nullptr;
  }
  void visit(State& state) {
    for (const auto& mechanism : all_) mechanism->visit(state);
  }

 private:
  std::vector<std::unique_ptr<Mechanism>> all_;
};

}  // namespace kith::people
