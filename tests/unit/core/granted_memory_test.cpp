#include "core/granted_memory.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/support/fake_groups.hpp"

using kith::detail::cgroup_memory;
using kith::detail::machine_memory;
using kith::detail::ulimit_memory;
using kith::testing::FakeGroups;

TEST_CASE("A version 2 group leaves its limit less what it uses, and cached files do not count") {
  const FakeGroups groups;
  CHECK_FALSE(cgroup_memory(groups.root(), "0::/job/step\n"));
  groups.write("job/step/memory.max", "max\n");
  groups.write("job/step/memory.current", "1000\n");
  CHECK_FALSE(cgroup_memory(groups.root(), "0::/job/step\n"));
  groups.write("job/memory.max", "5000\n");
  groups.write("job/memory.current", "1500\n");
  CHECK(cgroup_memory(groups.root(), "0::/job/step\n") == 3500);
  groups.write("job/memory.stat", "anon 700\nfile 800\ninactive_file 300\nactive_file 500\n");
  CHECK(cgroup_memory(groups.root(), "0::/job/step\n") == 3800);
  groups.write("job/step/memory.max", "1200\n");
  CHECK(cgroup_memory(groups.root(), "0::/job/step\n") == 200);
  groups.write("job/memory.max", "1300\n");  // 1500 are in use, 300 of them cached: now the outer group is the tighter
  CHECK(cgroup_memory(groups.root(), "0::/job/step\n") == 100);
  groups.write("job/step/memory.current", "2000\n");
  CHECK(cgroup_memory(groups.root(), "0::/job/step\n") == 0);
  CHECK_FALSE(cgroup_memory(groups.root(), "0::/elsewhere\n"));
}

TEST_CASE("A version 1 group limits memory, too") {
  const FakeGroups groups;
  groups.write("memory/slurm/job_1/memory.limit_in_bytes", "8000\n");
  groups.write("memory/slurm/job_1/memory.usage_in_bytes", "3000\n");
  groups.write("memory/slurm/job_1/memory.stat", "cache 2500\ninactive_file 1\ntotal_inactive_file 2000\n");
  const std::string lines = "11:memory:/slurm/job_1\n4:cpu,cpuacct:/slurm/job_1\n0::/\n";
  CHECK(cgroup_memory(groups.root(), lines) == 7000);
  CHECK_FALSE(cgroup_memory(groups.root(), "4:cpu,cpuacct:/slurm/job_1\n"));
}

TEST_CASE("Broken files of a group set no limit") {
  const FakeGroups groups;
  groups.write("memory.current", "10\n");
  for (const char* text : {"", "nonsense", "-5", "max"}) {
    CAPTURE(text);
    groups.write("memory.max", text);
    CHECK_FALSE(cgroup_memory(groups.root(), "0::/\n"));
  }
}

TEST_CASE("The machine has what the kernel calls available") {
  CHECK(machine_memory("MemTotal:  1000 kB\nMemFree:  20 kB\nMemAvailable:     600 kB\n") == 600 * 1024);
  CHECK_FALSE(machine_memory("MemTotal:  1000 kB\n"));
  CHECK_FALSE(machine_memory(""));
}

TEST_CASE("A limit of the address space leaves the rest of it") {
  const pid_t child = fork();
  if (child == 0) {  // a limit stays as long as the process
    rlimit limit{};
    limit.rlim_cur = limit.rlim_max = 400'000'000;
    setrlimit(RLIMIT_AS, &limit);
    const auto left = ulimit_memory("VmPeak: 9 kB\nVmSize:\t  100000 kB\nVmData: 50 kB\n");
    const auto none = ulimit_memory("VmSize:\t  1000000 kB\n");
    const bool is_right =
        left && left->bytes == 400'000'000 - 102'400'000 && left->source == "ulimit -v" && none && none->bytes == 0;
    _exit(is_right ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}
