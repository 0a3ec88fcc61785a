#include <fmt/format.h>

#include <algorithm>

#include "config/document.hpp"
#include "core/inputs.hpp"
#include "models/pharmacology/drug.hpp"
#include "models/pharmacology/library_texts.hpp"

namespace kith::pharmacology {

using config::Section;

std::string Drug::label() const {
  const std::string& text = title.empty() ? name : title;
  return is_validated || action == Action::none ? text : text + " (not validated against measured occupancy)";
}

const std::vector<Drug>& library() {
  static const std::vector<Drug> drugs = [] {
    std::vector<Drug> read;
    for (const auto& [name, text] : library_texts) {
      auto document = config::Document::from_text(std::string(text), std::string(name) + ".yaml");
      auto root = document.root();
      read.push_back(read_drug(std::string(name), root));
      document.check();
    }
    return read;
  }();
  return drugs;
}

namespace {

/// A drug in a file of its own. Throws InvalidScenario, which points into that file.
Drug read_file(const std::string& name, const std::string& path, const config::KnownNames& columns) {
  auto document = config::Document::from_file(path);
  auto root = document.root();
  Drug drug = read_drug(name, root, columns);
  document.check();
  return drug;
}

}  // namespace

std::vector<Drug> read_drugs(Section& scenario, const config::KnownNames& columns) {
  std::vector<Drug> drugs;
  scenario.map(
      {.key = "drugs", .doc = "Drugs of your own, besides the library."}, [&](const std::string& name, Section& s) {
        const auto same = [&](const Drug& drug) { return drug.name == name; };
        if (std::any_of(library().begin(), library().end(), same))
          s.fail("", fmt::format("the library has a drug \"{}\" already", name), "one name, one drug",
                 fmt::format("call yours e.g. my_{}", name));
        const bool is_elsewhere = s.has("file");
        if (is_elsewhere) {
          const std::string path =
              s.file({.key = "file", .fallback = "", .doc = "A YAML file with the drug, in place of all other keys."});
          if (!s.describing()) {
            if (is_input_there(path)) {
              drugs.push_back(read_file(name, path, columns));
            } else {
              s.fail("file", fmt::format("there is no file {}", path), "a drug is read from it",
                     "write its name relative to the scenario's folder");
            }
            return;
          }
        }
        drugs.push_back(read_drug(name, s, columns));
      });
  return drugs;
}

}  // namespace kith::pharmacology
