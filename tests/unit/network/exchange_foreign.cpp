#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "exchange_files.hpp"

using namespace kith::network;
using kith::network::test::ties_by_id;

/// Text that is not an edge list is read for what it is, refused by its name, or doubted aloud. All files here are invented.
namespace {

using Names = std::vector<std::string>;

struct Read {
  ImportReport report;
  Graph graph;
  std::string error;

  Read(const std::string& name, const std::string& text, const ImportOptions& options = {}) {
    const test::Folder folder;
    try {
      graph = import_file(folder.write(name, text), options, report);
    } catch (const kith::Error& wrong) {
      CHECK(wrong.kind() == kith::ErrorKind::invalid_scenario);
      error = wrong.what();
    }
  }
  /// "4 / 3": people and ties.
  std::string size() const {
    return error.empty() ? std::to_string(graph.people) + " / " + std::to_string(graph.edges.size()) : error;
  }
  bool warns(const std::string& part) const { return contains(report.warnings, part); }
  bool notes(const std::string& part) const { return contains(report.lines_for_people(), part); }
  float weight(const std::string& a, const std::string& b) const {
    return ties_by_id(graph).at(std::minmax(a, b)).weight;
  }

 private:
  static bool contains(const std::vector<std::string>& lines, const std::string& part) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return line.find(part) != std::string::npos; });
  }
};

struct Foreign {
  std::string name;
  std::string text;
  std::string size;
  FileFormat format;
};

const std::string matrix = ",ann,ben,cat,dan\nann,0,1,1,0\nben,1,0,0,1\ncat,1,0,0,0\ndan,0,1,0,0\n";
const std::string contacts = "100\t1\t2\tX\tX\n100\t3\t4\tX\tY\n120\t1\t2\tX\tX\n120\t2\t3\tX\tX\n";
const std::string pajek =
    "*Vertices 4\n1 \"Ann\"\n2 \"Ben\"\n3 \"Cat\"\n4 \"Dan\"\n*Arcs :1 \"likes\"\n1 2 1\n2 3 1\n*Arcs :2 \"works "
    "with\"\n3 4 "
    "1\n";
const std::string gml = "graph [ directed 0 node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]\n";

}  // namespace

TEST_CASE("formats are known by their first words and their shape, whatever the file is called") {
  const std::vector<Foreign> files{
      {"relations.net", pajek, "4 / 3", FileFormat::pajek},
      {"called.txt", pajek, "4 / 3", FileFormat::pajek},
      {"edges.csv", "% from a lake\n*vertices 3\n*edges\n1 2\n2 3 c Blue\n", "3 / 2", FileFormat::pajek},
      {"lists.net", "*Network of two\n*Vertices 4\n*Arcslist\n1 2 3\n*Edgeslist\n3 4\n", "4 / 3", FileFormat::pajek},
      {"square.net", "*Vertices 3\n1 a\n2 b\n3 c\n*Matrix\n0 1 0\n1 0 1\n0 1 0\n", "3 / 2", FileFormat::pajek},
      {"mac.net", "*Vertices 3\r1 a\r2 b\r3 c\r*Edges\r1 2\r", "3 / 1", FileFormat::pajek},
      {"one_line.gml", gml, "2 / 1", FileFormat::gml},
      {"igraph.txt",
       "Creator \"igraph\"\nVersion 1\ngraph\n[\n  node [ id 0 name \"a\" ]\n  node [ id 1 name \"b\" ]\n"
       "  edge [ source 0 target 1 ]\n]\n",
       "2 / 1", FileFormat::gml},
      {"nested.gml",
       "# by hand\ngraph [ node [ id 1 graphics [ x 1 text \"]\" ] ] node [ id 2 ] node [ id 3 ]\n"
       "edge [ source 1 target 3 ] edge [ source 3 target 1 ] ]",
       "3 / 1", FileFormat::gml},
      {"m.mtx", "%%MatrixMarket matrix coordinate pattern symmetric\n% of friends\n4 4 3\n2 1\n3 1\n4 3\n", "4 / 3",
       FileFormat::matrix_market},
      {"m.txt", "%%MatrixMarket matrix coordinate real general\n5 5 4\n1 2 0.5\n2 1 0.5\n3 3 1\n4 5 2\n", "5 / 2",
       FileFormat::matrix_market},
      {"m.csv", "%%matrixmarket matrix coordinate integer general\r\n3 3 2\r\n1 2 7\r\n2 3 1\r\n", "3 / 2",
       FileFormat::matrix_market},
      {"named.csv", matrix, "4 / 3", FileFormat::matrix},
      {"no_corner.txt", "ann ben cat\nann 0 1 0\nben 1 0 1\ncat 0 1 0\n", "3 / 2", FileFormat::matrix},
      {"bare.txt", "0 1 1 0\n1 0 0 1\n1 0 0 0\n0 1 0 0\n", "4 / 3", FileFormat::matrix},
      {"rows.csv", "ann;0;1;0\nben;1;0;2\ncat;0;2;0\n", "3 / 2", FileFormat::matrix},
      {"directed.csv", "id,10,20,30\n10,0,1,0\n20,0,0,1\n30,0,0,0\n", "3 / 2", FileFormat::matrix},
      {"first_short.txt", "# adj\nann ben\nben cat dan eva\ncat dan eva ann\n", "5 / 7", FileFormat::adjacency_list},
      {"alone.adjlist", "#made by hand\n0 1 2 3\n1 2\n2\n3\n4\n", "5 / 4", FileFormat::adjacency_list},
      {"colons.txt", "1: 2 3\n2: 1\n3: 1 4\n4: 3\n", "4 / 3", FileFormat::adjacency_list},
      {"pairs.txt", "ann: ben\nben: cat\ncat: ann\n", "3 / 3", FileFormat::adjacency_list},
      {"names.txt", "Ann Lee\tBen\nBen\tCat Ray\nCat Ray\tAnn Lee\n", "3 / 3", FileFormat::csv},
      {"aligned.txt", "ann\t ben 1\nben\t cat 2\n", "3 / 2", FileFormat::edge_list},
      {"commas.txt", "ann,ben,cat\nben,cat\ncat,dan,ann\ndan\n", "4 / 4", FileFormat::adjacency_list},
  };
  for (const Foreign& file : files) {
    INFO(file.name << "\n" << file.text);
    const Read read(file.name, file.text);
    CHECK(read.size() == file.size);
    CHECK(read.report.format == file.format);
    CHECK(read.report.warnings.empty());
  }
}

TEST_CASE("text that holds no ties is refused by its name, with what to do") {
  const std::string diary = "ego,alter\n1,101\n1,102\n2,103\n2,104\n2,105\n3,106\n";
  const std::vector<std::tuple<std::string, std::string, std::string>> files{
      {"friends.gexf", "<?xml version=\"1.0\"?>\n<gexf version=\"1.3\"></gexf>\n",
       "a GEXF file (Kith does not read that) convert it: python3"},
      {"f.xml", "<!-- gephi --><gexf xmlns='x'/>", "a GEXF file"},
      {"f.txt", "\n  <gexf></gexf>", "a GEXF file"},
      {"f.dot", "graph friends {\n ann -- ben;\n}\n",
       "a DOT file (Graphviz) (Kith does not read that) convert it: gv2gml -o f.dot.gml"},
      {"f.txt", "/* made\nby hand */\nstrict digraph {a -> b}", "a DOT file"},
      {"f.gv", "digraph \"of two\"\n{ a -> b }", "a DOT file"},
      {"f.dl", "dl n=3 format=edgelist1\nlabels embedded\ndata:\na b\nb c\n", "a DL file (UCINET)"},
      {"f.txt", "DL\nN = 3\nFORMAT = FULLMATRIX\nDATA:\n0 1 0\n1 0 1\n0 1 0\n", "a DL file (UCINET)"},
      {"f.csv", "dl nr=2, nc=3 n=5\n", "a DL file (UCINET)"},
      {"node_link.json",
       R"({"directed": false, "nodes": [{"id": "ann"}], "links": [{"source": "ann", "target": "ben"}]})",
       "nodes and links (node-link) (Kith does not read that) convert it: jq -r '.links[] | [.source, .target] | "
       "@csv'"},
      {"d3.txt", "{\n \"nodes\": [],\n \"edges\": []}", "jq -r '.edges[]"},
      {"pairs.json", "[[\"ann\", \"ben\"], [\"ben\", \"cat\"]]", "a JSON file"},
      {"f.vna", "*node data\nid age\nann 3\n*tie data\nfrom to\nann ben\n", "a VNA file (NetDraw)"},
      {"f.lgl", "# ann\nben 1\ncat 2\n# ben\ndan 1\n",
       "an LGL file (Kith does not read that) convert it: awk '/^#/ {from = $2; next} NF {print from, $1}'"},
      {"f.tgf", "1 Ann\n2 Ben\n#\n1 2\n", "a TGF file"},
      {"f.col", "c a comment\np edge 3 2\ne 1 2\ne 2 3\n", "a DIMACS file"},
      {"f.txt", "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 12\n", "a pointer of Git LFS"},
      {"f.csv", "<!DOCTYPE html>\n<html></html>", "a web page (HTML)"},
      {"full.mtx", "%%MatrixMarket matrix array real general\n2 2\n0\n1\n1\n0\n", "not of coordinates"},
      {"affiliations.net", "*Vertices 5 3\n*Edges\n1 4\n", "a two-mode network"},
      {"node_table.csv", "Id,Label\nann,Ann\nben,Ben\ncat,cat\n", "a table about people, not ties"},
      {"pupils.csv", "pupil,age,sex\n1,12,f\n2,13,m\n3,12,f\n", "a table about people, not ties"},
      {"classes.txt", "650 2B F\n498 2B F\n627 PC M\n12 PC F\n31 2B M\n", "looks like a table about people, not ties"},
      {"diary.csv", diary, "looks like a contact diary, not ties"},
      {"diary.txt", "p1 x1\np1 x2\np2 x3\np2 x4\np3 x5\n", "looks like a contact diary"},
      {"numbered.csv", "part,cont\np1,1\np1,2\np2,1\np2,2\np2,3\n", "counts 1, 2, 3, … anew"},
      {"wide.csv", "id,friend1,friend2,friend3\n1,2,3,\n2,1,,\n3,2,1,4\n4,3,,\n",
       "nominations in wide form, not ties (each row is a person, and columns 2 to 4 hold those whom they name) make a "
       "line of "
       "each: awk -F, 'NR > 1 {for (i = 2; i <= 4; i++)"},
      {"wide.txt", "ann ben cat\nben ann cat\ncat dan ben\ndan ann ben\n", "nominations in wide form"},
      {"sexes.csv", "name;sex;best_friend_1;best_friend_2\nann;f;ben;cat\nben;m;cat;ann\ncat;f;;ann\n",
       "columns 3 to 4"},
      {"tij.txt", contacts, "column 1 grows like a clock, from 100 to 120, and columns 2 and 3 hold the same people"},
      {"dates.csv", "2013-12-02 12:00,ann,ben\n2013-12-02 12:20,cat,dan\n2013-12-03 09:00,ann,dan\n",
       "network.time: 1, network.from: 2, network.to: 3"},
      {"affiliations.txt", "1 0 1\n0 1 1\n",
       "a table of zeros and ones, not ties (columns 1 to 3 hold nothing else, and a "
       "matrix of ties has as many rows as columns (here 2 and 3))"},
      {"clubs.csv", "name,chess,choir,judo\nann,0,1,1\nben,1,0,0\n", "columns 2 to 4 hold nothing else"},
      {"cut.txt", "0 1 1 0\n1 0 0 1\n1 0 0 0\n", "(here 3 and 4)"},
      {"weighted.txt", "ann ben:0.5 cat:2\nben ann:0.5\ncat ann:2\n",
       "an adjacency list with weights (Kith does not read that) (each line is a person, and the words after it are "
       "people, a colon and a number) make a line of each tie: awk"},
      {"weighted.adj", "1 2:0.5\n2 1:0.5 3:1\n3 2:1\n", "network.weight: 3"},
      {"words.csv", "when,who1,who2\n0,7,8\n20,7,9\n20,8,9\n40,7,8\n", "grows like a clock"},
  };
  for (const auto& [name, text, message] : files) {
    INFO(name << "\n" << text);
    CHECK_THAT(Read(name, text).size(), Catch::Contains(message));
  }
}

TEST_CASE("what reads like ties but is told to be ties is read, with a warning") {
  const std::string table = "650 2B F\n498 2B F\n627 PC M\n12 PC F\n31 2B M\n";
  const Read told("classes.txt", table, {.format = FileFormat::edge_list});
  CHECK(told.size() == "7 / 5");
  CHECK(told.warns("Read as ties as you say, but this looks like a table about people"));
  const Read named("diary.csv", "part,cont\np1,x1\np1,x2\np2,x3\np2,x4\np3,x5\n", {.from = "part", .to = "cont"});
  CHECK(named.size() == "8 / 5");
  CHECK(named.warns("contact diary"));
  CHECK_THAT(Read("x.csv", pajek, {.format = FileFormat::csv}).size(),
             Catch::Contains("is a Pajek file (network.format says CSV)"));
  CHECK_THAT(Read("x.gml", "a b\nb c\n", {.format = FileFormat::gml}).size(), Catch::Contains("is no GML file"));
}

TEST_CASE("columns go by name or by number, and repeats count or add up") {
  const ImportOptions columns{.weight = "count", .from = "2", .to = "3", .time = "1"};
  const Read counted("tij.txt", contacts, columns);
  CHECK(counted.size() == "4 / 3");
  CHECK(counted.weight("1", "2") == 2.0F);
  CHECK(counted.weight("3", "4") == 1.0F);
  CHECK(counted.report.warnings.empty());
  CHECK(counted.notes("The weight of a tie is the number of its contacts."));

  const std::string both = "when,a person,another,minutes\n1,x,y,10\n1,y,x,10\n2,x,y,5\n2,y,z,1\n";
  ImportOptions by_name{.weight = "count", .from = "a person", .to = "another"};
  CHECK(Read("c.csv", both, by_name).weight("x", "y") == 3.0F);
  by_name.time = "when";
  const Read once("c.csv", both, by_name);
  CHECK(once.weight("x", "y") == 2.0F);  // both of them listed the first contact
  CHECK(once.notes("1 line names a pair again at the same time"));
  by_name.weight = "minutes";
  CHECK(Read("c.csv", both, by_name).weight("x", "y") == 25.0F);
  CHECK(Read("c.csv", "source,target,count\na,b,7\nb,c,2\n", {.weight = "count"}).weight("a", "b") == 7.0F);
  CHECK(Read("m.gml", "graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] edge [ source 2 target 1 ] ]",
             {.weight = "count"})
            .weight("1", "2") == 2.0F);

  CHECK_THAT(Read("c.csv", both, {.from = "a person"}).size(), Catch::Contains("network.to is missing"));
  CHECK_THAT(Read("c.csv", both, {.from = "2", .to = "2"}).size(), Catch::Contains("name the same column"));
  CHECK_THAT(Read("c.csv", both, {.from = "2", .to = "anothr"}).size(), Catch::Contains("did you mean \"another\"?"));
  CHECK_THAT(Read("c.csv", both, {.from = "2", .to = "3", .time = "3"}).size(),
             Catch::Contains("network.time: 3 names a column of people"));
  CHECK_THAT(Read("m.gml", gml, {.from = "1", .to = "2"}).size(),
             Catch::Contains("network.from says where a table has what (the file is GML)"));
}

TEST_CASE("a header is one when it is said to be, and none when it is said not to be") {
  const std::string unknown = "Alpha,Beta\nann,ben\nben,cat\ncat,dan\n";
  const Read guessed("x.csv", unknown);
  CHECK(guessed.size() == "6 / 4");
  CHECK(guessed.warns("The first line (Alpha, Beta) was taken as a tie"));
  const Read header("x.csv", unknown, {.header = HeaderLine::yes});
  CHECK(header.size() == "4 / 3");
  CHECK(header.warns("The header's words are not known"));
  const Read named("x.csv", unknown, {.from = "Alpha", .to = "Beta"});
  CHECK(named.size() == "4 / 3");
  CHECK(named.report.warnings.empty());
  const Read none("x.csv", unknown, {.header = HeaderLine::no});
  CHECK(none.size() == "6 / 4");
  CHECK(none.report.warnings.empty());
  CHECK(Read("x.csv", "source,target\nann,ben\nben,cat\n", {.header = HeaderLine::no}).size() == "5 / 3");
  CHECK(Read("x.csv", "Giver,Receiver\nann,ben\nben,cat\ncat,dan\n").size() == "4 / 3");
  CHECK(Read("x.csv", "SOURCE,Target\nann,ben\nben,cat\ndan,dan\n").size() == "4 / 2");
  CHECK(Read("x.csv", "foo,bar,n\n1,2,3\n2,3,4\n").warns("columns 1 (foo) and 2 (bar) were taken for the two people"));
}

TEST_CASE("what is doubtful is said") {
  const std::vector<std::tuple<std::string, std::string, std::string>> files{
      {"na.csv", "source,target\nann,ben\nben,NA\neva,NA\nann,cat\nfay,NA\n",
       "\"NA\" is taken for a person, with 3 ties"},
      {"codes.txt", "1 2\n2 3\n3 8888\n1 8888\n", "\"8888\" is taken for a person, with 2 ties"},
      {"floats.csv", "source,target\n1.0,2.0\n2.0,3.0\n1,3\n", "\"1.0\" and \"1\" are taken for two people"},
      {"zeros.csv", "source,target\n01,02\n02,7\n07,01\n", "\"7\" and \"07\" are taken for two people"},
      {"minus.txt", "1 2\n2 3\n3 -1\n", "\"-1\" is taken for a person"},
      {"clock.txt", "10 a\n20 b\n30 c\n40 a\n50 b\n60 b\n", "looks like a table about people"},
      {"grows.txt", "10 a\n10 b\n20 c\n30 a\n30 b\n40 b\n", "The first column only grows"},
      {"groups.csv", "ann,choir\nben,choir\nann,chess\ncat,chess\nben,swimming\ndan,swimming\n",
       "Nobody stands in both columns"},
      {"couples.txt", "k b\nc d\ne f\ng h\ni j\n", "Everybody has exactly one tie"},
      {"loops.txt", "1 1\n2 2\n3 3\n1 2\n", "3 of 4 ties are of a person to themselves"},
      {"one.txt",
       [] {
         std::string text;
         for (int k = 0; k < 30; ++k) text += "ann ben\n";
         return text;
       }(),
       "Only one tie was found in 30 lines"},
      {"commented.csv", "source,target\nann,ben\n# a remark\nben,cat\n%x,y\n",
       "2 lines were skipped as comments under the header"},
      {"some_hashes.csv", "source,target\nann,ben\n#ben,cat\ncat,dan\n", "1 line begins with # and was read as ties"},
      {"ragged.txt", "ann ben\nben cat 2013\ncat ann\nann dan\n",
       "1 line has another number of columns than the first"},
      {"all.csv", ",a,b,c,d,e\na,1,.1,.2,.3,.4\nb,.1,1,.5,.6,.7\nc,.2,.5,1,.8,.9\nd,.3,.6,.8,1,.1\ne,.4,.7,.9,.1,1\n",
       "Everybody is tied to everybody else"},
  };
  for (const auto& [name, text, message] : files) {
    INFO(name << "\n" << text);
    const Read read(name, text);
    CHECK((read.warns(message) || read.error.find(message) != std::string::npos));
  }
}

TEST_CASE("a remark on some lines makes no adjacency list") {
  const Read read("x.txt", "ann ben\nben cat 2013\ncat dan\n");
  CHECK(read.size() == "4 / 3");
  CHECK(read.report.format == FileFormat::edge_list);
  CHECK(read.warns("1 line has another number of columns than the first"));
}

TEST_CASE("zeros, ones and colons in lists of ties are ties") {
  CHECK(Read("x.txt", "0 1 1\n1 2 0\n2 0 1\n").size() == "3 / 3");
  CHECK(Read("x.txt", "5 1 1\n6 0 1\n5 1 0\n4 0 0\n").size() == "5 / 3");
  CHECK(Read("x.txt", "ann ben 12:30\nben cat 12:40\n").size() == "3 / 2");
  CHECK(Read("x.txt", "a:1 b:1\nb:1 c:2\n").size() == "3 / 2");
  CHECK(Read("x.txt", "0 1 1\n1 0 1\n", {.format = FileFormat::edge_list}).size() == "2 / 1");
}

TEST_CASE("what is not doubtful is not doubted") {
  CHECK(Read("x.csv", "p1_id,p2_id\n1,2\n2,3\n3,4\n").size() == "4 / 3");  // two ids are two people
  for (const std::string text :
       {"0 1\n0 2\n0 3\n0 4\n0 5\n", "1 0\n2 0\n3 0\n4 0\n5 0\n", "1 2\n1 3\n2 3\n2 4\n3 5\n4 6\n5 7\n",
        "0 1 5\n1 2 3\n2 0 4\n", "1 2 1\n2 3 1\n3 4 2\n4 1 1\n", "997 998\n998 999\n999 997\n",
        "ann ben\nben cat\ncat dan\ndan ann\n"}) {
    INFO(text);
    const Read read("x.txt", text);
    CHECK(read.error == "");
    CHECK(read.report.warnings.empty());
    CHECK(read.report.format == FileFormat::edge_list);
  }
}

TEST_CASE("a header that stands in the file again is no tie, and said") {
  const Read joined("joined.csv", "source,target\na,b\nb,c\nsource,target\nc,d\nd,a\n");
  CHECK(joined.size() == "4 / 4");
  CHECK(joined.warns("1 line repeats the header and was skipped: were files joined?"));
  const Read thrice("joined.txt", "from to kg\na b 1\nfrom to kg\nb c 2\nfrom to kg\nc a 3\n", {.weight = "kg"});
  CHECK(thrice.size() == "3 / 3");
  CHECK(thrice.warns("2 lines repeat the header and were skipped"));
  CHECK(Read("x.csv", "source,target\na,target\nsource,b\n").size() == "4 / 3");  // people may be called so
}

TEST_CASE("ids that begin with # are ids under a header") {
  const Read read("x.csv", "source,target\n#1,#2\n#2,#3\n#3,#1\n1,#3\n");
  CHECK(read.size() == "4 / 4");
  CHECK(read.graph.ids == Names{"#1", "#2", "#3", "1"});
  CHECK(read.report.warnings.empty());
  CHECK(Read("x.csv", "#1,#2\nann,ben\n").size() == "2 / 1");  // without one it is a comment
  CHECK(Read("x.csv", "source;target\n#a;#b\n# a remark; of two\n").size() == "2 / 1");
}

TEST_CASE("lines end in LF, CRLF, CR or all of them") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const Read read("x.txt", "ann ben" + end + "ben cat" + end + "cat dan" + end + "dan ann" + end);
    CHECK(read.size() == "4 / 4");
    CHECK(read.report.lines == 4);
  }
  CHECK(Read("x.csv", "source,target\rann,ben\nben,cat\r\ncat,dan").size() == "4 / 3");
  CHECK_THAT(Read("x.csv", "source,target,w\rann,ben,1\rben,cat,much\r", {.weight = "w"}).size(),
             Catch::Contains(":3:9: error"));
}

TEST_CASE("UTF-16 is read by its mark") {
  const std::string little{
      "\xff\xfe"
      "a\0,\0b\0\n\0b\0,\0\xe9\0\n\0"
      "b\0,\0\x3d\xd8\x00\xde\n\0",
      28};
  const std::string big{
      "\xfe\xff"
      "\0a\0,\0b\0\n\0b\0,\0\xe9\0\n\0b\0,\xd8\x3d\xde\x00\0\n",
      28};
  CHECK(Read("x.csv", little).graph.ids == Names{"a", "b", "é", "😀"});
  CHECK(Read("x.csv", big).graph.ids == Names{"a", "b", "é", "😀"});
  std::string graphml =
      "<?xml version='1.0' encoding='UTF-16'?><graphml><graph><node id='a'/><node id='b'/><edge source='a' "
      "target='b'/></graph></graphml>";
  std::string wide = "\xff\xfe";
  for (const char c : graphml) wide += std::string{c, '\0'};
  CHECK(Read("x.graphml", wide).size() == "2 / 1");
  CHECK_THAT(Read("x.csv", little.substr(0, 27)).size(), Catch::Contains("line 3 is no UTF-16"));
  CHECK_THAT(Read("x.csv", little.substr(2)).size(), Catch::Contains("iconv -f UTF-16LE -t UTF-8"));
  CHECK_THAT(Read("x.csv", big.substr(2)).size(), Catch::Contains("iconv -f UTF-16BE -t UTF-8"));
}

TEST_CASE("other encodings are refused with the line and the command that converts them") {
  const std::string message = Read("latin1.csv", "Ren\xe9,Zo\xeb\nZo\xeb,J\xfcrgen\n").size();
  CHECK_THAT(message,
             Catch::Contains(
                 "latin1.csv:1:4: error: this is not UTF-8 (byte 0xE9) convert it: iconv -f WINDOWS-1252 -t UTF-8 "));
  CHECK_THAT(message, Catch::EndsWith("latin1.csv > latin1.utf8.csv\n  Ren\uFFFD,Zo\uFFFD\n     ^"));
  CHECK_THAT(Read("a b.csv", "ann,ben\nben,Zo\xeb\n").size(),
             Catch::Contains(":2:7: error") && Catch::Contains("> 'a b.utf8.csv'"));
  CHECK_THAT(Read("mac.txt", "ann ben\rben Zo\x91\r").size(), Catch::Contains("iconv -f MACINTOSH -t UTF-8"));
  const test::Folder folder;
  CHECK_THROWS_WITH(import_columns(folder.write("people.csv", "Id,caf\xe9\nGeorge,Mil\xe9h\n")),
                    Catch::Contains("people.csv:1:7: error: this is not UTF-8 (byte 0xE9) convert it: iconv"));
}

TEST_CASE("sep=; names the delimiter, of networks and of tables about people") {
  const Read read("excel.csv", "sep=;\nsource;target\nann;ben\nben;cat\n");
  CHECK(read.size() == "3 / 2");
  CHECK(read.report.header);
  CHECK(Read("x.csv", "\"sep=|\"\nann,ben\n").size() != "2 / 1");  // an unknown one is not skipped
  CHECK(Read("x.csv", "SEP=,\r\na b,c;d\r\nc;d,e\r\n").graph.ids == Names{"a b", "c;d", "e"});
  const test::Folder folder;
  const PersonColumns people = import_columns(folder.write("p.csv", "sep=;\nID;town\n#1;x, y\n#2;z\n"));
  CHECK(people.ids == Names{"#1", "#2"});
  CHECK(people.values[0] == Names{"x, y", "z"});
  CHECK(import_columns(folder.write("q.csv", "id,town\n1,a\n#2\n")).warnings.size() == 1);
}

TEST_CASE("GraphML keys that are declared for the wrong element, or after their use, are used") {
  const std::string head = "<graphml><key id='weight' for='node' attr.name='weight'/>";
  const std::string graph =
      "<graph edgedefault='directed'><node id='a'/><node id='b'/><edge source='a' target='b'>"
      "<data key='weight'>2.5</data></edge></graph>";
  const Read wrong("x.graphml", head + graph + "</graphml>", {.weight = "weight"});
  CHECK(wrong.weight("a", "b") == 2.5F);
  CHECK(wrong.warns("The key weight is declared for each node, but used by edges"));
  const Read late(
      "x.graphml",
      "<graphml>" + graph + "<key id='weight' for='edge' attr.name='hours'><default>1</default></key></graphml>",
      {.weight = "hours"});
  CHECK(late.weight("a", "b") == 2.5F);
  CHECK(late.report.warnings.empty());
  CHECK_THAT(Read("x.graphml", "<graphml>" + graph + "<key id='weight' for='edge' attr.name='hours'/></graphml>",
                  {.weight = "minutes"})
                 .size(),
             Catch::Contains("edges have no attribute \"minutes\""));
  CHECK(Read("x.graphml", "<graphml>" + graph + "</graphml>", {.weight = "count"}).weight("a", "b") == 1.0F);
}

TEST_CASE("weights of foreign formats are used when they are asked for") {
  const ImportOptions weighted{.weight = "weight"};
  CHECK(Read("x.net", "*Vertices 2\n*Arcs\n1 2 2.5\n2 1 1\n", weighted).weight("1", "2") == 3.5F);
  CHECK(Read("x.csv", ",ann,ben\nann,0,3\nben,3,0\n", weighted).weight("ann", "ben") == 3.0F);  // symmetric: once
  CHECK(Read("x.csv", ",ann,ben\nann,0,3\nben,1,0\n", weighted).weight("ann", "ben") == 4.0F);  // both ways: added
  CHECK(Read("x.csv", ",ann,ben\nann,0,3\nben,3,0\n").notes("Not used: the numbers in the matrix"));
  CHECK(
      Read("x.mtx", "%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n2 1 0.25\n", weighted).weight("1", "2") ==
      0.25F);
  const std::string valued =
      "graph [ node [ id 1 label \"Zo&#235;\" ] node [ id 2 label \"A &amp; B\" ] edge [ source 1 target 2 value 4 ] ]";
  CHECK(Read("x.gml", valued, {.weight = "value"}).weight("Zoë", "A & B") == 4.0F);
  CHECK_THAT(Read("x.gml", valued, {.weight = "valu"}).size(), Catch::Contains("did you mean \"value\"?"));
  CHECK_THAT(Read("x.net", pajek, {.weight = "hours"}).size(), Catch::Contains("set network.weight: weight, or count"));
}

TEST_CASE("what a GML file holds and nobody reads is said") {
  const std::string file =
      "graph [ node [ id 1 age 31 ] node [ id 2 ] edge [ source 1 target 2 weight 2 since 1999 ] ]";
  const Read plain("x.gml", file);
  CHECK(plain.notes("Not used: since, weight of the edges; network.weight names the one that holds weights."));
  CHECK(plain.notes("Not used: age of the nodes."));
  CHECK(Read("x.gml", file, {.weight = "weight"}).notes("Not used: since of the edges."));
  CHECK_FALSE(Read("x.gml", "graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]").notes("Not used"));
}

TEST_CASE("mistakes in foreign formats are answered with their place") {
  const std::vector<std::tuple<std::string, std::string, std::string>> files{
      {"x.net", "*Vertices 2\n*Edges\n1 3\n",
       ":3:3: error: there is no person 3 (*Vertices says 2 people, counted from 1)"},
      {"x.net", "*Edges\n1 2\n", ":1:1: error: ties before the people"},
      {"x.net", "*Vertices 99999999\n*Edges\n1 2\n", ":1:11: error: the file says 99999999 people"},
      {"x.net", "*Vertices 2\n*Matrix\n0 1\n1\n", ":4:1: error: 1 column"},
      {"x.gml", "graph [ node [ id 1 ] edge [ source 1 target 2 ] ]",
       ":1:46: error: this edge names a node that does not exist"},
      {"x.gml", "graph [ node [ id 1 ] node [ id 2 ]", ":1:7: error: this list is not closed"},
      {"x.gml", "graph [ node [ id 1 label \"Ann ] ]", ":1:27: error: this quote is not closed"},
      {"x.gml", "graph [ node [ id 1 ] node [ id 1 ] ]", ":1:33: error: the node 1 stands twice"},
      {"x.gml", "graph [ edge [ target 1 ] ]", ":1:9: error: this edge has no source"},
      {"x.mtx", "%%MatrixMarket matrix coordinate pattern general\n3 2 1\n1 2\n",
       ":2:1: error: the matrix has 3 rows and 2 columns"},
      {"x.mtx", "%%MatrixMarket matrix coordinate pattern general\n3 3 2\n1 2\n",
       ":2:1: error: this line says 2 entries (the file has 1)"},
      {"x.mtx", "%%MatrixMarket matrix coordinate real general\n3 3 1\n1 2\n",
       ":3:1: error: 2 columns (row, column and value are needed)"},
      {"x.mtx", "%%MatrixMarket matrix coordinate pattern general\n3 3 1\n0 2\n", ":3:1: error: there is no person 0"},
      {"x.csv", ",a,b\na,0,-1\nb,-1,0\n", ":2:5: error: the weight -1 is negative"},
  };
  for (const auto& [name, text, message] : files) {
    INFO(name << "\n" << text);
    CHECK_THAT(Read(name, text).size(), Catch::Contains(message));
  }
}

TEST_CASE("who is only in the table about people is a person without ties") {
  const Read read("x.txt", "ann ben\nben cat\n", {.people = {"zoe", "ben", "abe"}});
  CHECK(read.graph.ids == Names{"abe", "ann", "ben", "cat", "zoe"});
  CHECK(read.size() == "5 / 2");
  CHECK(read.report.isolated == 2);
  CHECK(read.notes("2 people stand only in the table about people: nobody is tied to them."));
  CHECK(Read("x.txt", "0 1\n1 2\n", {.people = {"3", "0"}}).graph.ids.empty());
  CHECK(Read("x.txt", "ann ben\n", {.people = {"1", "2"}}).size() == "2 / 1");  // a table about others
}
