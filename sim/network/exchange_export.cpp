#include <fmt/format.h>

#include <iterator>
#include <ostream>

#include "core/xml.hpp"
#include "network/exchange_people.hpp"

namespace kith::network {
namespace {

/// Gathers text and hands it to the stream in large pieces.
class Text {
 public:
  explicit Text(std::ostream& out) : out_(&out) {}
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  ~Text() { flush(); }

  template <class... Values>
  void write(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(buffer_), format, std::forward<Values>(values)...);
    if (buffer_.size() > (std::size_t{1} << 20)) flush();
  }

 private:
  void flush() {
    out_->write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }

  std::ostream* out_;
  fmt::memory_buffer buffer_;
};

/// Quoted where a CSV reader would trip over the id: also if it would be taken for a comment or loses blanks.
std::string csv_quoted(const std::string& text) {
  const bool plain = text.find_first_of(",;\t\" '#%/\r\n") == std::string::npos;
  if (plain) return text;
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

std::vector<bool> tied_people(const Graph& graph) {
  std::vector<bool> tied(graph.people, false);
  for (const Edge& edge : graph.edges) tied[edge.a] = tied[edge.b] = true;
  return tied;
}

/// "long", "double" or "string": what all that is known of a column can be read as.
std::string_view type_of(const std::vector<std::string>& values) {
  bool is_whole = true;
  bool is_number = true;
  for (const std::string& value : values) {
    if (value.empty()) continue;
    is_whole = is_whole && detail::plain_number(value).has_value();
    is_number = is_number && detail::number_in(value).has_value();
  }
  return is_whole ? "long" : is_number ? "double" : "string";
}

void write_keys(Text& file, const Graph& graph, const PersonValues& columns) {
  for (std::size_t c = 0; c < columns.names.size(); ++c) {
    file.write("  <key id=\"p{}\" for=\"node\" attr.name=\"{}\" attr.type=\"{}\"/>\n", c, xml_escaped(columns.names[c]),
               type_of(columns.values[c]));
  }
  if (!graph.community.empty())
    file.write("  <key id=\"c\" for=\"node\" attr.name=\"community\" attr.type=\"long\"/>\n");
  for (const std::string_view name : detail::tie_attributes) {
    file.write("  <key id=\"{0}\" for=\"edge\" attr.name=\"{0}\" attr.type=\"{1}\"/>\n", name,
               name == "kind" ? "string" : "float");
  }
}

}  // namespace

// boost::write_graphml is not used: it wants a Boost graph with property maps for every attribute (a second copy of the
// network) and names people 'n0', 'n1', … instead of by their ids.
void export_graphml(const Graph& graph, std::ostream& out, const PersonValues& columns) {
  Text file(out);
  file.write(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
      "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
  write_keys(file, graph, columns);
  file.write("  <graph id=\"kith\" edgedefault=\"undirected\">\n");
  for (PersonId person = 0; person < graph.people; ++person) {
    const std::string id = xml_escaped(id_of(graph, person));
    std::string data;
    if (!graph.community.empty()) data = fmt::format("<data key=\"c\">{}</data>", graph.community[person]);
    for (std::size_t c = 0; c < columns.names.size(); ++c) {
      const std::string& value = columns.values[c][person];
      if (!value.empty()) data += fmt::format("<data key=\"p{}\">{}</data>", c, xml_escaped(value));
    }
    if (data.empty()) {
      file.write("    <node id=\"{}\"/>\n", id);
    } else {
      file.write("    <node id=\"{}\">{}</node>\n", id, data);
    }
  }
  for (const Edge& edge : graph.edges) {
    file.write(
        "    <edge source=\"{}\" target=\"{}\"><data key=\"closeness\">{}</data><data key=\"weight\">{}</data>"
        "<data key=\"opportunity\">{}</data><data key=\"kind\">{}</data></edge>\n",
        xml_escaped(id_of(graph, edge.a)), xml_escaped(id_of(graph, edge.b)), edge.closeness, edge.weight,
        edge.opportunity, detail::name(edge.kind));
  }
  file.write("  </graph>\n</graphml>\n");
}

void export_csv(const Graph& graph, std::ostream& out, const PersonValues& columns) {
  Text file(out);
  const bool communities = !graph.community.empty();
  file.write("source,target,{}{}", detail::joined(detail::tie_attributes, ","),
             communities ? ",source_community,target_community" : "");
  for (const std::string& name : columns.names)
    file.write(",{},{}", csv_quoted("source_" + name), csv_quoted("target_" + name));
  file.write("\n");
  const auto write_tie = [&](const Edge& edge) {
    file.write("{},{},{},{},{},{}", csv_quoted(id_of(graph, edge.a)), csv_quoted(id_of(graph, edge.b)), edge.closeness,
               edge.weight, edge.opportunity, detail::name(edge.kind));
    if (communities) file.write(",{},{}", graph.community[edge.a], graph.community[edge.b]);
    for (const std::vector<std::string>& values : columns.values)
      file.write(",{},{}", csv_quoted(values[edge.a]), csv_quoted(values[edge.b]));
    file.write("\n");
  };
  for (const Edge& edge : graph.edges) write_tie(edge);
  const std::vector<bool> tied = tied_people(graph);
  for (PersonId person = 0; person < graph.people; ++person) {
    if (tied[person]) continue;
    Edge loop;
    loop.a = loop.b = person;
    write_tie(loop);
  }
}

}  // namespace kith::network
