#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "core/error.hpp"

namespace kith::cli {

struct Options::Parser {
  CLI::App app;
  bool wants_help = false;  ///< listed like any option; `parse` looks for it first
};

namespace {

/// "-o, --output FILE"
std::string left_side(const CLI::Option& option) {
  if (option.get_positional()) return option.get_type_name();
  std::string text;
  for (const std::string& name : option.get_snames()) text += (text.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames()) text += (text.empty() ? "    --" : ", --") + name;
  if (option.get_expected_max() > 0 && !option.get_type_name().empty()) text += " " + option.get_type_name();
  return text;
}

bool is_hidden(const CLI::Option* option) { return option->get_group().empty(); }

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (is_hidden(option)) continue;
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

[[noreturn]] void refuse(std::string_view command, const std::string& problem, const std::string& suggestion = "") {
  throw Error(ErrorKind::usage, fmt::format("{}{}\n  kith {} --help shows what it takes", problem,
                                            suggestion.empty() ? "" : ": " + suggestion, command));
}

void refuse_extra(std::string_view command, const CLI::App& app, const std::string& word) {
  if (word.size() < 2 || word.front() != '-') refuse(command, fmt::format("\"{}\" is one argument too many", word));
  const std::string name = word.substr(0, word.find('='));
  const std::vector<std::string> names = option_names(app);
  const std::string near = nearest(name, names);
  std::string all;
  for (const std::string& each : names) all += (all.empty() ? "" : ", ") + each;
  refuse(command, fmt::format("kith {} has no option {}", command, name),
         near.empty() ? "its options are " + all : "did you mean " + near + "?");
}

}  // namespace

Options::Options(Help help) : help_(std::move(help)), parser_(std::make_unique<Parser>()) {
  parser_->app.allow_extras();
  parser_->app.set_help_flag();
  flag(parser_->wants_help, "-h,--help", "Print this.");
}

Options::~Options() = default;

void Options::argument(std::string& target, const std::string& name, const std::string& doc, Need need) {
  parser_->app.add_option(name, target, doc)->type_name(name)->required(need == Need::required);
}

void Options::arguments(std::vector<std::string>& target, const std::string& name, const std::string& doc) {
  parser_->app.add_option(name, target, doc)->type_name(name);
}

void Options::option(std::optional<std::string>& target, const std::string& names, const std::string& value,
                     const std::string& doc) {
  parser_->app
      .add_option_function<std::string>(
          names, [&target](const std::string& text) { target = text; }, doc)
      ->type_name(value);
}

void Options::option(std::optional<std::uint32_t>& target, const std::string& names, const std::string& value,
                     const std::string& doc) {
  const auto set = [&target, names](const std::string& text) {
    constexpr std::size_t most_digits = 9;
    const bool is_whole =
        !text.empty() && text.size() <= most_digits && text.find_first_not_of("0123456789") == std::string::npos;
    if (!is_whole) throw CLI::ValidationError(names, fmt::format("\"{}\" is not a whole number", text));
    target = static_cast<std::uint32_t>(std::stoul(text));
  };
  parser_->app.add_option_function<std::string>(names, set, doc)->type_name(value);
}

void Options::options(std::vector<std::string>& target, const std::string& names, const std::string& value,
                      const std::string& doc) {
  parser_->app.add_option(names, target, doc)->type_name(value)->allow_extra_args(false);
}

void Options::flag(bool& target, const std::string& names, const std::string& doc) {
  parser_->app.add_flag(names, target, doc);
}

void Options::hide(const std::string& name) { parser_->app.get_option(name)->group(""); }

bool Options::parse(const std::vector<std::string>& arguments, const Channel& out) {
  const auto is_help = [](const std::string& word) { return word == "--help" || word == "-h"; };
  if (std::any_of(arguments.begin(), arguments.end(), is_help)) {
    *out.stream << help_text(out.width);
    return false;
  }
  if (!arguments.empty() && arguments.front() == wants_description) {
    *out.stream << description() << '\n';
    return false;
  }
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // the order in which CLI11 takes them
  std::optional<std::string> mistake;
  try {
    parser_->app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    mistake = error.what();
  }
  const std::vector<std::string> extra = parser_->app.remaining();
  if (!extra.empty()) refuse_extra(help_.command, parser_->app, extra.front());
  if (mistake) refuse(help_.command, *mistake);
  return true;
}

std::string Options::help_text(std::size_t width) const {
  std::string usage = fmt::format("kith {}", help_.command);
  std::size_t left = 0;
  const auto listed = static_cast<const CLI::App&>(parser_->app).get_options([](const CLI::Option* option) {
    return !is_hidden(option);
  });
  for (const CLI::Option* option : listed) {
    left = std::max(left, left_side(*option).size() + 4);
    if (!option->get_positional()) continue;
    const std::string several = option->get_expected_max() > 1 ? "..." : "";
    usage += option->get_required() ? " " + option->get_type_name() : " [" + option->get_type_name() + several + "]";
  }
  std::string text = fmt::format("{}\n\nUsage: {} [OPTIONS]\n\n", wrapped(help_.summary, width), usage);
  for (const CLI::Option* option : listed) {
    text += fmt::format("  {:<{}}{}\n", left_side(*option), left - 2, wrapped(option->get_description(), width, left));
  }
  text += "\nExamples:\n";
  for (const Example& example : help_.examples) text += fmt::format("  {}\n      {}\n", example.command, example.does);
  return text;
}

std::string Options::description() const {
  nlohmann::ordered_json arguments = nlohmann::ordered_json::array();
  for (const CLI::Option* option : static_cast<const CLI::App&>(parser_->app).get_options()) {
    if (is_hidden(option)) continue;
    nlohmann::ordered_json names = nlohmann::ordered_json::array();
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::string value = option->get_expected_max() > 0 ? option->get_type_name() : "";
    arguments.push_back({{"names", names},
                         {"value", value},
                         {"required", option->get_required()},
                         {"several", option->get_expected_max() > 1},
                         {"meaning", option->get_description()}});
  }
  nlohmann::ordered_json examples = nlohmann::ordered_json::array();
  for (const Example& example : help_.examples)
    examples.push_back({{"command", example.command}, {"meaning", example.does}});
  return nlohmann::ordered_json{
      {"name", help_.command}, {"meaning", help_.summary}, {"arguments", arguments}, {"examples", examples}}
      .dump();
}

}  // namespace kith::cli
