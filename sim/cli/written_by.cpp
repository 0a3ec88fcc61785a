#include "cli/written_by.hpp"

#include <fmt/format.h>

#include "cli/provenance.hpp"
#include "core/version.hpp"

namespace kith::cli {

io::RunAttributes written_by(const Session& session) {
  const BuildInfo& build = build_info();
  io::RunAttributes attributes;
  attributes.kith_version = build.version;
  attributes.git_commit = build.commit;
  attributes.compiler = build.compiler;
  attributes.flags = build.flags;
  attributes.citation =
      fmt::format("Kith {}, an agent-based simulator of the brain opioid theory of social attachment", build.version);
  attributes.provenance.command_line = shell_command(session.arguments);
  attributes.provenance.start = utc_now();
  attributes.provenance.libraries = build.libraries;
  return attributes;
}

}  // namespace kith::cli
