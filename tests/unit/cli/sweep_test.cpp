#include <catch2/catch.hpp>
#include <cstdlib>

#include "cli/sweep_outcomes.hpp"
#include "cli/sweep_request.hpp"
#include "command_line.hpp"
#include "io/result_file.hpp"
#include "io/values.hpp"

using kith::ScratchFolder;
using kith::cli::outcome_advice;
using kith::cli::Shard;
using kith::cli::shard_of;
using kith::testing::contains;
using kith::testing::FakeApplication;
using kith::testing::invoke;
using kith::testing::Outcome;
using kith::testing::write_file;

namespace {

/// Sets a variable of the environment while it lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { unsetenv(name_); }

 private:
  const char* name_;
};

std::string design_in(const ScratchFolder& folder, const std::string& text) {
  write_file(folder / "d.yaml", "sweep: 1\ntitle: Counts\nscenario: first-steps\nkeep: [population]\n" + text);
  return folder / "d.yaml";
}

bool is(const Shard& shard, std::uint64_t index, std::uint64_t count) {
  return shard.index == index && shard.count == count;
}

constexpr const char* counts = "factors: [{key: people.count, values: [1, 2, 3, 4]}]\n";

}  // namespace

TEST_CASE("a shard is counted from 1 by hand, and from where the array begins in Slurm") {
  CHECK(is(shard_of({}), 0, 1));
  CHECK(is(shard_of("2/8"), 1, 8));
  for (const char* wrong : {"0/8", "9/8", "2", "x/8", "2/", "/8", "2/x", "-1/8", "2/8/9"}) {
    INFO(wrong);
    CHECK_THROWS_WITH(shard_of(wrong), Catch::Contains("is no part of a whole"));
  }
  CHECK_THROWS_WITH(shard_of("slurm"), Catch::Contains("SLURM_ARRAY_TASK_MIN is not set"));
  const Variable first("SLURM_ARRAY_TASK_MIN", "10");
  const Variable last("SLURM_ARRAY_TASK_MAX", "18");
  const Variable task("SLURM_ARRAY_TASK_ID", "14");
  CHECK(is(shard_of("slurm"), 4, 9));
  const Variable step("SLURM_ARRAY_TASK_STEP", "4");
  CHECK(is(shard_of("slurm"), 1, 3));
  const Variable rank("SLURM_PROCID", "3");
  const Variable ranks("SLURM_NTASKS", "four");
  CHECK_THROWS_WITH(shard_of("srun"), Catch::Contains("SLURM_NTASKS is \"four\""));
  setenv("SLURM_NTASKS", "4", 1);
  CHECK(is(shard_of("srun"), 3, 4));
}

TEST_CASE("a sweep does what is missing, and the merged file says by whose design") {
  const ScratchFolder folder;
  const std::string design = design_in(folder, counts);
  const int before = FakeApplication::runs;
  CHECK(invoke({"sweep", design, "-o", folder / "s", "--only", "2"}).status == 0);
  CHECK(FakeApplication::runs == before + 1);
  const Outcome some = invoke({"merge", folder / "s", "-o", folder / "some.h5"});
  CHECK(some.status == 4);
  CHECK(contains(some.out, "1 of 4 runs in "));
  CHECK(contains(some.out, "missing: 0, 1, 3"));
  const Outcome rest = invoke({"sweep", design, "-o", folder / "s"});
  CHECK(rest.status == 0);
  CHECK(contains(rest.out, "4 of 4 runs done, 1 of them before; 0 failed; 0 left"));
  CHECK(FakeApplication::runs == before + 4);
  CHECK(invoke({"merge", folder / "s", "-o", folder / "all.h5"}).status == 0);
  const kith::io::ResultFile all(folder / "all.h5");
  CHECK(all.attribute("title") == "Counts");
  CHECK(kith::io::as_doubles(all.read("population", "people.count")) == std::vector<double>{1, 2, 3, 4});
}

TEST_CASE("what has some of the runs says how many of the design's there are, and of which seed it is not") {
  const ScratchFolder folder;
  const std::string design = design_in(folder, counts);
  CHECK(invoke({"sweep", design, "-o", folder / "s", "--only", "0"}).status == 0);
  CHECK(invoke({"sweep", design, "-o", folder / "s", "--only", "1"}).status ==
        0);  // the last one there is not the design's last
  CHECK(invoke({"merge", folder / "s", "-o", folder / "some.h5"}).status == 4);
  CHECK(invoke({"report", folder / "some.h5", "-o", folder / "some.html"}).status == 0);
  const std::string page = kith::testing::read_file(folder / "some.html");
  CHECK(contains(page, "A sweep of 2 of 4 runs over 1 factor"));
  CHECK(contains(page, "2 of 4 runs are done, 0 failed, and 2 are missing."));
  CHECK(contains(page, "2 of the design's 4 runs are missing: 2, 3"));
  CHECK_FALSE(contains(page, "gave no warnings"));
  const std::string info = invoke({"info", folder / "some.h5"}).out;
  CHECK(contains(info, "2 of the design's 4 done"));
  CHECK(contains(info, "2 of the design's 4 runs are missing: 2, 3"));
  CHECK_FALSE(contains(info, "\nseed "));
  CHECK_FALSE(contains(invoke({"info", folder / "some.h5", "--json"}).out, "\"seed\":"));
  CHECK(invoke({"sweep", design, "-o", folder / "s"}).status == 0);
  CHECK(invoke({"merge", folder / "s", "-o", folder / "all.h5"}).status == 0);
  CHECK(invoke({"report", folder / "all.h5", "-o", folder / "all.html"}).status == 0);
  CHECK(contains(kith::testing::read_file(folder / "all.html"), "A sweep of 4 runs over 1 factor"));
}

TEST_CASE("the folder of a sweep is known as one, whole, in part, or damaged") {
  const ScratchFolder folder;
  const std::string design = design_in(folder, counts);
  const std::string part = "this is a sweep's folder: 1 of 4 runs done; the same kith sweep … goes on, kith merge ";
  CHECK(invoke({"sweep", design, "-o", folder / "s", "--only", "2"}).status == 0);
  const Outcome some = invoke({"check", folder / "s"});
  CHECK(some.status == 75);
  CHECK(contains(some.out, ": partial\n  " + part));
  CHECK(contains(invoke({"info", folder / "s"}).out, part));
  CHECK(contains(invoke({"info", folder / "s", "--json"}).out, "\"missing\": ["));
  const Outcome resumed = invoke({"resume", folder / "s"});
  CHECK(resumed.status == 2);
  CHECK(contains(resumed.err, part));
  CHECK(invoke({"sweep", design, "-o", folder / "s"}).status == 0);
  const Outcome all = invoke({"check", folder / "s"});
  CHECK(all.status == 0);
  CHECK(contains(all.out, "4 of 4 runs done; kith merge "));
  const auto file = std::filesystem::directory_iterator(folder / "s/runs")->path();
  std::string bytes = kith::testing::read_file(file);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write_file(file, bytes);
  const Outcome damaged = invoke({"check", folder / "s"});
  CHECK(damaged.status == 5);
  CHECK(contains(damaged.out, file.filename().string()));
}

TEST_CASE("an outcome that is not there is answered with what there is") {
  const ScratchFolder folder;
  const std::string design = design_in(folder, counts);
  CHECK(invoke({"sweep", design, "-o", folder / "s"}).status == 0);
  CHECK(invoke({"merge", folder / "s", "-o", folder / "s.h5"}).status == 0);
  const Outcome none = invoke({"sensitivity", folder / "s.h5", "--partial"});
  CHECK(none.status == 2);
  CHECK(contains(none.err, "--of effects.own: the runs have no such numbers"));
  CHECK(contains(none.err, "write --of with one of population.connection\n"));  // and no factor, nor the state of a run
  CHECK(contains(none.err, "keep: {tables: […]}"));
  const Outcome wrong = invoke({"sensitivity", folder / "s.h5", "--partial", "--of", "population.conection"});
  CHECK(contains(wrong.err, "did you mean population.connection?"));
  CHECK_FALSE(contains(wrong.err, "keep:"));
  const std::vector<std::string> there{"effects.own", "population.connection", "population.size"};
  CHECK(contains(outcome_advice("population.distress", there), "one of population.connection, population.size"));
  CHECK(contains(outcome_advice("people.distress", there), "one of effects.own, population.connection"));
}

TEST_CASE("a merged file is the same whatever the shards, the folder and their order") {
  const ScratchFolder folder;
  const std::string design = design_in(folder, counts);
  CHECK(invoke({"sweep", design, "-o", folder / "one"}).status == 0);
  for (const char* shard : {"3/3", "1/3", "2/3"})
    CHECK(invoke({"sweep", design, "-o", folder / "three", "--shard", shard}).status == 0);
  for (const char* name : {"one", "three"})
    CHECK(invoke({"merge", folder / name, "-o", folder / (std::string(name) + ".h5")}).status == 0);
  const kith::io::ResultFile one(folder / "one.h5");
  const kith::io::ResultFile three(folder / "three.h5");
  for (const auto& [name, text] : one.attributes()) {
    INFO(name);
    if (name != "run_id" && name != "checksum") CHECK(three.attribute(name) == text);
  }
  REQUIRE(one.tables() == three.tables());
  for (const std::string& table : one.tables()) {
    for (const kith::Variable& variable : one.spec(table).variables)
      CHECK(one.read(table, variable.name) == three.read(table, variable.name));
  }
}

TEST_CASE("failed runs are told once a message with the command of the first, and done again when asked") {
  const ScratchFolder folder;
  const std::string design = design_in(folder, "factors: [{key: time.fails_on, values: [0, 1, 2]}]\n");
  const Outcome failing = invoke({"sweep", design, "-o", folder / "s", "--threads", "1"});
  CHECK(failing.status == 4);
  CHECK(contains(failing.out, "1 of 3 runs done; 2 failed; 0 left"));
  CHECK(contains(failing.out, "kith run first-steps --set time.fails_on=1"));
  const int before = FakeApplication::runs;
  CHECK(invoke({"sweep", design, "-o", folder / "s"}).status == 4);
  CHECK(FakeApplication::runs == before);
  CHECK(invoke({"sweep", design, "-o", folder / "s", "--retry-failed"}).status == 4);
  CHECK(FakeApplication::runs == before + 2);
  const Outcome merged = invoke({"merge", folder / "s", "-o", folder / "s.h5"});
  CHECK(merged.status == 4);
  CHECK(contains(merged.out, "1 of 3 runs in "));
  CHECK(contains(merged.out, "2 failed"));
}

TEST_CASE("a run that fails for what the design asks of it offers no command that would do well") {
  const ScratchFolder folder;
  write_file(folder / "d.yaml",  // effects, which this model promises and does not write
             "sweep: 1\ntitle: T\nscenario: first-steps\nkeep: [effects]\n" + std::string(counts));
  const Outcome failing = invoke({"sweep", folder / "d.yaml", "-o", folder / "s"});
  CHECK(failing.status == 4);
  CHECK(contains(failing.out, "the run has no table \"effects\", which the design keeps: take it out of `keep`"));
  CHECK_FALSE(contains(failing.out, "kith run"));
  const Outcome dry = invoke({"sweep", folder / "d.yaml", "--dry-run"});
  CHECK(dry.status == 1);
  CHECK_FALSE(contains(dry.err, "kith run"));
}

TEST_CASE("all rows of a table are kept along its time when a design asks for them") {
  const ScratchFolder folder;
  const std::string design = folder / "d.yaml";
  write_file(design,
             "sweep: 1\ntitle: T\nscenario: first-steps\nkeep: {tables: [population], rows: all}\n"
             "factors: [{key: people.count, values: [1, 2]}]\n");
  CHECK(invoke({"sweep", design, "-o", folder / "s"}).status == 0);
  CHECK(invoke({"merge", folder / "s", "-o", folder / "s.h5"}).status == 0);
  const kith::io::ResultFile all(folder / "s.h5");
  const auto& spec = all.spec("population");
  REQUIRE(spec.dimensions.size() == 3);
  CHECK(spec.dimensions[2].name == "time");
  CHECK(kith::io::as_doubles(spec.dimensions[2].coordinate) == std::vector<double>{24, 48, 72});
  CHECK(kith::io::size(all.read("population", "connection")) == 6);
  const std::string other = folder / "e.yaml";
  write_file(other,
             "sweep: 1\ntitle: T\nscenario: first-steps\nkeep: {tables: [population], rows: all}\n"
             "factors: [{key: time.days, values: [1, 2]}]\n");
  CHECK(invoke({"sweep", other, "-o", folder / "e"}).status == 0);
  const Outcome refused = invoke({"merge", folder / "e", "-o", folder / "e.h5"});
  CHECK(refused.status == 2);
  CHECK(contains(refused.err, "has other values of time"));
}

TEST_CASE("a folder of another design is refused with the line that differs") {
  const ScratchFolder folder;
  CHECK(invoke({"sweep", design_in(folder, counts), "-o", folder / "s"}).status == 0);
  const Outcome refused =
      invoke({"sweep", design_in(folder, "factors: [{key: seed, values: [7]}]\n"), "-o", folder / "s"});
  CHECK(refused.status == 6);
  CHECK(contains(refused.err, "holds a sweep of another design"));
  CHECK(contains(refused.err, "people.count"));
}
