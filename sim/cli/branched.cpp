#include "cli/branched.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/units.hpp"

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;

/// A study whose scenario was another one before.
class BranchedStudy final : public Study {
 public:
  struct Past {
    std::unique_ptr<Study> study;
    double until;
  };

  BranchedStudy(std::unique_ptr<Study> now, std::vector<Past> past, std::string story)
      : now_(std::move(now)), past_(std::move(past)), story_(std::move(story)) {}

  std::string title() const override { return now_->title(); }
  std::uint64_t seed() const override { return now_->seed(); }
  std::string summary() const override { return now_->summary() + story_; }
  std::vector<std::string> in_words() const override {
    std::vector<std::string> words = now_->in_words();
    std::string story = story_;
    std::replace(story.begin(), story.end(), '\n', ' ');
    words.push_back("It is a branch of another run:" + story + ".");
    return words;
  }
  std::string theory() const override { return now_->theory(); }
  std::string change_to(std::string_view theory) const override { return now_->change_to(theory); }
  std::string protocol(const std::string& parameters) const override { return now_->protocol(parameters); }
  MethodsText methods(const std::string& version) const override { return now_->methods(version); }
  NetworkAtStart network() const override { return now_->network(); }
  /// The people of each stretch of time are there at once.
  std::uint64_t memory_needed(std::optional<std::uint32_t> only_replicate) const override {
    return now_->memory_needed(only_replicate) * (past_.size() + 1);
  }
  Survey survey(config::Section root) const override { return now_->survey(std::move(root)); }
  std::vector<StudyTable> tables() const override { return now_->tables(); }
  BurntIn burn_in(const StudyOptions& options) const override { return past_.front().study->burn_in(options); }
  std::unique_ptr<RunningStudy> begin(const StudyOptions& options, Sink& sink) const override {
    StudyOptions with_past = options;
    for (const Past& past : past_) with_past.past.push_back({past.study.get(), past.until});
    return now_->begin(with_past, sink);
  }

 private:
  std::unique_ptr<Study> now_;
  std::vector<Past> past_;
  std::string story_;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "nothing changed" : text;
}

}  // namespace

std::string time_text(double hours) { return print_quantity(hours, Dimension::time); }

std::string text_of(const std::vector<Branching>& branchings) {
  if (branchings.empty()) return "";
  Json all = Json::array();
  for (const Branching& one : branchings) {
    all.push_back({{"until_hours", one.until},
                   {"changes", one.changes},
                   {"parent", one.parent},
                   {"parent_run_id", one.parent_run},
                   {"parent_scenario_hash", one.parent_hash},
                   {"scenario_before", one.scenario}});
  }
  return all.dump(1, ' ', false, Json::error_handler_t::replace);
}

std::vector<Branching> read_branchings(const std::string& text) {
  std::vector<Branching> branchings;
  if (text.empty()) return branchings;
  try {
    for (const Json& one : Json::parse(text)) {
      branchings.push_back({.until = one.at("until_hours").get<double>(),
                            .changes = one.at("changes").get<std::vector<std::string>>(),
                            .scenario = one.at("scenario_before").get<std::string>(),
                            .parent = one.at("parent").get<std::string>(),
                            .parent_run = one.at("parent_run_id").get<std::string>(),
                            .parent_hash = one.at("parent_scenario_hash").get<std::string>()});
    }
  } catch (const Json::exception& failure) {
    throw Error(ErrorKind::damaged, fmt::format("where the run branched off cannot be read ({})", failure.what()));
  }
  return branchings;
}

std::vector<std::string> sentences_of(const std::vector<Branching>& branchings) {
  std::vector<std::string> sentences;
  for (const Branching& one : branchings) {
    sentences.push_back(fmt::format("off {} (run {}, scenario {}) at {}: {}", one.parent, one.parent_run,
                                    one.parent_hash, time_text(one.until), joined(one.changes)));
  }
  return sentences;
}

LoadedScenario with_past(const Application& application, LoadedScenario scenario,
                         const std::vector<Branching>& branchings, const std::string& folder) {
  if (branchings.empty()) return scenario;
  std::vector<BranchedStudy::Past> past;
  std::string story;
  for (const Branching& one : branchings) {
    ScenarioChoice choice;
    choice.name = "the scenario before " + time_text(one.until);
    choice.kept = KeptScenario{one.scenario, folder};
    past.push_back({load(application, choice).study, one.until});
    story += fmt::format("\nfrom {} on: {}", time_text(one.until), joined(one.changes));
  }
  scenario.branchings = text_of(branchings);
  scenario.study = std::make_unique<BranchedStudy>(std::move(scenario.study), std::move(past), std::move(story));
  return scenario;
}

}  // namespace kith::cli
