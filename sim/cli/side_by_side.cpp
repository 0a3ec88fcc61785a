#include "cli/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "core/fingerprint.hpp"
#include "core/shell.hpp"
#include "engine/with_suffix.hpp"

namespace kith::cli {
namespace {

struct Side {
  std::string theory;
  std::string change;  ///< the override that puts the scenario under it; "" where it is so already
  std::unique_ptr<Study> study;

  /// What its tables have in their names.
  std::string suffix() const { return "_" + theory; }
};

class SideBySide final : public Study {
 public:
  explicit SideBySide(std::vector<Side> sides) : sides_(std::move(sides)) {}

  std::string title() const override { return first().title(); }
  std::uint64_t seed() const override { return first().seed(); }
  std::string summary() const override {
    std::string names;
    for (const Side& side : sides_) names += (names.empty() ? "" : ", ") + side.theory;
    return fmt::format("{}\nside by side: {}", first().summary(), names);
  }
  std::vector<std::string> in_words() const override {
    std::vector<std::string> words = first().in_words();
    std::string names;
    for (const Side& side : sides_) names += (names.empty() ? "" : ", ") + side.theory;
    words.push_back(fmt::format("The same people, chance and procedure side by side under the theories {}.", names));
    return words;
  }
  std::string protocol(const std::string& parameters) const override { return first().protocol(parameters); }
  MethodsText methods(const std::string& version) const override { return first().methods(version); }
  NetworkAtStart network() const override { return first().network(); }
  std::uint64_t memory_needed(std::optional<std::uint32_t> only_replicate) const override {
    std::uint64_t most = 0;  // one theory after the other
    for (const Side& side : sides_) most = std::max(most, side.study->memory_needed(only_replicate));
    return most;
  }
  /// The theories share network, people and trials.
  Survey survey(config::Section root) const override { return first().survey(std::move(root)); }
  std::vector<StudyTable> tables() const override {
    std::vector<StudyTable> all;
    for (const Side& side : sides_) {
      for (const StudyTable& table : side.study->tables()) all.push_back({table.name + side.suffix(), table.needs});
    }
    return all;
  }
  std::string theory() const override { return first().theory(); }
  std::string change_to(std::string_view theory) const override { return first().change_to(theory); }

  BurntIn burn_in(const StudyOptions& /*options*/) const override {
    throw std::logic_error("studies under several theories have no burn-in in common");
  }
  std::unique_ptr<RunningStudy> begin(const StudyOptions& options, Sink& sink) const override;

 private:
  const Study& first() const { return *sides_.front().study; }

  std::vector<Side> sides_;
};

/// One theory after the other; what each came to is kept, so that its people need not be.
class RunningSides final : public RunningStudy {
 public:
  RunningSides(const std::vector<Side>& sides, StudyOptions options, Sink& sink)
      : sides_(&sides), options_(std::move(options)), sink_(&sink) {}

  bool advance() override {
    while (reports_.size() < sides_->size()) {
      if (!running_) begin_side();
      if (!running_->advance()) return false;
      reports_.push_back(running_->finish());
      fingerprints_.push_back(running_->fingerprint());
      running_.reset();
    }
    return true;
  }

  Report finish() override {
    std::vector<std::string> names;
    for (const Side& side : *sides_) names.push_back(side.theory);
    return joined(names, reports_);
  }

  std::string fingerprint() const override {
    Fingerprint all;
    for (const std::string& one : fingerprints_) all.add(std::string_view(one));
    return all.text();
  }

  void visit(State& state) override {
    state("reports", reports_);
    state("fingerprints", fingerprints_);
    const bool is_running = state.count("side", running_ ? 1 : 0) == 1;
    if (is_running && !running_) begin_side();
    if (is_running) running_->visit(state);
  }

 private:
  void begin_side() {
    const std::size_t k = reports_.size();
    const Side& side = (*sides_)[k];
    StudyOptions own = options_;
    own.progress = [this, k, &side](double share, std::string_view what) {
      if (!options_.progress) return;
      options_.progress((static_cast<double>(k) + share) / static_cast<double>(sides_->size()),
                        fmt::format("{}: {}", side.theory, what));
    };
    if (!side.change.empty()) own.replay += " --set " + shell_quoted(side.change);
    named_ = std::make_unique<WithSuffix>(*sink_, side.suffix());
    running_ = side.study->begin(own, *named_);
  }

  const std::vector<Side>* sides_;
  StudyOptions options_;
  Sink* sink_;
  std::vector<Report> reports_;  ///< of the theories that have ended
  std::vector<std::string> fingerprints_;
  std::unique_ptr<WithSuffix> named_;
  std::unique_ptr<RunningStudy> running_;
};

std::unique_ptr<RunningStudy> SideBySide::begin(const StudyOptions& options, Sink& sink) const {
  return std::make_unique<RunningSides>(sides_, options, sink);
}

void add_once(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const std::string& one : more) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
}

/// The tables of this title with the same columns, as one.
ReportTable stacked(const std::vector<std::pair<std::string, const ReportTable*>>& tables) {
  const ReportTable& first = *tables.front().second;
  ReportTable all{.title = first.title, .columns = first.columns, .rows = {}};
  // A row is called by its first cell, and by how many rows before it are called the same.
  std::vector<std::pair<std::string, std::size_t>> order;
  std::map<std::pair<std::string, std::size_t>, std::vector<std::pair<std::string, std::vector<Cell>>>> rows;
  for (const auto& [theory, table] : tables) {
    std::map<std::string, std::size_t> seen;
    for (const std::vector<Cell>& row : table->rows) {
      const std::pair<std::string, std::size_t> name{row.front().text, seen[row.front().text]++};
      if (rows.find(name) == rows.end()) order.push_back(name);
      rows[name].push_back({theory, row});
    }
  }
  for (const auto& name : order) {
    auto& of_theories = rows[name];
    const auto is_like_first = [&](const auto& one) {
      return std::equal(one.second.begin(), one.second.end(), of_theories.front().second.begin(),
                        of_theories.front().second.end(),
                        [](const Cell& a, const Cell& b) { return a.text == b.text; });
    };
    const bool is_one = of_theories.size() == tables.size() && tables.size() > 1 &&
                        std::all_of(of_theories.begin(), of_theories.end(), is_like_first);
    if (is_one) of_theories.resize(1);
    for (auto& [theory, row] : of_theories) {
      row.front().text += is_one ? " · all" : " · " + theory;
      all.rows.push_back(std::move(row));
    }
  }
  return all;
}

}  // namespace

std::vector<std::string> named_theories(const std::string& text, const std::vector<std::string>& known) {
  std::vector<std::string> names;
  std::vector<std::string> said;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string name = text.substr(begin, end - begin);
    if (name != "all" && std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string near = nearest(name, known);
      throw Error(ErrorKind::usage,
                  fmt::format("--theory {}: there is no theory \"{}\"{}", text, name,
                              near.empty() ? "; kith explain lists them" : fmt::format(": did you mean {}?", near)));
    }
    if (std::find(said.begin(), said.end(), name) != said.end())
      throw Error(ErrorKind::usage, fmt::format("--theory {}: {} stands there twice", text, name));
    said.push_back(name);
    for (const std::string& theory : name == "all" ? known : std::vector{name}) {
      if (std::find(names.begin(), names.end(), theory) == names.end()) names.push_back(theory);
    }
    begin = end + 1;
  }
  return names;
}

bool names_several_theories(const ScenarioChoice& choice) {
  return choice.theory && (*choice.theory == "all" || choice.theory->find(',') != std::string::npos);
}

LoadedScenario load_side_by_side(const Application& application, const ScenarioChoice& choice) {
  ScenarioChoice one = choice;
  one.theory.reset();
  LoadedScenario as_written = load(application, one);
  std::vector<Side> sides;
  std::string changes;
  std::vector<std::string> known = application.theories();
  const std::string own = as_written.study->theory();
  if (std::find(known.begin(), known.end(), own) == known.end()) known.push_back(own);
  for (const std::string& theory : named_theories(*choice.theory, known)) {
    const std::string change = as_written.study->change_to(theory);
    ScenarioChoice changed = one;
    if (!change.empty()) changed.assignments.push_back(change);
    sides.push_back({theory, change, load(application, changed).study});
    changes += fmt::format("tables *_{}: {}\n", theory, change.empty() ? "the scenario as it is" : change);
  }
  as_written.study = std::make_unique<SideBySide>(std::move(sides));
  as_written.changes = changes;
  return as_written;
}

Report joined(const std::vector<std::string>& theories, const std::vector<Report>& reports) {
  Report all;
  all.title = reports.front().title;
  using Named = std::pair<std::string, const ReportTable*>;
  std::vector<std::vector<Named>> groups;
  for (std::size_t k = 0; k < reports.size(); ++k) {
    add_once(all.notes, reports[k].notes);
    add_once(all.warnings, reports[k].warnings);
    for (const ReportTable& table : reports[k].tables) {
      const auto alike = std::find_if(groups.begin(), groups.end(), [&](const std::vector<Named>& group) {
        return group.front().second->title == table.title && group.front().second->columns == table.columns;
      });
      if (alike != groups.end())
        alike->push_back({theories[k], &table});
      else
        groups.push_back({{theories[k], &table}});
    }
  }
  for (const std::vector<Named>& group : groups) all.tables.push_back(stacked(group));
  return all;
}

}  // namespace kith::cli
