#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "engine/glance.hpp"

namespace kith::cli {

/// A moment in the life of a person: one tick in one world.
struct Moment {
  std::uint32_t replicate = 0;
  std::string world;  ///< "treated", "twin" …; ticks below 0 are of the burn-in, whatever it says
  PersonId person = 0;
  Tick tick = 0;

  bool is_in_burn_in() const { return tick < 0; }
};

/// Looks at a run until that moment is over. Any thread may look.
class PersonWatch {
 public:
  explicit PersonWatch(Moment moment) : moment_(std::move(moment)) {}

  void look(const Glance& glance);
  bool is_over() const { return is_over_; }
  /// Whether the tick came to an end.
  bool has_failed() const { return has_failed_; }
  /// Before the tick; empty where the run begins with it, and there was nothing to look at.
  const std::vector<StateValue>& before() const { return before_; }
  /// After the tick, or when it failed; empty where there is no such person.
  const std::vector<StateValue>& after() const { return after_; }
  double hours_before() const { return hours_before_; }
  double hours_after() const { return hours_after_; }

  const Moment& moment() const { return moment_; }

 private:
  bool is_its_world(const Glance& glance) const;

  Moment moment_;
  std::mutex mutex_;
  std::atomic<bool> is_over_ = false;
  std::atomic<bool> has_failed_ = false;
  std::vector<StateValue> before_, after_;
  double hours_before_ = 0.0, hours_after_ = 0.0;
};

/// A row for each piece of state: its name, before, after, unit and meaning.
std::string table_of(const PersonWatch& watch);

}  // namespace kith::cli
