#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/exchange_formats.hpp"
#include "network/exchange_table.hpp"

/// Which column of an edge list or CSV holds what. Inside sim/network only.
namespace kith::network::detail {

/// Where a file keeps what.
struct Layout {
  Delimiter delimiter = Delimiter::blanks;
  bool header = false;
  std::vector<std::string> names;  // of the columns; empty without a header
  std::size_t columns = 0;         // of the first line
  std::size_t a = 0;
  std::size_t b = 1;
  std::optional<std::size_t> weight;
  std::optional<std::size_t> time;
  bool known = false;             // the header's names say which columns hold the people
  bool looks_like_table = false;  // … or that they hold one person a row
  bool count = false;             // the weight is the number of contacts
  bool ours = false;              // written by export_csv
  bool communities = false;       // … with communities
};

/// The layout of the file: by what the user names, else by its first lines. Throws when there is no tie to read, or when a
/// column that is asked for does not exist or is two things.
Layout find_layout(const Reading& reading);

}  // namespace kith::network::detail
