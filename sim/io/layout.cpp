#include "io/layout.hpp"

#include <algorithm>
#include <set>

#include "core/error.hpp"

namespace kith::io {
namespace {

/// Adds to a sorted list what is not there yet; what comes in order costs nothing.
template <class T>
void insert_sorted(std::vector<T>& list, T value) {
  if (list.empty() || list.back() < value) {
    list.push_back(value);
    return;
  }
  const auto place = std::lower_bound(list.begin(), list.end(), value);
  if (*place != value) list.insert(place, value);
}

bool fits_a_name(const std::string& name) {
  return !name.empty() && name.find('/') == std::string::npos &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Layout::Layout(TableSpec spec) : spec_(std::move(spec)) {
  find_axes();
  const std::vector<Variable> declared = spec_.variables;
  for (const auto& variable : declared) add_variable(variable);
  add_counts();
}

void Layout::refuse(const std::string& problem) const {
  throw Error(ErrorKind::failed, "table " + spec_.name + ": " + problem);
}

void Layout::find_axes() {
  if (!fits_a_name(spec_.name)) refuse("its name must be printable ASCII without spaces");
  std::set<std::string> names;
  for (std::size_t i = 0; i < spec_.dimensions.size(); ++i) {
    const auto& dimension = spec_.dimensions[i];
    if (!fits_a_name(dimension.name)) refuse("dimension names must be printable ASCII without spaces");
    if (!names.insert(dimension.name).second) refuse("two dimensions are called " + dimension.name);
    Axis axis = Axis::fixed;
    if (i == 0 && dimension.name == "replicate") {
      axis = Axis::replicate;
      replicate_axis_ = i;
      replicates_ = as_doubles(dimension.coordinate);
      if (!std::is_sorted(replicates_.begin(), replicates_.end())) refuse("its replicates do not increase");
    } else if (dimension.name == spec_.growing) {
      axis = Axis::growing;
      growing_axis_ = i;
    } else if (size(dimension.coordinate) == 0 &&
               !std::holds_alternative<std::vector<std::string>>(dimension.coordinate)) {
      axis = Axis::ragged;
      ragged_axes_.push_back(i);
    }
    axes_.push_back(axis);
  }
  if (!spec_.growing.empty() && !growing_axis_)
    refuse("its growing dimension " + spec_.growing + " is not a dimension");
  for (const auto& variable : spec_.variables) {
    if (!fits_a_name(variable.name)) refuse("variable names must be printable ASCII without spaces");
    if (!names.insert(variable.name).second) refuse("two variables or dimensions are called " + variable.name);
  }
}

bool Layout::stores(const StoredVariable& variable, std::optional<std::size_t> axis) const {
  return axis && std::find(variable.axes.begin(), variable.axes.end(), *axis) != variable.axes.end();
}

void Layout::add_variable(const Variable& variable) {
  StoredVariable stored{variable, {}, {}, 1};
  std::size_t next = 0;
  for (const auto& name : variable.dimensions) {
    const auto found = std::find_if(spec_.dimensions.begin(), spec_.dimensions.end(),
                                    [&name](const TableDimension& dimension) { return dimension.name == name; });
    if (found == spec_.dimensions.end()) refuse("variable " + variable.name + " has no dimension " + name);
    const auto index = static_cast<std::size_t>(found - spec_.dimensions.begin());
    if (index < next) refuse("variable " + variable.name + " has its dimensions in another order than the table");
    next = index + 1;
    if (axes_[index] == Axis::ragged) {
      if (stored.ragged || stored.row_elements != 1) {
        refuse("variable " + variable.name + " may have one ragged dimension, before its fixed ones");
      }
      stored.ragged = index;
      stored.axes.clear();  // the counts tell replicate and growing coordinate
    }
    if (axes_[index] == Axis::fixed) stored.row_elements *= size(found->coordinate);
    stored.axes.push_back(index);
  }
  variables_.push_back(std::move(stored));
}

void Layout::add_counts() {
  if (!replicate_axis_ && !growing_axis_) return;
  for (const std::size_t axis : ragged_axes_) {
    const std::string name = spec_.dimensions[axis].name + "_count";
    const auto same = [&name](const StoredVariable& stored) { return stored.variable.name == name; };
    if (std::any_of(variables_.begin(), variables_.end(), same)) refuse("the name " + name + " is taken");
    Variable count{name, "1", "entries along " + spec_.dimensions[axis].name, ValueType::int64, {}, {}};
    if (replicate_axis_) count.dimensions.push_back(spec_.dimensions[*replicate_axis_].name);
    if (growing_axis_) count.dimensions.push_back(spec_.growing);
    add_variable(count);
  }
}

Size Layout::ragged_length(const TableRow& row, std::size_t k) const {
  for (std::size_t v = 0; v < spec_.variables.size(); ++v) {
    if (variables_[v].ragged == ragged_axes_[k] && variables_[v].row_elements > 0) {
      return size(row.values[v]) / variables_[v].row_elements;
    }
  }
  return 0;
}

std::size_t Layout::repeated_bytes() const {
  std::size_t all = 0;
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    if (axes_[i] == Axis::fixed) all += bytes(spec_.dimensions[i].coordinate);
  }
  return all;
}

void Layout::complete(TableRow& row) const {
  if (row.values.size() != spec_.variables.size()) {
    refuse(std::to_string(row.values.size()) + " values were written for " + std::to_string(spec_.variables.size()) +
           " variables");
  }
  if (!replicate_axis_ && row.replicate != 0) refuse("it has no replicates, but another replicate than 0 was written");
  if (!replicates_.empty() && !std::binary_search(replicates_.begin(), replicates_.end(), row.replicate)) {
    refuse("replicate " + std::to_string(row.replicate) + " is not in its list of replicates");
  }
  for (std::size_t v = 0; v < row.values.size(); ++v) {
    const auto& stored = variables_[v];
    if (size(row.values[v]) != 0 && type_of(row.values[v]) != stored.variable.type) {
      refuse("variable " + stored.variable.name + " was written in another type than declared");
    }
    Size expected = stored.row_elements;
    if (stored.ragged) {
      const auto k = std::find(ragged_axes_.begin(), ragged_axes_.end(), *stored.ragged) - ragged_axes_.begin();
      expected *= ragged_length(row, static_cast<std::size_t>(k));
    } else if (size(row.values[v]) == 0) {
      continue;
    }
    if (size(row.values[v]) != expected) {
      refuse("variable " + stored.variable.name + " was written with " + std::to_string(size(row.values[v])) +
             " entries instead of " + std::to_string(expected));
    }
  }
  for (std::size_t k = 0; k < ragged_axes_.size() && variables_.size() > spec_.variables.size(); ++k) {
    row.values.emplace_back(std::vector<std::int64_t>{static_cast<std::int64_t>(ragged_length(row, k))});
  }
}

Sizes Shape::of(const StoredVariable& variable) const {
  Sizes result;
  for (const std::size_t axis : variable.axes) result.push_back(sizes[axis]);
  return result;
}

void ShapeBuilder::add_replicate(std::int64_t replicate) { insert_sorted(replicates_, replicate); }

void ShapeBuilder::add_coordinate(double coordinate) { insert_sorted(coordinates_, coordinate); }

Values ShapeBuilder::replicate_coordinate(Replicates which) const {
  const Values& declared = layout_->spec().dimensions[*layout_->replicate_axis()].coordinate;
  if (size(declared) == 0) return replicates_;
  if (which == Replicates::declared) return declared;
  const std::vector<double> numbers = as_doubles(declared);
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (std::binary_search(replicates_.begin(), replicates_.end(), static_cast<std::int64_t>(numbers[i]))) {
      indices.push_back(i);
    }
  }
  return pick(declared, indices);
}

Values ShapeBuilder::growing_coordinate() const {
  const Values& declared = layout_->spec().dimensions[*layout_->growing_axis()].coordinate;
  const ValueType type = type_of(declared);
  const bool whole = type == ValueType::int32 || type == ValueType::int64;
  return from_doubles(whole ? type : ValueType::float64, coordinates_);
}

Shape ShapeBuilder::build(Replicates which) const {
  Shape shape;
  std::size_t k = 0;
  for (std::size_t i = 0; i < layout_->axes().size(); ++i) {
    const Axis axis = layout_->axes()[i];
    Values coordinate;
    if (axis == Axis::replicate) coordinate = replicate_coordinate(which);
    if (axis == Axis::growing) coordinate = growing_coordinate();
    if (axis == Axis::fixed) coordinate = layout_->spec().dimensions[i].coordinate;
    shape.sizes.push_back(axis == Axis::ragged ? ragged_[k++] : size(coordinate));
    shape.coordinates.push_back(std::move(coordinate));
  }
  return shape;
}

}  // namespace kith::io
