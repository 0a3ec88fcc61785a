#include "cli/candidates.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "cli/fit_problem.hpp"
#include "cli/help.hpp"
#include "cli/scenario.hpp"
#include "config/document.hpp"

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;
using config::Entry;

Candidates shipped(const std::vector<ShippedScenario>& texts) {
  Candidates found;
  for (const ShippedScenario& text : texts) found.words.push_back({std::string(text.name), title_of(text)});
  return found;
}

Candidates topics(const Session& session, std::string_view kind) {
  Candidates found;
  for (const Topic& topic : session.application.topics())
    if (kind.empty() || topic.kind == kind) found.words.push_back({topic.name, topic.summary});
  return found;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts{""};
  for (const char c : text) {
    if (c == at)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

/// The path of a key as somebody goes on writing it, "trial.arms.mine.drug=" for "trial.arms.mine." and "trial.arms.*.drug"; up to a name
/// that is free, "trial.arms."; nothing where what is written is another key.
std::optional<std::string> gone_on(const Entry& entry, const std::string& written) {
  const std::vector<std::string> path = split(entry.path, '.');
  const std::vector<std::string> known = split(written, '.');
  std::string text;
  for (std::size_t k = 0; k < path.size(); ++k) {
    const bool is_free = path[k] == "*" || path[k] == "[]";
    const bool is_known = k + 1 < known.size();
    if (is_known && !is_free && path[k] != known[k]) return std::nullopt;
    if (is_free && !is_known) return text;
    text += (is_known ? known[k] : path[k]) + (k + 1 < path.size() ? "." : "=");
  }
  return known.size() <= path.size() ? std::optional(text) : std::nullopt;
}

std::vector<Entry> keys(const Session& session) {
  config::Document reference = config::Document::describe();
  session.application.read(reference.root());
  std::vector<Entry> entries = reference.entries();
  std::erase_if(entries, [](const Entry& entry) { return entry.type == "mapping" || entry.type == "map"; });
  return entries;
}

/// What stands before the "=" of an assignment, or what may stand after it.
Candidates assignments(const Session& session, const std::string& written) {
  Candidates found;
  const std::size_t equals = written.find('=');
  if (equals == std::string::npos) {
    for (const Entry& entry : keys(session))
      if (const auto key = gone_on(entry, written)) found.words.push_back({*key, key->ends_with('=') ? entry.doc : ""});
    return found;
  }
  const std::string key = written.substr(0, equals);
  if (key == "drug" || key.ends_with(".drug")) found = topics(session, "drug");
  for (const Entry& entry : keys(session)) {
    if (gone_on(entry, key) != key + '=') continue;
    for (const auto& [name, meaning] : entry.options) found.words.push_back({name, meaning});
    found.or_file = found.or_file || entry.type == "file";
  }
  for (Candidate& candidate : found.words) candidate.word.insert(0, key + '=');
  return found;
}

/// What `kith explain` knows.
Candidates explained(const Session& session, const std::string&) {
  Candidates found = topics(session, "");
  config::Document reference = config::Document::describe();
  session.application.read(reference.root());
  for (const Entry& entry : reference.entries()) found.words.push_back({entry.path, entry.doc});
  return found;
}

Candidates all_commands(const Session&, const std::string&) {
  Candidates found;
  for (const Command& command : commands())
    found.words.push_back({std::string(command.name), std::string(command.summary)});
  return found;
}

/// Of a list with commas, the last.
Candidates theories(const Session& session, const std::string& written) {
  const std::string before = written.substr(0, written.rfind(',') + 1);
  Candidates found;
  for (const std::string& name : session.application.theories()) found.words.push_back({before + name, ""});
  return found;
}

Candidates lessons(const Session& session, const std::string&) {
  constexpr std::string_view folder = "lessons/";
  Candidates found = shipped(session.application.scenarios());
  std::erase_if(found.words, [&](const Candidate& each) { return !each.word.starts_with(folder); });
  for (Candidate& each : found.words) each.word.erase(0, folder.size());
  return found;
}

Candidates charts(const Session& session, const std::string&) {
  Candidates found;
  for (const figures::Definition& each : session.application.figures()) found.words.push_back({each.name, each.title});
  return found;
}

Candidates scenarios_or_files(const Session& session, const std::string&) {
  Candidates found = shipped(session.application.scenarios());
  found.or_file = true;
  return found;
}

Candidates problems_or_files(const Session& session, const std::string&) {
  Candidates found = shipped(session.application.problems());
  found.or_file = true;
  return found;
}

Candidates all_shipped(const Session& session, const std::string&) {
  return shipped(scenarios_and_problems(session.application));
}

/// What may stand for a value, by the name that the help texts give it.
struct Source {
  std::string_view value;
  Candidates (*of)(const Session& session, const std::string& written);
};

constexpr std::array sources{Source{"COMMAND", all_commands},
                             Source{"THEORY", theories},
                             Source{"THEORIES", theories},
                             Source{"LESSON", lessons},
                             Source{"CHART", charts},
                             Source{"SCENARIO", scenarios_or_files},
                             Source{"PROBLEM", problems_or_files},
                             Source{"NAME", all_shipped},
                             Source{"KEY=VALUE", assignments},
                             Source{"KEY|DRUG|THEORY", explained}};

/// The values of one argument. Words in small letters, "bash|zsh", stand for themselves.
Candidates values_of(const Session& session, const Json& argument, const std::string& written) {
  const auto value = argument.at("value").get<std::string>();
  for (const Source& source : sources)
    if (source.value == value) return source.of(session, written);
  Candidates found;
  for (const std::string& part : split(value, '|')) {
    const bool is_word = std::all_of(part.begin(), part.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (is_word) found.words.push_back({part, ""});
    found.or_file =
        found.or_file || part.starts_with("FILE") || part.ends_with(".h5") || part == "DESIGN" || part == "FOLDER";
  }
  return found;
}

/// The option of a name that takes a value, or null.
const Json* option_with_value(const Json& command, const std::string& name) {
  for (const Json& argument : command.at("arguments")) {
    const Json& names = argument.at("names");
    const bool is_it = std::find(names.begin(), names.end(), Json(name)) != names.end();
    if (is_it && !argument.at("value").get<std::string>().empty()) return &argument;
  }
  return nullptr;
}

Candidates options_of(const Json& command) {
  Candidates found;
  for (const Json& argument : command.at("arguments"))
    for (const Json& name : argument.at("names"))
      found.words.push_back({name.get<std::string>(), argument.at("meaning").get<std::string>()});
  return found;
}

Candidates arguments_of(const Session& session, const Json& command, const Words& words) {
  const std::string& written = words.back();
  const Json* open = nullptr;  // the option whose value is next
  std::size_t place = 0;       // how many arguments stand there that are no options
  for (std::size_t k = 0; k + 1 < words.size(); ++k) {
    const bool is_option = open == nullptr && words[k].size() > 1 && words[k].front() == '-';
    if (!is_option && open == nullptr) ++place;
    open = is_option ? option_with_value(command, words[k]) : nullptr;
  }
  if (open != nullptr) return values_of(session, *open, written);
  if (const std::size_t equals = written.find('='); written.starts_with("--") && equals != std::string::npos) {
    const Json* const option = option_with_value(command, written.substr(0, equals));
    Candidates found = option == nullptr ? Candidates{} : values_of(session, *option, written.substr(equals + 1));
    for (Candidate& each : found.words) each.word.insert(0, written, 0, equals + 1);
    return found;
  }
  if (written.starts_with('-')) return options_of(command);
  for (const Json& argument : command.at("arguments")) {
    if (!argument.at("names").empty()) continue;
    if (place == 0 || argument.at("several").get<bool>()) return values_of(session, argument, written);
    --place;
  }
  return options_of(command);
}

}  // namespace

Candidates candidates(const Session& session, const Words& words) {
  const std::string written = words.empty() ? "" : words.back();
  Candidates found;
  if (words.size() <= 1) {
    found = all_commands(session, written);
    found.words.push_back({"--help", "all commands"});
    found.words.push_back({"--version", "what this kith was built from"});
  } else {
    for (const Command& command : commands())
      if (command.name == words.front())
        found = arguments_of(session, description_of(session, command), {words.begin() + 1, words.end()});
  }
  std::vector<Candidate> fitting;
  for (Candidate& each : found.words) {
    const auto is_same = [&](const Candidate& other) { return other.word == each.word; };
    if (each.word.starts_with(written) && std::none_of(fitting.begin(), fitting.end(), is_same))
      fitting.push_back(std::move(each));
  }
  return {std::move(fitting), found.or_file};
}

}  // namespace kith::cli
