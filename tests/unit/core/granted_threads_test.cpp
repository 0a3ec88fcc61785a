#ifndef KITH_SERIAL

#include "core/granted_threads.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "core/parallel.hpp"
#include "tests/support/fake_groups.hpp"

using kith::detail::cgroup_processors;
using kith::detail::slurm_processors;
using kith::testing::FakeGroups;

TEST_CASE("A version 2 quota grants its processors, rounded up, the tightest level counting") {
  const FakeGroups groups;
  CHECK(cgroup_processors(groups.root(), "0::/job/step\n") == 0);
  groups.write("job/step/cpu.max", "max 100000\n");
  CHECK(cgroup_processors(groups.root(), "0::/job/step\n") == 0);
  groups.write("job/cpu.max", "350000 100000\n");
  CHECK(cgroup_processors(groups.root(), "0::/job/step\n") == 4);
  groups.write("job/step/cpu.max", "50000 100000\n");
  CHECK(cgroup_processors(groups.root(), "0::/job/step\n") == 1);
  groups.write("job/step/cpu.max", "200000 100000\n");
  CHECK(cgroup_processors(groups.root(), "0::/job/step\n") == 2);
  CHECK(cgroup_processors(groups.root(), "0::/elsewhere\n") == 0);
}

TEST_CASE("A container sees its quota at the root of the file system") {
  const FakeGroups groups;
  groups.write("cpu.max", "300000 100000\n");
  CHECK(cgroup_processors(groups.root(), "0::/../../kubepods/pod1\n") == 3);
  CHECK(cgroup_processors(groups.root(), "0::/\n") == 3);
}

TEST_CASE("A version 1 quota counts too") {
  const FakeGroups groups;
  groups.write("cpu,cpuacct/slurm/job_1/cpu.cfs_quota_us", "600000\n");
  groups.write("cpu,cpuacct/slurm/job_1/cpu.cfs_period_us", "100000\n");
  const std::string lines = "11:memory:/slurm/job_1\n4:cpu,cpuacct:/slurm/job_1\n3:cpuset:/\n";
  CHECK(cgroup_processors(groups.root(), lines) == 6);
  groups.write("cpu,cpuacct/slurm/job_1/cpu.cfs_quota_us", "-1\n");
  CHECK(cgroup_processors(groups.root(), lines) == 0);
}

TEST_CASE("Broken cgroup files set no limit") {
  const FakeGroups groups;
  for (const char* text : {"", "nonsense", "100000", "100000 0", "-5 100000", "nan 100000", "1e300 1"}) {
    CAPTURE(text);
    groups.write("cpu.max", text);
    CHECK(cgroup_processors(groups.root(), "0::/\n") == 0);
  }
  CHECK(cgroup_processors(groups.root(), "no colons\n:\n\n") == 0);
}

TEST_CASE("Slurm's grant is a whole number or nothing") {
  CHECK(slurm_processors("8") == 8);
  for (const char* text : {"", "0", "-2", "8x", " 8", "99999999999999"}) {
    CAPTURE(text);
    CHECK(slurm_processors(text) == 0);
  }
  CHECK(slurm_processors(nullptr) == 0);
}

TEST_CASE("Slurm's grant lowers the number of threads, and never raises it") {
  const unsigned without = kith::granted_threads();
  CHECK(without >= 1);
  CHECK(without <= std::thread::hardware_concurrency());
  const char* before = std::getenv("SLURM_CPUS_PER_TASK");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("SLURM_CPUS_PER_TASK", "1", 1);
  CHECK(kith::granted_threads() == 1);
  ::setenv("SLURM_CPUS_PER_TASK", "100000", 1);
  CHECK(kith::granted_threads() >= without);
  CHECK(kith::granted_threads() <= std::thread::hardware_concurrency());
  if (kept.empty()) {
    ::unsetenv("SLURM_CPUS_PER_TASK");
  } else {
    ::setenv("SLURM_CPUS_PER_TASK", kept.c_str(), 1);
  }
}

#endif
