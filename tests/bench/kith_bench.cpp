#include <fmt/core.h>

#include <cstdio>
#include <exception>
#include <string_view>

#include "bench.hpp"
#include "core/parallel.hpp"

namespace {

using kith::bench::Case;
using kith::bench::Part;

std::string name_of(const kith::bench::Size& size) {
  return fmt::format(
      "{}{},000 people × {} {} ties", size.people >= 1000000 ? fmt::format("{},", size.people / 1000000) : "",
      size.people >= 1000000 ? fmt::format("{:03}", size.people / 1000 % 1000) : fmt::format("{}", size.people / 1000),
      size.ties, size.is_living ? "living" : "fixed");
}

/// Every size of people and ties, those that do not fit in 16 GB left out.
void add_tick_costs(std::vector<Case>& all) {
  for (const std::uint32_t people : {10000U, 100000U, 1000000U, 4000000U}) {
    for (const std::uint32_t ties : {15U, 50U, 150U}) {
      if (people == 4000000U && ties == 150U) continue;
      for (const bool is_living : {false, true}) {
        kith::bench::Size size{people, ties, is_living};
        const bool is_of_readme = people == 1000000U && ties == 50U && !is_living;
        if (is_of_readme) size.most_of_a_day = 5.0;
        all.push_back({name_of(size), is_of_readme ? std::optional(3000.0) : std::nullopt,
                       [size] { return kith::bench::tick_costs(size); }});
      }
    }
  }
}

std::vector<Case> cases() {
  std::vector<Case> all{{"checkpoint of 1,000,000 people × 50 ties", std::nullopt, kith::bench::checkpoint},
                        {"writer, everyday-life", std::nullopt, kith::bench::writer_share},
                        {"10,000 people, all treated", std::nullopt, kith::bench::treated_people},
                        {"sweep of 500 people × 30 d", std::nullopt, kith::bench::sweep_overhead},
                        {"burn-in of a sweep", std::nullopt, kith::bench::shared_burn_in},
                        {"files of a sweep", std::nullopt, kith::bench::sweep_files},
                        {"ratios", std::nullopt, kith::bench::ratios},
                        {"100,000 people alone", std::nullopt, kith::bench::people_alone},
                        {"1,000,000 people, each written", std::nullopt, kith::bench::written_people},
                        {"1,000 replicates of 500 people", std::nullopt, kith::bench::ensemble},
                        {"a trial and its twin", std::nullopt, kith::bench::twin_worlds},
                        {"import of 10,000,000 ties", std::nullopt, kith::bench::import_many_ties}};
  add_tick_costs(all);
  if (!kith::bench::network_file().empty())
    all.push_back({"import of snap-ego-facebook.txt", std::nullopt, kith::bench::import_network});
  return all;
}

std::string limit_text(std::optional<double> limit) { return limit ? fmt::format("{:g}", *limit) : "-"; }

void run(const Case& one) {
  for (const Part& part : one.run())
    fmt::print("{}\t{:g}\t{}\t{}\n", part.name, part.value, part.unit, limit_text(part.limit));
}

}  // namespace

/// kith_bench --list prints the cases: name, limit of the wall time [s], limit of the memory [MB], "-" for none, with tabs
/// between. kith_bench NAME runs one and prints its parts: name, value, unit, limit.
int main(int argc, char** argv) {
  try {
    const std::string_view word = argc == 2 ? argv[1] : "";
    kith::set_threads(0);
    for (const Case& one : cases()) {
      if (word == "--list") fmt::print("{}\t-\t{}\n", one.name, limit_text(one.memory));
      if (word == one.name) {
        run(one);
        return 0;
      }
    }
    if (word == "--list") return 0;
    fmt::print(stderr, "kith_bench: give --list or the name of a case\n");
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "kith_bench: {}\n", error.what());
    return 1;
  }
}
