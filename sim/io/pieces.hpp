#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/layout.hpp"

namespace kith::io {

/// What one file holds of a table.
struct Piece {
  std::string path;
  std::vector<std::int64_t> replicates;  ///< one for a segment; empty for a table without replicates
  std::vector<double> coordinates;       ///< of the growing dimension
  Sizes ragged;                          ///< length of each ragged dimension
};

/// The same box of values in a piece and in the whole table; one entry a stored dimension.
struct Box {
  Sizes from;
  Sizes to;
  Sizes count;
};

/// One table spread over files: its whole shape, and where each piece goes.
class Assembly {
 public:
  /// `pieces` of one replicate are in order.
  Assembly(const Layout& layout, std::vector<Piece> pieces, ShapeBuilder::Replicates which);

  const Shape& shape() const { return shape_; }
  const std::vector<Piece>& pieces() const { return pieces_; }
  /// Where variable `v` of piece `p` goes; several boxes when its rows do not stay together.
  std::vector<Box> boxes(std::size_t p, std::size_t v) const;

 private:
  struct Run {
    Size from = 0;
    Size to = 0;
    Size count = 0;
  };
  static std::vector<Run> runs(const std::vector<Size>& places);

  const Layout* layout_;
  std::vector<Piece> pieces_;
  Shape shape_;
  std::vector<std::vector<Run>> replicate_runs_;  ///< one list a piece
  std::vector<std::vector<Run>> step_runs_;
  std::vector<Sizes> ragged_begin_;  ///< of each piece, along each ragged dimension
};

/// Cuts a box along its first dimensions into boxes of about 4 MB at most.
std::vector<Box> slabs(const Box& box, std::size_t element_bytes);

/// Names of the tables in an open result file, in the order of creation.
std::vector<std::string> table_names(const Handle& file);
/// A table's spec as the file tells it, coordinates included; compression is not told.
TableSpec read_spec(const Handle& file, const std::string& table);
/// A variable as its dataset tells it.
Variable read_variable(const Handle& dataset, const std::string& name);
/// What the file holds of a table.
Piece read_piece(const Handle& file, const std::string& path, const Layout& layout);

}  // namespace kith::io
