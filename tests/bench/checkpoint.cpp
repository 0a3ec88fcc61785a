#include "io/checkpoint.hpp"

#include <atomic>
#include <filesystem>
#include <span>
#include <string>

#include "bench.hpp"
#include "io/parts.hpp"
#include "io/result_writer.hpp"
#include "models/study/run.hpp"
#include "read_text.hpp"

namespace kith::bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* scenario_text = R"(
kith: 1
title: a million people, saved
time: {tick: 1 h, burn_in: 0 h, duration: 1 d}
people: {count: 1000000}
network: {generate: layers, sizes: [5, 10, 35]}
record: {by: []}
)";

}  // namespace

std::vector<Part> checkpoint() {
  const Scenario scenario = read_text(scenario_text);
  const fs::path folder = fs::temp_directory_path() / "kith-bench-checkpoint";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const std::string output = (folder / "out.h5").string();
  std::vector<Part> parts;
  std::size_t state_bytes = 0;
  {
    io::ResultWriter writer({.path = output}, {});
    std::atomic<int> ticks = 0;
    Run run(scenario, {.goes_on = [&] { return ++ticks < 2; }}, writer);
    run.advance();
    StateWriter counted([&](std::span<const std::byte> part) { state_bytes += part.size(); });
    run.visit(counted);
    counted.flush();
    const Stopwatch saving;
    writer.checkpoint([&](State& state) { run.visit(state); });
    parts.push_back({"checkpoint, wall", saving.wall(), "s", 4.0});
    parts.push_back({"state", static_cast<double>(state_bytes) / 1e6, "MB"});
    writer.abandon("measured");
  }
  std::uintmax_t file_bytes = 0;
  for (const auto& entry : fs::directory_iterator(io::parts_folder(output))) {
    if (entry.path().filename().string().find("checkpoint") != std::string::npos) file_bytes += entry.file_size();
  }
  parts.push_back({"file over state", static_cast<double>(file_bytes) / static_cast<double>(state_bytes), "1", 1.2});
  const Stopwatch resuming;
  std::vector<std::string> notes;
  const auto found = io::newest_checkpoint(output, notes);
  StateReader reader(found.value().state());
  {
    io::ResultWriter writer({.path = output}, found->attributes, *found, reader);
    Run run(scenario, {}, writer);
    run.visit(reader);
    parts.push_back({"resume until the next tick, wall", resuming.wall(), "s", 5.0});
    writer.abandon("measured");
  }
  fs::remove_all(folder);
  return parts;
}

}  // namespace kith::bench
