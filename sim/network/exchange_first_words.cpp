#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/shell.hpp"
#include "network/exchange_formats.hpp"
#include "network/exchange_table.hpp"

/// Formats that show themselves by their first words.
namespace kith::network::detail {
namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";

/// "friends.gexf.graphml" of "folder/friends.gexf", quoted for a shell: a name that hardly anything has yet.
std::string sibling(const Source& source, std::string_view ending) {
  std::filesystem::path path = std::filesystem::path(source.name).filename();
  if (path.extension() == ".gz") path.replace_extension();
  return shell_quoted(path.string() + std::string(ending));
}

[[noreturn]] void refuse(const Source& source, std::string_view place, std::string_view what, std::string_view why,
                         const std::string& suggestion) {
  fail_at(source, place, {fmt::format("this is {}", what), std::string(why), suggestion});
}

constexpr std::string_view not_read = "Kith does not read that";

/// A file that `python3 -c` converts with `code`, whose arguments are the file and the one to write.
std::string by_python(const Source& source, std::string_view package, std::string_view code) {
  return fmt::format("convert it: python3 -c 'import sys, {0}; {1}' {2} {3} (Debian: python3-{0})", package, code,
                     shell_quoted(source.name), sibling(source, ".graphml"));
}

/// The first thing in the file that is no comment of any format, and what follows.
std::string_view without_comments(std::string_view text) {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    const bool is_block = text.starts_with("/*");
    const bool is_line = text.starts_with("%") || text.starts_with("#") || text.starts_with("//");
    if (!is_block && !is_line) return text;
    const std::size_t end = is_block ? text.find("*/") : text.find('\n');
    if (end == std::string_view::npos) return text.substr(text.size());
    text.remove_prefix(end + (is_block ? 2 : 1));
  }
}

/// The first word in lower case: letters only, a leading * and a _ among them.
std::string first_word(std::string_view text) {
  const std::size_t end = text.find_first_not_of("*_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return lower_case(text.substr(0, std::min<std::size_t>(end, 20)));
}

std::string_view after(std::string_view text, std::size_t count) {
  text.remove_prefix(std::min(count, text.size()));
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text;
}

FileFormat xml_format(const Source& source, std::string_view text) {
  // Up to the outermost tag: declarations and comments.
  while (text.starts_with("<?") || text.starts_with("<!")) {
    if (lower_case(text.substr(0, 14)) == "<!doctype html")
      refuse(source, text.substr(0, 9), "a web page (HTML)", "", "download the file that it links to");
    const std::string_view end = text.starts_with("<!--") ? "-->" : ">";
    text = after(text, std::min(text.find(end), text.size()) + end.size());
  }
  const std::string root = first_word(text.substr(std::min<std::size_t>(1, text.size())));
  if (root == "html") refuse(source, text.substr(0, 5), "a web page (HTML)", "", "download the file that it links to");
  if (root == "gexf") {
    refuse(source, text.substr(0, 5), "a GEXF file", not_read,
           by_python(source, "networkx", "networkx.write_graphml(networkx.read_gexf(sys.argv[1]), sys.argv[2])"));
  }
  return FileFormat::graphml;
}

[[noreturn]] void refuse_json(const Source& source, std::string_view text) {
  const std::string_view head = text.substr(0, 1);
  const std::string_view all = source.text;
  const bool has_nodes = all.find("\"nodes\"") != std::string_view::npos;
  const std::string_view list = all.find("\"links\"") != std::string_view::npos   ? "links"
                                : all.find("\"edges\"") != std::string_view::npos ? "edges"
                                                                                  : "";
  if (!has_nodes || list.empty())
    refuse(source, head, "a JSON file", not_read, "write a line per tie, as in \"anna,ben\"");
  refuse(source, head, "a JSON file of nodes and links (node-link)", not_read,
         fmt::format("convert it: jq -r '.{}[] | [.source, .target] | @csv' {} > {}", list, shell_quoted(source.name),
                     sibling(source, ".csv")));
}

[[noreturn]] void refuse_dot(const Source& source, std::string_view text) {
  refuse(source, text.substr(0, first_word(text).size()), "a DOT file (Graphviz)", not_read,
         fmt::format("convert it: gv2gml -o {} {} (Debian: graphviz)", sibling(source, ".gml"),
                     shell_quoted(source.name)));
}

FileFormat star_format(const Source& source, std::string_view text, const std::string& word) {
  constexpr std::array<std::string_view, 9> pajek{"*vertices", "*arcs",      "*edges",     "*network", "*matrix",
                                                  "*arcslist", "*edgeslist", "*partition", "*vector"};
  if (std::find(pajek.begin(), pajek.end(), word) != pajek.end()) return FileFormat::pajek;
  if (word == "*node" || word == "*tie") {
    refuse(source, text.substr(0, word.size()), "a VNA file (NetDraw)", not_read,
           "save it from NetDraw: File > Save data as > Pajek");
  }
  return FileFormat::guess;
}

/// Formats of lines that begin with a letter for what they hold.
void refuse_lettered(const Source& source, std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  if (line.starts_with("version https://git-lfs")) {
    refuse(source, line.substr(0, 7), "a pointer of Git LFS, not the file itself", "", "fetch it: git lfs pull");
  }
  const std::size_t problem = line.starts_with("p ") ? 0 : text.find("\np ");
  const bool is_dimacs = problem != std::string_view::npos && (line.starts_with("p ") || line.starts_with("c ")) &&
                         (text.substr(problem, 12).find("edge") != std::string_view::npos ||
                          text.substr(problem, 12).find("col") != std::string_view::npos);
  if (is_dimacs) {
    refuse(source, line.substr(0, 1), "a DIMACS file", not_read,
           fmt::format("convert it: awk '$1 == \"e\" {{print $2, $3}}' {} > {}", shell_quoted(source.name),
                       sibling(source, ".txt")));
  }
}

/// Trivial graph format: a line a node, a line "#", a line an edge.
void refuse_tgf(const Source& source) {
  const std::string_view text = source.text;
  const std::size_t bar = text.find("\n#\n");
  if (bar == std::string_view::npos || text.starts_with('#')) return;
  refuse(source, text.substr(bar + 1, 1), "a TGF file (trivial graph format)", "people, a line #, then ties",
         fmt::format("convert it: awk 'ties {{print $1, $2}} /^#$/ {{ties = 1}}' {} > {}", shell_quoted(source.name),
                     sibling(source, ".txt")));
}

/// "ann" of a line "# ann", which has no other word; "" of any other.
std::string_view headed_by(std::string_view line) {
  if (!line.starts_with("# ")) return "";
  line = after(line, 2);
  line = line.substr(0, line.find_last_not_of(blanks) + 1);
  return line.find_first_of(blanks) == std::string_view::npos ? line : "";
}

/// LGL: a line "# person", then a line for each of those whom they are tied to.
void refuse_lgl(const Source& source) {
  std::string_view text = source.text;
  std::size_t people = 0;
  std::size_t others = 0;  // lines below the last person
  for (std::size_t lines = 0; !text.empty() && lines < 1000; ++lines) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const bool is_person = !headed_by(line).empty();
    if (!is_person && (people == 0 || line.starts_with('#'))) return;
    people += is_person && (people == 0 || others > 0) ? 1U : 0U;
    others = is_person ? 0 : others + 1;
  }
  if (people < 2) return;
  refuse(source, std::string_view(source.text).substr(0, 1), "an LGL file", not_read,
         fmt::format("convert it: awk '/^#/ {{from = $2; next}} NF {{print from, $1}}' {} > {}. If those lines are "
                     "comments: network.format: edge_list",
                     shell_quoted(source.name), sibling(source, ".txt")));
}

}  // namespace

FileFormat format_by_first_words(const Source& source) {
  if (lower_case(std::string_view(source.text).substr(0, 14)) == "%%matrixmarket") return FileFormat::matrix_market;
  const std::string_view text = without_comments(source.text);
  if (text.empty()) return FileFormat::guess;
  if (text[0] == '<') return xml_format(source, text);
  const std::string word = first_word(text);
  const std::string_view next = after(text, word.size());
  if (text[0] == '*') return star_format(source, text, word);
  const bool is_list = text[0] == '{' || text[0] == '[';
  if (is_list && after(text, 1).find_first_of("\"{[0123456789]}") == 0) refuse_json(source, text);
  const bool is_dot = word == "graph" || word == "digraph" || (word == "strict" && first_word(next).ends_with("graph"));
  constexpr std::size_t longest_name = 200;
  if (is_dot && next.find('{') < longest_name) refuse_dot(source, text);
  if (word == "graph" && next.starts_with('[')) return FileFormat::gml;
  const bool may_lead_gml = word == "creator" || word == "version" || word == "comment";
  if (may_lead_gml && lower_case(text.substr(0, 10000)).find("\ngraph") != std::string::npos &&
      text.find('[') != std::string_view::npos) {
    return FileFormat::gml;
  }
  const std::string size = lower_case(next.substr(0, longest_name));
  if (word == "dl" && (size.find("n=") != std::string::npos || size.find("n =") != std::string::npos)) {
    refuse(source, text.substr(0, 2), "a DL file (UCINET)", not_read,
           "in UCINET: Data > Export > Pajek; or, where DL N=…, FORMAT=…, LABELS: and DATA: stand each on a line of "
           "its own: " +
               by_python(source, "igraph", "igraph.Graph.Read_DL(sys.argv[1]).write_graphml(sys.argv[2])"));
  }
  refuse_lettered(source, text);
  refuse_tgf(source);
  refuse_lgl(source);
  return FileFormat::guess;
}

}  // namespace kith::network::detail
