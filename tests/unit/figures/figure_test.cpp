#include "figures/figure.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "figures/effects.hpp"
#include "figures/families.hpp"
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

TableSpec spec_of(std::uint32_t replicates, const std::string& name = "population",
                  const std::string& last_group = "arm: b") {
  std::vector<std::int32_t> numbers(replicates);
  std::iota(numbers.begin(), numbers.end(), 0);
  const std::vector<std::string> groups{"all", "arm: a", last_group};
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
io::ResultFile written(const std::string& path, std::uint32_t replicates, int rows,
                       const std::string& last_group = "arm: b") {
  io::WriterOptions options;
  options.path = path;
  io::ResultWriter writer(options, sample::attributes());
  writer.declare(spec_of(replicates, "population", last_group));
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

TEST_CASE("of groups of the whole population beside those of participants it is said that they are") {
  const ScratchFolder folder;
  const io::ResultFile result = written(folder / "r.h5", 5, 2, "tone: low");
  const Drawn drawn = draw(result, size_of_groups(), one_around);
  REQUIRE(drawn.figure);
  REQUIRE(drawn.figure->notes.size() == 1);
  CHECK(drawn.figure->notes[0].starts_with("By tone: of everybody"));
}

TEST_CASE("the limits of a share are shares") {
  const ScratchFolder folder;
  const io::ResultFile result = written(folder / "r.h5", 5, 1);
  Definition share = size_of_groups();
  share.unit = "%";
  share.scale = 0.01;
  CHECK(draw(result, share, one_around).figure->table.rows[0][1].text == "0.50 [0.00, 1.50]");
  share.scale = 2.0;
  CHECK(draw(result, share, one_around).figure->table.rows[0][1].text == "100.00 [99.00, 100.00]");
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

TEST_CASE("a table of more than nine columns lies across a sheet of paper") {
  const auto html_with = [](std::size_t columns) {
    ReportTable table{"numbers", std::vector<std::string>(columns, "a"), {}};
    table.rows.emplace_back(columns, Cell{"1", {}});
    Page page{.title = "A page", .subtitle = "", .alerts = {}, .parts = {}, .export_command = ""};
    page.parts.push_back({.id = "one", .title = "One", .tables = {table}});
    return html_of(page, 5);
  };
  CHECK(html_with(9).find("class=\"scroll\"") != std::string::npos);
  CHECK(html_with(10).find("class=\"scroll wide\"") != std::string::npos);
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
