#include "cli/sweep_cost.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "cli/report_text.hpp"
#include "cli/sweep_request.hpp"
#include "command_line.hpp"

using Catch::Contains;
using kith::ScratchFolder;
using kith::cli::SweepCost;
using kith::testing::contains;
using kith::testing::FakeApplication;
using kith::testing::invoke;
using kith::testing::Outcome;
using kith::testing::write_file;

namespace {

SweepCost cost_of(std::uint64_t runs, double run_seconds) {
  SweepCost cost;
  cost.runs = cost.burn_ins = runs;
  cost.pilots = 3;
  cost.core_seconds = static_cast<double>(runs) * run_seconds;
  cost.run_seconds = run_seconds;
  cost.run_memory = 100'000'000;
  cost.kept_memory = 20'000'000;
  cost.bytes_of_run = 1000.0;
  cost.bytes_of_file = 50'000.0;
  cost.outcome = "effects.own";
  return cost;
}

SweepCost measured(const std::string& text, const std::string& outcome) {
  const FakeApplication application;
  std::ostringstream out;
  const kith::cli::Session session{application, {.out = {.stream = &out}, .err = {.stream = &out}}, {}};
  const auto loaded = load_design(
      application, kith::config::Document::from_text(
                       "sweep: 1\ntitle: T\nscenario: first-steps\nkeep: [population]\n" + text, "design.yaml"));
  return measure_cost(session, loaded, kith::cli::SharedBurnIn(application, loaded.design), outcome);
}

/// A program `scontrol` that says what the real one would, first in the path while this lives.
class FakeScontrol {
 public:
  explicit FakeScontrol(const std::string& line) : path_(std::getenv("PATH")) {
    write_file(folder_ / "scontrol", "#!/bin/sh\n[ \"$1 $2\" = 'show config' ] && echo '" + line + "'\n");
    chmod((folder_ / "scontrol").c_str(), 0755);
    setenv("PATH", (folder_.path() + ":" + path_).c_str(), 1);
  }
  FakeScontrol(const FakeScontrol&) = delete;
  FakeScontrol& operator=(const FakeScontrol&) = delete;
  ~FakeScontrol() { setenv("PATH", path_.c_str(), 1); }

 private:
  ScratchFolder folder_;
  std::string path_;
};

std::string script_of(const SweepCost& cost, std::optional<std::uint32_t> tasks = {}, unsigned threads = 1) {
  return slurm_script(cost, {"my design.yaml", "results/sweep", tasks, threads});
}

std::string row(const std::string& report, const std::string& name) {
  const std::size_t begin = report.find("\n  " + name + " ");
  if (begin == std::string::npos) return "";
  const std::string line = report.substr(begin + 1, report.find('\n', begin + 1) - begin - 1);
  return line.substr(line.find_last_not_of(' ', line.size()) == std::string::npos ? 0 : line.rfind("  ") + 2);
}

}  // namespace

TEST_CASE("wall time is the work over all threads at once, but never less than the longest run") {
  const SweepCost cost = cost_of(100, 36.0);
  CHECK(cost.wall_seconds(1, 1) == 3600.0);
  CHECK(cost.wall_seconds(5, 2) == 360.0);
  CHECK(cost.wall_seconds(1000, 8) == 36.0);
}

TEST_CASE("memory is that of the process and of the runs at once, of which there are no more than runs") {
  CHECK(cost_of(100, 1.0).memory(1) == 120'000'000);
  CHECK(cost_of(100, 1.0).memory(4) == 420'000'000);
  CHECK(cost_of(2, 1.0).memory(64) == 220'000'000);
}

TEST_CASE("a file is closed after a tenth of what its process has worked, from ten seconds to five minutes") {
  CHECK(kith::cli::seconds_of_next_file(0.0) == 10.0);
  CHECK(kith::cli::seconds_of_next_file(600.0) == 60.0);
  CHECK(kith::cli::seconds_of_next_file(1e6) == 300.0);
  CHECK(cost_of(100'000, 0.001).files(1, 1) == 10);  // of 100 s
  // Of an hour: at 10, 20 … 100 s, then each time a tenth later, 36 times to 3091 s, then after five minutes, and the rest.
  CHECK(cost_of(36'000'000, 0.0001).files(1, 1) == 10 + 36 + 1 + 1);
  CHECK(cost_of(36'000'000, 0.1).files(1000, 1) == 1000 * (10 + 36 + 1 + 1));
  CHECK(cost_of(6, 5.5).files(1, 1) == 3);  // one closed after each second run
  CHECK(cost_of(100, 0.01).files(1, 1) == 1);
  CHECK(cost_of(100, 1000.0).files(1, 1) == 100);  // no more files than runs
  CHECK(cost_of(100, 1000.0).files(3, 1) == 100);  // of 34 + 33 + 33 runs
  SweepCost told = cost_of(36'000'000, 0.0001);
  told.save_every = 10.0;
  CHECK(told.files(1, 1) == 360);
}

TEST_CASE("on disk is what each run takes, and what each file takes besides") {
  CHECK(cost_of(100, 1.0).disk(1, 1) == Approx(100 * 1000.0 + 10 * 50'000.0));
  CHECK(cost_of(100, 1.0).disk(4, 1) == Approx(100 * 1000.0 + 4 * 3 * 50'000.0));
}

TEST_CASE("pilots are the run that needs least memory, one in the middle, and the one that needs most") {
  const SweepCost cost =
      measured("factors: [{key: people.gigabytes, values: [3, 1, 2, 5, 4]}]\n", "population.connection");
  CHECK(cost.runs == 5);
  CHECK(cost.pilots == 3);
  CHECK(cost.core_seconds > 0.0);
  CHECK(cost.run_seconds > 0.0);
  CHECK(cost.bytes_of_file > 0.0);
  CHECK(measured("factors: [{key: people.gigabytes, values: [3, 1, 2]}]\n", "effects.own").pilots == 3);
  CHECK(measured("factors: [{key: people.count, values: [1, 2]}]\n", "effects.own").pilots == 2);
  CHECK(measured("factors: [{key: people.count, values: [1]}]\n", "effects.own").pilots == 1);
}

TEST_CASE("what chance does is told of the outcome that was asked for, from the spread over virtual studies") {
  // Connection of virtual study r is 0.501 + 0.001 r.
  const SweepCost cost =
      measured("replicates: 5\nfactors: [{key: people.count, values: [1, 2]}]\n", "population.connection");
  REQUIRE(cost.chance.size() == 1);
  CHECK(cost.chance.front().replicates == 5);
  CHECK(cost.chance.front().deviation == Approx(0.001 * std::sqrt(2.5)).epsilon(1e-3));
  CHECK(measured("replicates: 5\nfactors: [{key: people.count, values: [1, 2]}]\n", "effects.own").chance.empty());
  CHECK(std::isnan(
      measured("factors: [{key: people.count, values: [1, 2]}]\n", "population.connection").chance.front().deviation));
}

TEST_CASE("a narrower interval takes virtual studies by the square, two at least") {
  SweepCost cost = cost_of(100, 36.0);
  cost.chance = {{"loneliness", 4, 0.1}};
  const auto studies = [&](std::optional<double> width) {
    const kith::Report report = cost_report(cost, {}, {1, {}, width});
    REQUIRE(report.tables.size() == 2);
    return report.tables[1].rows.front()[2].value.value();
  };
  CHECK(studies({}) == 16);  // half the width of four
  CHECK(studies(2 * 1.96 * 0.1 / 3.0) == 9);
  CHECK(studies(10.0) == 2);
}

TEST_CASE("a dry run tells the cost and keeps nothing; a pilot that fails ends it") {
  const ScratchFolder folder;
  write_file(folder / "d.yaml",
             "sweep: 1\ntitle: T\nscenario: first-steps\nkeep: [population]\nfactors: [{key: people.count, values: [1, "
             "2, 3, 4]}]\n");
  const Outcome dry = invoke({"sweep", folder / "d.yaml", "--dry-run", "-o", folder / "s", "--threads", "2"});
  CHECK(dry.status == 0);
  CHECK(row(dry.out, "runs") == "4");
  CHECK(contains(dry.out, "time with 1 process of 2 threads"));
  CHECK_FALSE(contains(dry.out, "time with 8 processes"));
  CHECK(row(dry.out, "files") == "1");
  const Outcome tasks = invoke({"sweep", folder / "d.yaml", "--dry-run", "--tasks", "3", "--threads", "1"});
  CHECK(row(tasks.out, "files of 3 processes") == "3");
  CHECK(contains(tasks.out, "time with 3 processes of 1 thread"));
  CHECK_FALSE(contains(tasks.out, "time with 1 process"));
  CHECK_FALSE(std::filesystem::exists(folder / "s"));
  write_file(folder / "f.yaml",
             "sweep: 1\ntitle: T\nscenario: first-steps\nfactors: [{key: time.fails_on, values: [1]}]\n");
  const Outcome failing = invoke({"sweep", folder / "f.yaml", "--dry-run"});
  CHECK(failing.status == 1);
  CHECK(contains(failing.err, "run 0, a pilot, failed: person 7 fell over"));
}

TEST_CASE("a width of what virtual studies do not have is refused with what they have") {
  const ScratchFolder folder;
  write_file(folder / "d.yaml",
             "sweep: 1\ntitle: T\nscenario: first-steps\nkeep: [population]\nreplicates: 3\n"
             "factors: [{key: people.count, values: [1, 2]}]\n");
  const Outcome none = invoke({"sweep", folder / "d.yaml", "--dry-run", "--width", "0.02"});
  CHECK(none.status == 2);
  CHECK(contains(none.err, "--width: no run that is kept has numbers effects.own of several virtual studies"));
  CHECK(contains(none.err, "write --of with one of population.connection"));
  const Outcome wrong =
      invoke({"sweep", folder / "d.yaml", "--dry-run", "--width", "0.02", "--of", "population.conection"});
  CHECK(wrong.status == 2);
  CHECK(contains(wrong.err, "did you mean population.connection?"));
  const Outcome right =
      invoke({"sweep", folder / "d.yaml", "--dry-run", "--width", "0.02", "--of", "population.connection"});
  CHECK(right.status == 0);
  CHECK(contains(right.out, "replicates for 0.02"));
}

TEST_CASE("a Slurm array has tasks of an hour, eight where there are so many runs, and no more than runs") {
  const FakeScontrol scontrol("MaxArraySize            = 1001");
  CHECK_THAT(script_of(cost_of(100, 3600.0)), Contains("--array=0-99"));
  CHECK_THAT(script_of(cost_of(2000, 360.0)), Contains("--array=0-199"));
  CHECK_THAT(script_of(cost_of(2000, 360.0), {}, 4), Contains("--array=0-49"));
  CHECK_THAT(script_of(cost_of(100, 1.0)), Contains("--array=0-7"));
  CHECK_THAT(script_of(cost_of(3, 1.0)), Contains("--array=0-2"));
  CHECK_THAT(script_of(cost_of(100, 1.0), 20), Contains("--array=0-19"));
}

TEST_CASE("an index of the array stays below the cluster's MaxArraySize") {
  const FakeScontrol scontrol("MaxJobCount             = 5\nMaxArraySize            = 11\nMinJobAge = 3 sec");
  const std::string script = script_of(cost_of(100, 3600.0));
  CHECK_THAT(script, Contains("--array=0-10") && Contains("MaxArraySize of this cluster is 11"));
  CHECK_THROWS_WITH(script_of(cost_of(100, 1.0), 12),
                    Contains("--tasks 12: MaxArraySize of this cluster is 11, so an array has at most 11 tasks"));
  CHECK_THAT(script_of(cost_of(100, 1.0), 11), Contains("--array=0-10"));
}

TEST_CASE("where no scontrol answers, Slurm's own limit holds, and the script says so") {
  const FakeScontrol scontrol("slurm_load_ctl_conf error: Unable to contact slurm controller");
  CHECK_THAT(script_of(cost_of(100'000, 3600.0)),
             Contains("--array=0-1000") && Contains("there is no scontrol here; Slurm's own MaxArraySize is 1001"));
}

TEST_CASE("a task asks for twice its time, half as much memory again, and one more start") {
  const FakeScontrol scontrol("MaxArraySize            = 1001");
  const std::string script = script_of(cost_of(100, 3600.0), 10, 2);  // five hours each
  CHECK_THAT(script, Contains("--time=10:02:00"));
  CHECK_THAT(script, Contains("--mem=448M"));  // 1.5 · 220 MB + 64, in steps of 64
  CHECK_THAT(script, Contains("--cpus-per-task=2") && Contains("--threads 2"));
  CHECK_THAT(script, Contains("#SBATCH --signal=B:TERM@60") && Contains("#SBATCH --requeue"));
  // The signal may come when the child has just ended.
  CHECK_THAT(script, Contains("trap 'kill -TERM \"$child\" 2>/dev/null || true' TERM"));
  CHECK_THAT(script_of(cost_of(8, 1.0)), Contains("--time=00:10:00"));  // ten minutes at least
}

TEST_CASE("names in the script are quoted, and the merged file stands beside the folder") {
  const FakeScontrol scontrol("MaxArraySize            = 1001");
  const std::string script = script_of(cost_of(8, 1.0));
  CHECK_THAT(script, Contains("sweep 'my design.yaml' -o results/sweep --shard slurm"));
  CHECK_THAT(script, Contains("merge results/sweep -o results/sweep.h5 --force"));
  CHECK_THAT(script, Contains("--dependency=\"afterany:$array\""));
}

TEST_CASE("the tasks are told what the call was told, and which runs they do is theirs to know") {
  const FakeScontrol scontrol("MaxArraySize            = 1001");
  const ScratchFolder folder;
  write_file(folder / "d.yaml",
             "sweep: 1\ntitle: T\nscenario: first-steps\nkeep: [population]\nfactors: [{key: people.count, values: [1, "
             "2]}]\n");
  const auto sent = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"sweep", folder / "d.yaml", "-o", folder / "s", "--slurm"};
    words.insert(words.end(), more.begin(), more.end());
    return invoke(words);
  };
  CHECK_THAT(sent({}).out, Contains("--threads 1 -q &"));
  CHECK_THAT(sent({"--save-every", "1 min", "--max-hours", "3", "--on-error", "stop", "--retry-failed"}).out,
             Contains("--threads 1 --save-every '1 min' --max-hours 3 --on-error stop --retry-failed -q &"));
  for (const std::vector<std::string>& whose : {std::vector<std::string>{"--shard", "1/2"}, {"--only", "1"}}) {
    const Outcome refused = sent(whose);
    CHECK(refused.status == 2);
    CHECK_THAT(refused.err, Contains("leave --shard and --only out"));
  }
  CHECK(sent({"--save-every", "soon"}).status == 2);
}

TEST_CASE("runs of one burn-in are shared out among tasks too") {
  const FakeScontrol scontrol("MaxArraySize            = 1001");
  SweepCost cost = cost_of(100, 3600.0);
  cost.burn_ins = 1;
  CHECK_THAT(script_of(cost), Contains("--array=0-99"));
}
