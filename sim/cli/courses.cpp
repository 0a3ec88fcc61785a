#include "cli/courses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <type_traits>
#include <variant>

#include "cli/console.hpp"

namespace kith::cli {

namespace {

constexpr std::size_t most_parts = 512;
constexpr std::size_t nowhere = std::string::npos;
constexpr std::array<std::string_view, 8> blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

std::vector<double> numbers_of(const Values& values) {
  return std::visit(
      [](const auto& all) {
        std::vector<double> numbers;
        if constexpr (!std::is_same_v<std::decay_t<decltype(all)>, std::vector<std::string>>)
          numbers.assign(all.begin(), all.end());
        return numbers;
      },
      values);
}

/// "−0.14"
std::string number(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text[0] == '-') text.replace(0, 1, "−");
  return text;
}

}  // namespace

Courses::Courses(const std::vector<figures::Definition>& shown, Sink& kept) : kept_(&kept) {
  for (const figures::Definition& definition : shown) {
    if (definition.kind == figures::Kind::over_time) shown_.push_back({definition, nowhere, {}, {}});
  }
}

void Courses::declare(const TableSpec& spec) {
  kept_->declare(spec);
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> groups{"all"};
  for (const TableDimension& dimension : spec.dimensions) {
    const auto* names = std::get_if<std::vector<std::string>>(&dimension.coordinate);
    if (dimension.name == "group" && names != nullptr) groups = *names;
  }
  for (Shown& shown : shown_) {
    if (shown.definition.table != spec.name) continue;
    for (std::size_t v = 0; v < spec.variables.size(); ++v) {
      if (spec.variables[v].name == shown.definition.variables.front()) shown.variable = v;
    }
    shown.groups = groups;
    shown.parts.resize(groups.size());
  }
}

void Courses::write(TableRow row) {
  {
    const std::scoped_lock lock(mutex_);
    bool is_shown = false;
    for (Shown& shown : shown_) {
      if (shown.definition.table != row.table || shown.variable >= row.values.size()) continue;
      const std::vector<double> values = numbers_of(row.values[shown.variable]);
      if (values.size() != shown.parts.size()) continue;  // of other dimensions than time and group
      for (std::size_t group = 0; group < values.size(); ++group) {
        if (std::isfinite(values[group]))
          shown.parts[group].add(row.coordinate, shown.definition.scale * values[group]);
      }
      is_shown = true;
    }
    if (is_shown) ++rows_[row.replicate];
  }
  kept_->write(std::move(row));
}

std::vector<Courses::Course> Courses::courses() const {
  const std::scoped_lock lock(mutex_);
  std::vector<Course> all;
  for (const Shown& shown : shown_) {
    for (std::size_t group = 0; group < shown.groups.size(); ++group) {
      Course course{shown.definition.title, shown.groups[group], shown.definition.digits, shown.parts[group].means()};
      if (!course.points.empty()) all.push_back(std::move(course));
    }
  }
  return all;
}

Courses::Counts Courses::counts() const {
  const std::scoped_lock lock(mutex_);
  Counts counts{0, rows_.size()};
  for (const auto& [replicate, rows] : rows_) counts.rows += rows;
  return counts;
}

void Courses::Parts::add(double hours, double value) {
  const auto begin_of = [this](double at) { return width_ == 0.0 ? at : width_ * std::floor(at / width_); };
  Sum& sum = sums_[begin_of(hours)];
  sum.hours += hours;
  sum.value += value;
  ++sum.count;
  while (sums_.size() > most_parts) {
    const double span = sums_.rbegin()->first - sums_.begin()->first;
    width_ = std::max(2.0 * width_, 2.0 * span / static_cast<double>(most_parts));
    std::map<double, Sum> joined;
    for (const auto& [begin, part] : sums_) {
      Sum& into = joined[begin_of(begin)];
      into.hours += part.hours;
      into.value += part.value;
      into.count += part.count;
    }
    sums_ = std::move(joined);
  }
}

std::vector<std::pair<double, double>> Courses::Parts::means() const {
  std::vector<std::pair<double, double>> points;
  for (const auto& [begin, sum] : sums_) {
    const auto count = static_cast<double>(sum.count);
    points.emplace_back(sum.hours / count, sum.value / count);
  }
  return points;
}

std::string sparkline(const std::vector<std::pair<double, double>>& points, std::size_t width) {
  if (points.empty() || width == 0) return "";
  const std::size_t columns = std::min(width, points.size());
  std::vector<double> values;
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t begin = column * points.size() / columns;
    const std::size_t end = std::max(begin + 1, (column + 1) * points.size() / columns);
    double total = 0.0;
    for (std::size_t k = begin; k < end; ++k) total += points[k].second;
    values.push_back(total / static_cast<double>(end - begin));
  }
  const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
  std::string text;
  for (const double value : values) {
    const double share = *greatest > *least ? (value - *least) / (*greatest - *least) : 0.5;
    text += blocks[std::min<std::size_t>(static_cast<std::size_t>(share * static_cast<double>(blocks.size())),
                                         blocks.size() - 1)];
  }
  return text;
}

std::string sparklines(const std::vector<Courses::Course>& courses, std::size_t width) {
  constexpr std::size_t figures_shown = 2;
  constexpr std::size_t widest_name = 28;
  std::vector<std::string> titles;
  std::vector<std::string> groups;
  for (const Courses::Course& course : courses) {
    if (std::find(titles.begin(), titles.end(), course.title) == titles.end()) titles.push_back(course.title);
    if (std::find(groups.begin(), groups.end(), course.group) == groups.end()) groups.push_back(course.group);
  }
  if (titles.empty()) return "";
  titles.resize(std::min(titles.size(), figures_shown));
  std::size_t name_width = 0;
  for (const std::string& group : groups) name_width = std::max(name_width, std::min(width_of(group), widest_name));
  constexpr std::size_t number_width = 8;
  const std::size_t column = (width - std::min(width, name_width + 2)) / titles.size();
  if (column < number_width + 12) return "";  // no room
  const std::size_t line_width = std::min<std::size_t>(column - number_width - 4, 32);
  const auto padded = [](const std::string& text, std::size_t to) {
    return text + std::string(to - std::min(to, width_of(text)), ' ');
  };
  std::string text = padded("", name_width + 2);
  for (const std::string& title : titles) text += "  " + padded(title, line_width + number_width);
  text += "\n";
  for (const std::string& group : groups) {
    text += "  " + padded(width_of(group) > widest_name ? group.substr(0, widest_name) : group, name_width);
    for (const std::string& title : titles) {
      const auto course = std::find_if(courses.begin(), courses.end(), [&](const Courses::Course& each) {
        return each.title == title && each.group == group;
      });
      if (course == courses.end()) {
        text += "  " + padded("", line_width + number_width);
        continue;
      }
      text += "  " +
              padded(sparkline(course->points, line_width) + " " + number(course->points.back().second, course->digits),
                     line_width + number_width);
    }
    while (text.ends_with(' ')) text.pop_back();
    text += "\n";
  }
  return text;
}

}  // namespace kith::cli
