#include "io/pieces.hpp"

#include <algorithm>

#include "io/checkpoint.hpp"
#include "io/inputs.hpp"

namespace kith::io {
namespace {

constexpr Size slab_bytes = Size{4} << 20;

}  // namespace

std::vector<Assembly::Run> Assembly::runs(const std::vector<Size>& places) {
  std::vector<Run> result;
  for (Size i = 0; i < places.size(); ++i) {
    if (!result.empty() && places[i] == result.back().to + result.back().count) {
      ++result.back().count;
    } else {
      result.push_back({i, places[i], 1});
    }
  }
  return result;
}

Assembly::Assembly(const Layout& layout, std::vector<Piece> pieces, ShapeBuilder::Replicates which)
    : layout_(&layout), pieces_(std::move(pieces)) {
  std::stable_sort(pieces_.begin(), pieces_.end(),
                   [](const Piece& a, const Piece& b) { return a.replicates < b.replicates; });
  ShapeBuilder builder(layout);
  Sizes ragged(layout.ragged_axes().size(), 0);
  for (const Piece& piece : pieces_) {
    ragged_begin_.push_back(ragged);
    for (std::size_t k = 0; k < ragged.size(); ++k) {
      ragged[k] += piece.ragged[k];
      builder.add_ragged(k, piece.ragged[k]);
    }
    for (const std::int64_t replicate : piece.replicates) builder.add_replicate(replicate);
    for (const double coordinate : piece.coordinates) builder.add_coordinate(coordinate);
  }
  shape_ = builder.build(which);

  std::vector<double> numbers;
  std::vector<double> steps;
  if (layout.replicate_axis()) numbers = as_doubles(shape_.coordinates[*layout.replicate_axis()]);
  if (layout.growing_axis()) steps = as_doubles(shape_.coordinates[*layout.growing_axis()]);
  for (const Piece& piece : pieces_) {
    std::vector<Size> places;
    for (const std::int64_t replicate : piece.replicates) {
      places.push_back(static_cast<Size>(std::find(numbers.begin(), numbers.end(), static_cast<double>(replicate)) -
                                         numbers.begin()));
    }
    replicate_runs_.push_back(runs(places));
    places.clear();
    for (const double coordinate : piece.coordinates) {
      places.push_back(static_cast<Size>(std::lower_bound(steps.begin(), steps.end(), coordinate) - steps.begin()));
    }
    step_runs_.push_back(runs(places));
  }
}

std::vector<Box> Assembly::boxes(std::size_t p, std::size_t v) const {
  std::vector<Box> result(1);
  const auto extend = [&result](const std::vector<Run>& along) {
    std::vector<Box> extended;
    for (const Box& box : result) {
      for (const Run& run : along) {
        extended.push_back(box);
        extended.back().from.push_back(run.from);
        extended.back().to.push_back(run.to);
        extended.back().count.push_back(run.count);
      }
    }
    result = std::move(extended);
  };
  for (const std::size_t axis : layout_->variables()[v].axes) {
    switch (layout_->axes()[axis]) {
      case Axis::replicate:
        extend(replicate_runs_[p]);
        break;
      case Axis::growing:
        extend(step_runs_[p]);
        break;
      case Axis::ragged: {
        const auto& list = layout_->ragged_axes();
        const auto k = static_cast<std::size_t>(std::find(list.begin(), list.end(), axis) - list.begin());
        extend({{0, ragged_begin_[p][k], pieces_[p].ragged[k]}});
        break;
      }
      case Axis::fixed:
        extend({{0, 0, shape_.sizes[axis]}});
        break;
    }
  }
  return result;
}

std::vector<Box> slabs(const Box& box, std::size_t element_bytes) {
  std::size_t axis = 0;
  while (axis < box.count.size() && box.count[axis] == 1) ++axis;
  if (axis == box.count.size() || product(box.count) == 0) return {box};
  const Size step_bytes = product(box.count) / box.count[axis] * element_bytes;
  const Size steps = std::max<Size>(1, slab_bytes / step_bytes);
  const bool is_cut_again = step_bytes > slab_bytes;
  std::vector<Box> result;
  for (Size done = 0; done < box.count[axis]; done += steps) {
    Box slab = box;
    slab.from[axis] += done;
    slab.to[axis] += done;
    slab.count[axis] = std::min(steps, box.count[axis] - done);
    if (!is_cut_again) {
      result.push_back(std::move(slab));
      continue;
    }
    const std::vector<Box> cut = slabs(slab, element_bytes);
    result.insert(result.end(), cut.begin(), cut.end());
  }
  return result;
}

std::vector<std::string> table_names(const Handle& file) {
  std::vector<std::string> names;
  for (const auto& name : link_names(file)) {
    const bool is_own = name == "provenance" || name == checkpoint_group || name == inputs_group;
    if (!is_own && is_group(file, name)) names.push_back(name);
  }
  return names;
}

Variable read_variable(const Handle& dataset, const std::string& name) {
  Variable variable;
  variable.name = name;
  variable.unit = read_attribute(dataset, "units");
  variable.long_name = read_attribute(dataset, "long_name");
  variable.type = type_of(dataset);
  variable.dimensions = scale_names(dataset);
  if (has_attribute(dataset, "flag_values")) {
    const auto values = read_int8_attribute(dataset, "flag_values");
    const bool is_spelled = has_attribute(dataset, flag_names);
    const std::string meanings = read_attribute(dataset, is_spelled ? flag_names : "flag_meanings");
    std::size_t begin = 0;
    for (const std::int8_t value : values) {
      const std::size_t end = std::min(meanings.find(is_spelled ? '\n' : ' ', begin), meanings.size());
      variable.flags.emplace_back(value, meanings.substr(begin, end - begin));
      begin = std::min(end + 1, meanings.size());
    }
  }
  return variable;
}

TableSpec read_spec(const Handle& file, const std::string& table) {
  const Handle group = open_group(file, table);
  TableSpec spec;
  spec.name = table;
  spec.long_name = read_attribute(group, "long_name");
  spec.growing = read_attribute(group, "growing");
  for (const auto& name : link_names(group)) {
    const Handle dataset = open_dataset(group, name);
    if (is_scale(dataset)) {
      TableDimension dimension{name, read_attribute(dataset, "long_name"), read_attribute(dataset, "units"), {}};
      if (!is_bare_scale(dataset)) dimension.coordinate = read_all(dataset);
      spec.dimensions.push_back(std::move(dimension));
    } else if (!has_attribute(dataset, "sample_dimension")) {
      spec.variables.push_back(read_variable(dataset, name));
    }
  }
  return spec;
}

Piece read_piece(const Handle& file, const std::string& path, const Layout& layout) {
  const Handle group = open_group(file, layout.spec().name);
  Piece piece;
  piece.path = path;
  for (std::size_t i = 0; i < layout.axes().size(); ++i) {
    const Axis axis = layout.axes()[i];
    if (axis == Axis::fixed) continue;
    const Handle scale = open_dataset(group, layout.spec().dimensions[i].name);
    if (axis == Axis::ragged) {
      piece.ragged.push_back(sizes_of(scale).front());
      continue;
    }
    const std::vector<double> numbers = as_doubles(read_all(scale));
    if (axis == Axis::growing) piece.coordinates = numbers;
    if (axis == Axis::replicate) {
      for (const double number : numbers) piece.replicates.push_back(static_cast<std::int64_t>(number));
    }
  }
  return piece;
}

}  // namespace kith::io
