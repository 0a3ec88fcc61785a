#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.hpp"

namespace kith::cli {

/// A command line that runs as printed, and what it does.
struct Example {
  std::string_view command;
  std::string_view does;
};

/// What --help says besides the options.
struct Help {
  std::string_view command;  ///< "run"
  std::string_view summary;  ///< one sentence
  std::vector<Example> examples;
};

/// The first word of a command that asks it for what --help says, as a JSON object: name, meaning, arguments (names, none for what stands
/// by its place; value; required; several; meaning), examples. Manual pages and completion are made from it.
inline constexpr std::string_view wants_description = "--help=json";

/// The arguments that one command takes. Each call names an argument and the variable that it sets.
class Options {
 public:
  enum class Need { optional, required };

  explicit Options(Help help);
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  ~Options();

  void argument(std::string& target, const std::string& name, const std::string& doc, Need need);
  /// Any number of them.
  void arguments(std::vector<std::string>& target, const std::string& name, const std::string& doc);
  /// `names` as "-o,--output"; `value` stands for the value in the help: "FILE".
  void option(std::optional<std::string>& target, const std::string& names, const std::string& value,
              const std::string& doc);
  void option(std::optional<std::uint32_t>& target, const std::string& names, const std::string& value,
              const std::string& doc);
  /// May be given several times.
  void options(std::vector<std::string>& target, const std::string& names, const std::string& value,
               const std::string& doc);
  void flag(bool& target, const std::string& names, const std::string& doc);
  /// Leaves an option that was added ("--output") out of the help; it is still understood.
  void hide(const std::string& name);

  /// Sets the variables. False when help, or its description, was asked for and printed. Throws kith::Error(ErrorKind::usage) with the nearest right
  /// option.
  bool parse(const std::vector<std::string>& arguments, const Channel& out);

 private:
  struct Parser;
  std::string help_text(std::size_t width) const;
  std::string description() const;

  Help help_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace kith::cli
