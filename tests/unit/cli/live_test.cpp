#include "cli/live.hpp"

#include <catch2/catch.hpp>
#include <sstream>
#include <thread>

#include "cli/console.hpp"
#include "cli/courses.hpp"
#include "cli/guarded_stream.hpp"

using namespace kith;
using namespace kith::cli;

namespace {

std::vector<figures::Definition> connection() {
  return {{.name = "connection",
           .title = "Connection",
           .reading = "",
           .kind = figures::Kind::over_time,
           .table = "population",
           .variables = {"connection"},
           .scale = 10.0,
           .digits = 1}};
}

TableSpec population() {
  const std::vector<std::string> groups{"all", "arm: a"};
  return {.name = "population",
          .long_name = "",
          .dimensions = {{"replicate", "", "", Values{}}, {"time", "", "h", Values{}}, {"group", "", "", groups}},
          .growing = "time",
          .variables = {{"size", "", "", ValueType::float32, {"replicate", "time", "group"}},
                        {"connection", "", "", ValueType::float32, {"replicate", "time", "group"}}}};
}

TableRow row(std::uint32_t replicate, double hours, float all, float of_arm) {
  return {"population", replicate, hours, {std::vector<float>{1.0F, 1.0F}, std::vector<float>{all, of_arm}}};
}

}  // namespace

TEST_CASE("courses are means over the virtual studies at each time, by group, and everything is handed on") {
  MemorySink kept;
  Courses courses(connection(), kept);
  courses.declare(population());
  courses.write(row(0, 0.0, 0.5F, 0.1F));
  courses.write(row(0, 24.0, 0.25F, std::nanf("")));
  courses.write(row(1, 0.0, 1.0F, 0.2F));
  const std::vector<Courses::Course> found = courses.courses();
  REQUIRE(found.size() == 2);
  CHECK(found[0].group == "all");
  CHECK(found[0].points == std::vector<std::pair<double, double>>{{0.0, 7.5}, {24.0, 2.5}});
  CHECK(found[1].group == "arm: a");
  REQUIRE(found[1].points.size() == 1);  // no number there
  CHECK(found[1].points[0].second == Approx(1.5));
  CHECK(courses.counts().rows == 3);
  CHECK(courses.counts().studies == 2);
  CHECK(kept.specs().size() == 1);
  CHECK(kept.rows().size() == 3);
}

TEST_CASE("however long a run is, its courses keep at most 512 parts, whose means are those of the rows") {
  MemorySink kept;
  Courses courses(connection(), kept);
  courses.declare(population());
  for (int hour = 0; hour < 5000; ++hour) courses.write(row(0, hour, static_cast<float>(hour), 0.5F));
  const std::vector<Courses::Course> found = courses.courses();
  REQUIRE(found.size() == 2);
  const Courses::Course& all = found[0];
  CHECK(all.points.size() <= 512);
  CHECK(all.points.size() > 128);
  for (const auto& [hours, value] : all.points) CHECK(value == Approx(10.0 * hours));
  for (const auto& [hours, value] : found[1].points) CHECK(value == Approx(5.0));
}

TEST_CASE("a sparkline goes from the least to the greatest in as many characters as there is room") {
  CHECK(sparkline({{0.0, 1.0}, {1.0, 2.0}, {2.0, 3.0}}, 10) == "▁▅█");
  CHECK(sparkline({{0.0, 1.0}, {1.0, 1.0}, {2.0, 9.0}, {3.0, 9.0}}, 2) == "▁█");
  CHECK(sparkline({{0.0, 2.0}, {1.0, 2.0}}, 5) == "▅▅");
  CHECK(sparkline({}, 5).empty());
}

TEST_CASE("each group has its line, none of them longer than the terminal, and none where there is no room") {
  const std::vector<Courses::Course> courses{{"Connection", "all", 2, {{0.0, 0.5}, {1.0, 0.25}}},
                                             {"Connection", "arm: a", 2, {{0.0, -0.5}}},
                                             {"Loneliness", "all", 1, {{0.0, 0.5}, {1.0, 0.75}}},
                                             {"Contacts", "all", 1, {{0.0, 7.0}}}};
  const std::string text = sparklines(courses, 80);
  CHECK(text.find("  all     █▁ 0.25") != std::string::npos);
  CHECK(text.find("  arm: a  ▅ −0.50\n") != std::string::npos);
  CHECK(text.find("Contacts") == std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(width_of(line) <= 80);
  CHECK(sparklines(courses, 40).empty());
  CHECK(sparklines({}, 80).empty());
}

TEST_CASE("without a terminal a live run tells its state in plain lines, the last of them at its end") {
  MemorySink kept;
  Courses courses(connection(), kept);
  courses.declare(population());
  std::ostringstream out;
  Live live({.stream = &out}, courses);
  live.report(0.5, "running");
  courses.write(row(0, 36.0, 0.5F, 0.1F));
  live.wait_while_paused();  // nobody has paused it
  live.finish();
  live.finish();
  const std::string text = out.str();
  CHECK(text.find("50 %  running") != std::string::npos);
  CHECK(text.find("day 1.5, 1 rows of 1 virtual study; Connection 5.0\n") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("on a terminal the block is drawn over the one before") {
  MemorySink kept;
  Courses courses(connection(), kept);
  courses.declare(population());
  courses.write(row(0, 24.0, 0.5F, 0.1F));
  std::ostringstream out;
  GuardedStream guarded_out(out);
  Live live({.stream = &guarded_out, .is_guarded = true, .is_terminal = true, .width = 100}, courses);
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));  // drawn once
  live.finish();                                                 // and once more
  const std::string text = out.str();
  const auto count = [&](const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  CHECK(count("arm: a") == 2);
  CHECK(count("\x1b[A") == count("\x1b[K") / 2);
}
