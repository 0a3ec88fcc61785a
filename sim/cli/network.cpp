#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/network_file.hpp"
#include "cli/output_file.hpp"
#include "cli/report_text.hpp"
#include "cli/scenario.hpp"
#include "network/exchange.hpp"
#include "network/measure.hpp"

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;

/// One measure: its name in JSON, what people read, and its value (NaN: undefined for this network).
struct Measure {
  std::string name;
  std::string title;
  double value;
};

std::vector<Measure> list_of(const network::Measures& m) {
  const auto& quantiles = m.degree_quantiles;
  return {{"people", "people", static_cast<double>(m.people)},
          {"ties", "ties", static_cast<double>(m.ties)},
          {"mean_degree", "ties of a person, mean", m.mean_degree},
          {"sd_degree", "ties of a person, standard deviation", m.sd_degree},
          {"degree_q10", "ties of a person, 10 % have at most", quantiles[0]},
          {"degree_q50", "ties of a person, median", quantiles[1]},
          {"degree_q90", "ties of a person, 90 % have at most", quantiles[2]},
          {"degree_most", "ties of a person, most", quantiles[3]},
          {"clustering", "clustering: mean share of one's acquaintances who know each other", m.clustering},
          {"assortativity", "assortativity: correlation of the number of ties at both ends", m.assortativity},
          {"components", "connected components", static_cast<double>(m.components)},
          {"largest_component", "share of people in the largest component", m.largest_component},
          {"highest_core", "highest core number", static_cast<double>(m.max_core)},
          {"mean_path", "mean path length, from sampled people", m.mean_path},
          {"same_community", "share of ties within a community", m.same_community}};
}

std::string table_of(const std::vector<Measure>& measures, const std::string& title, const Channel& out) {
  ReportTable table{styled(out, Style::strong, title), {"", "value"}, {}};
  for (const Measure& measure : measures) {
    const bool is_count = measure.value == std::floor(measure.value);
    const std::string text = std::isnan(measure.value) ? "–" : fmt::format("{:.{}f}", measure.value, is_count ? 0 : 3);
    table.rows.push_back({{measure.title, std::nullopt}, {text, measure.value}});
  }
  return print_table(table, out.width);
}

std::string json_of(const std::vector<Measure>& measures, const std::vector<std::string>& notes) {
  Json result;
  for (const Measure& measure : measures) {
    if (std::isnan(measure.value)) {
      result[measure.name] = nullptr;
    } else {
      result[measure.name] = measure.value;
    }
  }
  result["notes"] = notes;
  return result.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

WriteNetwork network_format(const std::string& path) {
  if (path.ends_with(".graphml")) return network::export_graphml;
  if (path.ends_with(".csv")) return network::export_csv;
  throw Error(ErrorKind::usage,
              fmt::format("{}: a network is written as GraphML or CSV; let the name end in .graphml or .csv", path));
}

ExitCode show_network(const Session& session, const Words& words) {
  Options options(
      {.command = "network",
       .summary =
           "Builds or reads the network of a scenario, measures it, and keeps a copy when asked to. Runs nothing.",
       .examples = {
           {"kith network first-steps", "its measures"},
           {"kith network first-steps -o friends.graphml --force", "a copy for Gephi, igraph or networkx"},
           {"kith network first-steps --set people.count=100 --json", "as a program reads it, with a change"}}});
  ScenarioChoice choice;
  std::optional<std::string> output;
  std::optional<std::uint32_t> samples;
  bool force = false;
  bool wants_json = false;
  choice.add_to(options);
  options.option(output, "-o,--output", "FILE", "Keep the network: FILE.graphml or FILE.csv.");
  options.option(samples, "--samples", "N", "People from whom path lengths are measured; 200 unless told.");
  options.flag(force, "--force", "Replace an existing file.");
  options.flag(wants_json, "--json", "Print one JSON object.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;

  const WriteNetwork write = output ? network_format(*output) : nullptr;
  const LoadedScenario scenario = load(session.application, choice);
  std::optional<OutputFile> file;
  if (output) file.emplace(*output, force ? Existing::replace : Existing::keep, inputs_of(choice, scenario));
  std::vector<std::string> notes;
  const network::Graph graph = scenario.study->network(notes);
  const auto measures = list_of(network::measure(graph, samples.value_or(200), {scenario.study->seed(), 0}));
  if (wants_json) {
    *session.console.out.stream << json_of(measures, notes);
  } else {
    *session.console.out.stream << table_of(measures, "Network of " + scenario.study->title(), session.console.out);
    for (const std::string& note : notes)
      *session.console.out.stream << "  " << wrapped(note, session.console.out.width, 2) << '\n';
  }
  if (!file) return ExitCode::done;
  write(graph, file->stream());
  file->finish();
  *session.console.err.stream << fmt::format("wrote {}\n", *output);
  return ExitCode::done;
}

}  // namespace kith::cli
