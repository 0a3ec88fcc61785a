#include "io/rows_of.hpp"

#include <algorithm>

namespace kith::io {
namespace {

/// Reads the rows of one table, one after the other.
class RowReader {
 public:
  RowReader(const ResultFile& result, const std::string& table)
      : result_(&result), layout_(&result.layout(table)), shape_(&result.shape(table)) {
    replicates_ = numbers_along(layout_->replicate_axis());
    coordinates_ = numbers_along(layout_->growing_axis());
    ragged_begin_.assign(layout_->axes().size(), 0);
  }

  const std::vector<double>& replicates() const { return replicates_; }
  const std::vector<double>& coordinates() const { return coordinates_; }

  /// The row at these places. Rows are asked for in order, since those of a ragged dimension lie end to end.
  TableRow row(std::size_t replicate, std::size_t step, bool is_first) {
    TableRow row{layout_->spec().name, static_cast<std::uint32_t>(replicates_[replicate]), coordinates_[step], {}};
    const Sizes lengths = ragged_lengths(replicate, step);
    for (std::size_t v = 0; v < layout_->spec().variables.size(); ++v) {
      const StoredVariable& stored = layout_->variables()[v];
      const bool is_as_before = !stored.ragged && !layout_->stores(stored, layout_->growing_axis()) && !is_first;
      row.values.push_back(is_as_before ? zeros(stored.variable.type, 0) : values(stored, replicate, step, lengths));
    }
    for (const std::size_t axis : layout_->ragged_axes()) ragged_begin_[axis] += lengths[axis];
    return row;
  }

 private:
  /// A table without this dimension has one entry, 0, along it.
  std::vector<double> numbers_along(std::optional<std::size_t> axis) const {
    return axis ? as_doubles(shape_->coordinates[*axis]) : std::vector<double>{0.0};
  }

  Values values(const StoredVariable& stored, std::size_t replicate, std::size_t step, const Sizes& lengths) const {
    Sizes start;
    Sizes count;
    for (const std::size_t axis : stored.axes) {
      switch (layout_->axes()[axis]) {
        case Axis::replicate:
          start.push_back(replicate);
          count.push_back(1);
          break;
        case Axis::growing:
          start.push_back(step);
          count.push_back(1);
          break;
        case Axis::ragged:
          start.push_back(ragged_begin_[axis]);
          count.push_back(lengths[axis]);
          break;
        case Axis::fixed:
          start.push_back(0);
          count.push_back(shape_->sizes[axis]);
          break;
      }
    }
    return result_->read(layout_->spec().name, stored.variable.name, start, count);
  }

  /// Entries that a row brings along each ragged dimension; 0 for the others.
  Sizes ragged_lengths(std::size_t replicate, std::size_t step) const {
    Sizes lengths(layout_->axes().size(), 0);
    const std::size_t declared = layout_->spec().variables.size();
    for (std::size_t k = 0; k < layout_->ragged_axes().size(); ++k) {
      const std::size_t axis = layout_->ragged_axes()[k];
      lengths[axis] = shape_->sizes[axis];  // a table of one row has no counts
      if (declared + k < layout_->variables().size()) {
        const StoredVariable& counts = layout_->variables()[declared + k];
        lengths[axis] = static_cast<Size>(as_doubles(values(counts, replicate, step, lengths)).front());
      }
    }
    return lengths;
  }

  const ResultFile* result_;
  const Layout* layout_;
  const Shape* shape_;
  std::vector<double> replicates_;
  std::vector<double> coordinates_;
  Sizes ragged_begin_;
};

}  // namespace

void for_each_row(const ResultFile& result, const std::string& table,
                  const std::function<bool(std::uint32_t, double)>& was_written,
                  const std::function<void(TableRow)>& f) {
  RowReader reader(result, table);
  for (std::size_t replicate = 0; replicate < reader.replicates().size(); ++replicate) {
    bool is_first = true;
    for (std::size_t step = 0; step < reader.coordinates().size(); ++step) {
      if (!was_written(static_cast<std::uint32_t>(reader.replicates()[replicate]), reader.coordinates()[step]))
        continue;
      f(reader.row(replicate, step, is_first));
      is_first = false;
    }
  }
}

}  // namespace kith::io
