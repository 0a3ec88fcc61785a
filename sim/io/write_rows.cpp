#include <algorithm>
#include <map>

#include "io/table_file.hpp"

namespace kith::io {
namespace {

constexpr std::size_t slab_bytes = std::size_t{1} << 20;  // one HDF5 call writes about this much

using Rows = std::vector<const TableRow*>;

/// Where a row goes: indices along the replicate and the growing dimension.
struct Place {
  Size replicate = 0;
  Size step = 0;
};

std::vector<Place> places_of(const Rows& rows, const Layout& layout, const Shape& shape) {
  std::map<std::uint32_t, Size> replicate_index;
  if (layout.replicate_axis()) {
    const auto numbers = as_doubles(shape.coordinates[*layout.replicate_axis()]);
    for (std::size_t i = 0; i < numbers.size(); ++i) replicate_index[static_cast<std::uint32_t>(numbers[i])] = i;
  }
  std::vector<double> steps;
  if (layout.growing_axis()) steps = as_doubles(shape.coordinates[*layout.growing_axis()]);
  std::vector<Place> places;
  for (const TableRow* row : rows) {
    Place place;
    if (layout.replicate_axis()) place.replicate = replicate_index.at(row->replicate);
    if (layout.growing_axis()) {
      place.step = static_cast<Size>(std::lower_bound(steps.begin(), steps.end(), row->coordinate) - steps.begin());
    }
    places.push_back(place);
  }
  return places;
}

/// Gathers the values of consecutive rows of one variable and writes them by slabs.
class SlabWriter {
 public:
  SlabWriter(TableFile& table, const Layout& layout, std::size_t variable, const Shape& shape)
      : table_(&table),
        variable_(variable),
        stored_(&layout.variables()[variable]),
        layout_(&layout),
        sizes_(shape.of(*stored_)),
        slab_(zeros(stored_->variable.type, 0)) {
    // Rows lie one after the other in the file only if no dimension but the replicate comes before the growing one.
    const std::size_t before = layout.stores(*stored_, layout.replicate_axis()) ? 1 : 0;
    joins_rows_ = stored_->axes.size() > before && layout.growing_axis() == stored_->axes[before];
  }

  void add(const Values& values, Place place) {
    const Size count = size(values);
    if (count == 0 && !stored_->ragged) return;
    const bool follows =
        stored_->ragged || (joins_rows_ && place.replicate == first_.replicate && place.step == first_.step + steps_);
    if (steps_ > 0 && (!follows || bytes(slab_) >= slab_bytes)) flush();
    if (steps_ == 0) first_ = place;
    append(slab_, values);
    ++steps_;
  }

  void flush() {
    if (steps_ == 0) return;
    Sizes start(sizes_.size(), 0);
    Sizes count(sizes_);
    for (std::size_t i = 0; i < count.size(); ++i) {
      switch (layout_->axes()[stored_->axes[i]]) {
        case Axis::replicate:
          start[i] = first_.replicate;
          count[i] = 1;
          break;
        case Axis::growing:
          start[i] = first_.step;
          count[i] = steps_;
          break;
        case Axis::ragged:
          start[i] = ragged_begin_;
          count[i] = stored_->row_elements == 0 ? 0 : size(slab_) / stored_->row_elements;
          ragged_begin_ += count[i];
          break;
        case Axis::fixed:
          break;
      }
    }
    table_->write(variable_, slab_, start, count);
    slab_ = zeros(stored_->variable.type, 0);
    steps_ = 0;
  }

 private:
  TableFile* table_;
  std::size_t variable_;
  const StoredVariable* stored_;
  const Layout* layout_;
  Sizes sizes_;
  Values slab_;
  Place first_;
  Size steps_ = 0;
  Size ragged_begin_ = 0;
  bool joins_rows_ = false;
};

Shape shape_of(const Rows& rows, const Layout& layout, TableFile::Scope scope) {
  ShapeBuilder builder(layout);
  for (const TableRow* row : rows) {
    builder.add_replicate(row->replicate);
    if (layout.growing_axis()) builder.add_coordinate(row->coordinate);
    for (std::size_t k = 0; k < layout.ragged_axes().size(); ++k) builder.add_ragged(k, layout.ragged_length(*row, k));
  }
  return builder.build(scope == TableFile::Scope::segment ? ShapeBuilder::Replicates::seen
                                                          : ShapeBuilder::Replicates::declared);
}

void write_table(const Handle& file, const Layout& layout, Rows rows, TableFile::Scope scope) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const TableRow* a, const TableRow* b) { return a->replicate < b->replicate; });
  const Shape shape = shape_of(rows, layout, scope);
  std::vector<bool> present(layout.variables().size(), scope == TableFile::Scope::result);
  for (const TableRow* row : rows) {
    for (std::size_t v = 0; v < present.size(); ++v) {
      if (size(row->values[v]) > 0 || layout.variables()[v].ragged) present[v] = true;
    }
  }
  TableFile table(file, layout, shape, scope, present);
  const std::vector<Place> places = places_of(rows, layout, shape);
  for (std::size_t v = 0; v < present.size(); ++v) {
    if (!present[v]) continue;
    SlabWriter writer(table, layout, v, shape);
    for (std::size_t r = 0; r < rows.size(); ++r) writer.add(rows[r]->values[v], places[r]);
    writer.flush();
  }
  table.close();
}

}  // namespace

void write_rows(const Handle& file, const Layouts& layouts, const std::vector<TableRow>& rows, TableFile::Scope scope) {
  for (const auto& layout : layouts) {
    Rows own_rows;
    for (const TableRow& row : rows) {
      if (row.table == layout->spec().name) own_rows.push_back(&row);
    }
    if (!own_rows.empty() || scope == TableFile::Scope::result) write_table(file, *layout, std::move(own_rows), scope);
  }
}

}  // namespace kith::io
