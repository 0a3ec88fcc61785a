#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "network/exchange.hpp"

/// What the tests of files share.
namespace kith::network::test {

inline std::string data(const std::string& name) { return KITH_SOURCE_DIR "/tests/data/networks/" + name; }

inline std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder that goes when the test ends.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "kith-test-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
  }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

/// Ties by the ids of their people, the smaller text first.
inline std::map<std::pair<std::string, std::string>, Edge> ties_by_id(const Graph& graph) {
  std::map<std::pair<std::string, std::string>, Edge> result;
  for (const Edge& edge : graph.edges) result[std::minmax(id_of(graph, edge.a), id_of(graph, edge.b))] = edge;
  return result;
}

}  // namespace kith::network::test
