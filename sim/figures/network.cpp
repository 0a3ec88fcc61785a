#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "figures/charts.hpp"
#include "figures/grid.hpp"
#include "figures/layout.hpp"
#include "figures/numbers.hpp"
#include "plot/frame.hpp"
#include "plot/marks.hpp"

namespace kith::figures {
namespace {

constexpr std::size_t most_people = 400;
constexpr std::size_t most_ties = most_points - most_people;
constexpr std::size_t shades = 5;
constexpr double width = 720.0, side = 600.0, top = 50.0, margin = 60.0, below = 90.0;

/// People who are drawn, by their index in the network, and the ties between them.
struct Part {
  std::vector<std::size_t> people;
  std::vector<std::pair<std::size_t, std::size_t>> ties;  ///< places in `people`
  std::size_t people_in_all = 0, ties_between = 0;
};

struct Network {
  Grid offsets, targets;
  std::optional<Grid> closeness;
  std::size_t people() const { return offsets.values.size() - 1; }
  std::size_t begin(std::size_t person) const { return static_cast<std::size_t>(offsets.values[person]); }
  std::size_t end(std::size_t person) const { return static_cast<std::size_t>(offsets.values[person + 1]); }
  std::size_t target(std::size_t tie) const { return static_cast<std::size_t>(targets.values[tie]); }
  double weight(std::size_t tie) const { return closeness ? closeness->values[tie] : 1.0; }
};

/// All people, or those nearest by ties to `first`.
std::vector<std::size_t> chosen(const Network& network, const std::vector<std::size_t>& first) {
  std::vector<std::size_t> people;
  std::vector<bool> is_in(network.people(), false);
  const auto add = [&](std::size_t person) {
    if (person >= network.people() || is_in[person] || people.size() == most_people) return;
    is_in[person] = true;
    people.push_back(person);
  };
  for (const std::size_t person : first) add(person);
  if (people.empty()) add(0);
  std::size_t next = 0;
  while (next < people.size()) {  // which grows
    const std::size_t person = people[next++];
    for (std::size_t tie = network.begin(person); tie < network.end(person); ++tie) add(network.target(tie));
  }
  for (std::size_t person = 0; person < network.people(); ++person) add(person);
  return people;
}

Part part_of(const Network& network, const std::vector<std::size_t>& first) {
  Part part;
  part.people_in_all = network.people();
  part.people = chosen(network, first);
  std::map<std::size_t, std::size_t> place;
  for (std::size_t i = 0; i < part.people.size(); ++i) place[part.people[i]] = i;
  std::vector<std::pair<double, std::pair<std::size_t, std::size_t>>> ties;
  for (std::size_t i = 0; i < part.people.size(); ++i) {
    for (std::size_t tie = network.begin(part.people[i]); tie < network.end(part.people[i]); ++tie) {
      const auto other = place.find(network.target(tie));
      if (other != place.end() && i < other->second) ties.push_back({-network.weight(tie), {i, other->second}});
    }
  }
  part.ties_between = ties.size();
  std::sort(ties.begin(), ties.end());
  ties.resize(std::min(ties.size(), most_ties));
  for (const auto& tie : ties) part.ties.push_back(tie.second);
  return part;
}

/// A value of some people over time, in the first virtual study.
struct Values {
  const Grid& grid;
  std::map<std::size_t, std::size_t> column;  // by person

  double of(std::size_t row, std::size_t person) const {
    const auto found = column.find(person);
    return found == column.end() ? std::nan("") : grid.at({0, row, found->second});
  }
};

/// By id, the index of each person of the network.
std::map<std::string, std::size_t> people_of(const io::ResultFile& result, const std::string& table) {
  std::map<std::string, std::size_t> index;
  const TableSpec& spec = result.spec(table);
  for (std::size_t d = 0; d < spec.dimensions.size(); ++d) {
    const auto* ids = std::get_if<std::vector<std::string>>(&result.shape(table).coordinates[d]);
    if (ids == nullptr || ids->empty()) continue;
    for (std::size_t person = 0; person < ids->size(); ++person) index[(*ids)[person]] = person;
    break;
  }
  return index;
}

/// Ids of the participants of the first virtual study.
std::vector<std::string> participants_of(const io::ResultFile& result) {
  if (!has_table(result, "participants")) return {};
  for (const Variable& variable : result.spec("participants").variables) {
    if (variable.name != "id" || variable.type != ValueType::text) continue;
    auto ids = std::get<std::vector<std::string>>(result.read("participants", "id"));
    const std::size_t studies =
        std::max<std::size_t>(1, static_cast<std::size_t>(result.shape("participants").sizes[0]));
    ids.resize(ids.size() / studies);
    return ids;
  }
  return {};
}

std::size_t shade_of(double value, double least, double most) {
  const double share = most > least ? (value - least) / (most - least) : 0.0;
  return std::min(shades - 1, static_cast<std::size_t>(share * static_cast<double>(shades)));
}

struct Look {
  const Part& part;
  const std::vector<plot::Place>& places;
  const std::set<std::size_t>& ringed;
  double least, most;
};

plot::Drawing drawn(const Definition& definition, const Look& look, const Values& values, std::size_t row, double day,
                    std::size_t number) {
  const std::string title = fmt::format("{}, day {}", definition.title, plot::tick_text(day));
  plot::Drawing drawing(width, top + side + below, {title, definition.reading},
                        fmt::format("{}-{}", definition.name, number));
  drawing.attribute("data-day", plot::tick_text(day));
  plot::heading(drawing, title, 10.0, width - 10.0);
  const auto at = [&](std::size_t i) {
    return plot::Place{margin + (width - 2.0 * margin) * look.places[i].x,
                       top + 10.0 + (side - 20.0) * look.places[i].y};
  };
  for (const auto& [a, b] : look.part.ties) drawing.line(at(a), at(b), "faint");
  for (std::size_t i = 0; i < look.part.people.size(); ++i) {
    const std::size_t person = look.part.people[i];
    const double value = values.of(row, person);
    const double radius = std::isfinite(value) ? 6.0 : 3.0;
    drawing.circle(at(i), radius, "paper");
    drawing.circle(at(i), radius,
                   std::isfinite(value) ? fmt::format("f1 q{} s1", shade_of(value, look.least, look.most)) : "f5");
    if (look.ringed.count(person) > 0) drawing.circle(at(i), radius + 3.0, "ink");
  }
  double x = margin;
  const double y = top + side + 30.0;
  for (std::size_t shade = 0; shade < shades; ++shade) {
    const double from =
        look.least + (look.most - look.least) * static_cast<double>(shade) / static_cast<double>(shades);
    const double to =
        look.least + (look.most - look.least) * static_cast<double>(shade + 1) / static_cast<double>(shades);
    drawing.circle({x, y - 4.0}, 6.0, fmt::format("f1 q{} s1", shade));
    drawing.text({x + 12.0, y}, fmt::format("{:.2f} to {:.2f}", from, to), "words");
    x += 115.0;
  }
  drawing.circle({margin, y + 20.0}, 3.0, "f5");
  drawing.text({margin + 12.0, y + 24.0}, "not recorded", "words");
  drawing.circle({margin + 140.0, y + 20.0}, 6.0, "ink");
  drawing.text({margin + 155.0, y + 24.0}, "takes part in the trial", "words");
  return drawing;
}

}  // namespace

Drawn draw_network(const io::ResultFile& result, const Definition& definition) {
  std::optional<Grid> offsets = read_grid(result, definition.table, "offsets");
  std::optional<Grid> targets = read_grid(result, definition.table, "targets");
  const std::optional<Grid> grid = read_grid(result, definition.further, definition.variables.front());
  if (!offsets || !targets) return missing("This result was made without its network (record.network).");
  const std::vector<double>& starts = offsets->values;
  if (starts.size() < 2 || !std::is_sorted(starts.begin(), starts.end()) || starts.front() != 0.0 ||
      starts.back() != static_cast<double>(targets->values.size()))
    return missing("The ties of this result's network do not fit its people.");
  if (!grid || grid->sizes.size() != 3)
    return missing("No single people were recorded (record.people), so nothing colours the network.");
  const Network network{std::move(*offsets), std::move(*targets), read_grid(result, definition.table, "closeness")};
  Values values{*grid, {}};
  std::vector<std::size_t> first;
  const std::map<std::string, std::size_t> index = people_of(result, definition.table);
  for (std::size_t c = 0; c < grid->names[2].size(); ++c) {
    const auto person = index.find(grid->names[2][c]);
    if (person == index.end()) continue;
    values.column[person->second] = c;
    first.push_back(person->second);
  }
  std::set<std::size_t> ringed;
  for (const std::string& id : participants_of(result)) {
    if (const auto person = index.find(id); person != index.end() && ringed.insert(person->second).second)
      first.push_back(person->second);
  }
  const Part part = part_of(network, first);
  const std::vector<plot::Place> places = spring_layout(part.people.size(), part.ties);
  const auto begin = grid->values.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(grid->sizes[1] * grid->sizes[2]);
  const auto [least, most] = std::minmax_element(begin, end, [](double a, double b) { return a < b; });
  const Look look{part, places, ringed, *least, *most};
  Figure figure = begun(definition);
  figure.table.title = fmt::format("{} of those recorded, first virtual study", definition.title);
  figure.table.columns = {"person"};
  const std::set<std::size_t> rows{0, grid->sizes[1] / 2, grid->sizes[1] - 1};
  for (const std::size_t row : rows) {
    const double day = grid->numbers[1][row] / 24.0;
    figure.drawings.push_back(drawn(definition, look, values, row, day, figure.drawings.size()));
    figure.table.columns.push_back("day " + plot::tick_text(day));
  }
  for (const auto& [person, column] : values.column) {
    std::vector<Cell> cells{{grid->names[2][column], static_cast<double>(person)}};
    for (const std::size_t row : rows) cells.push_back(number(grid->at({0, row, column}), definition.digits));
    figure.table.rows.push_back(std::move(cells));
  }
  figure.notes.emplace_back("Ties are those at the start.");
  if (part.people.size() < part.people_in_all)
    figure.notes.push_back(
        fmt::format("Drawn: {} of {} people, those nearest by ties to who was recorded or takes part.",
                    part.people.size(), part.people_in_all));
  if (part.ties.size() < part.ties_between)
    figure.notes.push_back(
        fmt::format("Drawn: the {} closest of {} ties between them.", part.ties.size(), part.ties_between));
  return {std::move(figure), ""};
}

}  // namespace kith::figures
