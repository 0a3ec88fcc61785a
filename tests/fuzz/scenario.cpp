#include "models/scenario/scenario.hpp"

#include "config/document.hpp"
#include "core/error.hpp"
#include "fuzz/target.hpp"

/// The scenario reader. What it accepts, it writes with all defaults so that it reads back to the same.
namespace kith::fuzz {

namespace {

const std::string nowhere = "/proc/self/fdinfo";  // a folder without a file that a scenario could name

std::string read(const std::string& text) {
  config::Document document = config::Document::from_text(text, "input.yaml", {}, nowhere);
  read_scenario(document.root());
  document.check([](config::Section root) { read_scenario(std::move(root)); });
  return document.resolved();
}

}  // namespace

void try_input(const std::string& bytes) {
  const std::string resolved = read(bytes);
  std::string again;
  try {
    again = read(resolved);
  } catch (const Error& refused) {
    require(false, refused.what());
  }
  require(again == resolved, "a resolved scenario reads back to itself");
}

}  // namespace kith::fuzz
