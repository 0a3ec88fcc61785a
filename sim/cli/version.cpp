#include "core/version.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"

namespace kith::cli {

ExitCode print_version(const Session& session, const Words& words) {
  Options options({.command = "version",
                   .summary = "Prints the version, and what this kith was built from.",
                   .examples = {{"kith version", "to cite, or to report a problem"}}});
  bool wants_json = false;
  options.flag(wants_json, "--json", "Print one JSON object.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  const BuildInfo& build = build_info();
  std::ostream& out = *session.console.out.stream;
  if (wants_json) {
    const nlohmann::ordered_json result{{"version", build.version},
                                        {"commit", build.commit},
                                        {"compiler", build.compiler},
                                        {"flags", build.flags},
                                        {"libraries", build.libraries}};
    out << result.dump(2) << '\n';
  } else {
    out << fmt::format("kith {}\ncommit     {}\ncompiler   {}\nflags      {}\nlibraries  {}\n", build.version,
                       build.commit, build.compiler, build.flags, build.libraries);
  }
  return ExitCode::done;
}

}  // namespace kith::cli
