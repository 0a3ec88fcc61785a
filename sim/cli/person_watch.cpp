#include "cli/person_watch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kith::cli {

namespace {

/// The value of this name; "–" where there is none.
std::string value_in(const std::vector<StateValue>& values, const std::string& name) {
  const auto found =
      std::find_if(values.begin(), values.end(), [&](const StateValue& one) { return one.name == name; });
  return found == values.end() ? "–" : found->value;
}

}  // namespace

bool PersonWatch::is_its_world(const Glance& glance) const {
  const bool is_own = glance.replicate == moment_.replicate;
  // The end of the burn-in that all replicates may share is how each begins.
  if (glance.world == "burn-in") return moment_.is_in_burn_in() ? is_own : moment_.tick == 0;
  return !moment_.is_in_burn_in() && is_own && glance.world == moment_.world;
}

void PersonWatch::look(const Glance& glance) {
  if (is_over_ || !is_its_world(glance)) return;
  const bool is_last_of_burn_in = glance.world == "burn-in" && glance.next == 0 && moment_.tick == 0;
  const bool is_own = glance.replicate == moment_.replicate;
  const std::scoped_lock lock(mutex_);
  if (glance.next == moment_.tick && !glance.has_failed && (is_own || before_.empty())) {
    before_ = glance.person(moment_.person);
    hours_before_ = glance.hours;
  }
  if (is_last_of_burn_in) return;
  const bool has_failed = glance.has_failed && glance.next == moment_.tick;
  if (glance.next != moment_.tick + 1 && !has_failed) return;
  after_ = glance.person(moment_.person);
  hours_after_ = glance.hours;
  has_failed_ = has_failed;
  is_over_ = true;
}

std::string table_of(const PersonWatch& watch) {
  std::size_t width = 0;
  for (const StateValue& one : watch.after()) width = std::max(width, one.name.size());
  std::string text =
      fmt::format("{:<{}}  {:>16}  {:>16}\n", "", width, "before", watch.has_failed() ? "failed" : "after");
  for (const StateValue& one : watch.after()) {
    const std::string before = value_in(watch.before(), one.name);
    const std::string unit = one.unit == "1" ? "" : " [" + one.unit + "]";
    text += fmt::format("{:<{}}  {:>16}  {:>16}  {}{}\n", one.name, width, before, one.value, one.meaning, unit);
  }
  return text;
}

}  // namespace kith::cli
