#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "config/document.hpp"
#include "core/error.hpp"
#include "models/world/population.hpp"
#include "network/measure.hpp"

/// Whether the network of an untreated population stays as it is while every tie changes. Prints a table and exits with 1 when a
/// line is out of its bounds.
namespace {

using namespace kith;
using bonds::TieChange;
using people::layer_count;

using Sizes = std::array<double, layer_count>;

struct Options {
  std::string people = "20000";
  int days = 730;
  std::vector<config::Override> overrides;
};

Scenario read(const Options& options) {
  const std::string text =
      "kith: 1\ntitle: Stationarity\ntime: {tick: 1 h, burn_in: 28 d, duration: 1 d}\npeople: {count: " +
      options.people + "}\nnetwork: {generate: layers}\nties: living\nseed: stationarity\n";
  auto document = config::Document::from_text(text, "stationarity.yaml", options.overrides);
  Scenario scenario = read_scenario(document.root());
  document.check();
  return scenario;
}

network::Graph graph_of(const network::Ties& ties) {
  network::Graph graph{.people = ties.people()};
  for (PersonId owner = 0; owner < ties.people(); ++owner) {
    for (TieId tie = ties.owned_begin(owner); tie < ties.owned_end(owner); ++tie) {
      const PersonId other = ties.other(tie);
      graph.edges.push_back({.a = std::min(owner, other),
                             .b = std::max(owner, other),
                             .closeness = ties.closeness(tie),
                             .kind = ties.kind(tie)});
    }
  }
  network::make_simple(graph);
  return graph;
}

Sizes layer_sizes(const network::Graph& graph) {
  Sizes sizes{};
  for (const network::Edge& edge : graph.edges) sizes[people::layer_of(edge.closeness)] += 2.0 / graph.people;
  return sizes;
}

/// Share of the ties of each layer at one time that are gone later.
Sizes lost(const network::Graph& before, const network::Ties& after) {
  Sizes had{};
  Sizes gone{};
  for (const network::Edge& edge : before.edges) {
    const std::size_t layer = people::layer_of(edge.closeness);
    had[layer] += 1.0;
    if (after.find(edge.a, edge.b) == network::Ties::none) gone[layer] += 1.0;
  }
  for (std::size_t layer = 0; layer < layer_count; ++layer) gone[layer] /= std::max(1.0, had[layer]);
  return gone;
}

struct Table {
  bool is_fine = true;
  void line(const std::string& what, double value, double low, double high) {
    const bool fits = value >= low && value <= high;
    is_fine = is_fine && fits;
    fmt::print("{:<52} {:>9.3f}   {:.3f} to {:.3f}{}\n", what, value, low, high, fits ? "" : "   OUT OF BOUNDS");
  }
  static void line(const std::string& what, double value) { fmt::print("{:<52} {:>9.3f}\n", what, value); }
};

double mean(const std::vector<float>& column) {
  double total = 0.0;
  for (const float value : column) total += static_cast<double>(value);
  return total / static_cast<double>(column.size());
}

struct Shares {
  double lonely = 0.0;
  double isolated = 0.0;
};

Shares shares_of(const Model& model, const people::Scales& scales) {
  Shares shares;
  const auto isolation = isolation_of(model);
  for (PersonId p = 0; p < model.people().count; ++p) {
    shares.lonely += model.people().loneliness[p] > scales.lonely_above ? 1.0 : 0.0;
    shares.isolated += isolation.score[p] < people::isolated_below ? 1.0 : 0.0;
  }
  shares.lonely /= model.people().count;
  shares.isolated /= model.people().count;
  return shares;
}

/// Contacts of the run, and what happened to ties.
struct Course {
  double contacts = 0.0;
  Sizes by_layer{};
  std::array<double, 8> events{};
};

void run(Model& model, int from_day, int to_day, Course& course) {
  const Clock& clock = model.clock();
  model.run(from_day * clock.ticks_per_day(), to_day * clock.ticks_per_day(), "", [&](Tick) {
    for (const Contact& contact : model.contacts()) {
      if (contact.is_distant) continue;
      course.contacts += 2.0;
      course.by_layer[people::layer_of(network::usual_closeness(model.ties().usual(contact.tie)))] += 2.0;
    }
    for (const network::TieEvent& event : model.living()->events())
      course.events[static_cast<std::size_t>(event.what)] += 1.0;
    model.living()->forget_events();
    return true;
  });
}

/// What drifts slowly, if anything does. Layers by the place that a tie takes, so by its usual closeness.
struct Snapshot {
  double clustering = 0.0;
  Sizes places{};
  Sizes local{};  ///< of them, within the community
  Shares shares;
};

Snapshot snapshot(const Model& model, const people::Scales& scales) {
  const network::Graph graph = graph_of(model.ties());
  Snapshot now{.clustering = network::measure(graph, 1, {1, 0}).clustering, .shares = shares_of(model, scales)};
  for (const network::Edge& edge : graph.edges) {
    const TieId tie = model.ties().find(edge.a, edge.b);
    const std::size_t layer = people::layer_of(network::usual_closeness(model.ties().usual(tie)));
    now.places[layer] += 2.0 / graph.people;
    if (model.living()->community(edge.a) == model.living()->community(edge.b)) now.local[layer] += 2.0 / graph.people;
  }
  return now;
}

void print_head() {
  fmt::print("{:>5} {:>10}", "day", "clustering");
  for (std::size_t layer = 1; layer <= layer_count; ++layer) fmt::print("  layer {} local", layer);
  fmt::print(" {:>7} {:>8}\n", "lonely", "isolated");
}

void print_row(int day, const Snapshot& now) {
  fmt::print("{:>5} {:>10.3f}", day, now.clustering);
  for (std::size_t layer = 0; layer < layer_count; ++layer)
    fmt::print(" {:>8.2f} {:>5.3f}", now.places[layer], now.local[layer] / now.places[layer]);
  fmt::print(" {:>7.3f} {:>8.3f}\n", now.shares.lonely, now.shares.isolated);
}

/// A row for each year, and for the end.
Course live(Model& model, int from_day, int to_day, const people::Scales& scales) {
  Course course;
  for (int day = from_day; day < to_day;) {
    const int next = std::min(to_day, (day / 365 + 1) * 365);
    run(model, day, next, course);
    print_row(next, snapshot(model, scales));
    day = next;
  }
  return course;
}

int check(const Options& options) {
  const Scenario scenario = read(options);
  Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  Model& model = *population.model;
  model.living()->forget_events();
  const int year = std::min(365, options.days / 2);
  fmt::print(
      "{} people, {} days without treatment; places taken in each layer, and the share of them within the "
      "community\n\n",
      options.people, options.days);
  print_head();
  const Snapshot first = snapshot(model, population.scales);
  print_row(0, first);
  const network::Graph start = graph_of(model.ties());
  live(model, 0, year, population.scales);
  const Sizes first_year = lost(start, model.ties());
  live(model, year, options.days - year, population.scales);
  const network::Graph before_last = graph_of(model.ties());
  const Course course = live(model, options.days - year, options.days, population.scales);
  const Sizes last_year = lost(before_last, model.ties());
  const Snapshot last = snapshot(model, population.scales);

  Table table;
  fmt::print("\n");
  const Sizes before = layer_sizes(start);
  const Sizes after = layer_sizes(graph_of(model.ties()));
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    table.line(fmt::format("places taken in layer {}, end over start ({:.2f})", layer + 1, first.places[layer]),
               last.places[layer] / first.places[layer], 0.95, 1.05);
    table.line(fmt::format("as close as layer {}, end over start ({:.2f})", layer + 1, before[layer]),
               after[layer] / before[layer], 0.9, 1.1);
  }
  table.line(fmt::format("clustering, end over start ({:.3f})", first.clustering), last.clustering / first.clustering,
             0.95, 1.05);
  const std::array<std::array<double, 2>, layer_count> loss{{{0.01, 0.04}, {0.06, 0.14}, {0.1, 0.4}, {0.15, 0.6}}};
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    table.line(fmt::format("ties of layer {} lost in the first year", layer + 1), first_year[layer], loss[layer][0],
               loss[layer][1]);
    table.line(fmt::format("ties of layer {} lost in the last year", layer + 1), last_year[layer], loss[layer][0],
               loss[layer][1]);
  }
  const Sizes shares{0.40, 0.20, 0.25, 0.15};
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    table.line(fmt::format("share of contacts with layer {}", layer + 1), course.by_layer[layer] / course.contacts,
               shares[layer] - 0.05, shares[layer] + 0.05);
  }
  table.line("contacts of a person a day", course.contacts / static_cast<double>(model.people().count) / year, 6.0,
             7.0);
  const auto count = [&](TieChange what) { return course.events[static_cast<std::size_t>(what)]; };
  table.line("ends by silence over silences that became too long",
             count(TieChange::ended_by_silence) / std::max(1.0, count(TieChange::silent)), 0.5, 1.0);
  const double people_years = static_cast<double>(model.people().count) * year / 365.25;
  const std::array<const char*, 8> names{"held",   "began", "closer",           "looser",
                                         "silent", "ended", "ended by silence", "faded"};
  for (std::size_t what = 1; what < names.size(); ++what)
    Table::line(fmt::format("changes of ties a person and year: {}", names[what]),
                2.0 * course.events[what] / people_years);
  Sizes drift{};
  Sizes count_of_layer{};
  for (PersonId owner = 0; owner < model.ties().people(); ++owner) {
    for (TieId tie = model.ties().owned_begin(owner); tie < model.ties().owned_end(owner); ++tie) {
      const float usual = network::usual_closeness(model.ties().usual(tie));
      drift[people::layer_of(usual)] += static_cast<double>(model.ties().closeness(tie) - usual);
      count_of_layer[people::layer_of(usual)] += 1.0;
    }
  }
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    Table::line(fmt::format("mean closeness less usual closeness, layer {}", layer + 1),
                drift[layer] / count_of_layer[layer]);
  }
  Table::line("mean approach", mean(model.people().approach.now));
  Table::line("mean warmth", mean(model.people().warmth.now));
  Table::line("mean loneliness", mean(model.people().loneliness));
  table.line("share of people who are lonely", last.shares.lonely, 0.17, 0.27);
  table.line("share of people who are isolated", last.shares.isolated, 0.11, 0.20);
  return table.is_fine ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--people") options.people = argv[i + 1];
    if (name == "--days") options.days = std::atoi(argv[i + 1]);
    if (name == "--set") options.overrides.push_back({argv[i + 1]});
  }
  try {
    return check(options);
  } catch (const Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
