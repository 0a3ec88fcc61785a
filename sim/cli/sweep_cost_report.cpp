#include <fmt/format.h>

#include <cmath>

#include "cli/sweep_cost.hpp"
#include "cli/sweep_units.hpp"

namespace kith::cli {

namespace {

Cell number(double value, const std::string& text) { return {text, value}; }

/// Virtual studies for a 95 % interval so wide.
double studies_for(const ChanceOf& chance, double width) {
  return std::max(
      2.0, std::ceil(std::pow(2.0 * 1.96 * chance.deviation / width, 2) - 1e-6));  // no study more for a last bit
}

void add_chance(Report& report, const SweepCost& cost, std::optional<double> wanted) {
  if (!std::isfinite(cost.chance.front().deviation)) {
    report.notes.push_back(
        fmt::format("One virtual study does not tell what chance does: with `replicates: 5` the pilots show how wide "
                    "the interval of {} will be.",
                    cost.outcome));
    return;
  }
  ReportTable table{fmt::format("width of the 95 % interval of {} of a run", cost.outcome),
                    {"", fmt::format("with {} virtual studies", cost.chance.front().replicates),
                     wanted ? fmt::format("replicates for {:g}", *wanted) : "replicates for half of it"},
                    {}};
  for (const ChanceOf& chance : cost.chance) {
    if (!(chance.deviation > 0.0)) continue;
    const double width = 2.0 * 1.96 * chance.deviation / std::sqrt(static_cast<double>(chance.replicates));
    const double studies = studies_for(chance, wanted.value_or(width / 2.0));
    table.rows.push_back({{chance.place, {}},
                          number(width, fmt::format("{:.3g}", width)),
                          number(studies, fmt::format("{:.0f}", studies))});
  }
  if (!table.rows.empty()) report.tables.push_back(std::move(table));
}

}  // namespace

Report cost_report(const SweepCost& cost, const sweep::Design& design, const CostWish& wish) {
  const unsigned threads = wish.threads;
  const std::uint64_t processes = wish.processes.value_or(1);
  Report report;
  report.title = design.title;
  ReportTable table{fmt::format("from {} pilot{}", cost.pilots, cost.pilots == 1 ? "" : "s"), {"", ""}, {}};
  const auto add = [&](const std::string& name, Cell cell) { table.rows.push_back({{name, {}}, std::move(cell)}); };
  add("runs", number(static_cast<double>(cost.runs), fmt::format("{}", cost.runs)));
  if (cost.burn_ins < cost.runs)
    add("burn-ins", number(static_cast<double>(cost.burn_ins), fmt::format("{}", cost.burn_ins)));
  add("core-hours", number(cost.core_seconds / 3600.0, fmt::format("{:.3g}", cost.core_seconds / 3600.0)));
  add("longest run on one core", number(cost.run_seconds, in_time(cost.run_seconds)));
  add("peak memory of a run",
      number(static_cast<double>(cost.run_memory), in_bytes(static_cast<double>(cost.run_memory))));
  add(fmt::format("memory of a process with {} at once", threads),
      number(static_cast<double>(cost.memory(threads)), in_bytes(static_cast<double>(cost.memory(threads)))));
  const std::string of_so_many = processes == 1 ? "" : fmt::format(" of {} processes", processes);
  const auto files = static_cast<double>(cost.files(processes, threads));
  add("files" + of_so_many, number(files, fmt::format("{:.0f}", files)));
  add("on disk", number(cost.disk(processes, threads), in_bytes(cost.disk(processes, threads))));
  add("merged", number(static_cast<double>(cost.runs) * cost.bytes_of_run + cost.bytes_of_file,
                       in_bytes(static_cast<double>(cost.runs) * cost.bytes_of_run + cost.bytes_of_file)));
  const std::vector<std::uint64_t> usual{1, 8, 64};
  for (const std::uint64_t shards : wish.processes ? std::vector{processes} : usual) {
    if (shards > cost.runs && !wish.processes) break;
    const double wall = cost.wall_seconds(shards, threads);
    add(fmt::format("time with {} process{} of {} thread{}", shards, shards == 1 ? "" : "es", threads,
                    threads == 1 ? "" : "s"),
        number(wall, in_time(wall)));
  }
  report.tables.push_back(std::move(table));
  if (!cost.chance.empty()) add_chance(report, cost, wish.width);
  return report;
}

}  // namespace kith::cli
