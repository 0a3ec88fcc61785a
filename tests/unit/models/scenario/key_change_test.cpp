#include "models/scenario/key_change.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/support/small_scenarios.hpp"

using namespace kith;
using When = config::KeyChange::When;

TEST_CASE("Every key that a scenario can have has a rule that says when it can change") {
  auto document = config::Document::describe();
  read_scenario(document.root());
  REQUIRE(document.entries().size() > 300);
  for (const config::Entry& entry : document.entries()) {
    CAPTURE(entry.path);
    CHECK_FALSE(rule_of_change(entry.path).empty());
    const config::KeyChange change = change_of(entry.path);
    CHECK(change.reason.empty() == (change.when != When::never));
  }
}

TEST_CASE("A rule that no key goes by has been left over") {
  auto document = config::Document::describe();
  read_scenario(document.root());
  for (const char* rule : {"kith",
                           "title",
                           "theory",
                           "theory.name",
                           "theory.evidence",
                           "theory.approach.*.term",
                           "time",
                           "time.duration",
                           "people",
                           "people.opioid_tone.day_sd",
                           "people.wanted_connection.drift_time",
                           "network",
                           "meeting",
                           "meeting.approach_most",
                           "meeting.night",
                           "ties",
                           "ties.are",
                           "feelings",
                           "receptor",
                           "drugs",
                           "scales",
                           "scales.isolated",
                           "symptoms",
                           "substance_use",
                           "substance_use.dose",
                           "substance_use.release",
                           "substance_use.craving",
                           "substance_use.odds",
                           "substance_use.odds.sd",
                           "substance_use.habit.learning",
                           "substance_use.reward",
                           "substance_use.social_cost",
                           "substance_use.split_paths",
                           "trial",
                           "trials",
                           "measures",
                           "events",
                           "record",
                           "replicates",
                           "seed",
                           "expect"}) {
    CAPTURE(rule);
    CHECK(std::any_of(document.entries().begin(), document.entries().end(),
                      [&](const config::Entry& entry) { return rule_of_change(entry.path) == rule; }));
  }
}

TEST_CASE("Keys are found by their paths in the reference and as people write them; the nearer rule counts") {
  CHECK(change_of("events.0.at").when == When::as_planned);
  CHECK(change_of("events.[].at").when == When::as_planned);
  CHECK(change_of("trial.arms.naltrexone.doses").when == When::never);
  CHECK_FALSE(change_of("trial.arms.naltrexone.doses").acts_in_burn_in);
  CHECK(change_of("theory.approach_gain").when == When::from_then);
  CHECK(change_of("theory.name").when == When::never);
  CHECK(change_of("theory.approach.1.gain").when == When::from_then);
  CHECK(change_of("theory.approach.1.term").when == When::never);
  CHECK(change_of("meeting.contacts_per_day").when == When::from_then);
  CHECK(change_of("meeting.contacts_per_day").acts_in_burn_in);
  CHECK(rule_of_change("people.opioid_tone.day_sd") == "people.opioid_tone.day_sd");
  CHECK(rule_of_change("people.opioid_tone.day_sd_of") == "people");
}

TEST_CASE("A key that no scenario has can never change and acts in the burn-in") {
  for (const char* key : {"", "peoples", "peopl", "evnts.0.at", "trial_arms"}) {
    CAPTURE(key);
    CHECK(rule_of_change(key).empty());
    CHECK(change_of(key).when == When::never);
    CHECK(change_of(key).acts_in_burn_in);
    CHECK(change_of(key).reason == "no scenario has this key");
  }
}
