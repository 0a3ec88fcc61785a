#include <catch2/catch.hpp>

#include "config/flat.hpp"
#include "core/error.hpp"

using kith::config::leaves;
using Leaves = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("the leaves of a scenario have dotted paths, in the order of the text") {
  CHECK(leaves("kith: 1\ntime: {tick: 1 h, start: \"Mon 08:00\"}\narms: {b: {doses: [1 mg, 2 mg]}}\n"
               "measures:\n  - diary: connection  # default\n  - probe: play\nnothing: []\nopen:\n") ==
        Leaves{{"kith", "1"},
               {"time.tick", "1 h"},
               {"time.start", "Mon 08:00"},
               {"arms.b.doses", "[1 mg, 2 mg]"},
               {"measures.0.diary", "connection"},
               {"measures.1.probe", "play"},
               {"nothing", "[]"},
               {"open", ""}});
}

TEST_CASE("text that is no mapping has no leaves and is refused") {
  CHECK_THROWS_AS(leaves(""), kith::Error);
  CHECK_THROWS_AS(leaves("[1, 2]"), kith::Error);
  CHECK_THROWS_AS(leaves("a: {b"), kith::Error);
}

TEST_CASE("a mapping goes on one line that reads as the same") {
  using kith::config::on_one_line;
  CHECK(on_one_line("title: x\ntheory:\n  name: mine  # default\n  approach:\n    - term: signal\n      gain: -0.3\n"
                    "  list: [1 h, 2 h]\n  word: \"a, b\"\n  nothing:\n",
                    "theory") ==
        "{name: mine, approach: [{term: signal, gain: -0.3}], list: [1 h, 2 h], word: \"a, b\", nothing: }");
  CHECK(on_one_line("title: x\n", "theory").empty());
}
