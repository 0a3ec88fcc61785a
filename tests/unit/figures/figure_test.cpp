#include "figures/figure.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "figures/effects.hpp"
#include "figures/families.hpp"
#include "figures/in_short.hpp"
#include "figures/numbers.hpp"
#include "figures/over_studies.hpp"
#include "figures/page.hpp"
#include "figures/side_by_side.hpp"
#include "io/result_writer.hpp"
#include "support/sample_run.hpp"
#include "support/scratch_folder.hpp"

using namespace kith;
using namespace kith::figures;

namespace {

/// The mean, and limits that are one below and above it.
Mean one_around(std::span<const double> values) {
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  return {mean, mean - 1.0, mean + 1.0};
}

TableSpec spec_of(std::uint32_t replicates, const std::string& name = "population") {
  std::vector<std::int32_t> numbers(replicates);
  std::iota(numbers.begin(), numbers.end(), 0);
  const std::vector<std::string> groups{"all", "arm: a", "arm: b"};
  return {.name = name,
          .long_name = "means",
          .dimensions = {{"replicate", "", "", numbers},
                         {"time", "", "hours", std::vector<double>{}},
                         {"group", "", "", groups}},
          .growing = "time",
          .variables = {{.name = "size",
                         .unit = "1",
                         .long_name = "size",
                         .type = ValueType::float64,
                         .dimensions = {"replicate", "time", "group"}},
                        {.name = "zero",
                         .unit = "1",
                         .long_name = "zero",
                         .type = ValueType::float64,
                         .dimensions = {"replicate", "time", "group"}}}};
}

/// size = 25 replicate + row + 0.1 group, a row every six hours.
io::ResultFile written(const std::string& path, std::uint32_t replicates, int rows) {
  io::WriterOptions options;
  options.path = path;
  io::ResultWriter writer(options, sample::attributes());
  writer.declare(spec_of(replicates));
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    for (int row = 0; row < rows; ++row) {
      const double base = 25.0 * replicate + row;
      writer.write({.table = "population",
                    .replicate = replicate,
                    .coordinate = 6.0 * row,
                    .values = {std::vector<double>{base, base + 0.1, base + 0.2}, std::vector<double>(3, 0.0)}});
    }
  }
  writer.finish();
  return io::ResultFile(path);
}

Definition size_of_groups() {
  return {.name = "size",
          .title = "Size",
          .reading = "A curve a group.",
          .kind = Kind::over_time,
          .table = "population",
          .variables = {"size"},
          .unit = "m",
          .digits = 2};
}

}  // namespace

TEST_CASE("several studies have their mean and its interval, fewer than five their range, and one or none no limits") {
  const auto limits = [](std::vector<double> values) {
    const Mean mean = over_studies(std::move(values), one_around);
    return std::vector<double>{mean.mean, mean.low, mean.high};
  };
  const double none = std::nan("");
  CHECK(limits({1, 2, 3, 4, 10}) == std::vector<double>{4, 3, 5});
  CHECK(limits({1, none, 2, 3, 6}) == std::vector<double>{3, 1, 6});
  CHECK(limits({2, 1}) == std::vector<double>{1.5, 1, 2});
  CHECK(limits({none, 7})[0] == 7.0);
  CHECK(std::isnan(limits({none, 7})[1]));
  CHECK(std::isnan(limits({none})[0]));
  CHECK(interval_name(5) == "95 % interval of the mean");
  CHECK(interval_name(4) == "range of the 4 studies");
  CHECK(interval_name(2, 5) == "95 % interval of the mean, or range of fewer than 5 studies");
}

TEST_CASE("a figure over time has the mean of the replicates at each row and a curve a group") {
  const ScratchFolder folder;
  const io::ResultFile result = written(folder / "r.h5", 5, 5);
  const Drawn drawn = draw(result, size_of_groups(), one_around);
  REQUIRE(drawn.figure);
  const ReportTable& table = drawn.figure->table;
  CHECK(table.columns == std::vector<std::string>{"day", "all", "arm: a", "arm: b"});
  REQUIRE(table.rows.size() == 5);
  CHECK(table.rows[4][0].text == "1");
  CHECK(table.rows[4][2].text == "54.10 [53.10, 55.10]");  // (4.1 + 104.1) / 2
  CHECK(drawn.figure->drawings.size() == 1);               // everybody is in the arms
  CHECK(drawn.figure->notes.empty());
}

TEST_CASE("rows beyond what is shown are means of so many together, and the figure says so") {
  const ScratchFolder folder;
  const io::ResultFile result = written(folder / "r.h5", 1, 1501);
  const Drawn drawn = draw(result, size_of_groups(), one_around);
  REQUIRE(drawn.figure);
  const ReportTable& table = drawn.figure->table;
  REQUIRE(table.rows.size() == 376);              // 4 together
  CHECK(table.rows[0][1].text == "1.50");         // of rows 0 to 3
  CHECK(table.rows[0][0].text == "0.375");        // the middle of 0 h to 18 h
  CHECK(table.rows.back()[1].text == "1500.00");  // the last by itself
  CHECK(drawn.figure->notes.front().find("4 rows") != std::string::npos);
  CHECK(drawn.figure->notes.back().find("no interval") != std::string::npos);
}

TEST_CASE("what a result does not hold is said instead of drawn") {
  const ScratchFolder folder;
  const io::ResultFile result = written(folder / "r.h5", 1, 3);
  Definition definition = size_of_groups();
  definition.variables = {"colour"};
  CHECK(draw(result, definition, one_around).missing == "This result's table \"population\" has no colour.");
  definition.variables = {"zero"};
  CHECK(draw(result, definition, one_around).missing == "Size: 0 throughout.");
  definition.table = "effects";
  CHECK(draw(result, definition, one_around).missing == "This result has no table \"effects\".");
  definition.needs = "a trial";
  CHECK(draw(result, definition, one_around).missing == "This result has no table \"effects\"; that needs a trial.");
  for (const Kind kind : {Kind::paired, Kind::forest, Kind::flow, Kind::survival, Kind::response, Kind::changes,
                          Kind::paths, Kind::network}) {
    definition.kind = kind;
    definition.table = "population";
    definition.variables = {"a", "b", "c", "d"};
    definition.further = "none";
    const Drawn drawn = draw(result, definition, one_around);
    CHECK_FALSE(drawn.figure);
    CHECK_FALSE(drawn.missing.empty());
  }
  CHECK(effect_tables(result).empty());
  CHECK(flow_table(result).rows.empty());
}

TEST_CASE("groups of one kind are a family, and everybody stands alone only where there is nobody else") {
  CHECK(families({"all"}).front().groups == std::vector<std::size_t>{0});
  const std::vector<Family> some = families({"all", "arm: a", "arm: b", "tone: low", "others"});
  REQUIRE(some.size() == 3);
  CHECK(some[0].titled("Size") == "Size, by arm");
  CHECK(some[0].short_name("arm: b") == "b");
  CHECK(some[2].short_name("others") == "others");
  const std::vector<Family> many = families(std::vector<std::string>(most_curves + 2, "x: y"));
  CHECK(many.front().groups.size() == most_curves);
  CHECK(many.front().left_out == 2);
}

TEST_CASE("numbers are printed as the terminal prints them") {
  CHECK(number(-0.136, 2).text == "−0.14");
  CHECK(number(-0.001, 2).text == "0.00");
  CHECK(number(std::nan(""), 2).text == "–");
  CHECK(with_interval(1.0, -1.0, 3.0, 1).text == "1.0 [−1.0, 3.0]");
  CHECK(with_interval(1.0, std::nan(""), std::nan(""), 1).text == "1.0");
}

TEST_CASE("a page shows so many rows, tells how to get the others, and takes words as words") {
  ReportTable table{"<numbers>", {"", "a & b"}, {}};
  for (int row = 0; row < 7; ++row) table.rows.push_back({{std::to_string(row), {}}, {"<b>", {}}});
  Page page{.title = "A <page>",
            .subtitle = "",
            .alerts = {"partial"},
            .parts = {},
            .export_command = "kith export 'a b.h5'"};
  page.parts.push_back({.id = "one", .title = "One", .paragraphs = {"<i>"}, .tables = {table}});
  const std::string html = html_of(page, 5);
  const auto has = [&](const std::string& part) { return html.find(part) != std::string::npos; };
  CHECK(has("<h1>A &lt;page&gt;</h1>"));
  CHECK(has("<th scope=\"row\">4</th>"));
  CHECK_FALSE(has("<th scope=\"row\">5</th>"));
  CHECK(has("2 more: <code>kith export "));
  CHECK(has("a &amp; b"));
  CHECK_FALSE(has("<b>"));
  CHECK_FALSE(has("<i>"));
}

namespace {

/// Of a trial with one measure and one contrast: what two studies found.
struct Found {
  std::vector<double> g;  // with its limits
  double own;
};

void declare_effects(io::ResultWriter& writer, const std::string& suffix, std::int32_t studies = 2) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(studies));
  std::iota(numbers.begin(), numbers.end(), 0);
  const std::vector<std::string> measures{"diary"};
  const std::vector<std::string> contrasts{"pill - placebo"};
  TableSpec effects{
      .name = "effects" + suffix,
      .long_name = "effects",
      .dimensions = {{"replicate", "", "", numbers}, {"measure", "", "", measures}, {"contrast", "", "", contrasts}},
      .growing = "",
      .variables = {}};
  for (const char* name : {"difference", "low", "high", "own"})
    effects.variables.push_back({.name = name,
                                 .unit = "1",
                                 .long_name = name,
                                 .type = ValueType::float64,
                                 .dimensions = {"replicate", "measure", "contrast"}});
  TableSpec pooled{.name = "effects_pooled" + suffix,
                   .long_name = "pooled",
                   .dimensions = {{"measure", "", "", measures}, {"contrast", "", "", contrasts}},
                   .growing = "",
                   .variables = {}};
  for (const char* name : {"g", "g_low", "g_high", "significant", "largest_own"})
    pooled.variables.push_back({.name = name,
                                .unit = "1",
                                .long_name = name,
                                .type = ValueType::float64,
                                .dimensions = {"measure", "contrast"}});
  writer.declare(effects);
  writer.declare(pooled);
}

void write_effects(io::ResultWriter& writer, const std::string& suffix, const Found& found, std::uint32_t studies = 2) {
  const auto one = [](double value) { return std::vector<double>{value}; };
  for (std::uint32_t study = 0; study < studies; ++study) {
    const double shift = study % 2 == 0 ? -0.1 : 0.1;
    writer.write({.table = "effects" + suffix,
                  .replicate = study,
                  .coordinate = 0.0,
                  .values = {one(-0.5 + shift), one(-1.0), one(0.25), one(found.own)}});
  }
  writer.write({.table = "effects_pooled" + suffix,
                .replicate = 0,
                .coordinate = 0.0,
                .values = {one(found.g[0]), one(found.g[1]), one(found.g[2]), one(0.35), one(std::abs(found.own))}});
}

io::ResultFile with_effects(const std::string& path, const Found& found, std::uint32_t studies = 2) {
  io::WriterOptions options;
  options.path = path;
  io::ResultWriter writer(options, sample::attributes());
  declare_effects(writer, "", static_cast<std::int32_t>(studies));
  write_effects(writer, "", found, studies);
  writer.finish();
  return io::ResultFile(path);
}

}  // namespace

TEST_CASE(
    "what a trial came to is told as it is true in the model; without twins, where the interval over the studies "
    "leaves 0 out") {
  const ScratchFolder folder;
  const auto told = [&](const char* name, std::vector<double> g, double own) {
    return in_short(with_effects(folder / name, {std::move(g), own})).sentences.back();
  };
  CHECK(told("lower.h5", {-0.2, -0.3, -0.1}, -0.25) ==
        "diary: in the model lower on pill than on placebo, by 0.250 points. A study of this size finds −0.50 [−1.00, "
        "0.25] points, and p < 0.05 in 35 % of 2 studies; these are too few to say more (--replicates 20).");
  CHECK(in_short(with_effects(folder / "six.h5", {{-0.2, -0.3, -0.1}, -0.25}, 6)).sentences.back() ==
        "diary: in the model lower on pill than on placebo, by 0.250 points. A study of this size finds −0.50 [−1.00, "
        "0.25] points, and p < 0.05 in 35 % of 6 studies; over all of them Hedges g = −0.20 [−0.30, −0.10].");
  CHECK(told("higher.h5", {-0.2, -0.3, -0.1}, 0.125)
            .find("diary: in the model higher on pill than on placebo, by 0.125") == 0);
  CHECK(told("none.h5", {0.2, 0.1, 0.3}, 0.0).find("diary: in the model no effect at all.") == 0);
  const double unknown = std::nan("");
  CHECK(
      told("lower2.h5", {-0.2, -0.3, -0.1}, unknown).find("diary: lower on pill than on placebo, as far as studies") ==
      0);
  CHECK(told("higher2.h5", {0.2, 0.1, 0.3}, unknown).find("diary: higher on pill") == 0);
  CHECK(told("unclear.h5", {-0.2, -0.5, 0.1}, unknown).find("diary: no clear difference between pill and placebo") ==
        0);
  CHECK_FALSE(in_short(written(folder / "people.h5", 1, 2)).is_there());
}

TEST_CASE("what is left at the end of each sequence is told, mean over the studies that somebody entered") {
  const ScratchFolder folder;
  const double none = std::nan("");
  const std::string path = folder / "kept.h5";
  {
    io::WriterOptions options;
    options.path = path;
    io::ResultWriter writer(options, sample::attributes());
    writer.declare(
        {.name = "patients",
         .long_name = "patients",
         .dimensions = {{"replicate", "study", "", std::vector<std::int32_t>{0, 1, 2}},
                        {"time", "time", "hours", std::vector<double>{}},
                        {"group", "group", "", std::vector<std::string>{"all", "sequence: pill", "sequence: placebo"}}},
         .growing = "time",
         .variables = {{"kept", "1", "share", ValueType::float64, {"replicate", "time", "group"}}}});
    const std::vector<std::vector<double>> ends{{0.7, 0.5, 0.25}, {0.7, 0.7, 0.35}, {none, none, 0.3}};
    for (std::uint32_t study = 0; study < 3; ++study) {
      writer.write({"patients", study, 24.0, {std::vector<double>{1.0, 1.0, 1.0}}});
      writer.write({"patients", study, 48.0, {ends[study]}});
    }
    writer.finish();
  }
  const io::ResultFile result(path);
  const Definition definition{.name = "kept",
                              .title = "Who kept it",
                              .reading = "",
                              .kind = Kind::survival,
                              .table = "patients",
                              .variables = {"kept"}};
  CHECK(
      ends_in_short(result, {definition}) ==
      std::vector<std::string>{"Who kept it, at the end: 60 % of pill; 30 % of placebo (means of 3 virtual studies)."});
  Definition other = definition;
  other.table = "elsewhere";
  CHECK(ends_in_short(result, {other}).empty());
}

TEST_CASE("what a trial comes to under each theory stands in one forest and one table") {
  const ScratchFolder folder;
  io::WriterOptions options;
  options.path = folder / "t.h5";
  io::ResultWriter writer(options, sample::attributes());
  for (const char* suffix : {"_a", "_b"}) declare_effects(writer, suffix);
  write_effects(writer, "_a", {{-0.2, -0.3, -0.1}, -0.25});
  write_effects(writer, "_b", {{0.1, 0.0, 0.2}, 0.5});
  writer.finish();
  const io::ResultFile result(options.path);
  const Definition definition{
      .name = "theories", .title = "Each", .reading = "", .kind = Kind::forest, .unit = "g", .digits = 2};
  const std::vector<Side> sides{{"a", &result, "_a"}, {"b", &result, "_b"}};
  const Drawn drawn = draw_effects_side_by_side(sides, definition);
  REQUIRE(drawn.figure);
  REQUIRE(drawn.figure->table.rows.size() == 2);
  CHECK(drawn.figure->table.columns[1] == "pill − placebo");
  CHECK(drawn.figure->table.rows[0][0].text == "diary, a");
  CHECK(drawn.figure->table.rows[0][1].text == "−0.20 [−0.30, −0.10]");
  CHECK(drawn.figure->table.rows[0][2].text == "−0.250");
  CHECK(drawn.figure->table.rows[1][1].text == "0.10 [0.00, 0.20]");
  CHECK(drawn.figure->table.rows[1][2].text == "0.500");
  CHECK(in_short(result, "_b").sentences.back().find("diary: in the model higher on pill") == 0);
  CHECK_FALSE(in_short(result).is_there());
  CHECK(draw_effects_side_by_side({{"a", &result, "_a"}, {"c", &result, "_c"}}, definition).missing ==
        "c has no effects of a trial.");
}

TEST_CASE("two results stand in one pair of axes and in one table by day") {
  const ScratchFolder folder;
  const io::ResultFile a = written(folder / "a.h5", 5, 5);
  const io::ResultFile b = written(folder / "b.h5", 5, 9);
  const std::vector<Side> sides{{"A", &a}, {"B", &b}};
  const Drawn drawn = draw_side_by_side(sides, size_of_groups(), {"arm: a"}, one_around);
  REQUIRE(drawn.figure);
  const ReportTable& table = drawn.figure->table;
  CHECK(table.columns == std::vector<std::string>{"day", "A", "B"});
  REQUIRE(table.rows.size() == 9);
  CHECK(table.rows[4][1].text == "54.10 [53.10, 55.10]");
  CHECK(table.rows[4][2].text == table.rows[4][1].text);
  CHECK(table.rows[8][1].text == "–");  // A had ended
  CHECK(table.rows[8][2].text == "58.10 [57.10, 59.10]");
  CHECK(draw_side_by_side(sides, size_of_groups(), {"arm: c"}, one_around).missing == "A has no group arm: c");
}

namespace {

/// A run under three theories, of which `c` is 1000 larger than the others; a row every six hours.
io::ResultFile under_theories(const std::string& path) {
  io::WriterOptions options;
  options.path = path;
  io::RunAttributes attributes = sample::attributes();
  attributes.provenance.theories = "b,c,a";
  io::ResultWriter writer(options, attributes);
  for (const char* theory : {"b", "c", "a"}) writer.declare(spec_of(1, std::string("population_") + theory));
  for (const char* theory : {"b", "c", "a"}) {
    for (int row = 0; row < 3; ++row) {
      const double base = row + (*theory == 'c' ? 1000.0 : 0.0);
      writer.write({.table = std::string("population_") + theory,
                    .replicate = 0,
                    .coordinate = 6.0 * row,
                    .values = {std::vector<double>{base, base + 0.1, base + 0.2}, std::vector<double>(3, 0.0)}});
    }
  }
  writer.finish();
  return io::ResultFile(path);
}

}  // namespace

TEST_CASE("theories side by side have a drawing for each group, with a curve a theory") {
  const ScratchFolder folder;
  const io::ResultFile result = under_theories(folder / "t.h5");
  CHECK(theories_of(result).size() == 3);
  CHECK(theories_of(written(folder / "r.h5", 1, 2)).empty());
  const Drawn drawn = draw(result, size_of_groups(), one_around);
  REQUIRE(drawn.figure);
  const ReportTable& table = drawn.figure->table;
  CHECK(table.columns == std::vector<std::string>{"day", "all, b", "all, c", "all, a", "arm: a, b", "arm: a, c",
                                                  "arm: a, a", "arm: b, b", "arm: b, c", "arm: b, a"});
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[2][2].text == "1002.00");
  CHECK(table.rows[2][7].text == "2.20");
  REQUIRE(drawn.figure->drawings.size() == 3);
  CHECK(drawn.figure->drawings[1].caption().title == "Size, arm: a");
  CHECK(drawn.figure->drawings[1].svg().find("data-columns=\"arm: a, b|arm: a, c|arm: a, a\"") != std::string::npos);
  Definition other = size_of_groups();
  other.kind = Kind::flow;
  CHECK(draw(result, other, one_around).missing.find("several theories") != std::string::npos);
}

TEST_CASE("of many results side by side as many are drawn as there are colours, within the points of a drawing") {
  const ScratchFolder folder;
  const io::ResultFile result = written(folder / "r.h5", 1, 1501);
  std::vector<Side> sides;
  for (std::size_t s = 0; s < most_curves + 2; ++s)
    sides.push_back({std::string(1, static_cast<char>('a' + s)), &result});
  const Drawn drawn = draw_side_by_side(sides, size_of_groups(), {"all"}, one_around);
  REQUIRE(drawn.figure);
  CHECK(drawn.figure->table.columns.size() == 1 + sides.size());
  CHECK(drawn.figure->table.rows.size() == 301);  // 5 together: 6 curves share 2,000 points
  CHECK(drawn.figure->notes.front() == "Not drawn, but in the numbers below: g, h.");
  const std::string svg = drawn.figure->drawings.front().svg();
  CHECK(svg.find(">f<") != std::string::npos);
  CHECK(svg.find(">g<") == std::string::npos);
  CHECK(drawn.figure->notes.back().find("5 rows") != std::string::npos);
}

TEST_CASE(
    "an interval far beyond all curves is cut, on the drawing alone, and never goes below 0 where no curve does") {
  const ScratchFolder folder;
  const io::ResultFile result = written(folder / "r.h5", 5, 5);
  const auto wide = [](std::span<const double> values) {
    const Mean mean = one_around(values);
    return Mean{mean.mean, mean.mean - 1e4, mean.mean + 1e4};
  };
  const Drawn drawn = draw(result, size_of_groups(), wide);
  REQUIRE(drawn.figure);
  CHECK(drawn.figure->notes.front().find("cut") != std::string::npos);
  CHECK(drawn.figure->table.rows[4][2].text == "54.10 [−9945.90, 10054.10]");
  const std::string svg = drawn.figure->drawings.front().svg();
  CHECK(svg.find(">1000") == std::string::npos);
  CHECK(svg.find(">−") == std::string::npos);
  CHECK(draw(result, size_of_groups(), one_around).figure->notes.empty());
  Definition shares = size_of_groups();
  shares.unit = "%";
  shares.scale = 1.8;  // 90 to 98, and bands beyond 100
  CHECK(draw(result, shares, wide).figure->drawings.front().svg().find(">120<") == std::string::npos);
  shares.unit = "m";
  CHECK(draw(result, shares, wide).figure->drawings.front().svg().find(">120<") != std::string::npos);
}
