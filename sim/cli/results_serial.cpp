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

}  // namespace kith::cli
