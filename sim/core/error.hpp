#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace kith {

/// What an error is about. How a program ends for it is the program's business.
enum class ErrorKind {
  failed,            ///< something went wrong while running
  usage,             ///< what was asked for makes no sense
  invalid_scenario,  ///< the scenario, or a file it names, is wrong
  output,            ///< the output exists or cannot be written
  damaged,           ///< what was read is not what was written
  stopped,           ///< stopped early, resumable
};

/// An error meant for people: the message says problem (why) suggestion.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

/// The entry of `candidates` nearest to `word`, or an empty string when none is close: the only one that `word` (of three letters
/// or more) is the beginning of, else the one of the least edit distance.
/// Distance: Damerau–Levenshtein (optimal string alignment), at most a third of the longer word.
template <class Range>
std::string nearest(const std::string& word, const Range& candidates);

/// Edit distance used by `nearest`.
std::size_t edit_distance(const std::string& a, const std::string& b);

template <class Range>
std::string nearest(const std::string& word, const Range& candidates) {
  constexpr std::size_t enough = 3;
  std::string best;
  std::string longer;  // begins with the word
  std::size_t begin_with_word = 0;
  std::size_t best_distance = word.size() + 1;
  for (const auto& entry : candidates) {
    std::string candidate(entry);
    if (word.size() >= enough && candidate.compare(0, word.size(), word) == 0) {
      longer = candidate;
      ++begin_with_word;
    }
    const std::size_t distance = edit_distance(word, candidate);
    const std::size_t allowed = (word.size() > candidate.size() ? word.size() : candidate.size()) / 3 + 1;
    if (distance <= allowed && distance < best_distance) {
      best = std::move(candidate);
      best_distance = distance;
    }
  }
  return begin_with_word == 1 ? longer : best;
}

}  // namespace kith
