#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "figures/charts.hpp"
#include "figures/contrast_name.hpp"
#include "figures/effects.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "figures/over_studies.hpp"
#include "plot/frame.hpp"
#include "plot/marks.hpp"

namespace kith::figures {
namespace {

// Places on the drawing [px].
constexpr double width = 720.0, left = 80.0, right = 690.0, top = 50.0, high = 320.0, below = 80.0;

/// The number and the unit in the name of an arm: 50 and "mg" of "naltrexone 50 mg"; nothing where there is none.
struct Dose {
  double amount = 0.0;
  std::string unit;
};
std::optional<Dose> dose_of(const std::string& arm) {
  for (std::size_t at = 0; at < arm.size(); ++at) {
    if (std::isdigit(static_cast<unsigned char>(arm[at])) == 0 || (at > 0 && arm[at - 1] != ' ')) continue;
    Dose dose;
    const auto [end, error] = std::from_chars(arm.data() + at, arm.data() + arm.size(), dose.amount);
    if (error != std::errc{} || end == arm.data() + arm.size() || *end != ' ') return std::nullopt;
    const std::string rest(end + 1, arm.data() + arm.size());
    dose.unit = rest.substr(0, rest.find(' '));
    return dose;
  }
  return std::nullopt;
}

struct Step {
  Dose dose;
  std::size_t contrast;
};

/// Doses of one unit, ascending; none where the arms are no doses.
std::vector<Step> steps_of(const std::vector<std::string>& contrasts) {
  std::vector<Step> steps;
  for (std::size_t c = 0; c < contrasts.size(); ++c) {
    const std::optional<Dose> dose = dose_of(arms_of(contrasts[c]).first);
    if (!dose || (!steps.empty() && dose->unit != steps.front().dose.unit)) return {};
    steps.push_back({*dose, c});
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.dose.amount < b.dose.amount; });
  return steps;
}

Mean mean_at(const Grid& grid, std::size_t measure, std::size_t contrast, const MeanOf& mean_of) {
  std::vector<double> all;
  for (std::size_t study = 0; study < grid.sizes[0]; ++study) all.push_back(grid.at({study, measure, contrast}));
  return over_studies(std::move(all), mean_of);
}

plot::Drawing drawn(const Definition& definition, const std::string& measure, const std::vector<Step>& steps,
                    const std::vector<Mean>& found, const std::vector<Mean>& own, std::size_t studies,
                    const std::string& id) {
  const std::string title = fmt::format("{}: {}", definition.title, measure);
  std::vector<double> values{0.0};
  plot::Points line;
  std::string description = title + ".";
  for (std::size_t s = 0; s < steps.size(); ++s) {
    values.insert(values.end(), {found[s].mean, found[s].low, found[s].high, own[s].mean});
    line.emplace_back(steps[s].dose.amount, own[s].mean);
    description += fmt::format(" {} {}: {}.", steps[s].dose.amount, steps[s].dose.unit,
                               with_interval(found[s].mean, found[s].low, found[s].high, definition.digits).text);
  }
  const plot::Range range = plot::range_of(values, 5);
  const double more_top = plot::heading_height(title, 10.0, width - 10.0);
  const double bottom = top + more_top + high;
  plot::Drawing drawing(width, bottom + below, {title, description}, id);
  const plot::Axes axes{{0.0, 1.05 * steps.back().dose.amount, left, right},
                        {range.from, range.to, bottom, top + more_top}};
  plot::heading(drawing, title, 10.0, width - 10.0);
  plot::frame(drawing, axes, {.x_label = "dose, " + steps.front().dose.unit, .y_label = definition.unit});
  plot::line(drawing, axes, line, 0);
  for (std::size_t s = 0; s < steps.size(); ++s)
    plot::interval(drawing, axes, steps[s].dose.amount, found[s].mean, found[s].low, found[s].high, 1);
  plot::legend(drawing, {left, bottom + 68.0}, right,
               {{plot::Key::Kind::square, "difference, with the " + interval_name(studies), 1},
                {plot::Key::Kind::line, "own effect", 0}});
  return drawing;
}

}  // namespace

Drawn draw_response(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of) {
  const std::optional<Grid> difference = read_grid(result, definition.table, definition.variables[0]);
  const std::optional<Grid> own = read_grid(result, definition.table, definition.variables[1]);
  if (!difference || !own || difference->sizes.size() != 3 || own->sizes.size() != 3)
    return missing("This result has no effects of a trial with measures.");
  const std::vector<Step> steps = steps_of(difference->names[2]);
  if (steps.size() < 3) return missing("The arms of this result are no doses of one drug.");
  const std::vector<bool> is_outcome = outcomes(result);
  Figure figure = begun(definition);
  figure.table.title = fmt::format("{} [{}]", definition.title, definition.unit);
  figure.table.columns = {"", fmt::format("mean difference [{}]", interval_name(difference->sizes[0])), "own effect"};
  for (std::size_t m = 0; m < is_outcome.size(); ++m) {
    if (!is_outcome[m]) continue;
    const std::string& measure = difference->names[1][m];
    std::vector<Mean> found;
    std::vector<Mean> own_means;
    for (const Step& step : steps) {
      found.push_back(mean_at(*difference, m, step.contrast, mean_of));
      own_means.push_back(mean_at(*own, m, step.contrast, mean_of));
      figure.table.rows.push_back(
          {{fmt::format("{}, {} {}", measure, step.dose.amount, step.dose.unit), std::nullopt},
           with_interval(found.back().mean, found.back().low, found.back().high, definition.digits),
           number(own_means.back().mean, definition.digits + 1)});
    }
    figure.drawings.push_back(drawn(definition, measure, steps, found, own_means, difference->sizes[0],
                                    fmt::format("{}-{}", definition.name, figure.drawings.size())));
  }
  return {std::move(figure), ""};
}

}  // namespace kith::figures
