#pragma once

#include <string>
#include <vector>

#include "network/graph.hpp"

/// Files of networks: import and export.
namespace kith::network {

enum class FileFormat { guess, edge_list, csv, graphml, metis };  // each plain or gzip

/// What an import found and what it did about it; nothing is lost silently.
struct ImportReport {
  std::size_t lines = 0;
  std::size_t comments = 0;
  bool header = false;
  std::size_t ties_read = 0;
  std::size_t self_loops = 0;   ///< dropped
  std::size_t repeats = 0;      ///< the same pair again, in either direction: merged, weights added
  std::size_t people = 0;
  std::size_t ties = 0;
  bool ids_renumbered = false;  ///< ids were sparse or text; kept for output
  FileFormat format = FileFormat::edge_list;
  bool gzip = false;
  /// One sentence a fact, for people.
  std::vector<std::string> lines_for_people() const;
};

struct ImportOptions {
  FileFormat format = FileFormat::guess;
  std::string weight;  ///< name (or number, from 1) of the weight column; "" none
};

/// Reads a network. Throws kith::Error (invalid_scenario) with file:line:column, the line and a caret when a line cannot be read.
Graph import_file(const std::string& path, const ImportOptions& options, ImportReport& report);

void export_graphml(const Graph& graph, const std::string& path);
void export_csv(const Graph& graph, const std::string& path);

}  // namespace kith::network
