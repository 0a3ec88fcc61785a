#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/error.hpp"
#include "network/exchange_formats.hpp"
#include "network/exchange_xml.hpp"

/// GraphML (graphml.graphdrawing.org). boost::read_graphml is not used: it forgets the ids of the nodes, which Kith
/// promises to keep, and where a mistake stands.
/// Tests read Kith's exports with it, and let Kith read what Boost writes.
namespace kith::network::detail {
namespace {

/// An attribute that the file declares.
struct Key {
  std::string name;
  std::string of;  // "node", "edge", "graph" or "all"
  std::string standard;
  bool has_standard = false;
};

class GraphmlReader {
 public:
  explicit GraphmlReader(const Reading& reading) : reading_(reading), xml_(reading.source) {}

  void read() {
    read_late_keys();
    xml_.read([this] { open(); }, [this] { close(); });
    if (graphs_ == 0) fail(reading_.source.name, {"holds no <graph>", "is it GraphML?", ""});
    check_nodes();
    ImportReport& report = reading_.report;
    const std::string& text = reading_.source.text;
    report.lines =
        static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + (text.ends_with('\n') ? 0 : 1);
    report.comments = xml_.comments();
    report.ties_read = reading_.graph.edges.size();
    if (graphs_ > 1) report.notes.push_back(fmt::format("Read the first of {} graphs in the file.", graphs_));
    if (directed_ > 0) {
      report.notes.push_back(
          fmt::format("{} taken as ties in both directions.",
                      directed_ == 1 ? "1 directed edge is" : fmt::format("{} directed edges are", directed_)));
    }
    note_unused();
    warn_of_keys();
    if (!ours_) reading_.graph.community.clear();
  }

 private:
  /// Keys stand before the graph that uses them, but not in every file: then all are read first.
  void read_late_keys() {
    const std::string_view text = reading_.source.text;
    const std::size_t graph = text.find("<graph ");
    if (graph == std::string_view::npos || text.find("<key", graph) == std::string_view::npos) return;
    XmlReader first(reading_.source);
    const auto open = [&] {
      if (first.name() == "key") add_key(first);
    };
    const auto close = [&] { close_key(first); };
    first.read(open, close);
  }

  void open() {
    const std::string_view tag = xml_.name();
    if (xml_.depth() == 1 && tag != "graphml") {
      fail_at(reading_.source, xml_.place(),
              {fmt::format("<{}> is no GraphML", tag), "<graphml> should be the outermost tag", ""});
    }
    if (tag == "key") add_key(xml_);
    if (tag == "graph") open_graph();
    if (!in_graph_) return;
    if (tag == "hyperedge") {
      fail_at(reading_.source, xml_.place(), {"Kith does not read hyperedges", "a tie joins two people", ""});
    }
    if (tag == "node") open_node();
    if (tag == "edge") open_edge();
    if (tag == "data") data_key_ = xml_.attribute("key");
  }

  void close() {
    const std::string_view tag = xml_.name();
    close_key(xml_);
    if (tag == "graph") in_graph_ = false;
    if (!in_graph_) return;
    if (tag == "data") close_data();
    if (tag == "node") in_node_ = false;
    if (tag == "edge") close_edge();
  }

  void add_key(const XmlReader& xml) {
    last_key_ = xml.attribute("id");
    const std::string name = xml.has("attr.name") ? xml.attribute("attr.name") : last_key_;
    keys_[last_key_] = {name, xml.has("for") ? xml.attribute("for") : "all", "", false};
  }

  void close_key(const XmlReader& xml) {
    if (xml.name() == "default" && !last_key_.empty()) {
      keys_[last_key_].standard = xml.text();
      keys_[last_key_].has_standard = true;
    }
    if (xml.name() == "key") last_key_.clear();
  }

  void open_graph() {
    if (in_graph_) fail_at(reading_.source, xml_.place(), {"Kith does not read a graph inside a graph", "", ""});
    in_graph_ = ++graphs_ == 1;
    if (!in_graph_) return;
    directed_by_default_ = xml_.attribute("edgedefault") == "directed";
    ours_ = xml_.attribute("id") == "kith";
    find_weight();
  }

  /// Checks that network.weight names an attribute of edges.
  void find_weight() {
    const std::string& wanted = reading_.options.weight;
    reading_.report.weight = ours_ && wanted.empty() ? "weight" : wanted;
    if (wanted.empty()) return;
    std::vector<std::string> names;
    const Key* of_others = nullptr;
    for (const auto& [id, key] : keys_) {
      const bool is_of_edges = key.of == "edge" || key.of == "all";
      if (is_of_edges) names.push_back(key.name);
      if (key.name != wanted) continue;
      if (!is_of_edges) of_others = &key;
      if (!is_of_edges) continue;
      standard_weight_ = key;
      return;
    }
    if (of_others != nullptr) {  // edges may use it all the same
      standard_weight_ = *of_others;
      return;
    }
    if (wanted == "count") {
      reading_.report.weight.clear();
      reading_.report.counted = true;
      return;
    }
    const std::string near = nearest(wanted, names);
    fail_at(reading_.source, xml_.place(),
            {fmt::format("edges have no attribute \"{}\"", wanted),
             names.empty() ? "they have none" : fmt::format("they have {}", listed(names)),
             near.empty() ? "" : fmt::format("did you mean \"{}\"?", near)});
  }

  void open_node() {
    const std::string id = xml_.attribute("id");
    if (id.empty())
      fail_at(reading_.source, xml_.place(), {"a node without an id", "edges name people by their ids", ""});
    const std::size_t before = reading_.ids.size();
    node_ = reading_.ids.of_copy(id);
    in_node_ = true;
    declared_.resize(reading_.ids.size(), false);
    reading_.graph.community.resize(reading_.ids.size());
    if (node_ < before && declared_[node_]) {
      fail_at(reading_.source, xml_.place(), {fmt::format("the node \"{}\" stands twice", id), "ids are unique", ""});
    }
    declared_[node_] = true;
  }

  std::uint32_t end_of_edge(std::string_view end) {
    const std::string id = xml_.attribute(end);
    if (id.empty())
      fail_at(reading_.source, xml_.place(), {fmt::format("an edge without a {}", end), "a tie needs two people", ""});
    const std::uint32_t place = reading_.ids.of_copy(id);
    if (place >= first_named_.size()) first_named_.resize(reading_.ids.size());
    if (first_named_[place].empty()) first_named_[place] = xml_.place();
    return place;
  }

  void open_edge() {
    edge_ = {};
    edge_.a = end_of_edge("source");
    edge_.b = end_of_edge("target");
    edge_place_ = xml_.place();
    in_edge_ = true;
    weighted_ = false;
    const std::string own = xml_.attribute("directed");
    if (own.empty() ? directed_by_default_ : own == "true") ++directed_;
  }

  void close_data() {
    const auto found = keys_.find(data_key_);
    const std::string name = found == keys_.end() ? data_key_ : found->second.name;
    std::string text = xml_.text();
    text.erase(0, std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    if (found != keys_.end() && (in_edge_ || in_node_)) check_key(found->first, found->second);
    if (in_edge_) {
      if (is_weighted() && name == reading_.options.weight) {
        edge_.weight = read_weight(reading_.source, text, xml_.place());
        weighted_ = true;
      } else if (ours_ && std::find(tie_attributes.begin(), tie_attributes.end(), name) != tie_attributes.end()) {
        set_attribute(reading_.source, edge_, name, text, xml_.place());
      } else {
        ++unused_["edge attribute " + name];
      }
    } else if (in_node_) {
      if (ours_ && data_key_ == "c") {
        reading_.graph.community[node_] = read_community(reading_.source, text, xml_.place());
        communities_ = true;
      } else {
        ++unused_["node attribute " + name];
      }
    }
  }

  void close_edge() {
    in_edge_ = false;
    if (is_weighted() && !weighted_) {
      if (!standard_weight_.has_standard) {
        fail_at(reading_.source, edge_place_,
                {fmt::format("this edge has no {}", reading_.options.weight),
                 "network.weight names it, and it has no default", ""});
      }
      edge_.weight = read_weight(reading_.source, standard_weight_.standard, edge_place_);
    }
    if (is_weighted() && edge_.weight <= 0) ++reading_.report.zero_weights;
    reading_.graph.edges.push_back(edge_);
  }

  /// Every person an edge names must be a node, before the edge or after it.
  void check_nodes() {
    declared_.resize(reading_.ids.size(), false);
    for (std::size_t place = 0; place < first_named_.size(); ++place) {
      if (declared_[place] || first_named_[place].empty()) continue;
      fail_at(
          reading_.source, first_named_[place],
          {"this edge names a node that does not exist", "every person needs a <node>", "add it or correct the id"});
    }
    if (!communities_) reading_.graph.community.clear();
  }

  bool is_weighted() const { return !reading_.options.weight.empty() && !reading_.report.counted; }

  /// Notes a key that was declared for something else than what uses it.
  void check_key(const std::string& id, const Key& key) {
    const std::string_view user = in_edge_ ? "edge" : "node";
    if (key.of != user && key.of != "all") misused_[id] = user;
  }

  void warn_of_keys() {
    for (const auto& [id, user] : misused_) {
      reading_.report.warnings.push_back(
          fmt::format("The key {} is declared for each {}, but used by {}s; read as they use it.", keys_[id].name,
                      keys_[id].of, user));
    }
  }

  void note_unused() {
    for (const auto& [what, count] : unused_) {
      reading_.report.notes.push_back(fmt::format("Not used: {} ({}).", what, count_of(count, "value", "values")));
    }
  }

  const Reading& reading_;
  XmlReader xml_;
  std::map<std::string, Key> keys_;
  std::string last_key_;
  std::string data_key_;
  std::size_t graphs_ = 0;
  std::size_t directed_ = 0;
  bool in_graph_ = false;
  bool in_node_ = false;
  bool in_edge_ = false;
  bool directed_by_default_ = false;
  bool ours_ = false;  // written by export_graphml
  bool communities_ = false;
  bool weighted_ = false;
  Key standard_weight_;
  std::uint32_t node_ = 0;
  Edge edge_;
  std::string_view edge_place_;
  std::vector<bool> declared_;                 // by place
  std::vector<std::string_view> first_named_;  // by place: the first edge that names the person
  std::map<std::string, std::size_t> unused_;
  std::map<std::string, std::string_view> misused_;  // id of a key: "edge" or "node", whichever uses it wrongly
};

}  // namespace

void read_graphml(const Reading& reading) { GraphmlReader(reading).read(); }

}  // namespace kith::network::detail
