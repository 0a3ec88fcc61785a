#include <algorithm>
#include <catch2/catch.hpp>

#include "command_line.hpp"
#include "core/version.hpp"

using kith::testing::contains;
using kith::testing::Outcome;

namespace {

Outcome run(const kith::cli::Words& words) { return kith::testing::invoke(words); }

}  // namespace

TEST_CASE("kith alone says in twelve lines what it is and three things to try") {
  const Outcome outcome = run({});
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  CHECK(std::count(outcome.out.begin(), outcome.out.end(), '\n') == 12);
  const std::string tries =
      outcome.out.substr(outcome.out.find("Try:"), outcome.out.find("More:") - outcome.out.find("Try:"));
  CHECK(std::count(tries.begin(), tries.end(), '\n') == 5);  // heading, three, blank
}

TEST_CASE("every command explains itself with an example and exit status 0") {
  for (const kith::cli::Command& command : kith::cli::commands()) {
    for (const kith::cli::Words& words :
         {kith::cli::Words{std::string(command.name), "--help"}, kith::cli::Words{"help", std::string(command.name)}}) {
      INFO(command.name);
      const Outcome outcome = run(words);
      CHECK(outcome.status == 0);
      CHECK(outcome.err.empty());
      CHECK(contains(outcome.out, "Usage: kith " + std::string(command.name)));
      CHECK(contains(outcome.out, "--help"));
      const std::size_t examples = outcome.out.find("Examples:\n");
      REQUIRE(examples != std::string::npos);
      CHECK(contains(outcome.out.substr(examples), "  kith "));
      std::istringstream lines(outcome.out.substr(0, examples));
      for (std::string line; std::getline(lines, line);) CHECK(kith::cli::width_of(line) <= 120);
    }
  }
}

TEST_CASE("kith --help lists every command") {
  const Outcome outcome = run({"--help"});
  CHECK(outcome.status == 0);
  for (const kith::cli::Command& command : kith::cli::commands())
    CHECK(contains(outcome.out, std::string(command.summary)));
}

TEST_CASE("a wrong command gets the nearest right one and exit status 2") {
  const Outcome outcome = run({"rnu", "first-steps"});
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK(contains(outcome.err, "did you mean \"run\"?"));
  const Outcome far = run({"xylophone"});
  CHECK(far.status == 2);
  CHECK_FALSE(contains(far.err, "did you mean"));
}

TEST_CASE("a wrong option gets the nearest right one and exit status 2") {
  const Outcome outcome = run({"run", "first-steps", "--sede", "4"});
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK(contains(outcome.err, "did you mean --seed?"));
  CHECK(contains(run({"run", "first-steps", "--seeed=4"}).err, "did you mean --seed?"));
  CHECK(run({"--seed", "4", "run"}).status == 2);
}

TEST_CASE("missing, superfluous and senseless arguments are refused with exit status 2") {
  CHECK(contains(run({"run"}).err, "SCENARIO"));
  for (const kith::cli::Words& words : {kith::cli::Words{"run"},
                                        {"run", "first-steps", "twice"},
                                        {"run", "first-steps", "--seed"},
                                        {"run", "first-steps", "--threads", "many"},
                                        {"run", "first-steps", "--threads", "-1"},
                                        {"run", "first-steps", "--replicate", "1.5"},
                                        {"new"},
                                        {"info"},
                                        {"list", "all"},
                                        {"run", "first-steps", "--threads", "1025"},
                                        {"run", "first-steps", "--save-every", "10 s"},
                                        {"run", "first-steps", "-o", "x.h5", "--save-every", "10"},
                                        {"run", "first-steps", "-o", "x.h5", "--save-every", "0 s"}}) {
    INFO(words.back());
    const Outcome outcome = run(words);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_FALSE(outcome.err.empty());
  }
}

TEST_CASE("the version is told in words and in JSON") {
  const std::string version(kith::build_info().version);
  CHECK(contains(run({"version"}).out, "kith " + version + "\n"));
  CHECK(run({"--version"}).out == run({"version"}).out);
  CHECK(contains(run({"version", "--json"}).out, "\"version\": \"" + version + "\""));
}

TEST_CASE("output that cannot be written ends with exit status 6") {
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  const kith::testing::FakeApplication application;
  CHECK(kith::cli::run_command_line(application, {"list"}, {.out = {.stream = &out}, .err = {.stream = &err}}) == 6);
  CHECK(contains(err.str(), "standard output"));
}
