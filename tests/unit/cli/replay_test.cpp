#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "cli/branched.hpp"
#include "cli/person_watch.hpp"
#include "command_line.hpp"

using kith::ScratchFolder;
using kith::testing::contains;
using kith::testing::invoke;
using kith::testing::Outcome;

TEST_CASE("replay runs a result again and says that the bits are the same") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  for (const kith::cli::Words& more :
       std::vector<kith::cli::Words>{{}, {"--replicate", "1"}, {"--theory", "botsa,none"}}) {
    kith::cli::Words words{"run", "naltrexone-crossover", "-o", path, "--force"};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(invoke(words).status == 0);
    const Outcome outcome = invoke({"replay", path});
    CHECK(outcome.status == 0);
    CHECK(contains(outcome.out, "the same bits\n"));
  }
}

TEST_CASE("replay of a run that draws from a shared generator finds other bits and ends with exit status 5") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  REQUIRE(
      invoke({"run", "naltrexone-crossover", "-o", path, "--set", "time.days=9", "--set", "time.shares_chance=true"})
          .status == 0);
  const Outcome outcome = invoke({"replay", path});
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.out, "different: population\n"));
  CHECK(contains(outcome.out, "NOT the same bits, from the same program: kith verify"));
}

TEST_CASE("replay shows a person before and after a tick, of a scenario and of a result") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  REQUIRE(invoke({"run", "first-steps", "-o", path}).status == 0);
  for (const std::string& source : {std::string("first-steps"), path}) {
    const Outcome outcome = invoke({"replay", source, "--person", "17", "--tick", "2"});
    CHECK(outcome.status == 0);
    CHECK(outcome.out ==
          "person 17, virtual study 0, world treated, tick 2 (hour 48 on)\n\n"
          "                      before             after\n"
          "connection             0.501             0.501  felt\n");
  }
  CHECK(invoke({"replay", path, "--person", "200", "--tick", "2"}).status == 2);
  CHECK(invoke({"replay", path, "--person", "17", "--tick", "9"}).status == 2);
  CHECK(invoke({"replay", path, "--person", "17", "--tick", "two"}).status == 2);
  CHECK(invoke({"replay", path, "--person", "17"}).status == 2);
  CHECK(invoke({"replay", path, "--seed", "3"}).status == 2);
  CHECK(invoke({"replay", "first-steps"}).status == 2);
  CHECK(invoke({"replay", "no-such"}).status != 0);
}

TEST_CASE("branch without a change is the same run, refuses what cannot change, and tells its parent") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  const std::string branch = folder / "branch.h5";
  REQUIRE(invoke({"run", "first-steps", "-o", path}).status == 0);
  REQUIRE(invoke({"branch", path, "--at", "1d", "-o", branch}).status == 0);
  const auto line_of = [](const std::string& text, const std::string& begin) {
    const std::size_t at = text.find("\n" + begin);
    return text.substr(at, text.find('\n', at + 1) - at);
  };
  const std::string parent_info = invoke({"info", path}).out;
  const std::string info = invoke({"info", branch}).out;
  CHECK(line_of(info, "fingerprint") == line_of(parent_info, "fingerprint"));
  CHECK(contains(info, "\nbranch       off " + path + " (run "));
  CHECK(contains(info, ") at 1 d: nothing changed\n"));
  CHECK(contains(invoke({"replay", branch}).out, "the same bits\n"));

  CHECK(invoke({"branch", path, "--at", "1d", "-o", branch}).status == 6);
  CHECK(invoke({"branch", path, "--at", "1d", "-o", path, "--force"}).status == 6);
  const Outcome refused =
      invoke({"branch", path, "--at", "1d", "--set", "seed=2", "--set", "people.count=9", "-o", folder / "no.h5"});
  CHECK(refused.status == 3);
  CHECK(contains(refused.err, "people.count, seed: it is settled at the start"));
  CHECK_FALSE(std::filesystem::exists(folder / "no.h5"));
  CHECK(invoke({"branch", path, "-o", folder / "no.h5"}).status == 2);
  CHECK(invoke({"branch", path, "--at", "soon", "-o", folder / "no.h5"}).status == 2);
  CHECK(invoke({"branch", path, "--at", "1d"}).status == 2);
}

TEST_CASE("Where runs branched off is read as it was written, and other text is refused") {
  const std::vector<kith::cli::Branching> branchings{{.until = 36.0,
                                                      .changes = {"a.b=\"ü\"", "c=[1, 2]"},
                                                      .scenario = "kith: 1\ntitle: x\n",
                                                      .parent = "out.h5",
                                                      .parent_run = "0123",
                                                      .parent_hash = "4567"}};
  const auto back = kith::cli::read_branchings(kith::cli::text_of(branchings));
  REQUIRE(back.size() == 1);
  CHECK(back.front().until == 36.0);
  CHECK(back.front().changes == branchings.front().changes);
  CHECK(back.front().scenario == branchings.front().scenario);
  CHECK(kith::cli::sentences_of(back).front() == "off out.h5 (run 0123, scenario 4567) at 36 h: a.b=\"ü\", c=[1, 2]");
  CHECK(kith::cli::text_of({}).empty());
  CHECK(kith::cli::read_branchings("").empty());
  for (const char* text : {"x", "[1]", "{}x", R"([{"until_hours": "soon"}])"})
    CHECK_THROWS_AS(kith::cli::read_branchings(text), kith::Error);
}
