#include <catch2/catch.hpp>
#include <filesystem>

#include "command_line.hpp"

using kith::ScratchFolder;
using kith::testing::contains;
using kith::testing::invoke;
using kith::testing::Outcome;

TEST_CASE("verify prints one fingerprint for every way to run, and one digest of the tables") {
  const Outcome outcome = invoke({"verify", "naltrexone-crossover", "--threads", "3", "--set", "time.days=9"});
  CHECK(outcome.err.empty());
  CHECK(outcome.status == 0);
  for (const char* row : {"1 thread ", "2 threads", "3 threads", "stopped half-way, gone on from the file",
                          "four checkpoints", "--save-every 1ms", "last replicate first", "no output"}) {
    INFO(row);
    CHECK(contains(outcome.out, std::string("\n") + row));
  }
  CHECK_FALSE(contains(outcome.out, "NO"));
}

TEST_CASE("verify finds a draw that is taken from a shared generator, and names the first tick and column") {
  const Outcome outcome =
      invoke({"verify", "naltrexone-crossover", "--set", "time.days=9", "--set", "time.shares_chance=true"});
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.out, "NO\n"));
  CHECK(contains(outcome.out, "tables that differ: population"));
  CHECK(contains(
      outcome.out,
      "1 thread and 2 threads part first at\n  replicate 0, world treated, tick that ends at hour 72: connection\n"));
}

TEST_CASE("check says complete, partial or corrupt, and repairs what a killed run left without removing anything") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  REQUIRE(invoke({"run", "naltrexone-crossover", "-o", path}).status == 0);
  Outcome outcome = invoke({"check", path});
  CHECK(outcome.status == 0);
  CHECK(outcome.out == path + ": complete\n  every table is what was written\n");

  std::string bytes = kith::testing::read_file(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  kith::testing::write_file(path, bytes);
  outcome = invoke({"check", path, "--repair"});
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.out, ": corrupt\n"));
  CHECK(contains(outcome.out, "there is nothing to repair"));

  const std::string failed = folder / "failed.h5";
  const Outcome run = invoke({"run", "naltrexone-crossover", "-o", failed, "--set", "time.days=30", "--set",
                              "time.fails_on=20", "--set", "time.pause=0.003 s", "--save-every", "0.01s"});
  REQUIRE(run.status == 1);
  outcome = invoke({"check", failed, "--repair"});
  CHECK(outcome.status == 75);
  CHECK(contains(outcome.out, ": partial\n"));
  CHECK(contains(outcome.out, "it has no checkpoint to go on from"));
  CHECK(contains(outcome.out, "failed-repaired.h5 holds 19 rows"));
  CHECK(contains(invoke({"info", folder / "failed-repaired.h5", "--check"}).out, "time 19 (to 456 h)"));
  CHECK(std::filesystem::exists(failed + ".parts"));

  // One segment gone: the rest is saved, and what is missing is said.
  std::string segment;
  for (const auto& entry : std::filesystem::directory_iterator(failed + ".parts")) {
    if (contains(entry.path().filename().string(), "-00000001-replicate-")) segment = entry.path();
  }
  REQUIRE_FALSE(segment.empty());
  kith::testing::write_file(segment, "damaged");
  outcome = invoke({"check", failed, "--repair"});
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.out, segment + ": "));
  CHECK(contains(outcome.out, "failed-repaired-2.h5 holds"));
  std::filesystem::remove(segment);
  CHECK(contains(invoke({"check", failed}).out, "1 segments before the last are missing"));
}
