#pragma once

#include "network/exchange_people.hpp"

/// One reader per format. Inside sim/network only.
namespace kith::network::detail {

/// What a reader fills in.
struct Reading {
  const Source& source;
  const ImportOptions& options;
  Graph& graph;  ///< edges and community by place in `ids`
  IdTable& ids;
  ImportReport& report;
};

void read_table(const Reading& reading);  ///< edge list and CSV
void read_metis(const Reading& reading);
void read_graphml(const Reading& reading);

}  // namespace kith::network::detail
