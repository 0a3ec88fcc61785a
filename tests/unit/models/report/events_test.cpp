#include <algorithm>
#include <catch2/catch.hpp>

#include "models/report/study_report.hpp"
#include "tests/support/event_texts.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::eventful;
using kith::testing::run_text;

TEST_CASE("the report warns of more than 7 days of an antagonist, whoever gives it, and says how many were reached") {
  const auto report = [](const std::string& events) {
    const auto done = run_text(eventful(events), {{"people.count=100"}, {"time.duration=12 d"}});
    return study_report(*done.scenario, done.run);
  };
  const auto warns = [](const Report& of, const std::string& text) {
    return std::any_of(of.warnings.begin(), of.warnings.end(),
                       [&](const std::string& warning) { return warning.find(text) != std::string::npos; });
  };
  const std::string pill =
      "  - {name: pill, at: 1 d, target: {count: 9}, do: {dose: {drug: naltrexone, amount: 50 mg, every: 1 d}";
  const Report eight = report(pill + ", for: 8 d}}");
  CHECK(warns(eight, "more than 7 days"));
  CHECK(warns(eight, "after the last dose"));
  const Report seven = report(pill + ", for: 7 d}}");
  CHECK_FALSE(warns(seven, "more than 7 days"));
  CHECK(warns(seven, "after the last dose"));
  CHECK(warns(report(pill + "}}"), "more than 7 days"));  // to the end of the run
  CHECK(report("  - {name: talk, at: 1 d, do: {contact: {}}}").warnings.empty());
  const ReportTable& table = seven.tables.back();
  REQUIRE(table.title == "events");
  CHECK(table.rows[0][0].text == "pill");
  CHECK(table.rows[0][1].value == 1.0);
  CHECK(table.rows[0][2].value == 9.0);
}
