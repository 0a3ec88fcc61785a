#include "models/application/application.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "config/document.hpp"
#include "models/application/occupancy_chart.hpp"
#include "models/pharmacology/drug.hpp"
#include "plot/chart.hpp"

using namespace kith;

namespace {

const cli::Topic& topic(const std::vector<cli::Topic>& topics, const std::string& name) {
  const auto found =
      std::find_if(topics.begin(), topics.end(), [&](const cli::Topic& each) { return each.name == name; });
  REQUIRE(found != topics.end());
  return *found;
}

/// A shipped scenario, changed.
std::unique_ptr<cli::Study> study(const KithApplication& application, const std::string& name,
                                  const std::vector<config::Override>& changes) {
  for (const cli::ShippedScenario& scenario : application.scenarios()) {
    if (scenario.name != name) continue;
    config::Document document = config::Document::from_text(std::string(scenario.text), name, changes);
    return application.read(document.root());
  }
  FAIL("no scenario " << name);
  return nullptr;
}

}  // namespace

TEST_CASE("every shipped scenario has a name of its own and is read without a mistake") {
  const KithApplication application;
  std::set<std::string_view> names;
  for (const cli::ShippedScenario& scenario : application.scenarios()) {
    INFO(scenario.name);
    CHECK(names.insert(scenario.name).second);
    if (scenario.text.find("\n  file: ") != std::string_view::npos) continue;  // its network stands beside it
    config::Document document = config::Document::from_text(std::string(scenario.text), std::string(scenario.name));
    const std::unique_ptr<cli::Study> read = application.read(document.root());
    CHECK_NOTHROW(document.check([&](config::Section root) { application.read(std::move(root)); }));
    CHECK_FALSE(read->title().empty());
  }
  CHECK(names.count("first-steps") == 1);
}

TEST_CASE("drugs that act can be drawn, placebo and theories cannot") {
  const std::vector<cli::Topic> topics = KithApplication{}.topics();
  CHECK(topic(topics, "naltrexone").draw);
  CHECK_FALSE(topic(topics, "placebo").draw);
  CHECK_FALSE(topic(topics, "botsa").draw);
  CHECK(topic(topics, "botsa").kind == "theory");
  CHECK(topic(topics, "botsa").text.find("\nSource: ") != std::string::npos);
  CHECK(topic(topics, "none").text.find("Source: none needed") != std::string::npos);
}

TEST_CASE("a theory is told with claim, equations, what is published and what is ours, and parameters with marks") {
  const std::vector<cli::Topic> topics = KithApplication{}.topics();
  const std::string& text = topic(topics, "state_dependent").text;
  for (const char* part : {"Equations: ", "Published: ", "Ours: ", "Source: ", "Fitted: ", "distressed_from 0.3 ",
                           "assumed: range", "Share of felt connection"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("learning_rate") == std::string::npos);  // another theory's
  CHECK(topic(topics, "none").text.find("Parameters: none") != std::string::npos);
  CHECK(topic(topics, "mine").text.find("approach.[].gain") != std::string::npos);
  const std::string& warmth = topic(topics, "warmth").text;
  CHECK(warmth.find("touch 0.5") != std::string::npos);
  CHECK(warmth.find("theory: {name: ..., warmth: {}}") != std::string::npos);
}

TEST_CASE("all theories are those that ship, and a scenario changes from one to another with its terms") {
  const KithApplication application;
  const std::vector<std::string> all = application.theories();
  CHECK(all.size() == 8);
  CHECK(std::find(all.begin(), all.end(), "mine") == all.end());
  const auto written = study(application, "first-steps", {{"theory={name: mine, analgesia: {rejection: 0.2}}"}});
  CHECK(written->theory() == "mine");
  CHECK(written->change_to("mine").empty());
  CHECK(written->change_to("none") == "theory={name: none, analgesia: {rejection: 0.2}}");
}

TEST_CASE("the chart of a drug has the band in which nine of ten people lie around the typical person") {
  const KithApplication application;
  const auto topics = application.topics();
  const plot::Curve curve =
      topic(topics, "naltrexone").draw({.doses = {50.0}, .every = 24.0, .count = 7U}).curves.front();
  REQUIRE(curve.band.size() == curve.points.size());
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    CHECK(curve.band[i].first <= curve.points[i].second);
    CHECK(curve.band[i].second >= curve.points[i].second);
  }
  // Under daily doses: exposure is lognormal with the sigma of bioavailability over clearance, r = -0.5.
  const auto sigma = [](double cv) { return std::sqrt(std::log(1.0 + cv * cv)); };
  const double all = std::sqrt(std::pow(sigma(0.3), 2) + std::pow(sigma(1.07), 2) + sigma(0.3) * sigma(1.07));
  const auto at = std::find_if(curve.points.begin(), curve.points.end(), [](const auto& p) { return p.first > 6.0; });
  const double x = at->second / (100.0 - at->second) * std::exp(-1.645 * all);
  CHECK(curve.band[static_cast<std::size_t>(at - curve.points.begin())].first ==
        Approx(100.0 * x / (1.0 + x)).margin(2.0));
}

TEST_CASE("the chart of a drug starts free, stays between 0 and 100 %, and draws a curve for each dose") {
  const std::vector<cli::Topic> topics = KithApplication{}.topics();
  const plot::Chart chart = topic(topics, "naltrexone").draw({.doses = {10.0, 50.0}, .every = {}, .count = {}});
  REQUIRE(chart.curves.size() == 2);
  CHECK(chart.y_most == 100.0);
  double most[2] = {0.0, 0.0};
  for (std::size_t i = 0; i < 2; ++i) {
    REQUIRE_FALSE(chart.curves[i].points.empty());
    CHECK(chart.curves[i].points.front().second == 0.0);
    for (const auto& [at, held] : chart.curves[i].points) {
      CHECK(at <= chart.x_most);
      CHECK(held <= 100.0);
      most[i] = std::max(most[i], held);
    }
  }
  CHECK(most[0] > 0.0);
  CHECK(most[1] > most[0]);
}

TEST_CASE("a study runs behind the command line's interface, and the seed decides its fingerprint") {
  const KithApplication application;
  const auto run = [&](const std::string& seed) {
    const auto small =
        study(application, "first-steps",
              {{"people.count=60"}, {"network.sizes=[5, 10]"}, {"replicates.count=1"}, {"seed=" + seed}});
    MemorySink sink;
    const std::unique_ptr<cli::RunningStudy> running = small->begin({}, sink);
    CHECK(running->advance());
    CHECK_FALSE(running->finish().tables.empty());
    CHECK_FALSE(sink.rows().empty());
    return running->fingerprint();
  };
  const std::string first = run("7");
  CHECK(first.size() == 16);
  CHECK(run("7") == first);
  CHECK(run("8") != first);
}

TEST_CASE("the network of a study has its people, and tells nothing of a file where it was generated") {
  const auto small = study(KithApplication{}, "first-steps", {{"people.count=60"}, {"network.sizes=[5, 10]"}});
  const cli::NetworkAtStart made = small->network();
  CHECK(made.graph.people == 60);
  CHECK(made.columns.names.empty());
  CHECK(made.notes.empty());
}

TEST_CASE("extrapolation is a warning and no doubt; an unusual dose is doubtful") {
  const KithApplication application;
  const auto doubts = [&](const std::vector<config::Override>& changes) {
    const auto all = application.scenarios();
    const auto first_steps =
        std::find_if(all.begin(), all.end(), [](const auto& one) { return one.name == "first-steps"; });
    REQUIRE(first_steps != all.end());
    const std::string text(first_steps->text);
    config::Document document = config::Document::from_text(text, "first-steps", changes);
    return application.read(document.root())->survey(document.root()).doubts;
  };
  CHECK(doubts({}).empty());
  const std::vector<std::string> unusual = doubts({{"trial.arms.naltrexone.doses=[5000 mg, 50 mg]"}});
  REQUIRE(unusual.size() == 1);
  CHECK(unusual.front().find("lies outside the doses") != std::string::npos);
}

TEST_CASE("numbers are compared in pairs or not as asked") {
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> a{10.0, nothing, 30.0, 20.0};
  const std::vector<double> b{11.0, 5.0, 33.0, 22.0};
  const KithApplication application;
  CHECK(application.contrast(a, b, cli::Pairing::paired).difference == 2.0);
  CHECK(application.contrast(a, b, cli::Pairing::unpaired).difference == -2.25);
  CHECK(application.contrast(a, b, cli::Pairing::paired).variance_reduction == Approx(221.0));
}
