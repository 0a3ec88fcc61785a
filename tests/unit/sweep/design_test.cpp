#include "sweep/design.hpp"

#include <catch2/catch.hpp>

#include "config/document.hpp"

using namespace kith;
using namespace kith::sweep;

namespace {

Design read(const std::string& text) {
  auto document = config::Document::from_text("sweep: 1\ntitle: T\nscenario: first-steps\n" + text, "design.yaml");
  Design design = read_design(document.root());
  document.check([](config::Section root) { read_design(std::move(root)); });
  return design;
}

std::string mistakes(const std::string& text) {
  try {
    read(text);
  } catch (const config::InvalidScenario& invalid) {
    return invalid.what();
  }
  return "";
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("in a grid every value meets every other, the last factor changing fastest") {
  const Design design =
      read("set: [people.count=9]\nfactors:\n- {key: a, values: [1, 2]}\n- {key: b, values: [25 mg, 50 mg, x]}\n");
  CHECK(design.rows == Rows{{"1", "25 mg"}, {"1", "50 mg"}, {"1", "x"}, {"2", "25 mg"}, {"2", "50 mg"}, {"2", "x"}});
  CHECK(design.assignments(3) == std::vector<std::string>{"people.count=9", "a=2", "b=25 mg"});
}

TEST_CASE("a list takes the values side by side") {
  CHECK(read("design: list\nfactors:\n- {key: a, values: [1, 2]}\n- {key: b, values: [x, y]}\n").rows ==
        Rows{{"1", "x"}, {"2", "y"}});
}

TEST_CASE("ranges go from end to end, evenly or by factors, in their unit, whole where asked") {
  const auto levels = [](const std::string& factor) {
    std::vector<std::string> all;
    for (const auto& row : read("factors: [{key: a, " + factor + "}]\n").rows) all.push_back(row.front());
    return all;
  };
  CHECK(levels("from: 0, to: 1, steps: 5") == std::vector<std::string>{"0", "0.25", "0.5", "0.75", "1"});
  CHECK(levels("from: 25 mg, to: 100 mg, steps: 2") == std::vector<std::string>{"25 mg", "100 mg"});
  CHECK(levels("from: 10 %, to: 30 %, steps: 3") == std::vector<std::string>{"10 %", "20 %", "30 %"});
  CHECK(levels("from: 100, to: 10000, steps: 3, scale: log, whole: true") ==
        std::vector<std::string>{"100", "1000", "10000"});
  CHECK(levels("from: 1, to: 4, steps: 3, whole: true") == std::vector<std::string>{"1", "3", "4"});
}

TEST_CASE("random designs have as many runs as they say, and lists share the places among them") {
  const std::string factors = "factors:\n- {key: a, from: 0.05, to: 0.3, scale: log}\n- {key: b, values: [x, y]}\n";
  const Design design = read("design: latin_hypercube\nsamples: 10\n" + factors);
  REQUIRE(design.rows.size() == 10);
  int x = 0;
  for (const auto& row : design.rows) {
    x += row[1] == "x" ? 1 : 0;
    const double value = std::stod(row[0]);
    CHECK(value >= 0.05);
    CHECK(value <= 0.3);
  }
  CHECK(x == 5);
  CHECK(read("design: sobol\nsamples: 8\n" + factors).rows.size() == 8 * 4);
  CHECK(read("design: morris\nsamples: 8\n" + factors).rows.size() == 8 * 3);
}

TEST_CASE("a broken design is refused with the place, the reason and what to write") {
  const std::string good = "factors: [{key: a, values: [1, 2]}]\n";
  CHECK_THAT(mistakes("design: sobol\nsamples: 1000\nfactors: [{key: a, from: 0, to: 1}]\n"),
             Catch::Contains("design.yaml:5:") && Catch::Contains("1000 is no power of two") &&
                 Catch::Contains("use 512 or 1024"));
  CHECK_THAT(mistakes("factors: []\n"), Catch::Contains("nothing varies"));
  CHECK_THAT(mistakes("factors: [{key: a}]\n"), Catch::Contains("the factor has no values"));
  CHECK_THAT(mistakes("factors: [{key: a, values: [1], from: 0, to: 1, steps: 2}]\n"),
             Catch::Contains("leave one of them out"));
  CHECK_THAT(mistakes("factors: [{key: a, values: [1]}, {key: a, values: [2]}]\n"), Catch::Contains("a varies twice"));
  CHECK_THAT(mistakes("factors: [{key: a, values: [1, 1]}]\n"), Catch::Contains("\"1\" stands twice"));
  CHECK_THAT(mistakes("factors: [{key: a, from: 2 d, to: 1 d, steps: 2}]\n"), Catch::Contains("exchange the two"));
  CHECK_THAT(mistakes("factors: [{key: a, from: 1 h, to: 1 d, steps: 2}]\n"),
             Catch::Contains("from is in \"h\" and to in \"d\""));
  CHECK_THAT(mistakes("factors: [{key: a, from: few, to: 1, steps: 2}]\n"), Catch::Contains("\"few\" is no number"));
  CHECK_THAT(mistakes("factors: [{key: a, from: 0, to: 1, steps: 3, scale: log}]\n"),
             Catch::Contains("begins above 0"));
  CHECK_THAT(mistakes("design: list\nfactors: [{key: a, values: [1, 2]}, {key: b, values: [1]}]\n"),
             Catch::Contains("a has 2 values and b has 1"));
  CHECK_THAT(mistakes("factors: [{key: a, from: 0, to: 1, steps: 100000}, {key: b, from: 0, to: 1, steps: 10000}]\n"),
             Catch::Contains("1e+09 runs"));
  CHECK_THAT(mistakes("design: latin_hypercube\nsamples: 1000000000\nfactors: [{key: a, from: 0, to: 1}]\n"),
             Catch::Contains("at most 1000000"));
  CHECK_THAT(mistakes("set: [people]\n" + good), Catch::Contains("\"people\" sets nothing"));
  CHECK_THAT(mistakes("steps: 3\n" + good), Catch::Contains("unknown key \"steps\""));
  CHECK(mistakes(good).empty());
}
