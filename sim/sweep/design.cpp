#include "sweep/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <filesystem>

#include "sweep/points.hpp"
#include "sweep/points_file.hpp"

namespace kith::sweep {

std::vector<std::string> Design::assignments(std::uint64_t run) const {
  std::vector<std::string> result = set;
  for (std::size_t f = 0; f < factors.size(); ++f) result.push_back(assignment(run, f));
  return result;
}

std::string Design::assignment(std::uint64_t run, std::size_t factor) const {
  return factors[factor].key + "=" + rows[run][factor];
}

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// What the kinds of design share while they are read.
struct Reading {
  ReadDesign* read;
  Design* design;
  PointsTable table;
  std::uint64_t samples = 0;  ///< rows of a Latin hypercube, N of Sobol's, trajectories of Morris'
  bool is_kind_known = false;
};

Wanted wanted_of(const std::string& kind) {
  if (kind == "csv") return Wanted::column;
  if (kind == "morris") return Wanted::ends;
  return kind == "grid" || kind == "list" ? Wanted::levels : Wanted::places;
}

void check_runs(config::Section& s, std::string_view key, double runs) {
  if (runs <= static_cast<double>(most_runs)) return;
  s.fail(key, fmt::format("the design has {:.10g} runs", runs), fmt::format("a sweep has at most {}", most_runs),
         key == "samples" ? "ask for fewer samples"
         : key == "file"  ? "share the lines out among several tables"
                          : "use fewer values, or a latin_hypercube");
}

Rows grid(const std::vector<Factor>& factors, std::uint64_t runs) {
  Rows rows(runs);
  for (std::uint64_t run = 0; run < runs; ++run) {
    std::uint64_t rest = run;  // the last factor changes fastest
    rows[run].resize(factors.size());
    for (std::size_t f = factors.size(); f-- > 0;) {
      rows[run][f] = factors[f].level(rest % factors[f].levels());
      rest /= factors[f].levels();
    }
  }
  return rows;
}

Rows list(const std::vector<Factor>& factors) {
  Rows rows(factors.front().levels());
  for (std::size_t run = 0; run < rows.size(); ++run) {
    for (const Factor& factor : factors) rows[run].push_back(factor.level(run));
  }
  return rows;
}

Rows at(const std::vector<Factor>& factors, const Points& points) {
  Rows rows(points.rows());
  for (std::size_t run = 0; run < rows.size(); ++run) {
    for (std::size_t f = 0; f < factors.size(); ++f) rows[run].push_back(factors[f].at(points.at(run, f)));
  }
  return rows;
}

std::uint64_t read_samples(config::Section& s, std::string_view doc) {
  return static_cast<std::uint64_t>(s.integer({.key = "samples", .min = "1", .max = "1000000000", .doc = doc}));
}

void read_kind(Reading& reading, config::Section& s) {
  std::vector<config::Section::Variant> variants{
      {"grid", "every value with every other", {}},
      {"list", "the first values of all factors, then the second, and so on", {}},
      {"latin_hypercube", "random, each factor spread evenly (LHS; McKay 1979)",
       [&](config::Section& v) { reading.samples = read_samples(v, "How many runs."); }},
      {"sobol", "for Sobol indices (Saltelli 2010): samples times factors + 2 runs",
       [&](config::Section& v) {
         reading.samples = read_samples(v, "Points of the base sample: a power of two.");
         if (v.describing() || reading.samples == 0 || std::has_single_bit(reading.samples)) return;
         const std::uint64_t above = std::bit_ceil(reading.samples);
         v.fail("samples", fmt::format("{} is no power of two", reading.samples),
                "only then is a Sobol sample balanced", fmt::format("use {} or {}", above / 2, above));
       }},
      {"morris", "for elementary effects (Morris 1991): samples times factors + 1 runs",
       [&](config::Section& v) { reading.samples = read_samples(v, "How many trajectories."); }},
      {"csv", "the lines of a table that another program made (SALib, OpenMOLE, EMEWS, R)", [&](config::Section& v) {
         reading.design->file = v.file({.key = "file",
                                        .doc = "The table: a header, then a line a run; values between "
                                               "commas. Its path starts at the folder of the design."});
       }}};
  for (config::Section::Variant& variant : variants) {
    variant.read = [&reading, read = variant.read](config::Section& v) {
      reading.is_kind_known = reading.is_kind_known || !v.describing();
      if (read) read(v);
    };
  }
  const std::size_t kind =
      s.variant({.key = "design", .fallback = "grid", .doc = "Which values go together."}, variants);
  constexpr std::array<const char*, 6> names{"grid", "list", "latin_hypercube", "sobol", "morris", "csv"};
  reading.design->kind = names.at(kind);
}

/// Whether one of two keys lies below the other, or both are the same.
bool do_overlap(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return b.starts_with(a) && (a.size() == b.size() || b[a.size()] == '.');
}

void check_key(const Reading& reading, config::Section& item, const std::string& key) {
  for (const Factor& other : reading.design->factors) {
    if (key.empty() || !do_overlap(key, other.key)) continue;
    item.fail("key",
              key == other.key ? fmt::format("{} varies twice", key) : fmt::format("{} and {} vary", other.key, key),
              key == other.key ? "" : "one of them holds the other", "put all values into one factor");
    return;
  }
  for (const std::string& change : reading.design->set) {
    const std::string fixed = change.substr(0, change.find('='));
    if (key.empty() || fixed == change || !do_overlap(key, fixed)) continue;
    item.fail("key", fmt::format("{} varies, and `set` gives {} a value", key, fixed), "", "leave one of the two out");
    return;
  }
}

void read_factors(const Reading& reading, config::Section& s) {
  Design& design = *reading.design;
  s.list({.key = "factors", .doc = "What varies."}, [&](config::Section& item) {
    Factor factor = read_factor(item, wanted_of(design.kind));
    if (!item.describing()) check_key(reading, item, factor.key);
    design.factors.push_back(std::move(factor));
    reading.read->factors.push_back(item);
  });
  if (design.factors.empty())
    s.fail("factors", "nothing varies", "a sweep has at least one factor",
           "add e.g. - {key: people.count, values: [300, 600]}");
}

double runs_of(const Design& design, std::uint64_t samples) {
  const auto factors = static_cast<double>(design.factors.size());
  if (design.kind == "sobol") return static_cast<double>(samples) * (factors + 2.0);
  if (design.kind == "morris") return static_cast<double>(samples) * (factors + 1.0);
  if (design.kind == "latin_hypercube") return static_cast<double>(samples);
  if (design.kind == "list") return static_cast<double>(design.factors.front().levels());
  if (design.kind == "csv") return static_cast<double>(design.rows.size());
  double runs = 1.0;
  for (const Factor& factor : design.factors) runs *= static_cast<double>(factor.levels());
  return runs;
}

void make_rows(Design& design, const Reading& reading, config::Section& s) {
  const std::vector<Factor>& factors = design.factors;
  if (design.kind == "csv" && reading.table == PointsTable::is_read) {
    PointsFile points = read_points(design.file, factors, reading.read->factors);
    design.rows = std::move(points.rows);
    for (config::Mistake& mistake : points.mistakes) {
      if (mistake.line == 0) {
        s.fail("file", mistake.problem, mistake.why, mistake.suggestion);
      } else {
        reading.read->mistakes.push_back(std::move(mistake));
      }
    }
  }
  const double runs = runs_of(design, reading.samples);
  check_runs(s, s.has("samples") ? "samples" : design.kind == "csv" ? "file" : "factors", runs);
  for (std::size_t f = 1; design.kind == "list" && f < factors.size(); ++f) {
    if (factors[f].levels() == factors[0].levels()) continue;
    s.fail("factors",
           fmt::format("{} has {} values and {} has {}", factors[0].key, factors[0].levels(), factors[f].key,
                       factors[f].levels()),
           "in a list the first values go together, then the second", "give all the same number, or use design: grid");
  }
  if (design.kind == "sobol" && factors.size() > most_sobol_factors)
    s.fail("factors", fmt::format("{} factors", factors.size()),
           fmt::format("a Sobol design has at most {}", most_sobol_factors));
  if (s.mistakes() > 0) return;
  const auto samples = static_cast<std::size_t>(reading.samples);
  if (design.kind == "grid") design.rows = grid(factors, static_cast<std::uint64_t>(runs));
  if (design.kind == "list") design.rows = list(factors);
  if (design.kind == "latin_hypercube")
    design.rows = at(factors, latin_hypercube(samples, factors.size(), design.seed));
  if (design.kind == "sobol") design.rows = at(factors, saltelli(samples, factors.size(), design.seed));
  if (design.kind == "morris") design.rows = at(factors, morris(samples, factors.size(), design.seed));
}

/// What all runs have in common, and what is kept of them.
void read_settings(ReadDesign& read, config::Section& s) {
  Design& design = read.design;
  design.set =
      s.texts({.key = "set", .fallback = "[]", .doc = "What all runs change in the scenario: [people.count=300]."});
  for (std::size_t k = 0; k < design.set.size(); ++k) {
    if (design.set[k].find('=') == std::string::npos)
      s.fail_item("set", k, fmt::format("\"{}\" sets nothing", design.set[k]), "", "write KEY=VALUE");
  }
  if (s.has("replicates")) {
    const auto count = s.integer({.key = "replicates",
                                  .min = "1",
                                  .max = "1000000",
                                  .doc = "Virtual studies of each run; the scenario's own number unless told."});
    design.set.push_back(fmt::format("replicates.count={}", count));
  }
  design.seed =
      static_cast<std::uint64_t>(s.integer({.key = "seed",
                                            .fallback = "1",
                                            .min = "0",
                                            .doc = "Of the design's own chance; the runs have the scenario's."}));
  constexpr std::size_t shared = 0;
  design.shares_burn_in =
      s.choice({.key = "burn_in", .fallback = "shared", .doc = "Runs that differ only in keys that act after it."},
               {{"shared", "start from one burn-in, with the same bits as with one each"},
                {"fresh", "have one each"}}) == shared;
  design.must_have_tables = !s.describing() && s.has("keep");
  config::Section keep = s.section({.key = "keep", .doc = "What is kept of each run."}, "tables");
  design.tables = keep.texts(
      {.key = "tables", .fallback = "[effects, flow, population]", .doc = "Names of tables, as kith info shows them."});
  design.rows_kept = keep.choice({.key = "rows", .fallback = "last", .doc = "Of tables that grow with time."},
                                 {{"last", "their last row"}, {"all", "all rows, along the time of the run"}}) == 0
                         ? RowsKept::last
                         : RowsKept::all;
  read.keep = keep;
}

}  // namespace

ReadDesign read_with_places(config::Section s, PointsTable table) {
  ReadDesign read;
  Design& design = read.design;
  Reading reading{.read = &read, .design = &design, .table = table};
  s.integer({.key = "sweep", .min = "1", .max = "1", .doc = "Version of the format of designs: 1."});
  design.title = s.text({.key = "title", .doc = "Shown above the result."});
  design.scenario = s.text(
      {.key = "scenario", .doc = "A file, its path starting at the folder of the design, or a shipped scenario."});
  std::error_code ignored;
  const std::string file = s.describing() ? "" : s.file_path(design.scenario);
  if (!file.empty() && std::filesystem::is_regular_file(file, ignored)) design.scenario = file;
  read_settings(read, s);
  read_kind(reading, s);
  if (s.describing() || reading.is_kind_known) read_factors(reading, s);  // what a factor needs follows from the kind
  if (!s.describing() && !design.factors.empty() && s.mistakes() == 0) make_rows(design, reading, s);
  return read;
}

Design read_design(config::Section section, PointsTable table) {
  return read_with_places(std::move(section), table).design;
}

}  // namespace kith::sweep
