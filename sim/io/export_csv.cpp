#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <ostream>
#include <type_traits>

#include "core/error.hpp"
#include "io/result_file.hpp"

namespace kith::io {
namespace {

constexpr Size block_rows = 32768;  // rows that are in memory at once
constexpr Size most_columns = 256;  // that one variable may be spread over

using Axes = std::vector<std::size_t>;

bool contains(const Axes& outer, const Axes& inner) {
  return std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
}

/// A field as RFC 4180 wants it.
void put_text(std::string& line, const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

template <class T>
void put_number(std::string& line, T value) {
  std::array<char, 32> digits{};
  if constexpr (std::is_floating_point_v<T>) {
    constexpr auto most_plain = static_cast<T>(1e15);  // whole numbers are written whole, not as 1e+05
    if (std::abs(value) < most_plain && value == std::trunc(value) && !(value == 0 && std::signbit(value))) {
      const auto end =
          std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::int64_t>(value)).ptr;
      line.append(digits.data(), end);
      return;
    }
  }
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  line.append(digits.data(), end);
}

/// One value; `variable` is null for a coordinate, which is never missing.
void put_value(std::string& line, const Values& values, std::size_t index, const Variable* variable) {
  std::visit(
      [&](const auto& v) {
        using T = typename std::decay_t<decltype(v)>::value_type;
        if constexpr (std::is_same_v<T, std::string>) {
          put_text(line, v[index]);
        } else if constexpr (std::is_floating_point_v<T>) {
          if (!std::isnan(v[index])) put_number(line, v[index]);
        } else {
          if (variable != nullptr) {
            for (const auto& [flag, meaning] : variable->flags) {
              if (static_cast<T>(flag) == v[index]) return put_text(line, meaning);
            }
            const bool category = !variable->flags.empty();
            if (v[index] == (category ? static_cast<T>(-1) : std::numeric_limits<T>::lowest())) return;
          }
          put_number(line, v[index]);
        }
      },
      values);
}

/// A variable as columns: one, or one for each index along the dimensions that rows do not follow.
struct Column {
  const StoredVariable* stored;
  Axes extra;           ///< dimensions beyond those of the rows
  Size count = 1;       ///< columns
  Values block{};       ///< its values for the rows at hand
  Sizes row_strides;    ///< step in `block` for each dimension of the rows
  Sizes extra_strides;  ///< step in `block` for each dimension in `extra`
};

class Exporter {
 public:
  Exporter(const ResultFile& result, const std::string& table, const std::string& part)
      : result_(&result), layout_(&result.layout(table)), shape_(&result.shape(table)) {
    choose_rows(part);
    for (const StoredVariable& stored : layout_->variables()) {
      if (contains(stored.axes, rows_) || contains(rows_, stored.axes)) add_column(stored);
    }
  }

  void write(std::ostream& out) {
    std::string line = header();
    out << line << '\n';
    Sizes sizes;
    for (const std::size_t axis : rows_) sizes.push_back(shape_->sizes[axis]);
    if (product(sizes) == 0) return;
    // A block is a range of one dimension, a single index of those before it, and all of those after it.
    std::size_t cut = 0;
    while (cut + 1 < sizes.size() &&
           product({sizes.begin() + static_cast<std::ptrdiff_t>(cut) + 1, sizes.end()}) > block_rows) {
      ++cut;
    }
    Sizes start(sizes.size(), 0);
    do {
      Sizes count(sizes);
      std::fill_n(count.begin(), std::min(cut, count.size()), 1);
      if (!sizes.empty()) {
        const Size step_rows = product({sizes.begin() + static_cast<std::ptrdiff_t>(cut) + 1, sizes.end()});
        count[cut] = std::min(std::max<Size>(1, block_rows / step_rows), sizes[cut] - start[cut]);
      }
      write_block(out, start, count);
      if (sizes.empty()) return;
      start[cut] += count[cut];
      for (std::size_t i = cut; i > 0 && start[i] >= sizes[i]; --i) {
        start[i] = 0;
        ++start[i - 1];
      }
    } while (start[0] < sizes[0]);
  }

 private:
  void choose_rows(const std::string& part);
  [[noreturn]] void refuse_ambiguous(const std::string& part) const;
  void add_column(const StoredVariable& stored);
  std::string header() const;
  void read_column(Column& column, const Sizes& start, const Sizes& count) const;
  void write_block(std::ostream& out, const Sizes& start, const Sizes& count);

  const ResultFile* result_;
  const Layout* layout_;
  const Shape* shape_;
  Axes rows_;  ///< dimensions that rows follow
  std::vector<Column> columns_;
};

void Exporter::choose_rows(const std::string& part) {
  Axes all;
  for (std::size_t i = 0; i < layout_->axes().size(); ++i) all.push_back(i);
  std::vector<std::pair<std::size_t, Axes>> sets;  // how many variables have exactly these dimensions
  for (const StoredVariable& stored : layout_->variables()) {
    const bool has_part = part.empty() || std::any_of(stored.axes.begin(), stored.axes.end(), [&](std::size_t axis) {
                            return layout_->spec().dimensions[axis].name == part;
                          });
    if (!has_part) continue;
    const auto known =
        std::find_if(sets.begin(), sets.end(), [&](const auto& set) { return set.second == stored.axes; });
    if (known == sets.end()) {
      sets.emplace_back(1, stored.axes);
    } else {
      ++known->first;
    }
  }
  if (sets.empty() && !part.empty()) refuse_ambiguous(part);
  rows_ = all;
  if (sets.empty() ||
      (part.empty() && std::any_of(sets.begin(), sets.end(), [&](const auto& s) { return s.second == all; }))) {
    return;
  }
  rows_ = std::max_element(sets.begin(), sets.end(), [](const auto& a, const auto& b) {
            return a.first < b.first;
          })->second;
  if (!part.empty()) return;
  for (const auto& [count, axes] : sets) {
    if (!contains(axes, rows_) && !contains(rows_, axes)) refuse_ambiguous(part);
  }
}

void Exporter::refuse_ambiguous(const std::string& part) const {
  const std::string& table = layout_->spec().name;
  std::vector<std::pair<std::string, std::string>> choices;  // with their variables
  for (const StoredVariable& stored : layout_->variables()) {
    if (stored.axes.empty()) continue;
    const std::string choice = table + "/" + layout_->spec().dimensions[stored.axes.back()].name;
    auto known = std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return each.first == choice; });
    if (known == choices.end()) known = choices.insert(known, {choice, ""});
    known->second += (known->second.empty() ? "" : ", ") + stored.variable.name;
  }
  std::string list;
  for (const auto& [choice, variables] : choices) list += fmt::format("\n  --table {}: {}", choice, variables);
  throw Error(ErrorKind::usage, part.empty()
                                    ? "table " + table + " has variables along unrelated dimensions; there are" + list
                                    : "table " + table + " has no variable along " + part + "; there are" + list);
}

void Exporter::add_column(const StoredVariable& stored) {
  Column column{&stored, {}, 1, zeros(stored.variable.type, 0), {}, {}};
  for (const std::size_t axis : stored.axes) {
    if (std::find(rows_.begin(), rows_.end(), axis) != rows_.end()) continue;
    column.extra.push_back(axis);
    column.count *= shape_->sizes[axis];
  }
  if (column.count > most_columns) refuse_ambiguous("");
  columns_.push_back(std::move(column));
}

std::string Exporter::header() const {
  std::string line;
  const auto separate = [&line] {
    if (!line.empty()) line += ',';
  };
  for (const std::size_t axis : rows_) {
    separate();
    line += layout_->spec().dimensions[axis].name;
  }
  for (const Column& column : columns_) {
    for (Size c = 0; c < column.count; ++c) {
      separate();
      std::string name = column.stored->variable.name;
      Size rest = column.count;
      for (const std::size_t axis : column.extra) {
        rest /= shape_->sizes[axis];
        name += "[" + layout_->spec().dimensions[axis].name + "=";
        put_value(name, shape_->coordinates[axis], c / rest % shape_->sizes[axis], nullptr);
        name += "]";
      }
      put_text(line, name);
    }
  }
  return line;
}

void Exporter::read_column(Column& column, const Sizes& start, const Sizes& count) const {
  const Axes& axes = column.stored->axes;
  Sizes from;
  Sizes extent;
  for (const std::size_t axis : axes) {
    const auto at = std::find(rows_.begin(), rows_.end(), axis);
    const auto i = static_cast<std::size_t>(at - rows_.begin());
    from.push_back(at == rows_.end() ? 0 : start[i]);
    extent.push_back(at == rows_.end() ? shape_->sizes[axis] : count[i]);
  }
  column.block = result_->read(layout_->spec().name, column.stored->variable.name, from, extent);
  column.row_strides.assign(rows_.size(), 0);
  column.extra_strides.assign(column.extra.size(), 0);
  Size stride = 1;
  for (std::size_t i = axes.size(); i-- > 0; stride *= extent[i]) {
    const auto at = std::find(rows_.begin(), rows_.end(), axes[i]);
    if (at != rows_.end()) {
      column.row_strides[static_cast<std::size_t>(at - rows_.begin())] = stride;
    } else {
      const auto extra = std::find(column.extra.begin(), column.extra.end(), axes[i]);
      column.extra_strides[static_cast<std::size_t>(extra - column.extra.begin())] = stride;
    }
  }
}

void Exporter::write_block(std::ostream& out, const Sizes& start, const Sizes& count) {
  for (Column& column : columns_) read_column(column, start, count);
  std::string lines;
  Sizes index(count.size(), 0);
  const Size rows = product(count);
  for (Size row = 0; row < rows; ++row) {
    const std::size_t begin = lines.size();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (lines.size() > begin || i > 0) lines += ',';
      const Values& coordinate = shape_->coordinates[rows_[i]];
      if (size(coordinate) == 0) {
        put_number(lines, start[i] + index[i]);  // a ragged dimension has none
      } else {
        put_value(lines, coordinate, start[i] + index[i], nullptr);
      }
    }
    bool first = rows_.empty();
    for (const Column& column : columns_) {
      Size offset = 0;
      for (std::size_t i = 0; i < index.size(); ++i) offset += index[i] * column.row_strides[i];
      for (Size c = 0; c < column.count; ++c) {
        Size at = offset;
        Size rest = column.count;
        for (std::size_t e = 0; e < column.extra.size(); ++e) {
          const Size length = shape_->sizes[column.extra[e]];
          rest /= length;
          at += c / rest % length * column.extra_strides[e];
        }
        if (!first) lines += ',';
        first = false;
        put_value(lines, column.block, at, &column.stored->variable);
      }
    }
    lines += '\n';
    for (std::size_t i = index.size(); i-- > 0;) {
      if (++index[i] < count[i]) break;
      index[i] = 0;
    }
  }
  out << lines;
}

}  // namespace

void export_csv(const ResultFile& result, const std::string& table, std::ostream& out) {
  const std::size_t slash = table.find('/');
  const std::string part = slash == std::string::npos ? "" : table.substr(slash + 1);
  Exporter(result, table.substr(0, slash), part).write(out);
}

}  // namespace kith::io
