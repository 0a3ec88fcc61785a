#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "network/graph.hpp"

/// Files of networks: import and export.
namespace kith::network {

/// The most text that a file may hold, unpacked: some hundred million ties [bytes].
inline constexpr std::uintmax_t largest_text = 4'000'000'000;

/// Each plain or gzip.
enum class FileFormat { guess, edge_list, csv, graphml, metis, pajek, gml, matrix_market, adjacency_list, matrix };

/// What an import found and what it did about it; nothing is lost silently.
struct ImportReport {
  std::string file;
  std::size_t lines = 0;
  std::size_t comments = 0;
  std::size_t blank_lines = 0;
  bool header = false;
  std::size_t ties_read = 0;
  std::size_t self_loops = 0;    ///< dropped
  std::size_t repeats = 0;       ///< the same pair again, in either direction: merged, weights added
  std::size_t zero_weights = 0;  ///< ties whose weight is 0; kept
  std::size_t people = 0;
  std::size_t isolated = 0;  ///< people without a tie
  std::size_t ties = 0;
  std::size_t from_table = 0;   ///< of the isolated: people whom only the table about people knows
  bool ids_renumbered = false;  ///< ids were sparse or text; kept for output
  FileFormat format = FileFormat::edge_list;
  bool gzip = false;
  std::string weight;              ///< the weight column that was used, by name or number; "" none
  bool counted = false;            ///< weights are numbers of contacts
  std::vector<std::string> notes;  ///< whatever else a person should know, one sentence each
  /// What makes it doubtful that the file was meant to be read so, one sentence each.
  std::vector<std::string> warnings;
  /// One sentence a fact, for people; without the warnings.
  std::vector<std::string> lines_for_people() const;
};

enum class HeaderLine { guess, yes, no };

struct ImportOptions {
  FileFormat format = FileFormat::guess;
  std::string weight = {};  ///< name (or number, from 1) of the weight column; "count" counts repeats; "" none
  std::string from = {};    ///< name or number of the column of one person; "" guessed
  std::string to = {};      ///< … of the other
  std::string time = {};    ///< … of the time of a contact; "" none
  HeaderLine header = HeaderLine::guess;  ///< whether the first line names the columns
  std::vector<std::string> people = {};   ///< ids of a table about people: who is not in the file has no tie
};

/// All bytes of a file, as they are. Throws kith::Error (invalid_scenario) for one that is missing or too large.
std::string read_bytes(const std::string& path);

/// Reads a network. Throws kith::Error (invalid_scenario) with file:line:column, the line and a caret when a line
/// cannot be read, or when the file is not one of ties: a table about people, a diary of contacts, a format that Kith
/// knows by its first words but does not read. What is merely doubtful is told in `report.warnings`.
///
/// People are numbered so that neither the order of the lines nor that of the two names in a line matters: ids that are
/// all whole numbers in ascending order, other ids in the order of their bytes. Ids that are exactly 0 … n − 1 keep
/// their number and leave Graph::ids empty. A person who is named only in a self-loop is a person without ties. Files
/// that Kith exported give back closeness, weight, opportunity, kind and community.
Graph import_file(const std::string& path, const ImportOptions& options, ImportReport& report);

/// What else is known of the people of a graph: named columns of text.
struct PersonValues {
  std::vector<std::string> names = {};
  std::vector<std::vector<std::string>> values = {};  ///< [columns][people]; "" not known
};

/// Writes a network as GraphML, the columns as attributes of the nodes: numbers where all that is known is numbers. Floats
/// are written so that they read back to the same bits.
void export_graphml(const Graph& graph, std::ostream& out, const PersonValues& columns = {});
/// One line a tie, with a header; of each column the values of both people. A person without ties is written as a tie to
/// themselves, so that nobody is lost.
void export_csv(const Graph& graph, std::ostream& out, const PersonValues& columns = {});

/// A table about people: their ids, and named columns of text.
struct PersonColumns {
  std::string file;
  std::vector<std::string> ids;                  ///< [rows]
  std::vector<std::string> names;                ///< of the columns, without the id
  std::vector<std::vector<std::string>> values;  ///< [columns][rows]
  std::vector<std::string> warnings = {};        ///< what is doubtful, one sentence each
};

struct ColumnOptions {
  std::string id;                  ///< name or number (from 1) of the id column; "" guesses, else takes the first
  std::vector<std::string> names;  ///< names of all columns, for a file without a header
};

/// Reads a table about people, plain or gzip: comma, semicolon, tab or blanks between the columns, header or not.
/// Columns of a file without a header are called by their number in the file ("2") unless `options` names them.
PersonColumns import_columns(const std::string& path, const ColumnOptions& options = {});

/// What joining a column to a graph found.
struct ColumnReport {
  std::size_t people = 0;                   ///< people who have a row
  std::vector<std::string> names;           ///< of the communities, by their number
  std::vector<std::string> without_row;     ///< ids of people whom the table does not know
  std::vector<std::string> without_person;  ///< ids in the table whom the graph does not know
  std::vector<std::string> lines_for_people() const;
};

/// Makes a column the communities of a graph. Values are numbered in the order of their bytes; a person without a row
/// becomes a community of their own. Throws kith::Error (invalid_scenario) for an unknown column or when no id matches.
ColumnReport apply_community(Graph& graph, const PersonColumns& columns, const std::string& column);

}  // namespace kith::network
