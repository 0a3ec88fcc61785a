#include "cli/tie_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "core/error.hpp"
#include "io/values.hpp"

namespace kith::cli {

namespace {

constexpr const char* table = "tie_events";

/// The rows of one replicate: their times, and where their events begin and end.
struct Rows {
  std::vector<double> hours;
  std::vector<std::uint64_t> begin;  // [rows + 1]
};

Rows rows_of(const io::ResultFile& result, std::uint32_t replicate) {
  const auto& names = result.spec(table).dimensions;
  const auto& coordinates = result.shape(table).coordinates;
  if (names.size() < 2 || names[0].name != "replicate" || names[1].name != "time")
    throw Error(ErrorKind::failed, "the table tie_events is not one that Kith writes");
  const std::vector<double> replicates = io::as_doubles(coordinates[0]);
  const auto place = std::find(replicates.begin(), replicates.end(), replicate) - replicates.begin();
  if (place == std::ssize(replicates))
    throw Error(ErrorKind::usage, fmt::format("the result has no replicate {}", replicate));
  Rows rows{io::as_doubles(coordinates[1]), {0}};
  // Offsets are the running sum of the counts, replicate after replicate.
  const auto counts = io::as_doubles(result.read(table, "event_count"));
  const std::size_t first = static_cast<std::size_t>(place) * rows.hours.size();
  for (std::size_t k = 0; k < first; ++k) rows.begin[0] += static_cast<std::uint64_t>(counts[k]);
  for (std::size_t k = 0; k < rows.hours.size(); ++k)
    rows.begin.push_back(rows.begin.back() + static_cast<std::uint64_t>(counts[first + k]));
  return rows;
}

/// Events [begin, end) of the table.
std::vector<network::TieEvent> read_events(const io::ResultFile& result, std::uint64_t begin, std::uint64_t end) {
  const auto read = [&](const char* variable) {
    return io::as_doubles(result.read(table, variable, {begin}, {end - begin}));
  };
  const auto hours = read("event_time");
  const auto a = read("a");
  const auto b = read("b");
  const auto what = read("what");
  const auto kind = read("kind");
  const auto closeness = read("closeness");
  std::vector<network::TieEvent> events;
  events.reserve(hours.size());
  for (std::size_t k = 0; k < hours.size(); ++k) {
    events.push_back({hours[k], static_cast<PersonId>(a[k]), static_cast<PersonId>(b[k]),
                      static_cast<network::TieChange>(static_cast<int>(what[k])),
                      static_cast<network::TieKind>(static_cast<int>(kind[k])), static_cast<float>(closeness[k])});
  }
  return events;
}

bool is_held(const network::TieEvent& event) { return event.what == network::TieChange::held; }

}  // namespace

network::Graph network_at(const io::ResultFile& result, std::uint32_t replicate, double hours) {
  const auto tables = result.tables();
  if (std::find(tables.begin(), tables.end(), table) == tables.end()) {
    throw Error(ErrorKind::usage,
                "the result has no log of ties; run the scenario with `ties: living` and `record: {tie_events: true}`");
  }
  const Rows rows = rows_of(result, replicate);
  if (rows.hours.empty() || hours < rows.hours.front() || hours > rows.hours.back()) {
    throw Error(ErrorKind::usage, fmt::format("there is no day {:g}: the log is of days {:g} to {:g}", hours / 24.0,
                                              rows.hours.empty() ? 0.0 : rows.hours.front() / 24.0,
                                              rows.hours.empty() ? 0.0 : rows.hours.back() / 24.0));
  }
  // The events of a row are of the time before it; the row that covers `hours` is the first at or after it.
  const auto last =
      static_cast<std::size_t>(std::lower_bound(rows.hours.begin(), rows.hours.end(), hours) - rows.hours.begin());
  std::vector<network::TieEvent> events;
  for (std::size_t row = 0; row <= last; ++row) {
    const auto of_row = read_events(result, rows.begin[row], rows.begin[row + 1]);
    const auto frame = std::find_if(of_row.begin(), of_row.end(), is_held);
    std::copy_if(of_row.begin(), frame, std::back_inserter(events),
                 [&](const network::TieEvent& event) { return event.hours < hours; });
    if (frame != of_row.end() && rows.hours[row] <= hours) events.assign(frame, of_row.end());
  }
  const auto& dimensions = result.spec(table).dimensions;
  const auto person = static_cast<std::size_t>(
      std::find_if(dimensions.begin(), dimensions.end(), [](const auto& d) { return d.name == "person"; }) -
      dimensions.begin());
  const auto& ids = std::get<std::vector<std::string>>(result.shape(table).coordinates.at(person));
  network::Graph graph = network::replay(static_cast<std::uint32_t>(ids.size()), events);
  graph.ids = ids;
  const auto community = io::as_doubles(result.read(table, "community"));
  if (!community.empty() && community.front() >= 0.0) {
    graph.community.resize(ids.size());
    std::transform(community.begin(), community.end(), graph.community.begin(),
                   [](double number) { return static_cast<std::uint32_t>(number); });
  }
  return graph;
}

network::PersonValues people_of(const io::ResultFile& result) {
  network::PersonValues people;
  for (const Variable& variable : result.spec(table).variables) {
    if (!variable.name.starts_with("column_")) continue;
    people.names.push_back(variable.long_name);
    people.values.push_back(std::get<std::vector<std::string>>(result.read(table, variable.name)));
  }
  return people;
}

void write_differences(const network::Graph& before, const network::Graph& after, std::ostream& out) {
  out << "source,target,change,closeness\n";
  for (const network::TieEvent& event : network::differences(before, after)) {
    out << fmt::format("{},{},{},{:.4f}\n", before.ids[event.a], before.ids[event.b],
                       network::tie_changes[static_cast<std::size_t>(event.what)], event.closeness);
  }
}

}  // namespace kith::cli
