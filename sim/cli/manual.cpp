#include <fmt/format.h>

#include <algorithm>

#include "cli/help.hpp"
#include "core/version.hpp"

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;

/// A text as man(7) shows it: no character of it commands.
std::string shown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool starts_line = result.empty() || result.back() == '\n';
    if (starts_line && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
  }
  return result;
}

std::string bold(std::string_view text) { return "\\fB" + shown(text) + "\\fR"; }
std::string slanted(std::string_view text) { return "\\fI" + shown(text) + "\\fR"; }

std::string heading(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return fmt::format(".TH {} 1 \"\" \"kith {}\" \"Kith\"\n", shown(name), build_info().version);
}

std::string section(std::string_view title, const std::string& text) {
  return fmt::format(".SH {}\n{}\n", title, text);
}

/// A paragraph with a hanging name.
std::string item(const std::string& name, std::string_view meaning) {
  return fmt::format(".TP\n{}\n{}\n", name, shown(meaning));
}

std::string exit_statuses() {
  std::string text;
  for (const auto& [code, meaning] : exit_codes) text += item(bold(std::to_string(static_cast<int>(code))), meaning);
  return ".SH EXIT STATUS\n" + text;
}

/// "-o, --output FILE", or "FILE"
std::string left_side(const Json& argument) {
  std::string text;
  for (const Json& name : argument.at("names")) text += (text.empty() ? "" : ", ") + bold(name.get<std::string>());
  const auto value = argument.at("value").get<std::string>();
  if (!value.empty()) text += (text.empty() ? "" : " ") + slanted(value);
  return text;
}

}  // namespace

std::string manual_page(const Json& command) {
  const auto name = command.at("name").get<std::string>();
  std::string usage = bold("kith " + name);
  std::string arguments;
  for (const Json& argument : command.at("arguments")) {
    arguments += item(left_side(argument), argument.at("meaning").get<std::string>());
    if (!argument.at("names").empty()) continue;
    const std::string several = argument.at("several").get<bool>() ? "..." : "";
    usage +=
        argument.at("required").get<bool>() ? " " + left_side(argument) : " [" + left_side(argument) + several + "]";
  }
  std::string examples;
  for (const Json& example : command.at("examples"))
    examples += item(bold(example.at("command").get<std::string>()), example.at("meaning").get<std::string>());
  return heading("kith-" + name) +
         section("NAME", shown("kith-" + name) + " \\- " + shown(command.at("summary").get<std::string>())) +
         section("SYNOPSIS", usage + " [" + slanted("OPTIONS") + "]") +
         section("DESCRIPTION", shown(command.at("meaning").get<std::string>())) + ".SH OPTIONS\n" + arguments +
         ".SH EXAMPLES\n" + examples + exit_statuses() + section("SEE ALSO", ".BR kith (1)");
}

std::string manual_page() {
  std::string list;
  for (const Command& command : commands())
    list += item("\\fBkith\\-" + shown(command.name) + "\\fR(1)", command.summary);
  return heading("kith") +
         section("NAME", "kith \\- agent\\-based simulator of the brain opioid theory of social attachment") +
         section("SYNOPSIS", bold("kith") + " " + slanted("COMMAND") + " [" + slanted("OPTIONS") + "]") +
         section("DESCRIPTION",
                 "People with an opioid tone live on a social network, some of them take a drug that "
                 "blocks it, and Kith shows how connected and how isolated everybody becomes.") +
         ".SH COMMANDS\n" + list + ".SH EXAMPLES\n" + item(bold("kith run first-steps"), "a small trial") +
         item(bold("kith list"), "what ships") + exit_statuses();
}

}  // namespace kith::cli
