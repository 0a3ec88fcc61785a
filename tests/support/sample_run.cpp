#include "support/sample_run.hpp"

#include <limits>
#include <string>
#include <vector>

namespace kith::sample {
namespace {

using Texts = std::vector<std::string>;
using Floats = std::vector<float>;
using Doubles = std::vector<double>;
using Bytes = std::vector<std::int8_t>;
using Longs = std::vector<std::int64_t>;

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

TableDimension replicate_dimension(std::uint32_t count) {
  Longs numbers;
  for (std::uint32_t r = 0; r < count; ++r) numbers.push_back(r);
  return {"replicate", "virtual study", "", numbers};
}

TableSpec participants() {
  return {"participants",
          "who took part",
          {replicate_dimension(replicates), {"participant", "participant", "", Longs{1, 2, 3, 4}}},
          "",
          {{"id", "", "id as given", ValueType::text, {"replicate", "participant"}, {}},
           {"sequence",
            "",
            "order of treatments",
            ValueType::int8,
            {"replicate", "participant"},
            {{0, "naltrexone first"}, {1, "placebo first"}}},
           {"age", "year", "age", ValueType::int32, {"replicate", "participant"}, {}}}};
}

TableSpec diary() {
  return {"diary",
          "evening diary",
          {replicate_dimension(replicates),
           {"participant", "participant", "", Longs{1, 2, 3, 4}},
           {"occasion", "evening", "", Longs{1, 2}}},
          "",
          {{"rating", "1", "rating", ValueType::float32, {"replicate", "participant", "occasion"}, {}},
           {"time", "h", "time since the start", ValueType::float64, {"occasion"}, {}}}};
}

TableSpec effects() {
  return {"effects",
          "treatment effects",
          {replicate_dimension(replicates),
           {"measure", "", "", Texts{"connection", "positive affect"}},
           {"contrast", "", "", Texts{"naltrexone − placebo"}}},
          "",
          {{"difference", "1", "paired difference", ValueType::float64, {"replicate", "measure", "contrast"}, {}}}};
}

TableSpec people() {
  TableSpec spec{"people",
                 "chosen people",
                 {{"time", "time since the start", "h", {}}, {"person", "id as given", "", Texts{"ann", "bob", "zoë"}}},
                 "time",
                 {{"connection", "1", "felt connection", ValueType::float32, {"time", "person"}, {}},
                  {"since_contact", "h", "time since the last contact", ValueType::float32, {"time", "person"}, {}}}};
  spec.compress = false;
  return spec;
}

TableSpec network() {
  return {"network",
          "ties in compressed rows",
          {{"snapshot", "time of the snapshot", "h", {}},
           {"person", "id as given", "", Texts{"ann", "bob", "zoë"}},
           {"tie", "tie", "", {}}},
          "snapshot",
          {{"degree", "1", "ties of a person", ValueType::int64, {"snapshot", "person"}, {}},
           {"target", "1", "index of the other person", ValueType::int32, {"tie"}, {}},
           {"closeness", "1", "closeness", ValueType::float32, {"tie"}, {}}}};
}

TableSpec tie_events() {
  return {"tie_events",
          "births and deaths of ties",
          {{"event", "event", "", Longs{}}},
          "event",
          {{"time", "h", "time since the start", ValueType::float64, {"event"}, {}},
           {"what", "", "what happened", ValueType::int8, {"event"}, {{0, "born"}, {1, "dissolved"}}}}};
}

}  // namespace

TableSpec population(std::uint32_t replicate_count) {
  return {"population",
          "means by group",
          {replicate_dimension(replicate_count),
           {"time", "time since the start", "h", {}},
           {"group", "group", "", Texts{"all", "treated"}}},
          "time",
          {{"connection", "1", "mean felt connection", ValueType::float32, {"replicate", "time", "group"}, {}},
           {"since_contact",
            "h",
            "mean time since the last contact",
            ValueType::float64,
            {"replicate", "time", "group"},
            {}},
           {"components", "1", "connected components", ValueType::int32, {"replicate", "time"}, {}},
           {"group_size", "1", "people in the group", ValueType::int64, {"replicate", "group"}, {}}}};
}

TableRow population_row(std::uint32_t replicate, int step) {
  const float base = static_cast<float>(100 * replicate) + 10.0f * static_cast<float>(step);
  TableRow row{"population", replicate, 24.0 * step, {}};
  row.values = {Floats{base, step == 3 ? nothing : base + 1}, Doubles{0.1 * step, 0.5},
                std::vector<std::int32_t>{step + static_cast<int>(replicate)}, Longs{}};
  if (step == 0) row.values[3] = Longs{200, 34 + replicate};
  return row;
}

void declare(Sink& sink) {
  for (const auto& spec :
       {population(replicates), participants(), diary(), effects(), people(), network(), tie_events()}) {
    sink.declare(spec);
  }
}

void write_replicate(Sink& sink, std::uint32_t r) {
  const auto number = static_cast<std::int32_t>(r);
  const std::string prefix = std::to_string(r) + "-";
  sink.write({"participants",
              r,
              0,
              {Texts{prefix + "ann", prefix + "bob", prefix + "zoë", ""}, Bytes{0, 1, 0, -1},
               std::vector<std::int32_t>{20 + number, 30, 40, std::numeric_limits<std::int32_t>::lowest()}}});
  for (int step = 0; step < steps; ++step) {
    sink.write(population_row(r, step));
    if (r != 0) continue;
    const auto s = static_cast<float>(step);
    sink.write({"people", 0, 24.0 * step, {Floats{s, s + 0.25f, s + 0.5f}, Floats{1, 2, 3}}});
    if (step % 2 == 0) {  // the ties of snapshot k are those of a star with 2 or 4 entries
      const bool both = step != 2;
      sink.write({"network",
                  0,
                  24.0 * step,
                  {Longs{both ? 2 : 1, 1, both ? 1 : 0},
                   both ? std::vector<std::int32_t>{1, 2, 0, 0} : std::vector<std::int32_t>{1, 0},
                   both ? Floats{s, s, s, s} : Floats{s, s}}});
    }
    sink.write({"tie_events",
                0,
                static_cast<double>(step),
                {Doubles{24.0 * step + 1}, Bytes{static_cast<std::int8_t>(step % 2)}}});
  }
  Floats ratings;
  for (int i = 0; i < 8; ++i) ratings.push_back(static_cast<float>(i) + static_cast<float>(10 * r));
  sink.write({"diary", r, 0, {ratings, Doubles{21, 45}}});
  sink.write({"effects", r, 0, {Doubles{-0.2 - r, 0.01 + r}}});
}

void write(Sink& sink) {
  for (std::uint32_t r = 0; r < replicates; ++r) write_replicate(sink, r);
}

io::RunAttributes attributes() {
  io::RunAttributes result;
  result.title = "A made-up run — zoë";
  result.kith_version = "0.1.0";
  result.seed = 18'000'000'000'000'000'000u;
  result.fingerprint = "00112233445566ff";
  result.warnings = {"first warning", "second warning"};
  result.provenance.scenario = std::string(100'000, '#') + "\nkith: 1\n";  // longer than an attribute may be
  result.provenance.command_line = "kith run sample.yaml";
  return result;
}

}  // namespace kith::sample
