#include "cli/provenance.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <ctime>

#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "core/version.hpp"

namespace kith::cli {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// The seed as the scenario gives it, when it is a text that stands for a number.
std::string seed_text(const std::string& resolved) {
  config::Document document = config::Document::from_text(resolved, "resolved");
  std::string seed = document.root().text({.key = "seed", .fallback = "", .doc = "The seed."});
  const bool is_number = seed.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? "" : seed;
}

}  // namespace

io::RunAttributes describe_run(const Session& session, const LoadedScenario& scenario) {
  const BuildInfo& build = build_info();
  io::RunAttributes attributes;
  attributes.title = scenario.study->title();
  attributes.kith_version = build.version;
  attributes.git_commit = build.commit;
  attributes.compiler = build.compiler;
  attributes.flags = build.flags;
  attributes.seed = scenario.study->seed();
  attributes.citation =
      fmt::format("Kith {}, an agent-based simulator of the brain opioid theory of social attachment", build.version);
  attributes.provenance.scenario = scenario.document.text();
  attributes.provenance.scenario_resolved = scenario.document.resolved();
  attributes.provenance.command_line = shell_command(session.arguments);
  attributes.provenance.host = host_name();
  attributes.provenance.threads = std::to_string(threads());
  attributes.provenance.start = utc_now();
  attributes.provenance.libraries = build.libraries;
  attributes.seed_text = seed_text(attributes.provenance.scenario_resolved);
  Fingerprint hash;
  hash.add(std::string_view(attributes.provenance.scenario_resolved));
  attributes.scenario_hash = hash.text();
  return attributes;
}

std::string shell_command(const Words& words) {
  std::string command = "kith";
  for (const std::string& word : words) command += " " + shell_quoted(word);
  return command;
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm fields{};
  gmtime_r(&now, &fields);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", fields.tm_year + 1900, fields.tm_mon + 1, fields.tm_mday,
                     fields.tm_hour, fields.tm_min, fields.tm_sec);
}

}  // namespace kith::cli
