#include "fit/diaries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/error.hpp"
#include "core/inputs.hpp"
#include "core/units.hpp"

namespace kith::fit {
namespace {

using Words = std::vector<std::string>;

/// The fields of a line; quotes hold commas together.
Words fields_of(const std::string& line) {
  Words fields(1);
  bool is_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      const bool is_doubled = is_quoted && i + 1 < line.size() && line[i + 1] == '"';
      if (is_doubled)
        fields.back() += line[i++];
      else
        is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  for (std::string& field : fields) {
    const std::size_t begin = std::min(field.find_first_not_of(" \t"), field.size());
    field = field.substr(begin, field.find_last_not_of(" \t") + 1 - begin);
  }
  return fields;
}

struct Moments {
  std::size_t n = 0;
  double mean = 0.0;
  double sd = 0.0;
};

Moments moments(const std::vector<double>& values, const std::string& of) {
  if (values.size() < 2) throw Unreadable{fmt::format("{} has {} people, and two are needed", of, values.size())};
  Moments m{.n = values.size()};
  const auto n = static_cast<double>(values.size());
  for (const double value : values) m.mean += value / n;
  double squares = 0.0;
  for (const double value : values) squares += (value - m.mean) * (value - m.mean);
  m.sd = std::sqrt(squares / (n - 1.0));
  return m;
}

std::vector<double> values_of(const std::map<std::string, double>& people) {
  std::vector<double> values;
  for (const auto& [person, value] : people) values.push_back(value);
  return values;
}

const std::map<std::string, double>& people_on(const Diaries& diaries, const std::string& arm) {
  const auto found = diaries.find(arm);
  if (found != diaries.end()) return found->second;
  Words arms;
  for (const auto& [name, people] : diaries) arms.push_back(name);
  const std::string near = nearest(arm, arms);
  std::string all;
  for (const std::string& one : arms) all += (all.empty() ? "" : ", ") + one;
  throw Unreadable{fmt::format("no arm is called \"{}\" there ({}){}", arm, all,
                               near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near))};
}

}  // namespace

Diaries parse_diaries(const std::string& text) {
  constexpr std::array<const char*, 4> wanted{"person", "day", "arm", "rating"};
  std::istringstream lines(text);
  std::string line;
  if (!std::getline(lines, line)) throw Unreadable{"it is empty"};
  if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  const Words header = fields_of(line);
  std::array<std::size_t, 4> place{};
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    place.at(k) = static_cast<std::size_t>(std::find(header.begin(), header.end(), wanted.at(k)) - header.begin());
    if (place.at(k) == header.size())
      throw Unreadable{
          fmt::format("line 1: there is no column \"{}\" (person, day, arm and rating are needed)", wanted.at(k))};
  }
  std::map<std::string, std::map<std::string, std::pair<double, std::size_t>>> sums;
  for (std::size_t number = 2; std::getline(lines, line); ++number) {
    const Words fields = fields_of(line);
    if (fields.size() == 1 && fields.front().empty()) continue;
    if (fields.size() != header.size())
      throw Unreadable{
          fmt::format("line {}: {} fields, and the first line has {}", number, fields.size(), header.size())};
    const std::string& rating = fields[place[3]];
    if (rating.empty() || rating == "NA") continue;  // not answered
    const std::optional<double> value = parse_number(rating);
    if (!value) throw Unreadable{fmt::format("line {}: the rating \"{}\" is no number", number, rating)};
    auto& [sum, count] = sums[fields[place[2]]][fields[place[0]]];
    sum += *value;
    ++count;
  }
  Diaries diaries;
  for (const auto& [arm, people] : sums) {
    for (const auto& [person, sum] : people) diaries[arm][person] = sum.first / static_cast<double>(sum.second);
  }
  return diaries;
}

Estimated estimate(const Diaries& diaries, Wanted wanted, const std::string& arm, const std::string& against) {
  const std::map<std::string, double>& on_arm = people_on(diaries, arm);
  if (wanted == Wanted::mean || wanted == Wanted::sd) {
    const Moments m = moments(values_of(on_arm), arm);
    const auto n = static_cast<double>(m.n);
    if (wanted == Wanted::mean) return {m.mean, m.sd / std::sqrt(n)};
    return {m.sd, m.sd / std::sqrt(2.0 * (n - 1.0))};
  }
  const std::map<std::string, double>& on_other = people_on(diaries, against);
  std::vector<double> a;
  std::vector<double> b;
  std::vector<double> differences;
  for (const auto& [person, value] : on_arm) {
    const auto other = on_other.find(person);
    if (other == on_other.end()) continue;
    a.push_back(value);
    b.push_back(other->second);
    differences.push_back(value - other->second);
  }
  double difference = 0.0;
  double error = 0.0;
  double standardiser = 0.0;
  double degrees = 0.0;
  if (!differences.empty()) {
    const Moments m = moments(differences, "both arms");
    const double s_a = moments(a, arm).sd;
    const double s_b = moments(b, against).sd;
    const auto n = static_cast<double>(m.n);
    difference = m.mean;
    error = m.sd / std::sqrt(n);
    standardiser = std::sqrt(0.5 * (s_a * s_a + s_b * s_b));
    degrees = n - 1.0;
  } else {
    const Moments m_a = moments(values_of(on_arm), arm);
    const Moments m_b = moments(values_of(on_other), against);
    const auto n_a = static_cast<double>(m_a.n);
    const auto n_b = static_cast<double>(m_b.n);
    difference = m_a.mean - m_b.mean;
    error = std::sqrt(m_a.sd * m_a.sd / n_a + m_b.sd * m_b.sd / n_b);
    degrees = n_a + n_b - 2.0;
    standardiser = std::sqrt(((n_a - 1.0) * m_a.sd * m_a.sd + (n_b - 1.0) * m_b.sd * m_b.sd) / degrees);
  }
  if (wanted == Wanted::difference) return {difference, error};
  const double g = difference / standardiser * (1.0 - 3.0 / (4.0 * degrees - 1.0));
  return {g, std::sqrt(error * error / (standardiser * standardiser) + g * g / (2.0 * degrees))};
}

Estimated read_diaries(config::Section s) {
  const std::string file = s.file({.key = "file", .doc = "A CSV with the columns person, day, arm and rating."});
  const auto wanted = static_cast<Wanted>(
      s.choice({.key = "of", .fallback = "g", .doc = "What of them is the target; each person counts once."},
               {{"difference", "arm less against, on the scale of the ratings"},
                {"g", "the same as Hedges g"},
                {"mean", "mean on the arm"},
                {"sd", "standard deviation between people on the arm"}}));
  const std::string arm = s.text({.key = "arm", .doc = "An arm, as the file calls it."});
  const std::string against = s.text({.key = "against", .fallback = "", .doc = "Another one, for a difference or g."});
  if (s.describing() || s.mistakes() > 0) return {0.0, 1.0};
  if ((wanted == Wanted::difference || wanted == Wanted::g) && against.empty()) {
    s.fail("against", "a difference from what?", "", "add against: with the other arm");
    return {0.0, 1.0};
  }
  if (!is_input_there(file)) {
    s.fail("file", "there is no file " + file, "diaries are read from it");
    return {0.0, 1.0};
  }
  const std::string text = read_input(file, [&] {
    std::ifstream stream(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  });
  try {
    const Estimated found = estimate(parse_diaries(text), wanted, arm, against);
    if (found.error > 0.0 && std::isfinite(found.value)) return found;
    s.fail("file", file + ": all people have the same", "there is no standard error");
  } catch (const Unreadable& unreadable) {
    s.fail("file", fmt::format("{}: {}", file, unreadable.problem));
  }
  return {0.0, 1.0};
}

}  // namespace kith::fit
