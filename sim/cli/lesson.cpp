#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "core/error.hpp"

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;

/// The languages that there are, "en, de".
std::string languages_of(const Application& application) {
  std::string all;
  for (const ShippedWords& words : application.words()) all += (all.empty() ? "" : ", ") + std::string(words.language);
  return all;
}

/// The words in a language: the wanted one, or that of the environment where there are words in it, or English.
Json words_in(const Application& application, const std::optional<std::string>& wanted) {
  const auto found = [&](std::string_view language) -> std::optional<Json> {
    for (const ShippedWords& words : application.words()) {
      if (words.language == language) return Json::parse(words.text);
    }
    return std::nullopt;
  };
  if (wanted) {
    if (std::optional<Json> words = found(*wanted); words) return *words;
    throw Error(ErrorKind::usage, fmt::format("there are no lessons in the language \"{}\" (there are: {})", *wanted,
                                              languages_of(application)));
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    if (std::optional<Json> words = found(std::string_view(value).substr(0, 2)); words) return *words;
    break;
  }
  std::optional<Json> english = found("en");
  if (!english) throw Error(ErrorKind::usage, "this program comes without lessons");
  return *english;
}

/// Names of the lessons: what has a title among them.
std::vector<std::string> names_of(const Json& words) {
  std::vector<std::string> names;
  for (const auto& [name, lesson] : words.at("lesson").items()) {
    if (lesson.is_object() && lesson.contains("title")) names.push_back(name);
  }
  return names;
}

/// Words of a lesson: those for the terminal where its tables show other things than the page draws.
std::string words_of(const Json& words, const std::string& lesson, const char* key) {
  const Json& instead = words.at("terminal").at("instead");
  const bool has_own = instead.contains(lesson) && instead.at(lesson).contains(key);
  return (has_own ? instead : words.at("lesson")).at(lesson).at(key).get<std::string>();
}

/// The words without what marks emphasis.
std::string plain(std::string text) {
  std::erase(text, '*');
  return text;
}

class Teller {
 public:
  Teller(const Channel& out, const Json& words) : out_(out), words_(words) {}

  void heading(const std::string& text) const { *out_.stream << '\n' << styled(out_, Style::strong, text) << "\n\n"; }
  void paragraph(const std::string& text) const {
    constexpr std::size_t widest = 90;
    *out_.stream << wrapped(plain(text), std::min(widest, out_.width)) << "\n\n";
  }
  /// What tells numbers of the page's run ("{low}") is left out: the tables of the run stand above.
  void paragraphs(const Json& texts) const {
    for (const Json& text : texts) {
      if (const auto words = text.get<std::string>(); words.find('{') == std::string::npos) paragraph(words);
    }
  }
  /// On a terminal, waits for the pupil.
  void pause(const char* key) const {
    if (!out_.is_terminal) return;
    *out_.stream << words_.at("terminal").at(key).get<std::string>() << ' ' << std::flush;
    std::string line;
    std::getline(std::cin, line);
  }

 private:
  const Channel& out_;
  const Json& words_;
};

void list_lessons(const Channel& out, const Json& words) {
  *out.stream << words.at("terminal").at("list").get<std::string>() << '\n';
  for (const std::string& name : names_of(words)) {
    const Json& lesson = words.at("lesson").at(name);
    *out.stream << fmt::format("  {:<10}{}\n            {}\n", name, lesson.at("title").get<std::string>(),
                               plain(lesson.at("about").get<std::string>()));
  }
}

ExitCode give_lesson(const Session& session, const Json& words, const std::string& name,
                     const std::optional<std::string>& seed) {
  const Channel& out = session.console.out;
  const Json& lesson = words.at("lesson").at(name);
  const Json& terminal = words.at("terminal");
  const Teller tell(out, words);
  tell.heading(lesson.at("title").get<std::string>());
  tell.paragraphs(lesson.at("story"));
  tell.heading("1 · " + terminal.at("predict").get<std::string>());
  tell.paragraph(words_of(words, name, "ask"));
  tell.pause("predict_pause");
  tell.heading("2 · " + terminal.at("run").get<std::string>());
  Words arguments{"lessons/" + name};
  if (seed) arguments.insert(arguments.end(), {"--seed", *seed});
  if (const ExitCode code = run_scenario(session, arguments); code != ExitCode::done) return code;
  *out.stream << '\n';
  tell.paragraph(words_of(words, name, "think"));
  tell.pause("explain_pause");
  tell.heading("3 · " + terminal.at("explain").get<std::string>());
  tell.paragraphs(lesson.at("why"));
  tell.paragraphs(lesson.at("fact"));
  tell.heading(terminal.at("limit").get<std::string>());
  tell.paragraph(lesson.at("limit").get<std::string>());
  return ExitCode::done;
}

}  // namespace

ExitCode teach(const Session& session, const Words& words) {
  Options options(
      {.command = "lesson",
       .summary =
           "The classroom's lessons in the terminal: predict, run, explain. `list` names them, `start NAME` gives one.",
       .examples = {{"kith lesson list", "what there is"},
                    {"kith lesson start trial --seed 7b/Anna", "a trial of your own"}}});
  std::string verb;
  std::string name;
  std::optional<std::string> language;
  std::optional<std::string> seed;
  options.argument(verb, "list|start", "What to do.", Options::Need::required);
  options.argument(name, "LESSON", "Which lesson to start.", Options::Need::optional);
  options.option(language, "--language", "LANGUAGE",
                 "In which language, such as de; as the environment says if not given.");
  options.option(seed, "--seed", "SEED",
                 "A number or any text, such as the name of a class and a pupil; the scenario's if not given.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;

  const Json texts = words_in(session.application, language);
  if (verb == "list") {
    if (!name.empty()) throw Error(ErrorKind::usage, "kith lesson list takes no name: kith lesson start " + name);
    list_lessons(session.console.out, texts);
    return ExitCode::done;
  }
  const std::vector<std::string> names = names_of(texts);
  if (verb != "start") throw Error(ErrorKind::usage, fmt::format("kith lesson knows list and start, not \"{}\"", verb));
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    const std::string near = nearest(name, names);
    throw Error(ErrorKind::usage, name.empty()
                                      ? "which lesson? kith lesson list names them"
                                      : fmt::format("there is no lesson \"{}\"{}\n  kith lesson list names them", name,
                                                    near.empty() ? "" : fmt::format(": did you mean \"{}\"?", near)));
  }
  return give_lesson(session, texts, name, seed);
}

}  // namespace kith::cli
