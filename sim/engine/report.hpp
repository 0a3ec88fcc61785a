#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/state.hpp"

namespace kith {

/// One cell of a printed table: its text, and the numbers behind it for programs.
struct Cell {
  std::string text;
  std::optional<double> value{};
  std::optional<double> low{};  ///< the interval that the text gives, in the unit of the value
  std::optional<double> high{};

  void visit(State& state) {
    state("text", text);
    state("value", value);
    state("low", low);
    state("high", high);
  }
};

struct ReportTable {
  std::string title;
  std::vector<std::string> columns;  ///< the first column holds the names of the rows
  std::vector<std::vector<Cell>> rows;

  void visit(State& state) {
    state("title", title);
    state("columns", columns);
    state("rows", rows);
  }
};

/// What a run tells people at its end. Nothing here is laid out yet.
struct Report {
  std::string title;
  std::vector<ReportTable> tables;
  std::vector<std::string> notes;     ///< how to read the tables; what was fitted to what
  std::vector<std::string> warnings;  ///< e.g. what extrapolates beyond published data

  void visit(State& state) {
    state("title", title);
    state("tables", tables);
    state("notes", notes);
    state("warnings", warnings);
  }
};

/// Called from any thread while a run goes on, with the share done (0 … 1) and what is being done.
using Progress = std::function<void(double share, std::string_view what)>;

}  // namespace kith
