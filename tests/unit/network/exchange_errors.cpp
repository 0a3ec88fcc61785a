#include <algorithm>
#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "exchange_files.hpp"

using namespace kith::network;
using kith::network::test::data;

namespace {

const std::map<std::string, std::string> weights{{"weight_word.txt", "3"},
                                                 {"weight_decimal_comma.csv", "3"},
                                                 {"weight_negative.txt", "3"},
                                                 {"weight_nan.txt", "3"},
                                                 {"weight_missing.txt", "3"},
                                                 {"no_such_column.csv", "minuets"},
                                                 {"weight_is_person.csv", "source"},
                                                 {"no_such_number.txt", "4"},
                                                 {"no_weights.metis", "weight"},
                                                 {"edge_without_weight.graphml", "minutes"},
                                                 {"no_such_attribute.graphml", "minuts"}};

std::string message_of(const std::string& path, const std::string& weight) {
  ImportReport report;
  try {
    import_file(path, {FileFormat::guess, weight}, report);
  } catch (const kith::Error& error) {
    CHECK(error.kind() == kith::ErrorKind::invalid_scenario);
    return error.what();
  }
  return "read without an error";
}

}  // namespace

TEST_CASE("every mistake in a network file gets the message that stands beside it") {
  int pairs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(data("errors"))) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".expected.txt")) continue;
#ifdef KITH_SERIAL
    if (name.ends_with(".gz")) continue;
#endif
    INFO(name);
    const auto weight = weights.find(name);
    std::string message = message_of(entry.path().string(), weight == weights.end() ? "" : weight->second);
    const std::string folder = entry.path().parent_path().string() + "/";
    for (std::size_t at = 0; (at = message.find(folder)) != std::string::npos;) message.erase(at, folder.size());
    CHECK(message + "\n" == test::slurp(entry.path().string() + ".expected.txt"));
    ++pairs;
  }
  CHECK(pairs >= 40);
}

TEST_CASE("a missing file is answered with the nearest name in its folder") {
  const std::string message = message_of(data("petersen.mettis"), "");
  CHECK(message.find("no such file") != std::string::npos);
  CHECK(message.find("did you mean \"petersen.metis\"?") != std::string::npos);
  CHECK(message_of(data("nowhere/x.txt"), "").find("there is no folder") != std::string::npos);
  CHECK(message_of(data("errors"), "").find("is a folder, not a file") != std::string::npos);
}

TEST_CASE("the caret stands under the place after tabs, accents and in very long lines") {
  const test::Folder folder;
  const std::string accents = message_of(folder.write("a.csv", "José,Zoë,-1\n"), "3");
  CHECK(
      accents.ends_with(":1:10: error: the weight -1 is negative (a tie's weight is 0 or more)\n"
                        "  José,Zoë,-1\n"
                        "           ^^"));
  const std::string tabs = message_of(folder.write("t.txt", "0\t1\tx\n2 3 4\n4\t5\ty\n"), "3");
  CHECK(tabs.ends_with("\n  0\t1\tx\n   \t \t^"));
  const std::string end(5000, 'z');
  const std::string far = message_of(folder.write("l.csv", "source,target,w\n" + end + ",b,-1," + "\n"), "3");
  CHECK(far.size() < 1000);
}

#ifndef KITH_SERIAL
TEST_CASE("a gzip file cut anywhere is refused") {
  const test::Folder folder;
  const std::string whole = test::slurp(data("weights.txt.gz"));
  REQUIRE(whole.size() > 20);
  for (std::size_t length = 2; length < whole.size(); ++length) {
    INFO(length);
    CHECK(message_of(folder.write("cut.gz", whole.substr(0, length)), "").find("truncated or damaged") !=
          std::string::npos);
  }
  CHECK(message_of(folder.write("whole.gz", whole), "") == "read without an error");
}

TEST_CASE("a gzip file with a changed byte in its checksum is refused") {
  const test::Folder folder;
  std::string damaged = test::slurp(data("weights.txt.gz"));
  damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
  CHECK(message_of(folder.write("damaged.gz", damaged), "").find("truncated or damaged") != std::string::npos);
}
#else
TEST_CASE("the serial build refuses gzip and says how to go on") {
  CHECK(message_of(data("weights.txt.gz"), "").find("gunzip") != std::string::npos);
}
#endif
