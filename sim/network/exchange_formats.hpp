#pragma once

#include <utility>

#include "network/exchange_people.hpp"

/// Which format a file has, and one reader per format. Inside sim/network only.
namespace kith::network::detail {

/// The format that the first words of a file show; `guess` where they show none. Throws when they are those of a format
/// that Kith does not read, and says what converts it.
FileFormat format_by_first_words(const Source& source);

/// The format of text in rows and columns by its shape: `matrix`, `adjacency_list`, else `guess`. Throws when the shape is
/// one that read as an edge list would give nonsense: contacts with times, nominations in wide form, zeros and ones,
/// adjacency lists with weights.
FileFormat format_by_shape(const Source& source, const ImportOptions& options);

/// What a reader fills in.
struct Reading {
  const Source& source;
  const ImportOptions& options;
  Graph& graph;  ///< edges and community by place in `ids`
  IdTable& ids;
  ImportReport& report;
  bool is_format_told;  ///< by the user
};

/// The columns of the two people if their names are known ones.
std::optional<std::pair<std::size_t, std::size_t>> known_people(const std::vector<std::string>& names);

void read_table(const Reading& reading);  ///< edge list and CSV
void read_adjacency(const Reading& reading);
void read_matrix(const Reading& reading);
void read_matrix_market(const Reading& reading);
void read_metis(const Reading& reading);
void read_pajek(const Reading& reading);
void read_gml(const Reading& reading);
void read_graphml(const Reading& reading);

/// For formats whose ties have one number without a name: true when network.weight asks for it, as "weight". Throws when
/// it asks for anything else than that or a count.
bool wants_weight(const Reading& reading);

/// Fails when a file that names its people by number says that there are more than its size makes likely, before memory
/// is spent on them.
void check_people(const Source& source, std::string_view place, std::size_t people);

/// What a row-by-row reader saw of the two columns of people.
struct ColumnsOfPeople {
  bool told = false;              ///< the user named the format or the columns
  bool looks_like_table = false;  ///< a header with an id and no second person
  bool only_grows = false;        ///< the first column is numbers that never fall
  bool counts_anew = false;       ///< the second column counts 1, 2, 3, … anew for each person of the first
  std::string first_words;  ///< "Giver, Receiver" where the first line may be a header that was read as a tie; else ""
};

/// Refuses rows that are not ties by how the two columns hang together: a table about people, a diary of contacts. Where
/// the user was told of it and insists, and where it is merely doubtful, a warning. Call before `finish`.
void judge_columns(const Reading& reading, const ColumnsOfPeople& columns);

/// Warns of ids that stand for nobody (NA, 8888), of files of self-loops, and of a large file of one tie. Call before
/// `finish`.
void judge_ties(const Reading& reading);

}  // namespace kith::network::detail
