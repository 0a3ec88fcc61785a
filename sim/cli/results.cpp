#include "cli/results.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>

#include "cli/provenance.hpp"
#include "cli/report_json.hpp"
#include "cli/written_by.hpp"
#include "core/fingerprint.hpp"
#include "core/inputs.hpp"
#include "core/parallel.hpp"
#include "core/version.hpp"
#include "io/checkpoint.hpp"
#include "io/result_writer.hpp"
#include "network/exchange.hpp"

namespace kith::cli {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// What a result file tells about the run that is about to start.
io::RunAttributes describe_run(const Session& session, const KeepOptions& options, const KeptSource& source) {
  io::RunAttributes attributes = written_by(session);
  attributes.title = source.title;
  attributes.seed = source.seed;
  attributes.provenance.scenario = source.text;
  attributes.provenance.scenario_resolved = source.resolved;
  attributes.provenance.host = host_name();
  attributes.provenance.threads = std::to_string(threads());
  attributes.provenance.lineage = source.changes;
  attributes.provenance.branchings = source.branchings;
  attributes.provenance.theories = options.theories;
  if (options.only_replicate) attributes.provenance.replicate = std::to_string(*options.only_replicate);
  attributes.seed_text = source.seed_text;
  attributes.provenance.folder = source.folder;
  attributes.scenario_hash = scenario_hash(attributes.provenance.scenario_resolved);
  InputFiles inputs;
  for (const auto& [name, path] : source.files) {
    network::read_bytes(path);
    inputs[name] = kept_input(path);
  }
  attributes.inputs = std::make_shared<const InputFiles>(std::move(inputs));
  return attributes;
}

io::WriterOptions writer_options(const KeepOptions& options) {
  io::WriterOptions result{.path = options.path, .force = options.replace};
  if (options.save_every) result.save_every_seconds = *options.save_every;
  return result;
}

class Hdf5Result final : public KeptResult {
 public:
  Hdf5Result(const KeepOptions& options, io::RunAttributes attributes)
      : attributes_(std::move(attributes)), writer_(writer_options(options), attributes_) {}
  Hdf5Result(const KeepOptions& options, io::RunAttributes attributes, const io::Checkpoint& checkpoint, State& saved)
      : attributes_(std::move(attributes)), writer_(writer_options(options), attributes_, checkpoint, saved) {}

  Sink& sink() override { return writer_; }
  std::vector<std::string> take_notes() override { return writer_.take_notes(); }
  void checkpoint(const std::function<void(State&)>& write) override { writer_.checkpoint(write); }
  void pack(const std::string& reason) override { writer_.pack(reason); }
  std::string abandon(const std::string& reason) noexcept override { return writer_.abandon(reason); }
  void finish(const std::string& fingerprint, const Report& report) override {
    attributes_.fingerprint = fingerprint;
    attributes_.warnings = report.warnings;
    attributes_.provenance.report = print_json(report);
    attributes_.provenance.end = utc_now();
    writer_.finish(attributes_);
  }

 private:
  io::RunAttributes attributes_;
  io::ResultWriter writer_;
};

}  // namespace

bool has_result_files() { return true; }

std::vector<Command> commands_on_results() {
  return {{"resume", "go on with a run that was stopped", resume_run},
          {"branch", "what if: a result up to a moment, and on from there with changes", branch_run},
          {"check", "whether a result is complete, partial or corrupt", check_result},
          {"verify", "proof that threads, stops and saving change no bit of a scenario", verify_scenario},
          {"info", "what a result file holds", show_info},
          {"export", "a table of a result file as CSV", export_table},
          {"report", "a page about a result, with figures", report_result},
          {"plot", "a chart of a result, as SVG or PNG", plot_chart},
          {"compare", "what differs between two results, with confidence intervals", compare_runs},
          {"sweep", "the runs of a design: one scenario with keys that vary", sweep_design},
          {"merge", "the runs of a sweep in one file", merge_sweep},
          {"sensitivity", "what an outcome of a sweep depends on", show_sensitivity}};
}

std::unique_ptr<KeptResult> keep_result(const KeepOptions& options, const Session& session, const KeptSource& source) {
  return std::make_unique<Hdf5Result>(options, describe_run(session, options, source));
}

std::unique_ptr<KeptResult> keep_result(const KeepOptions& options, const Session& session,
                                        const LoadedScenario& scenario) {
  return keep_result(options, session,
                     KeptSource{.title = scenario.study->title(),
                                .seed = scenario.study->seed(),
                                .seed_text = seed_text(scenario.document.resolved()),
                                .text = scenario.document.text(),
                                .resolved = scenario.document.resolved(),
                                .changes = scenario.changes,
                                .branchings = scenario.branchings,
                                .folder = scenario.document.folder(),
                                .files = scenario.document.files()});
}

std::unique_ptr<KeptResult> resume_result(const KeepOptions& options, const io::Checkpoint& checkpoint, State& saved) {
  io::RunAttributes attributes = checkpoint.attributes;
  attributes.stop_reason.clear();
  attributes.provenance.resumed += fmt::format("{} on {}, threads {}\n", utc_now(), host_name(), threads());
  return std::make_unique<Hdf5Result>(options, std::move(attributes), checkpoint, saved);
}

std::string scenario_hash(const std::string& resolved) {
  Fingerprint hash;
  hash.add(std::string_view(resolved));
  return hash.text();
}

}  // namespace kith::cli
