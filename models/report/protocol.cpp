#include "models/report/protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <vector>

#include "models/pharmacology/explain.hpp"
#include "models/report/in_words.hpp"
#include "models/report/model_texts.hpp"
#include "models/scenario/drugs_given.hpp"
#include "models/theories/theory.hpp"

namespace kith {
namespace {

constexpr std::string_view only_mark = "<!-- only with: ";
constexpr std::string_view mark_end = " -->";

/// The word of a mark that begins at `at`.
std::string word_at(const std::string& line, std::size_t at) {
  const std::size_t begin = at + only_mark.size();
  return line.substr(begin, line.find(mark_end, begin) - begin);
}

/// Reads a document line by line, and keeps what belongs to the parts.
class Filter {
 public:
  explicit Filter(const std::set<std::string>& parts) : parts_(parts) {}

  void take(std::string line) {
    if (is_dropping_output_) return drop_output(line);
    if (line.starts_with("<!--")) return take_comment(line);
    if (std::any_of(blocks_.begin(), blocks_.end(), [](bool is_kept) { return !is_kept; })) return;
    if (const std::size_t mark = line.find(only_mark); mark != std::string::npos) {
      if (parts_.count(word_at(line, mark)) == 0) return;
      line.resize(line.find_last_not_of(' ', mark - 1) + 1);
    }
    if (line.empty() && text_.ends_with("\n\n")) return;
    text_ += std::regex_replace(line, link_, "$1") + "\n";
  }
  const std::string& text() const { return text_; }

 private:
  void take_comment(const std::string& line) {
    if (line.starts_with(only_mark)) blocks_.push_back(parts_.count(word_at(line, 0)) > 0);
    if (line.starts_with("<!-- end only -->") && !blocks_.empty()) blocks_.pop_back();
    is_table_ = line.starts_with("<!-- table: ");
    is_dropping_output_ = is_table_ || line.starts_with("<!-- output: ") || line.starts_with("<!-- slow output: ");
    fences_ = 0;
  }
  /// Up to the second fence, or to the end of a table.
  void drop_output(const std::string& line) {
    if (line.starts_with("```")) ++fences_;
    if (is_table_ ? line.starts_with("<!-- end -->") : fences_ == 2) is_dropping_output_ = false;
  }

  const std::set<std::string>& parts_;
  const std::regex link_{R"(\[([^\]]*)\]\((?!http)[^)]*\))"};
  std::vector<bool> blocks_;  // those that are open, and whether each is kept
  bool is_dropping_output_ = false, is_table_ = false;
  int fences_ = 0;
  std::string text_;
};

/// From the line that starts with `begin` up to that which starts with `end`; all that follows where `end` is empty.
std::string section(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find("\n" + begin) + 1;
  const std::size_t to = end.empty() ? text.size() : text.find("\n" + end, from) + 1;
  return text.substr(from, to - from);
}

std::string drugs_text(const Scenario& scenario) {
  std::string text;
  for (const pharmacology::Drug* drug : drugs_given(scenario))
    text += fmt::format("**{}**\n\n```text\n{}\n```\n\n", drug->name, pharmacology::explain(*drug));
  return text;
}

std::string theory_text(const Scenario& scenario) {
  for (const theories::TheoryKind* kind : theories::all_theories()) {
    if (kind->name != scenario.theory.kind) continue;
    return fmt::format(
        "**{}**\n\n- *Claim*: {}.\n- *Equations*: {}.\n- *Published*: {}.\n- *Ours*: {}.\n- *Source*: {}.\n- *Fitted*: "
        "{}\n\n",
        scenario.theory.name, kind->claim, kind->equations, kind->published, kind->ours,
        kind->source.empty() ? "none needed" : kind->source, fitted_text(scenario));
  }
  return "";
}

/// The text with something put before the line that starts with `place`.
std::string with_before(std::string text, const std::string& place, const std::string& more) {
  const std::size_t at = text.find("\n" + place);
  return at == std::string::npos ? text : text.insert(at + 1, more);
}

void add_trial(const trials::Trial& trial, std::set<std::string>& parts) {
  parts.insert("trials");
  parts.insert(std::string(trials::name(trial.design)));
  if (trial.twin) parts.insert("twins");
}

}  // namespace

std::set<std::string> parts_of(const Scenario& scenario) {
  std::set<std::string> parts{std::string(scenario.theory.kind)};
  if (scenario.trial) add_trial(*scenario.trial, parts);
  for (const trials::Trial& trial : scenario.further_trials) add_trial(trial, parts);
  for (const pharmacology::Drug* drug : drugs_given(scenario)) parts.insert({"drugs", drug->name});
  for (const auto& mechanism : scenario.mechanisms) parts.insert(std::string(mechanism->name()));
  if (!scenario.theory.terms_text.empty()) parts.insert("terms");
  if (scenario.traits.genotype.is_on()) parts.insert("oprm1");
  if (scenario.tie_life) parts.insert("living ties");
  if (!scenario.events.empty()) parts.insert("events");
  if (scenario.substance_use) parts.insert("patients");
  return parts;
}

std::string only_of(const std::string& document, const std::set<std::string>& parts) {
  Filter filter(parts);
  std::istringstream lines(document);
  for (std::string line; std::getline(lines, line);) filter.take(line);
  return filter.text();
}

std::string protocol(const Scenario& scenario, const std::string& parameters) {
  const std::string model = only_of(std::string(model_texts.front().second), parts_of(scenario));
  std::string text = fmt::format(
      "# {}: the model of this scenario, by the ODD protocol\n\nWritten by Kith from the description of the whole "
      "model and from the scenario. Submodels that this scenario does not have are left out, so that numbers of "
      "sections are missing; section 8 has its own numbers.\n\nWhat is asked:\n\n",
      scenario.title);
  for (const std::string& sentence : in_words(scenario)) text += "- " + sentence + "\n";
  text += "\n" + section(model, "After Grimm", "## 7.");
  std::string submodels = section(model, "## 7.", "## 8.");
  submodels = with_before(std::move(submodels), "### 7.2", drugs_text(scenario));
  submodels = with_before(std::move(submodels), "### 7.6", theory_text(scenario));
  return text + submodels + "## 8. Parameters\n\n" + parameters + "\n" + section(model, "## 9.", "");
}

}  // namespace kith
