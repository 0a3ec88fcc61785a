#include <catch2/catch.hpp>
#include <sstream>

#include "cli/tie_log.hpp"
#include "command_line.hpp"
#include "support/results.hpp"

using namespace kith;

namespace {

using Change = network::TieChange;

/// Two studies of four people. In the second: a tie at the start, another on day 1, closer on day 3, the first ended on day 3, and a
/// keyframe on day 4.
void write_log(const std::string& path, const std::string& name = "tie_events") {
  io::WriterOptions options;
  options.path = path;
  io::ResultWriter writer(options, sample::attributes());
  TableSpec table;
  table.name = name;
  table.growing = "time";
  table.dimensions = {{"replicate", "virtual study", "", std::vector<std::int32_t>{0, 1}},
                      {"time", "time", "hours", std::vector<double>{}},
                      {"event", "event", "", std::vector<std::int64_t>{}},
                      {"person", "person", "", std::vector<std::string>{"ann", "bob", "cem", "dea"}}};
  const std::vector<std::string> by_event{"event"};
  table.variables = {{"event_time", "hours", "", ValueType::float64, by_event},
                     {"a", "1", "", ValueType::int32, by_event},
                     {"b", "1", "", ValueType::int32, by_event},
                     {"what", "1", "", ValueType::int8, by_event},
                     {"closeness", "1", "", ValueType::float32, by_event},
                     {"kind", "1", "", ValueType::int8, by_event},
                     {"community", "1", "", ValueType::int32, {"person"}},
                     {"column_1", "", "home town", ValueType::text, {"person"}}};
  writer.declare(table);
  const auto write = [&](std::uint32_t replicate, double hours, const std::vector<network::TieEvent>& events) {
    std::vector<double> times;
    std::vector<std::int32_t> a;
    std::vector<std::int32_t> b;
    std::vector<std::int8_t> what;
    std::vector<float> closeness;
    for (const network::TieEvent& event : events) {
      times.push_back(event.hours);
      a.push_back(static_cast<std::int32_t>(event.a));
      b.push_back(static_cast<std::int32_t>(event.b));
      what.push_back(static_cast<std::int8_t>(event.what));
      closeness.push_back(event.closeness);
    }
    const std::vector<std::int8_t> kind(events.size(), 1);
    writer.write({name,
                  replicate,
                  hours,
                  {times, a, b, what, closeness, kind, std::vector<std::int32_t>{0, 0, 1, 1},
                   std::vector<std::string>{"Kyjov", "", "Brno", "Brno"}}});
  };
  const auto event = [](double hours, PersonId a, PersonId b, Change what, float closeness) {
    return network::TieEvent{hours, a, b, what, network::TieKind::friendship, closeness};
  };
  for (const double hours : {0.0, 48.0, 96.0}) {
    write(0, hours,
          hours == 0.0 ? std::vector{event(0.0, 2, 3, Change::held, 0.5F)} : std::vector<network::TieEvent>{});
  }
  write(1, 0.0, {event(0.0, 0, 1, Change::held, 0.5F)});
  write(1, 48.0, {event(24.0, 1, 2, Change::began, 0.25F)});
  write(1, 96.0,
        {event(72.0, 0, 1, Change::ended, 0.5F), event(72.0, 1, 2, Change::closer, 0.75F),
         event(96.0, 1, 2, Change::held, 0.75F)});
  writer.finish();
}

std::string ties(const io::ResultFile& result, std::uint32_t replicate, double day) {
  std::string text;
  const network::Graph graph = cli::network_at(result, replicate, 24.0 * day);
  for (const network::Edge& edge : graph.edges)
    text += graph.ids[edge.a] + "-" + graph.ids[edge.b] + " " + std::to_string(edge.closeness).substr(0, 4) + "; ";
  return text;
}

}  // namespace

TEST_CASE("the network of a day is the last keyframe before it and the events since, up to that day") {
  ScratchFolder folder;
  write_log(folder / "log.h5");
  const io::ResultFile result(folder / "log.h5");
  CHECK(ties(result, 0, 4) == "cem-dea 0.50; ");
  CHECK(ties(result, 1, 0) == "ann-bob 0.50; ");
  CHECK(ties(result, 1, 1) == "ann-bob 0.50; ");  // what happens at the start of day 1 is not yet there
  CHECK(ties(result, 1, 2) == "ann-bob 0.50; bob-cem 0.25; ");
  CHECK(ties(result, 1, 3) == "ann-bob 0.50; bob-cem 0.25; ");
  CHECK(ties(result, 1, 4) == "bob-cem 0.75; ");
  CHECK(cli::network_at(result, 1, 24.0).community == std::vector<std::uint32_t>{0, 0, 1, 1});
  std::ostringstream changes;
  cli::write_differences(cli::network_at(result, 1, 0.0), cli::network_at(result, 1, 96.0), changes);
  CHECK(changes.str() == "source,target,change,closeness\nann,bob,ended,0.5000\nbob,cem,began,0.7500\n");
}

TEST_CASE("a day, a study or a log that is not there is said so") {
  ScratchFolder folder;
  write_log(folder / "log.h5");
  const io::ResultFile result(folder / "log.h5");
  const auto said = [](const io::ResultFile& from, std::uint32_t replicate, double hours) {
    return message_of([&] { cli::network_at(from, replicate, hours); }, ErrorKind::usage);
  };
  CHECK(said(result, 1, 120.0) == "there is no day 5: the log is of days 0 to 4");
  CHECK(said(result, 2, 24.0) == "the result has no replicate 2");
  write_log(folder / "other.h5", "events");
  CHECK(said(io::ResultFile(folder / "other.h5"), 0, 0.0).find("the result has no log of ties") == 0);
}

TEST_CASE("the network of a day goes to a file or to standard output, as CSV or as GraphML") {
  using kith::testing::contains;
  using kith::testing::invoke;
  ScratchFolder folder;
  const std::string log = folder / "log.h5";
  write_log(log);
  const auto network = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"export", log, "--network", "--replicate", "1"});
    return invoke(more);
  };
  const auto csv = network({"--day", "2"});
  CHECK(csv.status == 0);
  CHECK(contains(csv.out, "bob,cem"));
  CHECK(contains(csv.out, ",\"source_home town\",\"target_home town\"\n"));
  CHECK(contains(csv.out, ",Kyjov,\n"));
  const auto graphml = network({"--day", "2", "--graphml"});
  CHECK(graphml.status == 0);
  CHECK(contains(graphml.out, "<graphml"));
  CHECK(contains(graphml.out, "attr.name=\"home town\" attr.type=\"string\""));
  CHECK(network({"--day", "2", "-o", folder / "day2.graphml"}).status == 0);
  CHECK(network({"--day", "2", "--graphml", "-o", folder / "day2.xml"}).status == 0);
  CHECK(kith::testing::read_file(folder / "day2.graphml") == graphml.out);
  CHECK(kith::testing::read_file(folder / "day2.xml") == graphml.out);
  CHECK(network({"--day", "2", "-o", folder / "day2.graphml"}).status == 6);
  CHECK(network({"--day", "2", "-o", folder / "day2.xml", "--force"}).status == 2);
  CHECK(contains(network({"--diff", "0,4"}).out, "ann,bob,ended,0.5000"));
  CHECK(network({"--diff", "0,4", "--graphml"}).status == 2);
  CHECK(network({"--diff", "0;4"}).status == 2);
  CHECK(network({}).status == 2);
  CHECK(invoke({"export", log, "--graphml"}).status == 2);
}
