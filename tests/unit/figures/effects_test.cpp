#include "figures/effects.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "figures/in_short.hpp"
#include "figures/side_by_side.hpp"
#include "io/result_writer.hpp"
#include "support/sample_run.hpp"
#include "support/scratch_folder.hpp"

using namespace kith;
using namespace kith::figures;

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
  {
    io::WriterOptions options;
    options.path = folder / "people.h5";
    io::ResultWriter(options, sample::attributes()).finish();
  }
  CHECK_FALSE(in_short(io::ResultFile(folder / "people.h5")).is_there());
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
