#include "cli/filed_run.hpp"
#include "cli/results.hpp"

namespace kith::cli {

bool has_result_files() { return false; }

std::vector<Command> commands_on_results() { return {}; }

std::unique_ptr<KeptResult> keep_result(const KeepOptions& /*options*/, const Session& /*session*/,
                                        const KeptSource& /*source*/) {
  refuse_results();
}

std::unique_ptr<KeptResult> keep_result(const KeepOptions& /*options*/, const Session& /*session*/,
                                        const LoadedScenario& /*scenario*/) {
  refuse_results();
}

FiledRun filed_run(const std::string& /*path*/) { refuse_results(); }

bool is_filed_run(const std::string& /*path*/) { return false; }

std::map<std::string, std::string> table_checksums(const std::string& /*path*/) { refuse_results(); }

LoadedScenario load(const Application& /*application*/, const FiledRun& /*run*/, const std::string& /*path*/) {
  refuse_results();
}

}  // namespace kith::cli
