#pragma once

#include <string>
#include <vector>

#include "config/document.hpp"

/// A small scenario format that uses every kind of key, for the tests of the reader.
namespace demo {

struct Arm {
  std::string name, drug;
  std::vector<double> doses;  ///< [mg]
};

struct Scenario {
  std::int64_t format = 0, seed = 0, count = 0, communities = 0, replicates = 0;
  std::string title, theory, file, note;
  double gain = 0, tick = 0, duration = 0, start = 0, share = 0, score = 0, rewiring = 0, half_life = 0;
  bool blinded = false;
  std::size_t generator = 0, mode = 0;
  std::vector<double> scores;
  std::vector<std::string> columns;
  std::vector<Arm> arms;
  std::vector<double> times;                      ///< of the measures [h]
  std::vector<std::pair<double, double>> scales;  ///< of the measures

  bool operator==(const Scenario&) const = default;
};
inline bool operator==(const Arm& a, const Arm& b) {
  return a.name == b.name && a.drug == b.drug && a.doses == b.doses;
}

Scenario read(kith::config::Section s);

/// Reads and checks.
Scenario read_text(const std::string& text, const std::vector<std::string>& overrides = {},
                   std::string* resolved = nullptr);

/// All messages for a wrong scenario called "s.yaml", or "" when it is right.
std::string messages(const std::string& text, const std::vector<std::string>& overrides = {});

}  // namespace demo
