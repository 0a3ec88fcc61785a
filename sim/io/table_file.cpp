#include "io/table_file.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "io/inputs.hpp"
#include "io/pieces.hpp"

namespace kith::io {
namespace {

void describe(const Handle& object, const std::string& unit, const std::string& long_name) {
  if (!unit.empty()) write_attribute(object, "units", file_unit(unit));
  if (!long_name.empty()) write_attribute(object, "long_name", long_name);
}

/// CF joins the words of a meaning with underscores, because blanks separate meanings.
std::string joined_meanings(const Variable& variable) {
  std::string text;
  for (const auto& [value, meaning] : variable.flags) {
    if (!text.empty()) text += ' ';
    std::string word = meaning;
    std::replace(word.begin(), word.end(), ' ', '_');
    text += word;
  }
  return text;
}

void describe_flags(const Handle& dataset, const Variable& variable) {
  std::vector<std::int8_t> values;
  for (const auto& [value, meaning] : variable.flags) values.push_back(value);
  write_attribute(dataset, "flag_values", Values(values));
  write_attribute(dataset, "flag_meanings", joined_meanings(variable));
  const auto has_blank = [](const auto& flag) { return flag.second.find(' ') != std::string::npos; };
  if (std::none_of(variable.flags.begin(), variable.flags.end(), has_blank)) return;
  std::string names;
  for (const auto& [value, meaning] : variable.flags) names += meaning + '\n';
  write_attribute(dataset, flag_names, names);
}

bool is_integer(ValueType type) {
  return type == ValueType::int8 || type == ValueType::int32 || type == ValueType::int64;
}

/// Whether the one element of `wanted` is among the values.
bool contains(const Values& values, const Values& wanted) {
  return std::visit(
      [&](const auto& all) {
        const auto& one = std::get<std::decay_t<decltype(all)>>(wanted);
        return std::find(all.begin(), all.end(), one.front()) != all.end();
      },
      values);
}

}  // namespace

namespace {

/// Each text of provenance, or of other attributes, with the name under which files keep it.
template <class Texts>
auto members_of(Texts& provenance) {
  return std::vector<std::pair<std::string, decltype(&provenance.scenario)>>{
      {"scenario", &provenance.scenario},
      {"scenario_resolved", &provenance.scenario_resolved},
      {"command_line", &provenance.command_line},
      {"host", &provenance.host},
      {"threads", &provenance.threads},
      {"start", &provenance.start},
      {"end", &provenance.end},
      {"libraries", &provenance.libraries},
      {"lineage", &provenance.lineage},
      {"folder", &provenance.folder},
      {"branchings", &provenance.branchings},
      {"theories", &provenance.theories},
      {"replicate", &provenance.replicate},
      {"resumed", &provenance.resumed},
      {"report", &provenance.report}};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> named_texts(const Provenance& provenance) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& [name, text] : members_of(provenance)) texts.emplace_back(name, *text);
  return texts;
}

RunAttributes read_attributes(const Handle& file) {
  RunAttributes attributes;
  const std::vector<std::pair<std::string, std::string*>> texts{{"title", &attributes.title},
                                                                {"kith_version", &attributes.kith_version},
                                                                {"git_commit", &attributes.git_commit},
                                                                {"compiler", &attributes.compiler},
                                                                {"flags", &attributes.flags},
                                                                {"seed_text", &attributes.seed_text},
                                                                {"fingerprint", &attributes.fingerprint},
                                                                {"stop_reason", &attributes.stop_reason},
                                                                {"scenario_hash", &attributes.scenario_hash},
                                                                {"citation", &attributes.citation}};
  for (const auto& [name, text] : texts) {
    if (has_attribute(file, name)) *text = read_attribute(file, name);
  }
  attributes.seed = std::stoull("0" + read_attribute(file, "seed"));
  const Handle provenance = open_group(file, "provenance");
  for (const auto& [name, text] : members_of(attributes.provenance)) {
    if (has_link(provenance, name)) *text = read_text(provenance, name);
  }
  attributes.inputs = std::make_shared<const InputFiles>(read_inputs(file));
  return attributes;
}

void write_attributes(const Handle& file, const RunAttributes& attributes, const Origin& origin, State state) {
  const auto write = [&file](const std::string& name, const std::string& text) {
    if (!text.empty()) write_attribute(file, name, text);
  };
  write("title", attributes.title);
  write("Conventions", "CF-1.8");
  write_attribute(file, "format_version", format_version);
  write("kith_version", attributes.kith_version);
  write("git_commit", attributes.git_commit);
  write("compiler", attributes.compiler);
  write("flags", attributes.flags);
  write_attribute(file, "seed", attributes.seed);
  write("seed_text", attributes.seed_text);
  write("run_id", origin.run_id);
  if (origin.segment > 0) write_attribute(file, "segment", origin.segment);
  write("fingerprint", attributes.fingerprint);
  write("state", state == State::complete ? "complete" : "partial");
  write("stop_reason", attributes.stop_reason);
  write("scenario_hash", attributes.scenario_hash);
  write("citation", attributes.citation);
  std::string warnings;
  for (const auto& warning : attributes.warnings) warnings += (warnings.empty() ? "" : "\n") + warning;
  write("warnings", warnings);
  Handle group = create_group(file, "provenance");
  for (const auto& [name, text] : named_texts(attributes.provenance)) {
    if (!text.empty()) write_text(group, name, text);
  }
}

void seal_attributes(const Handle& file) { write_attribute(file, checksum_name, checksum_of_texts(file)); }

TableFile::TableFile(const Handle& file, const Layout& layout, const Shape& shape, Scope scope,
                     const std::vector<bool>& present)
    : layout_(&layout), group_(create_group(file, layout.spec().name)) {
  TableSpec& told = description_.spec;
  told.name = layout.spec().name;
  told.long_name = layout.spec().long_name;
  told.growing = layout.spec().growing;
  if (!told.long_name.empty()) write_attribute(group_, "long_name", told.long_name);
  if (!told.growing.empty()) write_attribute(group_, "growing", told.growing);
  create_scales(shape, scope);
  datasets_.resize(layout.variables().size());
  written_.resize(layout.variables().size());
  for (std::size_t v = 0; v < datasets_.size(); ++v) {
    if (present[v]) create_variable(v, shape, scope);
  }
}

void TableFile::create_scales(const Shape& shape, Scope scope) {
  for (std::size_t i = 0; i < layout_->axes().size(); ++i) {
    const auto& dimension = layout_->spec().dimensions[i];
    const bool is_bare = layout_->axes()[i] == Axis::ragged;
    TableDimension told{dimension.name, "", "", {}};
    if (!is_bare) {
      told.long_name = dimension.long_name;
      told.unit = file_unit(dimension.unit);
    }
    description_.spec.dimensions.push_back(std::move(told));
    description_.coordinates[dimension.name] = sum_of_coordinate(shape.coordinates[i]);
    description_.sizes[dimension.name] = {shape.sizes[i]};
    if (is_bare) {
      scales_.push_back(create_bare_scale(group_, dimension.name, shape.sizes[i]));
      continue;
    }
    const Values& coordinate = shape.coordinates[i];
    DatasetOptions options;
    if (layout_->axes()[i] == Axis::growing && scope == Scope::result) options.growth = {Growth::unlimited};
    Handle scale = create_dataset(group_, dimension.name, type_of(coordinate), {shape.sizes[i]}, options);
    make_scale(scale, dimension.name);
    describe(scale, dimension.unit, dimension.long_name);
    write_box(scale, coordinate, {0}, {shape.sizes[i]});
    scales_.push_back(std::move(scale));
  }
}

void TableFile::create_variable(std::size_t v, const Shape& shape, Scope scope) {
  const StoredVariable& stored = layout_->variables()[v];
  const Variable& variable = stored.variable;
  DatasetOptions options;
  if (scope == Scope::result) {
    if (layout_->spec().compress) options.compression = Compression::deflate;
    if (layout_->stores(stored, layout_->growing_axis()) && stored.row_elements > 0) {  // chunks cannot be empty
      for (const std::size_t axis : stored.axes) {
        options.growth.push_back(layout_->axes()[axis] == Axis::growing ? Growth::unlimited : Growth::fixed);
      }
    }
  }
  const bool counts = v >= layout_->spec().variables.size();
  options.fill = counts ? zeros(variable.type, 1) : missing(variable, 1);
  written_[v] = {.sizes = shape.of(stored), .missing = options.fill};
  Handle dataset = create_dataset(group_, variable.name, variable.type, shape.of(stored), options);
  describe(dataset, variable.unit, variable.long_name);
  if (counts) {
    const std::size_t k = v - layout_->spec().variables.size();
    write_attribute(dataset, "sample_dimension", layout_->spec().dimensions[layout_->ragged_axes()[k]].name);
  } else if (scope == Scope::result && is_integer(variable.type)) {
    written_[v].decides_fill = true;
  } else if (variable.type != ValueType::text) {
    write_attribute(dataset, "_FillValue", options.fill);
  }
  if (!variable.flags.empty()) describe_flags(dataset, variable);
  for (std::size_t axis = 0; axis < stored.axes.size(); ++axis) attach_scale(dataset, scales_[stored.axes[axis]], axis);
  datasets_[v] = std::move(dataset);
  if (counts) return;
  Variable told = variable;
  told.unit = file_unit(variable.unit);
  told.dimensions.clear();
  for (const std::size_t axis : stored.axes) told.dimensions.push_back(layout_->spec().dimensions[axis].name);
  description_.sizes[told.name] = shape.of(stored);
  description_.spec.variables.push_back(std::move(told));
}

void TableFile::write(std::size_t variable, const Values& values, const Sizes& start, const Sizes& count) {
  write_box(datasets_[variable], values, start, count);
  if (product(count) == 0) return;
  Written& written = written_[variable];
  const std::uint64_t sum = sum_of_box(values, start, count, written.sizes, written.missing);
  written.sum += sum;
  written.elements += product(count);
  if (written.decides_fill) written.has_missing = written.has_missing || contains(values, written.missing);
  // Rows may bring a variable without the growing dimension again and again: each of its places counts once.
  if (layout_->stores(layout_->variables()[variable], layout_->growing_axis())) return;
  const auto [place, is_first] = written.places.try_emplace(start, sum);
  if (is_first) return;
  written.sum -= std::exchange(place->second, sum);
  written.elements -= product(count);
}

void TableFile::close() {
  Sums sums;
  for (std::size_t v = 0; v < datasets_.size(); ++v) {
    const Written& written = written_[v];
    if (!datasets_[v]) continue;
    sums[layout_->variables()[v].variable.name] = written.sum;
    if (written.decides_fill && (written.has_missing || written.elements < product(written.sizes)))
      write_attribute(datasets_[v], "_FillValue", written.missing);
  }
  write_attribute(group_, checksum_name, checksum_of(description_, sums));
  for (auto& dataset : datasets_) dataset.close("write table " + layout_->spec().name);
  for (auto& scale : scales_) scale.close("write table " + layout_->spec().name);
}

}  // namespace kith::io
