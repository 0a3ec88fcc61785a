#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/candidates.hpp"
#include "cli/help.hpp"
#include "command_line.hpp"

using kith::cli::Words;
using kith::testing::contains;
using kith::testing::invoke;

namespace {

/// The words that a shell is offered.
std::vector<std::string> offered(Words words) {
  words.insert(words.begin(), {"completion", "words"});
  const kith::testing::Outcome outcome = invoke(words);
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  std::vector<std::string> found;
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) found.push_back(line.substr(0, line.find('\t')));
  return found;
}

bool is_offered(const Words& words, const std::string& word) {
  const std::vector<std::string> found = offered(words);
  return std::find(found.begin(), found.end(), word) != found.end();
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("commands are completed, with what they do") {
  CHECK(offered({"ru"}) == Found{"run"});
  CHECK(offered({"--h"}) == Found{"--help"});
  CHECK(contains(invoke({"completion", "words", "ru"}).out, "run\trun a scenario"));
  CHECK(offered({}).size() == kith::cli::commands().size() + 2);
  CHECK(offered({"help", "vers"}) == Found{"version"});
  CHECK(offered({"nothing", ""}).empty());
}

TEST_CASE("every option of every command is completed, and no hidden one") {
  for (const kith::cli::Command& command : kith::cli::commands()) {
    const std::string name(command.name);
    INFO(name);
    const std::string help = invoke({name, "--help"}).out;
    const Found options = offered({name, "-"});
    CHECK(std::set<std::string>(options.begin(), options.end()).size() == options.size());
    for (const std::string& option : options) CHECK(contains(help, option));
    for (std::size_t at = help.find("  --"); at < help.find("Examples:"); at = help.find("  --", at + 1)) {
      const std::string option = help.substr(at + 2, help.find_first_of(" \n", at + 2) - at - 2);
      CHECK(std::find(options.begin(), options.end(), option) != options.end());
    }
  }
  CHECK(offered({"run", "first-steps", "--thr"}) == Found{"--threads"});
}

TEST_CASE("scenarios and theories and drugs and keys are completed where they stand") {
  CHECK(offered({"run", "first"}) == Found{"first-steps", ":files"});
  CHECK(offered({"run", "--quiet", "--threads", "2", "first"}) == Found{"first-steps", ":files"});
  CHECK_FALSE(is_offered({"run", "first-steps", ""}, "first-steps"));
  CHECK(is_offered({"run", "first-steps", ""}, "--threads"));
  for (const std::string& theory : kith::testing::FakeApplication().theories()) {
    CHECK(is_offered({"run", "first-steps", "--theory", ""}, theory));
    CHECK(is_offered({"run", "--theory=" + theory.substr(0, 1)}, "--theory=" + theory));
    CHECK(is_offered({"run", "--theory", "x," + theory.substr(0, 1)}, "x," + theory));
  }
  for (const kith::cli::Topic& topic : kith::testing::FakeApplication().topics())
    CHECK(is_offered({"explain", topic.name.substr(0, 2)}, topic.name));
  CHECK(offered({"run", "first-steps", "--set", "people.c"}) == Found{"people.count="});
  CHECK(offered({"run", "first-steps", "--set", "people.opiod"}).empty());
  CHECK(offered({"completion", ""}) == Found{"bash", "fish", "zsh"});
  CHECK(offered({"info", ""}) == Found{":files"});
}

TEST_CASE("the free names of a key are those that were written") {
  CHECK(offered({"run", "--set", "arms."}) == Found{"arms."});
  CHECK(offered({"run", "--set", "arms.mine.do"}) == Found{"arms.mine.doses="});
  CHECK(offered({"run", "--set", "armes.mine.do"}).empty());
}

TEST_CASE("drugs are completed wherever a drug is named, behind the name of an arm of one's own, too") {
  CHECK(offered({"run", "--set", "drug=nal"}) == Found{"drug=naltrexone"});
  CHECK(offered({"run", "--set", "arms.mine.drug=nal"}) == Found{"arms.mine.drug=naltrexone"});
  CHECK(offered({"run", "--set", "arms.mine.drugs=nal"}).empty());
}

TEST_CASE("each shell has a text; another one is refused with those that there are") {
  for (const std::string shell : {"bash", "fish", "zsh"})
    CHECK(contains(invoke({"completion", shell}).out, "completion words"));
  const kith::testing::Outcome outcome = invoke({"completion", "tcsh"});
  CHECK(outcome.status == 2);
  CHECK(contains(outcome.err, "bash|fish|zsh"));
}

TEST_CASE("a manual page has all that the help text has") {
  for (const kith::cli::Command& command : kith::cli::commands()) {
    const std::string name(command.name);
    INFO(name);
    const std::string page = invoke({"help", "--man", name}).out;
    CHECK(page.starts_with(".TH KITH\\-"));
    CHECK(contains(page, "kith\\-" + name + " \\- "));
    const auto description = nlohmann::json::parse(invoke({"help", "--json", name}).out);
    CHECK(description.at("name") == name);
    for (const auto& argument : description.at("arguments")) {
      const std::string help = invoke({name, "--help"}).out;
      for (const auto& option : argument.at("names")) {
        std::string escaped = "\\fB";
        for (const char c : option.get<std::string>()) escaped += c == '-' ? "\\-" : std::string(1, c);
        CHECK(contains(page, escaped + "\\fR"));
        CHECK(contains(help, option.get<std::string>()));
      }
    }
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with('.')) CHECK(std::set<std::string>{".TH", ".SH", ".TP", ".BR"}.contains(line.substr(0, 3)));
  }
  const std::string page = invoke({"help", "--man"}).out;
  for (const kith::cli::Command& command : kith::cli::commands())
    CHECK(contains(page, "\\fBkith\\-" + std::string(command.name) + "\\fR(1)"));
  CHECK(invoke({"help", "--man", "--json"}).status == 2);
  CHECK(invoke({"help", "--man", "rnu"}).status == 2);
  CHECK(invoke({"help"}).out == invoke({"--help"}).out);
}

TEST_CASE("a text that looks like a command of a manual page is shown as it is") {
  const nlohmann::ordered_json command{{"name", "x"},
                                       {"summary", "does x"},
                                       {"meaning", ".so /etc/hosts\n'tis a \\fBline"},
                                       {"arguments", nlohmann::ordered_json::array()},
                                       {"examples", nlohmann::ordered_json::array()}};
  CHECK(contains(kith::cli::manual_page(command), "\n\\&.so /etc/hosts\n\\&'tis a \\efBline\n"));
}
