#include "models/scenario/network_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "core/error.hpp"
#include "core/inputs.hpp"
#include "network/generate.hpp"

namespace kith {

using config::Mark;
using config::Section;
namespace net = network;

namespace {

/// A generator whose parameters have been read, and the ties that a person then has on average.
struct Generator {
  std::function<net::Graph(std::uint32_t people, WorldKey world)> generate;
  double mean_ties = 0.0;
  double local_ties = 0.0;  ///< of these, with neighbours or kin; 0 where there is no neighbourhood
};

template <class Parameters>
Generator generator(Parameters parameters, double mean_ties) {
  return {.generate = [parameters](std::uint32_t people,
                                   WorldKey world) { return net::generate(parameters, people, world); },
          .mean_ties = mean_ties};
}

/// Refuses more ties than others to be tied to; `people` is 0 when their number is not known.
void check_ties(Section& s, std::string_view key, double ties, std::uint32_t people) {
  if (people == 0 || ties < static_cast<double>(people)) return;
  s.fail(key, fmt::format("{:g} ties a person are impossible among {} people", ties, people),
         "nobody is tied to themselves", fmt::format("use at most {}, or raise people.count", people - 1));
}

Generator read_layers(Section& s) {
  net::Layers p;
  p.sizes = s.numbers({.key = "sizes",
                       .fallback = "[5, 10, 35, 100]",
                       .min = "0.1",
                       .max = "10000",
                       .doc = "Mean number of ties in each layer, closest first (at most four).",
                       .mark = Mark::published,
                       .source = "Dunbar 2020; Tamarit 2018"});
  if (p.sizes.empty() || p.sizes.size() > 4) {
    s.fail("sizes", "one to four layers are needed", "closeness is known for four layers",
           "write e.g. [5, 10, 35, 100]");
    p.sizes = {5, 10, 35, 100};
  }
  p.size_cv = s.number({.key = "size_cv",
                        .fallback = "0.4",
                        .min = "0",
                        .max = "1",
                        .doc = "Spread of the sizes between people.",
                        .mark = Mark::published,
                        .source = "+-40 % between people (Dunbar 2020; Tamarit 2018)"});
  p.community = s.number({.key = "community",
                          .fallback = "200",
                          .min = "2",
                          .max = "1000000",
                          .doc = "Mean number of people in a community.",
                          .mark = Mark::assumed,
                          .source = "range 100-500"});
  Generator made = generator(p, std::accumulate(p.sizes.begin(), p.sizes.end(), 0.0));
  made.local_ties = p.local_ties();
  return made;
}

Generator read_erdos_renyi(Section& s, std::uint32_t people) {
  const double mean_ties = s.number(
      {.key = "mean_ties", .fallback = "10", .min = "0", .max = "100000", .doc = "Mean number of ties of a person."});
  check_ties(s, "mean_ties", mean_ties, people);
  return generator(net::ErdosRenyi{.mean_ties = mean_ties}, mean_ties);
}

Generator read_small_world(Section& s, std::uint32_t people) {
  net::SmallWorld p;
  p.ties = static_cast<std::uint32_t>(s.integer(
      {.key = "ties", .fallback = "10", .min = "2", .max = "100000", .doc = "Ties of a person in the ring, even."}));
  if (p.ties % 2 != 0)
    s.fail("ties", "an odd number of ties", "half of them lie on each side of the ring", "use an even number");
  check_ties(s, "ties", p.ties, people);
  p.rewire = s.number({.key = "rewire",
                       .unit = "%",
                       .fallback = "10 %",
                       .min = "0",
                       .max = "1",
                       .doc = "Share of ties that lead elsewhere."});
  return generator(p, p.ties);
}

Generator read_preferential_attachment(Section& s, std::uint32_t people) {
  const auto ties = static_cast<std::uint32_t>(s.integer(
      {.key = "ties", .fallback = "5", .min = "1", .max = "100000", .doc = "Ties that each new person makes."}));
  check_ties(s, "ties", ties, people);
  return generator(net::PreferentialAttachment{.ties = ties}, 2.0 * ties);
}

Generator read_stochastic_block(Section& s, std::uint32_t) {
  net::StochasticBlock p;
  p.sizes = s.numbers({.key = "sizes",
                       .unit = "%",
                       .fallback = "[50 %, 50 %]",
                       .min = "0",
                       .max = "1",
                       .above_min = true,
                       .doc = "Shares of the people in the blocks; they add up to 100 %."});
  double total = 0.0;
  for (const double size : p.sizes) total += size;
  if (std::abs(total - 1.0) > 1e-9)
    s.fail("sizes", fmt::format("the shares add up to {:.6g} %, not 100 %", 100.0 * total),
           "everybody belongs to one block");
  p.within = s.number({.key = "within",
                       .fallback = "8",
                       .min = "0",
                       .max = "100000",
                       .doc = "Mean number of a person's ties within the own block."});
  p.between = s.number({.key = "between",
                        .fallback = "2",
                        .min = "0",
                        .max = "100000",
                        .doc = "Mean number of a person's ties to other blocks."});
  return generator(p, p.within + p.between);
}

Generator read_configuration(Section& s, std::uint32_t people) {
  net::Configuration p;
  p.mean = s.number(
      {.key = "mean_ties", .fallback = "10", .min = "0", .max = "100000", .doc = "Mean number of ties of a person."});
  check_ties(s, "mean_ties", p.mean, people);
  p.cv = s.number({.key = "cv",
                   .fallback = "1",
                   .min = "0",
                   .max = "10",
                   .doc = "Coefficient of variation of the lognormal number of ties."});
  return generator(p, p.mean);
}

Generator read_rmat(Section& s, std::uint32_t people) {
  net::Rmat p;
  p.mean_ties = s.number(
      {.key = "mean_ties", .fallback = "16", .min = "0", .max = "100000", .doc = "Mean number of ties of a person."});
  check_ties(s, "mean_ties", p.mean_ties, people);
  const auto quadrant = [&](const char* key, const char* fallback, const char* doc) {
    return s.number({.key = key,
                     .fallback = fallback,
                     .min = "0",
                     .max = "1",
                     .doc = doc,
                     .mark = Mark::published,
                     .source = "Graph500's specification: 0.57, 0.19, 0.19, 0.05"});
  };
  p.a = quadrant("a", "0.57", "Probability of the first quadrant.");
  p.b = quadrant("b", "0.19", "Probability of the second quadrant.");
  p.c = quadrant("c", "0.19", "Probability of the third quadrant.");
  const double rest = 1.0 - p.a - p.b - p.c;
  p.d = std::max(0.0, rest);
  if (rest < -1e-9) s.fail("a", "a, b and c add up to more than 1", "the fourth quadrant gets the rest");
  return generator(p, p.mean_ties);
}

Generator read_generator(Section& section, std::uint32_t people) {
  Generator generate;
  const auto with = [&](Generator (*read)(Section&, std::uint32_t)) {
    return [&generate, read, people](Section& s) { generate = read(s, people); };
  };
  section.variant(
      {.key = "generate", .fallback = "layers", .doc = "How the network is made."},
      {{"layers", "support layers of 5, 10, 35 and 100 ties in communities (Dunbar)",
        [&](Section& s) { generate = read_layers(s); }},
       {"erdos_renyi", "every tie is equally likely (Erdos & Renyi 1959)", with(read_erdos_renyi)},
       {"small_world", "a ring with some ties rewired (Watts & Strogatz 1998)", with(read_small_world)},
       {"preferential_attachment", "newcomers prefer the popular (Barabasi & Albert 1999)",
        with(read_preferential_attachment)},
       {"stochastic_block", "more ties within blocks than between (Holland 1983)", with(read_stochastic_block)},
       {"configuration", "a lognormal number of ties, otherwise at random", with(read_configuration)},
       {"rmat", "recursive matrix, heavy-tailed (Chakrabarti 2004)", with(read_rmat)}});
  return generate;
}

void read_network_file(Section& s, NetworkSource& source) {
  source.name =
      s.file({.key = "file", .doc = "A network file; plain or gzip. The path starts at the scenario's folder."});
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(source.name, ignored);
  if (!s.describing() && !is_input_there(source.name))
    s.fail("file", fmt::format("there is no file {}", source.name), "",
           "check the path, or name your own file with --set network.file=…");
  else if (!s.describing() && std::filesystem::is_directory(status))
    s.fail("file", fmt::format("{} is a folder", source.name), "", "name a file in it");
  source.import.format =
      static_cast<net::FileFormat>(s.choice({.key = "format", .fallback = "guess", .doc = "Format of the file."},
                                            {{"guess", "by name and first lines"},
                                             {"edge_list", "two ids a line"},
                                             {"csv", "columns with a delimiter, with or without header"},
                                             {"graphml", "GraphML"},
                                             {"metis", "METIS adjacency"},
                                             {"pajek", "Pajek (.net)"},
                                             {"gml", "GML"},
                                             {"matrix_market", "Matrix Market coordinates (.mtx)"},
                                             {"adjacency_list", "a line a person, with all whom they are tied to"},
                                             {"matrix", "a square of numbers, with or without names"}}));
  const auto column = [&](const char* key, const char* doc) {
    return s.text({.key = key, .fallback = "", .doc = doc});
  };
  source.import.from = column("from", "Name or number of the column of one person of a tie; guessed if not given.");
  source.import.to = column("to", "Name or number of the column of the other person; goes with `from`.");
  source.import.weight = column(
      "weight",
      "Name or number of the column that gives a tie's weight, which adds up where a pair is named again (as durations "
      "do); or count: how often a pair is named. Closeness follows the weight; without one, the overlap of "
      "acquaintances.");
  source.import.time = column("time",
                              "Name or number of the column of the time of a contact. Where contacts are counted, a "
                              "pair named twice at the same "
                              "time is counted once.");
  source.import.header = static_cast<net::HeaderLine>(
      s.choice({.key = "header", .fallback = "guess", .doc = "Whether the first line names the columns."},
               {{"guess", "by its words"}, {"yes", "it does"}, {"no", "it is a tie"}}));
}

}  // namespace

NetworkSource read_network(Section s, std::uint32_t people) {
  NetworkSource source;
  const bool is_file = s.has("file");
  const bool is_generated = s.has("generate");
  if (is_file) read_network_file(s, source);
  if (is_file && is_generated)
    s.fail("generate", "a network is either generated or read from a file", "both `generate` and `file` are given",
           "leave one of them out");
  if (is_generated || !is_file) {
    Generator generator = read_generator(s, people);
    source.generate = std::move(generator.generate);
    source.mean_ties = generator.mean_ties;
    source.local_ties = generator.local_ties;
  }
  return source;
}

std::optional<network::PersonColumns> read_columns(Section s) {
  const std::string file = s.file(
      {.key = "file",
       .fallback = "",
       .doc =
           "A table with a row a person, plain or gzip: CSV with a header. Criteria, strata and clusters of trials can "
           "name its columns."});
  const std::string id =
      s.text({.key = "id", .fallback = "", .doc = "Name or number of the column with the ids; guessed if not given."});
  if (s.describing() || file.empty()) return network::PersonColumns{};
  if (!is_input_there(file)) {
    s.fail("file", fmt::format("there is no file {}", file), "", "check the path");
    return std::nullopt;
  }
  try {
    return net::import_columns(file, {.id = id, .names = {}});
  } catch (const Error& wrong) {
    s.fail("file", "the table about people cannot be read", wrong.what());
    return std::nullopt;
  }
}

}  // namespace kith
