#include "plot/drawing.hpp"

#include <expat.h>

#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <set>

#include "plot/bars.hpp"
#include "plot/chart.hpp"
#include "plot/forest.hpp"
#include "plot/frame.hpp"
#include "plot/heat_map.hpp"

using namespace kith::plot;

namespace {

/// How often each element stands in a text that is XML; no entry where it is none.
std::map<std::string, int> elements_of(const std::string& text) {
  std::map<std::string, int> counts;
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &counts);
  XML_SetStartElementHandler(parser, [](void* data, const XML_Char* name, const XML_Char** /*attributes*/) {
    ++(*static_cast<std::map<std::string, int>*>(data))[name];
  });
  const bool is_xml = XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1) == XML_STATUS_OK;
  XML_ParserFree(parser);
  return is_xml ? counts : std::map<std::string, int>{};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

/// Ten pixels a unit, y upwards from 100.
constexpr Axes ten{{0.0, 10.0, 0.0, 100.0}, {0.0, 10.0, 100.0, 0.0}};

Drawing blank() { return {100.0, 100.0, {"t", "d"}}; }

}  // namespace

TEST_CASE("a drawing is XML with a title, a description and a style sheet, whatever its words are") {
  Drawing drawing(200.0, 100.0, {"a < b & \"c\"", "it's <i>so</i>"}, "one");
  drawing.attribute("data-axis", "0 < 1");
  drawing.open("class=\"series\"");
  drawing.text({10.0, 10.0}, "x < y & z", "words");
  drawing.text_upwards({10.0, 10.0}, "\x01", "words");
  drawing.close();
  const std::string svg = drawing.svg();
  const std::map<std::string, int> elements = elements_of(svg);
  CHECK(elements.at("title") == 1);
  CHECK(elements.at("desc") == 1);
  CHECK(elements.at("style") == 1);
  CHECK(elements.at("text") == 2);
  CHECK(contains(svg, "aria-labelledby=\"one-title one-desc\""));
  CHECK(contains(svg, "x &lt; y &amp; z"));
}

TEST_CASE("a part of a page brings neither style sheet nor paper of its own") {
  const std::string svg = blank().svg(Drawing::Style::of_page);
  CHECK_FALSE(contains(svg, "<style>"));
  CHECK_FALSE(contains(svg, "<rect"));
  CHECK(elements_of(svg).at("svg") == 1);
}

TEST_CASE("every class of a tone has its colour on light and on dark") {
  const std::string sheet(style_sheet());
  const std::size_t dark = sheet.find("@media screen and (prefers-color-scheme:dark)");
  REQUIRE(dark != std::string::npos);
  for (std::size_t tone = 0; tone < tones; ++tone) {
    for (const char kind : {'s', 'f', 'b'}) {
      const std::string rule = ".kith ." + tone_class(kind, tone);
      CAPTURE(rule);
      CHECK(sheet.find(rule) < dark);
      CHECK(sheet.find(rule, dark) != std::string::npos);
    }
  }
}

TEST_CASE("a line breaks where a value is not known, and a step holds its value until the next") {
  Drawing drawing = blank();
  line(drawing, ten, {{0.0, 1.0}, {1.0, 2.0}, {2.0, gap}, {3.0, 4.0}, {4.0, 5.0}}, 1);
  CHECK(elements_of(drawing.svg()).at("polyline") == 2);
  CHECK(contains(drawing.svg(), "points=\"0.0,90.0 10.0,80.0\""));
  Drawing stepped = blank();
  step(stepped, ten, {{0.0, 1.0}, {1.0, 2.0}}, 0);
  CHECK(contains(stepped.svg(), "points=\"0.0,90.0 10.0,90.0 10.0,80.0\""));
}

TEST_CASE("a band goes along its lower limits and back along the upper") {
  Drawing drawing = blank();
  band(drawing, ten, {{0.0, 2.0}, {1.0, 3.0}}, {{1.0, 3.0}, {2.0, 4.0}}, 0);
  CHECK(contains(drawing.svg(), "points=\"0.0,90.0 10.0,80.0 10.0,60.0 0.0,70.0\""));
  Drawing none = blank();
  band(none, ten, {{0.0, 2.0}}, {}, 0);
  CHECK(elements_of(none.svg()).count("polygon") == 0);
}

TEST_CASE("bars stand on 0, and intervals have their value in between") {
  Drawing drawing = blank();
  const Axes around{{0.0, 10.0, 0.0, 100.0}, {-5.0, 5.0, 100.0, 0.0}};
  bar(drawing, around, 5.0, 2.0, 10.0, 0);
  bar(drawing, around, 5.0, -2.0, 10.0, 1);
  CHECK(contains(drawing.svg(), "x=\"45.0\" y=\"30.0\" width=\"10.0\" height=\"20.0\""));
  CHECK(contains(drawing.svg(), "x=\"45.0\" y=\"50.0\" width=\"10.0\" height=\"20.0\""));
  interval(drawing, around, 1.0, 1.0, 0.0, 3.0, 2);
  CHECK(contains(drawing.svg(), "x1=\"10.0\" y1=\"50.0\" x2=\"10.0\" y2=\"20.0\""));
}

TEST_CASE("a legend takes as many lines as it needs") {
  std::vector<Key> keys(3, {Key::Kind::line, "a name of some length", 0});
  const double one_line = legend_height(1000.0, keys);
  CHECK(legend_height(10.0, keys) == Approx(3.0 * one_line));
  CHECK(legend_height(10.0, {}) == 0.0);
}

TEST_CASE("words are broken at blanks into lines that fit, and a word too long stays whole") {
  CHECK(lines_of("aa bb cc", text_width("aa bb")) == std::vector<std::string>{"aa bb", "cc"});
  CHECK(lines_of("aaaaaaaa b", 1.0) == std::vector<std::string>{"aaaaaaaa", "b"});
  CHECK(text_width("µµ") == text_width("mm"));
}

TEST_CASE("charts and forest plots are XML, and say their axes to scripts") {
  Chart chart{
      .title = "t<", .x_label = "d", .y_label = "%", .curves = {{"a&b", {{0.0, 0.0}, {1.0, 1.0}}}}, .marks = {}};
  chart.below = {{"at risk", {"10", "9"}}};
  CHECK(elements_of(chart_svg(chart)).at("polyline") == 1);
  CHECK(contains(chart_svg(chart), "data-axis=\"0 1 80 690\""));
  Forest forest{.title = "t",
                .notes = {},
                .panels = {"p"},
                .rows = {{.label = "<r>", .cells = {{.words = "none"}}}},
                .tones = {"&"}};
  CHECK(elements_of(forest_svg(forest)).at("svg") == 1);
}

TEST_CASE("the panels of a forest plot begin right of its longest label") {
  const std::string label(80, 'm');
  Forest forest{.title = "t",
                .notes = {},
                .limit = 1.0,
                .panels = {"p"},
                .rows = {{.label = "r", .cells = {{.direction = 0}}}},
                .tones = {}};
  const auto middle = [&] {
    const std::string svg = forest_svg(forest);
    return std::stod(svg.substr(svg.find("cx=\"") + 4));
  };
  const double with_short = middle();
  forest.rows[0].label = label;
  CHECK(middle() > 22.0 + text_width(label));
  CHECK(middle() > with_short);
}

TEST_CASE("a heat map has a cell for each number, the darkest for the greatest, and none where there is no number") {
  const HeatMap map{.title = "Two",
                    .x_label = "x",
                    .y_label = "y",
                    .x_names = {"a", "b"},
                    .y_names = {"c", "d"},
                    .values = {{0.0, 1.0}, {10.0, gap}},
                    .value_label = "mean",
                    .id = "two"};
  const std::string svg = drawing_of(map).svg(Drawing::Style::of_page);
  CHECK(elements_of(svg).at("rect") == 3 + 5);  // the legend has a shade each
  const std::size_t greatest = svg.find(">10<");
  REQUIRE(greatest != std::string::npos);
  const auto shade_before = [&](std::size_t place) { return svg.substr(svg.rfind("<rect", place), 120); };
  CHECK(contains(shade_before(greatest), "class=\"f0\""));
  CHECK(contains(shade_before(svg.find(">0<")), "class=\"f0 q0\""));
  CHECK(contains(svg, "mean: 0 to 10"));
}

TEST_CASE("bars begin at 0 on either side, and have a line where they have limits") {
  const Bars bars{.title = "Bars",
                  .label = "share",
                  .kinds = {"first", "total"},
                  .rows = {{"a", {{0.5, 0.4, 0.6}, {-0.5, gap, gap}}}, {"b", {{gap, gap, gap}, {0.1, gap, gap}}}},
                  .id = "bars"};
  const Drawing drawing = drawing_of(bars);
  const std::string svg = drawing.svg(Drawing::Style::of_page);
  CHECK(elements_of(svg).at("rect") == 3 + 2);
  CHECK(drawing.caption().description == "Bars. a: first 0.5, total −0.5. b: first –, total 0.1.");
  Bars without = bars;
  without.rows.front().second.front() = {0.5, gap, gap};
  const auto inked = [](const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("\"ink\""); at != std::string::npos; at = text.find("\"ink\"", at + 1)) ++count;
    return count;
  };
  CHECK(inked(svg) == inked(drawing_of(without).svg(Drawing::Style::of_page)) + 1);
}
