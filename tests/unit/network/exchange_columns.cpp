#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "exchange_files.hpp"

using namespace kith::network;
using kith::network::test::data;

namespace {

Graph friends() {
  ImportReport report;
  return import_file(data("class_friends.txt"), {}, report);
}

std::string message_of(const std::string& path, const ColumnOptions& options = {}) {
  try {
    import_columns(path, options);
  } catch (const kith::Error& error) {
    CHECK(error.kind() == kith::ErrorKind::invalid_scenario);
    return error.what();
  }
  return "read without an error";
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a table about people gives ids and named columns") {
  const PersonColumns table = import_columns(data("classes.txt"));
  CHECK(table.ids == Names{"1", "2", "3", "9"});
  CHECK(table.names == Names{"class", "gender"});
  CHECK(table.values[0] == Names{"2B", "PC", "2B", "PC"});
  CHECK(table.values[1] == Names{"F", "M", "M", "F"});
}

TEST_CASE("a column becomes the communities, and ids without a partner are reported") {
  Graph graph = friends();
  const ColumnReport report = apply_community(graph, import_columns(data("classes.txt")), "class");
  CHECK(graph.community == std::vector<std::uint32_t>{0, 1, 0, 2});
  CHECK(report.names == Names{"2B", "PC"});
  CHECK(report.people == 3);
  CHECK(report.without_row == Names{"4"});
  CHECK(report.without_person == Names{"9"});
  CHECK(report.lines_for_people() == Names{"3 people are in 2 communities.",
                                           "1 person has no row and is a community of their own: 4.",
                                           "1 row is about nobody in the network: 9."});
}

TEST_CASE("columns of a file without a header go by number or by given names") {
  const test::Folder folder;
  const std::string path = folder.write("x.txt", "1\tred\t\n2\tblue\tx\n");
  CHECK(import_columns(path).names == Names{"2", "3"});
  CHECK(import_columns(path).values[1] == Names{"", "x"});
  CHECK(import_columns(path, {"", {"id", "colour", "mark"}}).names == Names{"colour", "mark"});
  CHECK(import_columns(path, {"2", {}}).ids == Names{"red", "blue"});
  CHECK(message_of(path, {"", {"id", "colour"}}).find("2 names are given (the file has 3 columns)") !=
        std::string::npos);
}

TEST_CASE("mistakes in a table about people are answered with their place") {
  const test::Folder folder;
  CHECK(message_of(folder.write("1.csv", "id,class\n1,a\n1,b\n")).find(":3:1: error: \"1\" has a second row") !=
        std::string::npos);
  CHECK(message_of(folder.write("2.csv", "id,class\n1,a\n2\n")).find(":3:1: error: 1 column") != std::string::npos);
  CHECK(message_of(folder.write("3.csv", "id\n1\n")).find("only one column") != std::string::npos);
  CHECK(message_of(folder.write("4.csv", "id,class\n")).find("holds no rows") != std::string::npos);
  CHECK(message_of(data("classes.txt"), {"clas", {}}).find("did you mean \"class\"?") != std::string::npos);
}

TEST_CASE("an unknown column, or ids that match nobody, are errors") {
  Graph graph = friends();
  const PersonColumns table = import_columns(data("classes.txt"));
  CHECK_THROWS_WITH(apply_community(graph, table, "clas"), Catch::Contains("did you mean \"class\"?"));
  CHECK_THROWS_WITH(apply_community(graph, table, "1"), Catch::Contains("the columns are class, gender"));
  Graph strangers;
  strangers.people = 2;
  strangers.ids = {"x", "y"};
  CHECK_THROWS_WITH(apply_community(strangers, table, "class"), Catch::Contains("none of its ids is in the network"));
}
