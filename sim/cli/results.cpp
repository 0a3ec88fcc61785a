#include "cli/results.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>

#include "cli/provenance.hpp"
#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "core/version.hpp"
#include "io/result_writer.hpp"

namespace kith::cli {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// What a result file tells about the run that is about to start.
io::RunAttributes describe_run(const Session& session, const KeptSource& source) {
  const BuildInfo& build = build_info();
  io::RunAttributes attributes;
  attributes.title = source.title;
  attributes.kith_version = build.version;
  attributes.git_commit = build.commit;
  attributes.compiler = build.compiler;
  attributes.flags = build.flags;
  attributes.seed = source.seed;
  attributes.citation =
      fmt::format("Kith {}, an agent-based simulator of the brain opioid theory of social attachment", build.version);
  attributes.provenance.scenario = source.text;
  attributes.provenance.scenario_resolved = source.resolved;
  attributes.provenance.command_line = shell_command(session.arguments);
  attributes.provenance.host = host_name();
  attributes.provenance.threads = std::to_string(threads());
  attributes.provenance.start = utc_now();
  attributes.provenance.libraries = build.libraries;
  attributes.provenance.lineage = source.changes;
  attributes.seed_text = seed_text(attributes.provenance.scenario_resolved);
  Fingerprint hash;
  hash.add(std::string_view(attributes.provenance.scenario_resolved));
  attributes.scenario_hash = hash.text();
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

  Sink& sink() override { return writer_; }
  std::vector<std::string> take_notes() override { return writer_.take_notes(); }
  std::string abandon(const std::string& reason) noexcept override { return writer_.abandon(reason); }
  void finish(const std::string& fingerprint, const std::vector<std::string>& warnings) override {
    attributes_.fingerprint = fingerprint;
    attributes_.warnings = warnings;
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
  return {{"info", "what a result file holds", show_info},
          {"export", "a table of a result file as CSV", export_table},
          {"compare", "what differs between two results, with confidence intervals", compare_runs}};
}

std::unique_ptr<KeptResult> keep_result(const KeepOptions& options, const Session& session, const KeptSource& source) {
  return std::make_unique<Hdf5Result>(options, describe_run(session, source));
}

std::unique_ptr<KeptResult> keep_result(const KeepOptions& options, const Session& session,
                                        const LoadedScenario& scenario) {
  return keep_result(options, session,
                     KeptSource{.title = scenario.study->title(),
                                .seed = scenario.study->seed(),
                                .text = scenario.document.text(),
                                .resolved = scenario.document.resolved(),
                                .changes = scenario.changes});
}

}  // namespace kith::cli
