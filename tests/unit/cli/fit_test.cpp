#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/fit_report.hpp"
#include "command_line.hpp"

using kith::ScratchFolder;
using kith::testing::contains;
using kith::testing::FakeApplication;
using kith::testing::invoke;
using kith::testing::Outcome;
using kith::testing::read_file;
using kith::testing::write_file;
using Json = nlohmann::json;

namespace {

/// A gain adds to connection what it is; less the control nothing else is left.
std::string problem(const std::string& method, const std::string& more = "") {
  return "fit: 1\ntitle: Mine\nwhen: [theory.name=botsa]\n" + more +
         "parameters:\n  theory.gain: {bounds: 0..1}\n"
         "experiments:\n  all: {scenario: first-steps, populations: 2, control: [\"theory={name: none}\"]}\n"
         "observables:\n"
         "  more: {experiment: all, table: population, column: connection, less_control: true}\n"
         "  whole: {experiment: all, table: population, column: connection}\n"
         "  both: {mean_of: [more, whole]}\n"
         "measurements:\n  - {observable: more, value: 0.3, noise: 0.05}\n"
         "method: " +
         method + "\n";
}

}  // namespace

TEST_CASE("one parameter is found where what is simulated meets what was measured, less its control") {
  const ScratchFolder folder;
  const std::string file = folder / "mine.yaml";
  const std::string out = folder / "fitted.yaml";
  write_file(file, problem("root"));
  const Outcome fit = invoke({"fit", file, "-o", out, "--json", "-q"});
  CHECK(fit.err.empty());
  REQUIRE(fit.status == 0);
  const Json tables = Json::parse(fit.out)["tables"];
  const Json estimate = tables[0]["rows"][0][1];
  CHECK(estimate["value"].get<double>() == Approx(0.3).margin(0.0006));
  CHECK(estimate["low"].get<double>() == Approx(0.3 - 1.96 * 0.05).margin(0.003));
  CHECK(estimate["high"].get<double>() == Approx(0.3 + 1.96 * 0.05).margin(0.003));
  CHECK(tables[1]["rows"][0][3]["value"].get<double>() == Approx(0.3).margin(0.0006));
  // Connection is at least 0.5 by itself; the mean of both is half way.
  const auto whole = tables[1]["rows"][1][3]["value"].get<double>();
  CHECK(whole > 0.79);
  CHECK(tables[1]["rows"][2][3]["value"].get<double>() == Approx(0.5 * (0.3 + whole)).margin(0.001));
  CHECK(contains(read_file(out), "theory.gain:\n    value: 0."));
  CHECK_FALSE(std::filesystem::exists(out + ".kept"));
  // A scenario takes it.
  const std::string scenario = folder / "scenario.yaml";
  write_file(scenario, "kith: 1\ntitle: Mine\n");
  CHECK(invoke({"fit", file, "-o", out}).status == 6);
  CHECK(invoke({"fit", file, "-o", out, "--force"}).status == 0);
  // Draws of a posterior follow from what was simulated on the way: 0.3 ± 0.05, all of them between the bounds.
  const std::string fitted = read_file(out);
  const std::size_t from = fitted.find("draws: [") + 8;
  const std::vector<double> draws = Json::parse("[" + fitted.substr(from, fitted.find(']', from) - from) + "]");
  REQUIRE(draws.size() == 100);
  CHECK(std::is_sorted(draws.begin(), draws.end()));
  CHECK(draws[49] == Approx(0.3).margin(0.005));
  CHECK(draws[83] == Approx(0.3 + 0.974 * 0.05).margin(0.005));  // of which a share of 0.835 lies below
}

TEST_CASE("a fit is drawn and overwrites no drawing") {
  const ScratchFolder folder;
  const std::string file = folder / "mine.yaml";
  const std::string plot = folder / "fit.svg";
  write_file(file, problem("root"));
  CHECK(invoke({"fit", file, "--plot", plot, "-q"}).status == 0);
  const std::string svg = read_file(plot);
  CHECK(contains(svg, "theory.gain"));
  CHECK(contains(svg, "identified; 21 % of the width before"));
  CHECK(invoke({"fit", file, "--plot", plot, "-q"}).status == 6);
  CHECK(invoke({"fit", "fits/small", "--check", "sbc", "--plot", plot}).status == 2);
}

TEST_CASE("parameters that only their sum is measured of are told together, and others not") {
  kith::fit::Problem problem;
  problem.parameters.resize(3);
  for (std::size_t k = 0; k < 3; ++k) problem.parameters[k].key = std::string(1, static_cast<char>('a' + k));
  kith::fit::Solution solution;
  for (const kith::fit::Parameter& parameter : problem.parameters)
    solution.parameters.push_back({.parameter = &parameter, .found = "identified", .draws = {}});
  solution.correlations = {{1.0, -0.93, 0.5}, {-0.93, 1.0, 0.0}, {0.5, 0.0, 1.0}};
  const kith::Report report = kith::cli::fit_report(problem, solution);
  const auto tells = [&](const std::string& words) {
    return std::count_if(report.notes.begin(), report.notes.end(),
                         [&](const std::string& note) { return contains(note, words); });
  };
  CHECK(tells("correlate at") == 1);
  CHECK(tells("a and b correlate at −0.93: what was measured tells a combination") == 1);
}

TEST_CASE("a posterior has its draws, and the same command goes on with what was simulated") {
  const ScratchFolder folder;
  const std::string file = folder / "mine.yaml";
  const std::string out = folder / "fitted.yaml";
  write_file(file, problem("{name: abc, particles: 30, simulations: 400}"));
  const int before = FakeApplication::runs;
  const Outcome whole = invoke({"fit", file, "-o", out, "-q"});
  REQUIRE(whole.status == 0);
  const int runs = FakeApplication::runs - before;
  CHECK(contains(whole.out, "identified"));
  CHECK(contains(read_file(out), "draws: [0."));
  const std::string first = read_file(out);
  // A fit that is cut short by a budget of its own leaves nothing, and one that fails leaves what it has.
  write_file(file, problem("{name: abc, particles: 30, simulations: 400}", "set: [time.fails_on=1]\n"));
  const Outcome failed = invoke({"fit", file, "-o", folder / "other.yaml"});
  CHECK(failed.status == 1);
  CHECK(contains(failed.err, "400 of 400 simulations failed"));
  CHECK(contains(failed.err, "400 simulations are kept in "));
  CHECK(std::filesystem::exists(folder / "other.yaml.kept"));
  CHECK_FALSE(std::filesystem::exists(folder / "other.yaml"));
  const int in_between = FakeApplication::runs;
  CHECK(invoke({"fit", file, "-o", folder / "other.yaml"}).status == 1);
  CHECK(FakeApplication::runs == in_between);  // all were kept
  std::filesystem::rename(folder / "other.yaml.kept", folder / "third.yaml.kept");
  write_file(file, problem("{name: abc, particles: 30, simulations: 400}"));
  const Outcome other = invoke({"fit", file, "-o", folder / "third.yaml"});
  CHECK(other.status == 6);
  CHECK(contains(other.err, "another problem"));
  CHECK(invoke({"fit", file, "-o", folder / "third.yaml", "--force", "-q"}).status == 0);
  CHECK(FakeApplication::runs == in_between + runs);
  const std::string third = read_file(folder / "third.yaml");
  CHECK(third.substr(0, third.find("made:")) == first.substr(0, first.find("made:")));
}

TEST_CASE("a fit whose budget ended too early says so wherever its result is told, and not how wide it is") {
  const ScratchFolder folder;
  const std::string file = folder / "mine.yaml";
  const std::string out = folder / "fitted.yaml";
  const std::string plot = folder / "fit.svg";
  write_file(file, problem("{name: abc, particles: 30, simulations: 70}"));
  const Outcome fit = invoke({"fit", file, "-o", out, "--plot", plot});
  REQUIRE(fit.status == 0);
  const std::string words = "not settled: the budget ended at h = ";
  CHECK(contains(Json::parse(invoke({"fit", file, "-q", "--json"}).out)["tables"][0]["rows"][0].back()["text"], words));
  CHECK(contains(read_file(out), words));
  CHECK(contains(read_file(plot), words));
  CHECK_FALSE(contains(read_file(out), "identified"));
  CHECK(contains(fit.err, "wrote " + out));
  CHECK(contains(fit.err, "wrote " + plot));
}

TEST_CASE("the check of posteriors tells both ranks, and needs a method that has posteriors") {
  const Outcome check = invoke({"fit", "fits/small", "--check", "sbc", "--data-sets", "3", "--json", "-q"});
  REQUIRE(check.status == 0);
  const Json rows = Json::parse(check.out)["tables"][0]["rows"];
  REQUIRE(rows.size() == 2);
  CHECK(rows[1][1]["text"] == "narrowed by half");
  const ScratchFolder folder;
  const std::string file = folder / "mine.yaml";
  write_file(file, problem("root"));
  CHECK(invoke({"fit", file, "--check", "sbc"}).status == 2);
  CHECK(invoke({"fit", file, "--check", "else"}).status == 2);
  CHECK(invoke({"fit", file, "--data-sets", "3"}).status == 2);
  CHECK(invoke({"fit", "fits/small", "--check", "sbc", "-o", file}).status == 2);
}

TEST_CASE("what a fit cannot do is told") {
  const ScratchFolder folder;
  const std::string file = folder / "mine.yaml";
  std::string far = problem("root");
  far.replace(far.find("value: 0.3"), 10, "value: 7.0");
  write_file(file, far);
  const Outcome beyond = invoke({"fit", file, "-q"});
  CHECK(beyond.status == 1);
  CHECK(contains(beyond.err, "more is 0 at theory.gain = 0 and 1 at 1: it does not come to 7 between the bounds"));
  std::string table = problem("root");
  table.replace(table.find("column: connection"), 18, "column: connexion");
  write_file(file, table);
  const Outcome column = invoke({"fit", file, "-q"});
  CHECK(column.status == 3);
  CHECK(contains(column.err, "population has no column \"connexion\" (connection); did you mean \"connection\"?"));
  write_file(file, problem("root", "set: [time.dais=3]\n"));
  const Outcome set = invoke({"fit", file, "-q"});
  CHECK(set.status == 3);
  CHECK(contains(set.err, file + ":4:7: error: unknown key \"dais\""));
  std::string key = problem("root");
  key.replace(key.find("theory.gain"), 11, "theory.gein");
  write_file(file, key);
  const Outcome parameter = invoke({"fit", file, "-q"});
  CHECK(parameter.status == 3);
  CHECK(contains(parameter.err, file + ":5:"));
  CHECK(contains(parameter.err, "gein"));
  CHECK_FALSE(contains(parameter.err, "--set"));
}
