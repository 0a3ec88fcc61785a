#include <catch2/catch.hpp>

#include "exchange_files.hpp"

using namespace kith::network;
using kith::network::test::data;
using kith::network::test::ties_by_id;

namespace {

struct Import {
  ImportReport report;
  Graph graph;
  explicit Import(const std::string& path, const std::string& weight = "", FileFormat format = FileFormat::guess)
      : graph(import_file(path, {format, weight}, report)) {}
  bool says(const std::string& part) const {
    for (const std::string& line : report.lines_for_people()) {
      if (line.find(part) != std::string::npos) return true;
    }
    return false;
  }
};

float weight_of(const Graph& graph, const std::string& a, const std::string& b) {
  return ties_by_id(graph).at(std::minmax(a, b)).weight;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("comments, blank lines and Windows line ends are skipped and counted") {
  const Import import(data("comments_crlf.txt"));
  CHECK(import.graph.people == 3);
  CHECK(import.graph.edges.size() == 3);
  CHECK(import.report.lines == 8);
  CHECK(import.report.comments == 3);
  CHECK(import.report.blank_lines == 2);
  CHECK_FALSE(import.report.header);
  CHECK(import.says("3 comments skipped."));
  CHECK(import.says("2 blank lines skipped."));
}

TEST_CASE("self-loops are dropped and pairs named again in either direction are merged") {
  const Import import(data("loops_repeats.txt"));
  CHECK(import.report.ties_read == 6);
  CHECK(import.report.self_loops == 2);
  CHECK(import.report.repeats == 2);
  CHECK(import.report.ties == 2);
  CHECK(import.report.people == 4);
  CHECK(import.report.isolated == 1);  // person 3 has only a self-loop
  CHECK(import.says("2 self-loops dropped"));
  CHECK(import.says("2 repeats merged"));
  CHECK(import.says("1 person has no tie."));
}

TEST_CASE("ids that are exactly 0 to n - 1 keep their numbers whatever the order of the lines") {
  const test::Folder folder;
  const Import import(folder.write("x.txt", "3 1\n2 0\n1 2\n"));
  CHECK(import.graph.ids.empty());
  CHECK_FALSE(import.report.ids_renumbered);
  REQUIRE(import.graph.edges.size() == 3);
  CHECK((import.graph.edges[0].a == 0 && import.graph.edges[0].b == 2));
  CHECK((import.graph.edges[1].a == 1 && import.graph.edges[1].b == 2));
  CHECK((import.graph.edges[2].a == 1 && import.graph.edges[2].b == 3));
}

TEST_CASE("sparse ids are numbered in ascending order and kept") {
  const Import import(data("sparse_ids.txt"));
  CHECK(import.graph.ids == Names{"5", "17", "900", "123456789012"});
  CHECK(import.report.ids_renumbered);
  CHECK(ties_by_id(import.graph).count({"123456789012", "5"}) == 1);
}

TEST_CASE("text ids are numbered in the order of their bytes and kept") {
  const Import import(data("text_ids.txt"));
  CHECK(import.graph.ids == Names{"Anna B", "adam", "mia", "zoe"});
  CHECK_FALSE(import.report.header);
}

TEST_CASE("007 is another person than 7") {
  const Import import(data("leading_zero.txt"));
  CHECK(import.graph.ids == Names{"007", "1", "2", "7"});
}

TEST_CASE("a first line of known column names is a header") {
  CHECK(Import(data("header_words.txt")).report.header);
  CHECK(Import(data("header_words.txt")).graph.ids == Names{"anna", "ben", "cleo"});
  CHECK(Import(data("byte_order_mark.csv")).report.header);
}

TEST_CASE("people called a and b are no header when they turn up again") {
  const Import import(data("persons_called_a_and_b.txt"));
  CHECK_FALSE(import.report.header);
  CHECK(import.graph.edges.size() == 3);
}

TEST_CASE("CSV with quotes, semicolons and a weight column by name is read") {
  const Import import(data("quotes.csv"), "minutes");
  CHECK(import.report.format == FileFormat::csv);
  CHECK(import.graph.ids == Names{"anna", "ben; the tall", "say \"hi\""});
  CHECK(weight_of(import.graph, "anna", "ben; the tall") == 22.5F);  // 12.5 + 10
  CHECK(weight_of(import.graph, "anna", "say \"hi\"") == 3.0F);
  CHECK(import.says("weights are added"));
}

TEST_CASE("a column of row numbers without a name is not taken for people") {
  const Import import(data("row_numbers.csv"), "minutes");
  CHECK(import.graph.ids == Names{"1", "2", "3"});
  CHECK(weight_of(import.graph, "2", "3") == 20.5F);
  CHECK(import.report.zero_weights == 1);
  CHECK(import.says("1 tie has weight 0; kept."));
  CHECK(import.says("Not used: column 1."));
}

TEST_CASE("tabs separate the columns of a .tsv file and a weight column goes by number") {
  const Import import(data("tabs.tsv"), "3");
  CHECK(import.report.format == FileFormat::csv);
  CHECK(weight_of(import.graph, "2", "3") == 5.0F);
}

TEST_CASE("a weight column before the people leaves the next two columns to them") {
  const test::Folder folder;
  const Import import(folder.write("x.csv", "0.5,4,5\n0.25,5,6\n"), "1");
  CHECK(import.graph.ids == Names{"4", "5", "6"});
  CHECK(weight_of(import.graph, "5", "6") == 0.25F);
}

TEST_CASE("columns that nobody reads are named") {
  const test::Folder folder;
  CHECK(Import(folder.write("x.csv", "source,target,minutes\nanna,ben,3\n")).says("Not used: column 3 (minutes)"));
  CHECK(Import(folder.write("y.txt", "1 2 8 9\n")).says("Not used: columns 3, 4"));
}

TEST_CASE("a file without an end of line at its end is read to its end") {
  CHECK(Import(data("no_newline_at_end.txt")).graph.edges.size() == 2);
}

TEST_CASE("METIS files are read with their numbers as ids") {
  const Import import(data("petersen.metis"));
  CHECK(import.report.format == FileFormat::metis);
  CHECK(import.report.people == 10);
  CHECK(import.report.ties == 15);
  CHECK(import.report.ties_read == 15);
  CHECK(import.report.comments == 1);
  CHECK(import.graph.ids.front() == "1");
  CHECK(import.graph.ids.back() == "10");
}

TEST_CASE("METIS files give weights and people without ties") {
  const Import import(data("weighted.graph"), "weight");
  CHECK(import.report.people == 5);
  CHECK(import.report.isolated == 1);
  CHECK(weight_of(import.graph, "1", "2") == 1.5F);
  CHECK(weight_of(import.graph, "3", "4") == 4.0F);
  CHECK(Import(data("weighted.graph")).says("Not used: the weights of the ties"));
}

TEST_CASE("GraphML with prefixes, references, defaults, two graphs and edges before nodes is read") {
  const Import import(data("friends.graphml"), "minutes");
  CHECK(import.report.format == FileFormat::graphml);
  CHECK(import.graph.ids == Names{"Tom & Jo", "anna", "bén", "lone \"wolf\""});
  CHECK(import.report.ties == 2);
  CHECK(import.report.repeats == 1);
  CHECK(import.report.isolated == 1);
  CHECK(import.report.comments == 1);
  CHECK(weight_of(import.graph, "Tom & Jo", "anna") == 9.5F);  // 7.5 + the default 2
  CHECK(weight_of(import.graph, "anna", "bén") == 2.0F);
  CHECK(import.says("first of 2 graphs"));
  CHECK(import.says("2 directed edges are taken as ties in both directions."));
  CHECK(import.says("Not used: node attribute age (1 value)."));
}

TEST_CASE("the format is guessed from the name, else from the first character") {
  const test::Folder folder;
  const std::string graphml =
      "<graphml><graph><node id='a'/><node id='b'/><edge source='a' target='b'/></graph></graphml>";
  CHECK(Import(folder.write("x.txt", graphml)).report.format == FileFormat::graphml);
  CHECK(Import(folder.write("x.dat", "1;2\n2;3\n")).report.format == FileFormat::csv);
  CHECK(Import(folder.write("x.edges", "1\t2\n2\t3\n")).report.format == FileFormat::edge_list);
  const Import blanks(folder.write("blanks.csv", "1 2\n2 3\n"), "", FileFormat::csv);
  CHECK(blanks.report.format == FileFormat::edge_list);
  CHECK(blanks.says("Read as an edge list"));
}

TEST_CASE("the order of the lines and of the two people changes nothing") {
  const test::Folder folder;
  const Import one(folder.write("1.txt", "mia zoe\nadam mia\nzoe ben\n"));
  const Import other(folder.write("2.txt", "ben zoe\nzoe mia\nmia adam\n"));
  CHECK(one.graph.ids == other.graph.ids);
  REQUIRE(one.graph.edges.size() == other.graph.edges.size());
  for (std::size_t k = 0; k < one.graph.edges.size(); ++k) {
    CHECK(one.graph.edges[k].a == other.graph.edges[k].a);
    CHECK(one.graph.edges[k].b == other.graph.edges[k].b);
  }
}

#ifndef KITH_SERIAL
TEST_CASE("gzip files are recognised by their first bytes and read, several members too") {
  const Import weights(data("weights.txt.gz"), "3");
  CHECK(weights.report.gzip);
  CHECK(weight_of(weights.graph, "0", "1") == 7.0F);
  const Import members(data("two_members.txt.gz"));
  CHECK(members.graph.people == 4);
  CHECK(members.graph.edges.size() == 3);
}
#endif
