#include "core/error.hpp"

#include <catch2/catch.hpp>
#include <vector>

using kith::edit_distance;
using kith::nearest;

TEST_CASE("The edit distance counts insertions, deletions, replacements and swaps of neighbours") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("dose", "dose") == 0);
  CHECK(edit_distance("dose", "doses") == 1);
  CHECK(edit_distance("dsoe", "dose") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("ca", "abc") == 3);  // optimal string alignment; the unrestricted distance would be 2
}

TEST_CASE("The edit distance is symmetric") {
  const std::vector<std::string> words{"", "a", "tick", "kitc", "seed", "replicates", "replciates", "duration"};
  for (const std::string& a : words) {
    for (const std::string& b : words) CHECK(edit_distance(a, b) == edit_distance(b, a));
  }
}

TEST_CASE("The nearest word is suggested only when it is near") {
  const std::vector<std::string> keys{"duration", "burn_in", "tick", "start"};
  CHECK(nearest("duratoin", keys) == "duration");
  CHECK(nearest("burnin", keys) == "burn_in");
  CHECK(nearest("ticks", keys) == "tick");
  CHECK(nearest("temperature", keys).empty());
  const std::vector<std::string> options{"--set", "--output", "--quiet", "--replicates", "--replicate"};
  CHECK(nearest("--out", options) == "--output");
  CHECK(nearest("--rep", options) != "--output");
  CHECK(nearest("anything", std::vector<std::string>{}).empty());
}
