#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>

#include "bench.hpp"
#include "io/result_writer.hpp"
#include "models/study/run.hpp"
#include "read_text.hpp"

namespace kith::bench {
namespace {

/// Passes everything on to a writer and adds up the wall time that callers spend there.
class TimedSink final : public Sink {
 public:
  explicit TimedSink(Sink& writer) : writer_(&writer) {}
  void declare(const TableSpec& spec) override {
    const Stopwatch busy;
    writer_->declare(spec);
    add(busy.wall());
  }
  void write(TableRow row) override {
    const Stopwatch busy;
    writer_->write(std::move(row));
    add(busy.wall());
  }
  double seconds() const { return seconds_; }

 private:
  void add(double seconds) {
    const std::scoped_lock lock(mutex_);
    seconds_ += seconds;
  }
  Sink* writer_;
  std::mutex mutex_;
  double seconds_ = 0.0;
};

}  // namespace

std::vector<Part> writer_share() {
  std::ifstream file(KITH_SOURCE_DIR "/scenarios/everyday-life.yaml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const Scenario scenario = read_text(text);
  const Stopwatch running;
  io::WriterOptions options;
  options.path = "writer_share.h5";
  options.force = true;
  io::ResultWriter writer(options, {});
  TimedSink sink(writer);
  kith::run(scenario, {}, sink);
  const Stopwatch finishing;
  writer.finish();
  const double in_writer = sink.seconds() + finishing.wall();
  return {{"run, wall", running.wall(), "s"},
          {"in the writer, wall", in_writer, "s"},
          {"share of the writer", 100.0 * in_writer / running.wall(), "%", 5.0},
          {"size of the file", static_cast<double>(std::filesystem::file_size(options.path)) / 1e6, "MB"}};
}

}  // namespace kith::bench
