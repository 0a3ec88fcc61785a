#include "config/document.hpp"
#include "fuzz/target.hpp"
#include "models/scenario/scenario.hpp"

/// A drug's own file, which a scenario names. What is accepted can be given.
namespace kith::fuzz {

void try_input(const std::string& bytes) {
  const InputFile file(bytes);
  const std::string scenario =
      "kith: 1\ntitle: a drug\ntime: {burn_in: 1 d, duration: 1 d}\npeople: {count: 10}\n"
      "network: {generate: erdos_renyi, mean_ties: 2}\ndrugs: {mine: {file: " +
      file.path() + "}}\n";
  config::Document document = config::Document::from_text(scenario, "input.yaml");
  const Scenario read = read_scenario(document.root());
  document.check([](config::Section root) { read_scenario(std::move(root)); });
  const pharmacology::SharedDrug mine = read.pharmacy->find("mine");
  require(mine != nullptr, "a drug that is read can be given");
  if (mine->action != pharmacology::Action::none) read.pharmacy->chain(mine, 1.0);
}

}  // namespace kith::fuzz
