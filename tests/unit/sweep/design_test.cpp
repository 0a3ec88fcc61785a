#include "sweep/design.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "config/document.hpp"
#include "tests/support/scratch_folder.hpp"

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

TEST_CASE("what is kept is a list of tables, or tables and which of their rows") {
  const std::string rest = "factors: [{key: a, values: [1, 2]}]\n";
  const Design usual = read(rest);
  CHECK(usual.tables == std::vector<std::string>{"effects", "flow", "population"});
  CHECK(usual.rows_kept == RowsKept::last);
  CHECK_FALSE(usual.must_have_tables);
  const Design listed = read("keep: [flow]\n" + rest);
  CHECK(listed.tables == std::vector<std::string>{"flow"});
  CHECK(listed.rows_kept == RowsKept::last);
  CHECK(listed.must_have_tables);
  const Design all = read("keep: {tables: [diary, flow], rows: all}\n" + rest);
  CHECK(all.tables == std::vector<std::string>{"diary", "flow"});
  CHECK(all.rows_kept == RowsKept::all);
  CHECK_THAT(mistakes("keep: {table: [flow]}\n" + rest), Catch::Contains("did you mean \"tables\"?"));
  CHECK_THAT(mistakes("keep: {rows: some}\n" + rest), Catch::Contains("keep.rows is one of last, all"));
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
             Catch::Contains("1000000000 runs"));
  CHECK_THAT(mistakes("design: latin_hypercube\nsamples: 1000000000\nfactors: [{key: a, from: 0, to: 1}]\n"),
             Catch::Contains("at most 1000000"));
  CHECK_THAT(mistakes("set: [people]\n" + good), Catch::Contains("\"people\" sets nothing"));
  CHECK_THAT(mistakes("steps: 3\n" + good), Catch::Contains("unknown key \"steps\""));
  CHECK(mistakes(good).empty());
}

TEST_CASE("distributions are cut into shares of the same probability, between their limits where these are given") {
  const auto places = [](const std::string& factor) {
    std::vector<double> all;
    for (const auto& row : read("design: latin_hypercube\nsamples: 2000\nfactors: [{key: a, " + factor + "}]\n").rows)
      all.push_back(std::stod(row.front()));
    std::sort(all.begin(), all.end());
    return all;
  };
  const auto mean = [](const std::vector<double>& all, double power) {
    double sum = 0.0;
    for (const double each : all) sum += std::pow(each, power) / static_cast<double>(all.size());
    return sum;
  };
  const std::vector<double> normal = places("normal: {mean: 10 mg, sd: 2 mg}");
  CHECK(mean(normal, 1.0) == Approx(10.0).epsilon(0.002));
  CHECK(mean(normal, 2.0) == Approx(104.0).epsilon(0.004));
  CHECK(normal[1600] == Approx(10.0 + 2.0 * 0.8416).epsilon(0.003));
  const std::vector<double> log_normal = places("log_normal: {median: 0.15, cv: 0.5}");
  CHECK(log_normal[1000] == Approx(0.15).epsilon(0.01));
  CHECK(mean(log_normal, 1.0) == Approx(0.15 * std::sqrt(1.25)).epsilon(0.01));  // its mean is median · √(1 + cv²)
  // The mean of a normal above its middle is sd · √(2/π) off.
  const std::vector<double> half = places("normal: {mean: 10, sd: 2}, from: 10");
  CHECK(half.front() >= 10.0);
  CHECK(mean(half, 1.0) == Approx(10.0 + 2.0 * std::sqrt(2.0 / std::acos(-1.0))).epsilon(0.002));
  const std::vector<double> cut = places("log_normal: {median: 1, cv: 1}, from: 0.5, to: 2");
  CHECK(cut.front() >= 0.5);
  CHECK(cut.back() <= 2.0);
  CHECK(cut[1000] == Approx(1.0).epsilon(0.01));
}

TEST_CASE("values have names that tables show in their place") {
  const Design design =
      read("factors: [{key: a, values: ['[25 mg, 25 mg]', '[50 mg, 50 mg]'], names: [25 mg, 50 mg]}]\n");
  CHECK(design.assignments(1) == std::vector<std::string>{"a=[50 mg, 50 mg]"});
  CHECK(design.factors[0].shown(design.rows[1][0]) == "50 mg");
}

TEST_CASE("replicates are a setting of all runs") {
  CHECK(read("replicates: 3\nfactors: [{key: a, values: [1]}]\n").assignments(0) ==
        std::vector<std::string>{"replicates.count=3", "a=1"});
}

TEST_CASE("a design is read from the columns of a table by their names, whatever separates and quotes them") {
  const ScratchFolder folder;
  const std::string factors =
      "design: csv\nfile: " + (folder / "points.csv") +
      "\nfactors:\n- {key: a, unit: mg}\n- {key: b, column: the count, whole: true}\n- {key: c, words: true}\n";
  const Rows expected{{"0.25 mg", "300", "[25 mg, 25 mg]"}, {"1e-3 mg", "12", "say \"x\""}};
  for (const std::string text :
       {"c,a,other,the count\n\"[25 mg, 25 mg]\",0.25,x,300.0\n\"say \"\"x\"\"\",1e-3,,12\n",
        "\xEF\xBB\xBF\"c\";\"a\";\"other\";\"the count\"\r\n[25 mg, 25 mg];0.25;x;299.9\r\n\r\n\"say "
        "\"\"x\"\"\";1e-3;;12\r\n",
        "c\ta\tother\tthe count\n[25 mg, 25 mg]\t 0.25 mg\tx\t300\n\"say \"\"x\"\"\"\t1e-3\t\t12"}) {
    std::ofstream((folder / "points.csv"), std::ios::binary) << text;
    CHECK(read(factors).rows == expected);
  }
}
