// Programs for the fault tests. `write_forever OUT.h5 rows|endless|full|paced ROWS [OFFSET] [--force]`: writes rows of 4 groups
// and 200 people; OFFSET is added to every value.
//   endless  saves every 0.05 s and never ends by itself
//   rows     writes ROWS rows, finishes, and prints how much memory that took
//   paced    the same, saving every 0.05 s, in about ROWS ms
//   full     the same, but reports the first error and its exit code
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "io/result_writer.hpp"

namespace {

constexpr int groups = 4;
constexpr int people = 200;

void declare(kith::Sink& sink) {
  std::vector<std::int64_t> ids(people);
  for (int p = 0; p < people; ++p) ids[static_cast<std::size_t>(p)] = p;
  sink.declare({"population",
                "",
                {{"replicate", "", "", std::vector<std::int64_t>{0, 1}},
                 {"time", "", "h", {}},
                 {"group", "", "", std::vector<std::string>{"a", "b", "c", "d"}}},
                "time",
                {{"x", "1", "", kith::ValueType::float64, {"replicate", "time", "group"}, {}}}});
  kith::TableSpec table{"people",
                        "",
                        {{"time", "", "h", {}}, {"person", "", "", ids}},
                        "time",
                        {{"y", "1", "", kith::ValueType::float32, {"time", "person"}, {}}}};
  table.compress = false;
  sink.declare(table);
}

void write_row(kith::Sink& sink, int step, int offset) {
  for (std::uint32_t r = 0; r < 2; ++r) {
    std::vector<double> x(groups, 2.0 * step + r + offset);
    sink.write({"population", r, static_cast<double>(step), {x}});
  }
  sink.write({"people", 0, static_cast<double>(step), {std::vector<float>(people, static_cast<float>(step + offset))}});
}

/// VmHWM: getrusage's number also counts the process before exec.
long peak_memory_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    long kb = 0;
    if (word == "VmHWM:" && status >> kb) return kb;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string how = argv[2];
  const int rows = argc > 3 ? std::atoi(argv[3]) : 0;
  const int offset = argc > 4 ? std::atoi(argv[4]) : 0;
  kith::io::WriterOptions options;
  options.path = argv[1];
  options.force = std::string(argv[argc - 1]) == "--force";
  if (how == "endless" || how == "paced") options.save_every_seconds = 0.05;
  if (how != "endless") options.buffer_bytes = std::size_t{8} << 20;
  try {
    kith::io::ResultWriter writer(options, {});
    for (const std::string& note : writer.take_notes()) std::printf("note: %s\n", note.c_str());
    declare(writer);
    const long before = peak_memory_kb();
    for (int step = 0; how == "endless" || step < rows; ++step) {
      write_row(writer, step, offset);
      if (how == "paced") std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const long written = peak_memory_kb();
    writer.finish();
    std::printf("%ld %ld\n", written - before, peak_memory_kb() - before);  // growth [kB] while running, and in all
  } catch (const kith::Error& error) {
    std::printf("%s\n", error.what());
    return error.kind() == kith::ErrorKind::output ? 6 : 1;  // as the program ends
  }
  return 0;
}
