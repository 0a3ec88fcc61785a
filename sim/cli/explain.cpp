#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>
#include <utility>

#include "cli/chart.hpp"
#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/scenario.hpp"
#include "config/document.hpp"
#include "core/units.hpp"
#include "fit/problem.hpp"
#include "sweep/design.hpp"

namespace kith::cli {

namespace {

using config::Entry;
using Entries = std::vector<Entry>;

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool is_free(const std::string& part) { return part == "*" || part == "[]"; }

/// The path without its free names: "trial.arms.doses" for "trial.arms.*.doses".
std::string without_free_names(const std::string& path) {
  std::string result;
  for (const std::string& part : parts_of(path)) {
    if (!is_free(part)) result += (result.empty() ? "" : ".") + part;
  }
  return result;
}

Entries find_keys(const Entries& entries, const std::string& word) {
  Entries found = config::find_entries(entries, word);
  if (!found.empty()) return found;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(found),
               [&](const Entry& entry) { return without_free_names(entry.path) == word; });
  return found;
}

Entries keys_below(const Entries& entries, const std::string& path) {
  Entries found;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(found),
               [&](const Entry& entry) { return entry.path.starts_with(path + "."); });
  return found;
}

/// "probe = separation": with what a key goes, shorter where that stands in the same mapping.
std::string with_what(const Entry& entry) {
  const std::string mapping = entry.path.substr(0, entry.path.rfind('.') + 1);
  return entry.only_with.starts_with(mapping) ? entry.only_with.substr(mapping.size()) : entry.only_with;
}

/// A key as a line tells it; the same key of several variants is one line.
struct Line {
  const Entry* entry;
  std::vector<std::string> with;  // what it goes with

  bool is_same(const Entry& other) const {
    return entry->path == other.path && entry->doc == other.doc && entry->fallback == other.fallback;
  }
  /// "diary; probe = separation, play"
  std::string conditions() const {
    std::string text;
    std::string last;  // "probe = "
    for (const std::string& one : with) {
      const std::size_t value = one.find(" = ");
      const std::string key = value == std::string::npos ? one : one.substr(0, value + 3);
      if (key == last && value != std::string::npos)
        text += ", " + one.substr(value + 3);
      else
        text += (text.empty() ? "" : "; ") + one;
      last = key;
    }
    return text;
  }
};

/// "lower, higher, none"
std::string words_of(const Entry& entry) {
  std::string all;
  for (const auto& [name, meaning] : entry.options) all += (all.empty() ? "" : ", ") + name;
  return all;
}

/// One line a key: path, default, meaning, and with what it goes.
void print_lines(const Entries& entries, const Channel& out) {
  constexpr std::size_t widest_path = 44;
  std::vector<Line> lines;
  std::size_t width = 0;
  for (const Entry& entry : entries) {
    width = std::max(width, std::min(entry.path.size(), widest_path));
    auto line = std::find_if(lines.begin(), lines.end(), [&](const Line& known) { return known.is_same(entry); });
    if (line == lines.end()) line = lines.insert(lines.end(), Line{&entry, {}});
    if (!entry.only_with.empty()) line->with.push_back(with_what(entry));
  }
  for (const Line& line : lines) {
    const Entry& entry = *line.entry;
    std::string text = entry.doc;
    if (entry.type == "choice" && !entry.is_variant) text += " One of " + words_of(entry) + ".";
    if (entry.is_alternative) text += " One of several that exclude each other: exactly one is given.";
    if (!entry.fallback.empty() && entry.fallback != "[]") text += fmt::format(" [{}]", entry.fallback);
    if (!line.with.empty()) text += fmt::format(" ({})", line.conditions());
    *out.stream << fmt::format("  {:<{}}  {}\n", entry.path, width, wrapped(text, out.width, width + 4));
  }
}

void print_topic(const Topic& topic, const Channel& out) {
  *out.stream << styled(out, Style::strong, topic.name) << " (" << topic.kind << ")\n";
  if (!topic.text.starts_with(topic.summary)) *out.stream << "  " << wrapped(topic.summary, out.width, 2) << '\n';
  *out.stream << "  " << wrapped(topic.text, out.width, 2) << '\n';
}

/// Several keys that end alike are listed; one key, or one key of several variants, is told in full.
void print_keys(const Entries& all, const Entries& found, const Channel& out) {
  const bool is_one_path =
      std::all_of(found.begin(), found.end(), [&](const Entry& entry) { return entry.path == found.front().path; });
  if (!is_one_path) {
    *out.stream << "Several keys are called so:\n";
    print_lines(found, out);
    *out.stream << "kith explain with the whole path tells more.\n";
    return;
  }
  for (const Entry& entry : found)
    *out.stream << (&entry == &found.front() ? "" : "\n") << config::explain(entry) << '\n';
  const Entries below = keys_below(all, found.front().path);
  if (below.empty()) return;
  *out.stream << "\nBelow it:\n";
  print_lines(below, out);
}

void print_overview(const Entries& entries, const std::vector<Topic>& topics, const Channel& out) {
  *out.stream << "Keys of a scenario (kith explain KEY tells what lies below):\n";
  Entries top;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(top),
               [](const Entry& entry) { return entry.path.find('.') == std::string::npos; });
  print_lines(top, out);
  std::size_t width = 0;
  for (const Topic& topic : topics) width = std::max(width, topic.name.size());
  std::string kind;
  for (const Topic& topic : topics) {
    if (topic.kind != kind) *out.stream << fmt::format("\nEach {} by name:\n", topic.kind);
    kind = topic.kind;
    *out.stream << fmt::format("  {:<{}}  {}\n", topic.name, width, wrapped(topic.summary, out.width, width + 4));
  }
}

/// "a | b" would end a cell.
std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

/// Every key that takes a value, as a table in Markdown for a document.
void print_markdown(const Entries& entries, const Channel& out) {
  *out.stream << "| key | default | range | mark | meaning | source |\n|---|---|---|---|---|---|\n";
  for (const Entry& entry : entries) {
    const bool is_structure = entry.type == "mapping" || entry.type == "list" || entry.type == "map";
    if (entry.is_repeated || (is_structure && entry.same_as.empty())) continue;
    const std::string fallback = !entry.has_fallback ? "" : entry.fallback.empty() ? "\"\"" : entry.fallback;
    const std::string mark = entry.has_fallback ? std::string(config::name(entry.mark)) : "";
    std::string doc =
        entry.same_as.empty() ? entry.doc : fmt::format("{} Keys: those of `{}`.", entry.doc, entry.same_as);
    if (!entry.only_with.empty()) doc += fmt::format(" ({})", entry.only_with);
    *out.stream << fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", entry.path, cell(fallback),
                               config::limits_text(entry.min, entry.max, entry.above_min), mark, cell(doc),
                               cell(entry.source));
  }
}

/// What --dose, --every, --count and --plot ask for.
struct Drawing {
  std::vector<std::string> doses;
  std::optional<std::string> every;
  std::optional<std::uint32_t> count;
  std::optional<std::string> plot;
  bool force = false;

  bool is_asked() const { return !doses.empty() || every || count || plot; }
};

double quantity(const std::string& option, const std::string& text, Dimension dimension) {
  const Quantity quantity = parse_quantity(text, dimension);
  if (quantity.value && *quantity.value > 0.0) return *quantity.value;
  throw Error(ErrorKind::usage,
              fmt::format("{} {}: {}{}", option, text, quantity.value ? "must be more than 0" : quantity.problem,
                          quantity.suggestion.empty() ? "" : "; " + quantity.suggestion));
}

plot::Chart drawn(const Topic& topic, const Drawing& drawing) {
  ChartRequest request;
  for (const std::string& dose : drawing.doses) request.doses.push_back(quantity("--dose", dose, Dimension::mass));
  if (drawing.every) request.every = quantity("--every", *drawing.every, Dimension::time);
  request.count = drawing.count;
  return topic.draw(request);
}

void write_plot(const plot::Chart& chart, const std::string& path, Existing existing) {
  OutputFile file(path, existing);
  file.stream() << plot::chart_svg(chart);
  file.finish();
}

/// "a, b, c"
std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

[[noreturn]] void refuse_curve(const std::string& word) {
  throw Error(ErrorKind::usage,
              fmt::format("there is no curve of \"{}\": --dose, --every, --count and --plot go with a "
                          "drug that acts",
                          word));
}

/// Its text and its curve, where it has one.
void explain_topic(const Topic& topic, const Drawing& drawing, const Channel& out) {
  std::optional<plot::Chart> chart;
  std::string why_none;
  try {
    if (topic.draw) chart = drawn(topic, drawing);
  } catch (const Error& error) {
    if (drawing.is_asked()) throw;
    why_none = error.what();  // a drug without a usual dose: its text is what was asked for
  }
  if (chart && drawing.plot) write_plot(*chart, *drawing.plot, drawing.force ? Existing::replace : Existing::keep);
  print_topic(topic, out);
  if (chart) *out.stream << '\n' << chart_text(*chart, out.width) << '\n';
  if (!why_none.empty()) *out.stream << fmt::format("\n  No curve: {}\n", wrapped(why_none, out.width, 2));
}

/// The drugs of a scenario, or of a file: the one called `word`, or all of them for the word "drug".
void explain_file(const Session& session, const std::string& word, const std::string& file, const Drawing& drawing) {
  ScenarioChoice choice;
  choice.name = file;
  config::Document document = open(session.application.scenarios(), choice);
  std::vector<Topic> topics = session.application.topics_of(document);
  std::vector<std::string> names;
  for (const Topic& topic : topics) names.push_back(topic.name);
  if (word != "drug") std::erase_if(topics, [&](const Topic& topic) { return topic.name != word; });
  if (topics.empty()) {
    throw Error(ErrorKind::usage, names.empty() ? fmt::format("{} gives no drug", file)
                                                : fmt::format("{} has no drug called \"{}\"\n  there are: {}", file,
                                                              word, listed(names)));
  }
  if (drawing.plot && topics.size() > 1)
    throw Error(ErrorKind::usage, fmt::format("--plot draws one drug: name one of {}", listed(names)));
  for (const Topic& topic : topics) {
    if (drawing.is_asked() && !topic.draw) refuse_curve(topic.name);
    if (&topic != &topics.front()) *session.console.out.stream << '\n';
    explain_topic(topic, drawing, session.console.out);
  }
}

[[noreturn]] void refuse(const Entries& entries, const std::vector<Topic>& topics, const std::string& word) {
  std::vector<std::string> names;
  for (const Topic& topic : topics) names.push_back(topic.name);
  std::string near = nearest(word, names);
  const std::string path = config::nearest_path(entries, word);
  if (near.empty() || (!path.empty() && edit_distance(word, path) < edit_distance(word, near))) near = path;
  throw Error(ErrorKind::usage,
              fmt::format("nothing is called \"{}\"{}\n  kith explain without a word lists what there is", word,
                          near.empty() ? "" : fmt::format(": did you mean {}?", near)));
}

/// A kind of file that is no scenario, by the key that it begins with.
struct FileKind {
  std::string_view word;
  std::string_view name;
  void (*read)(config::Section);
};
constexpr std::array<FileKind, 2> file_kinds{
    {{"fit", "a calibration problem", [](config::Section root) { fit::read_problem(std::move(root)); }},
     {"sweep", "the design of a sweep", [](config::Section root) { sweep::read_design(std::move(root)); }}}};

/// The keys of such a file: all of them, or those called `key`.
void explain_kind(const FileKind& kind, const std::string& key, const Channel& out) {
  config::Document reference = config::Document::describe();
  kind.read(reference.root());
  const Entries& entries = reference.entries();
  if (key.empty()) {
    *out.stream << fmt::format("Keys of {} (kith explain {} KEY tells more of one):\n", kind.name, kind.word);
    print_lines(entries, out);
    return;
  }
  const Entries found = find_keys(entries, key);
  if (found.empty()) {
    const std::string near = config::nearest_path(entries, key);
    throw Error(ErrorKind::usage, fmt::format("no key of {} is called \"{}\"{}", kind.name, key,
                                              near.empty() ? "" : fmt::format(": did you mean {}?", near)));
  }
  print_keys(entries, found, out);
}

}  // namespace

ExitCode explain_word(const Session& session, const Words& words) {
  Options options(
      {.command = "explain",
       .summary = "Tells what a key of a scenario, a drug or a theory means: unit, range, default, and where the "
                  "default comes from.",
       .examples = {{"kith explain", "everything there is, in one line each"},
                    {"kith explain people", "a part of the scenario and the keys below it"},
                    {"kith explain people.count", "one key"},
                    {"kith explain drug first-steps", "the drugs of a scenario, or of a file that holds one"},
                    {"kith explain fit", "the keys of calibration problems; kith explain fit diaries tells of one"},
                    {"kith explain sweep factors", "a key of the designs of sweeps"},
                    {"kith explain naltrexone --dose 50mg --every 1d --count 7", "a drug's occupancy"}}});
  std::string word;
  options.argument(word, "KEY|DRUG|THEORY",
                   "A key (trial.arms.naltrexone.doses, or its end: doses), a drug or a theory.",
                   Options::Need::optional);
  std::string file;
  options.argument(
      file, "FILE",
      "A scenario or a file with a drug, whose drugs are told: the one of that name, or all after the word "
      "drug. After the word fit or sweep: a key of calibration problems, or of the designs of sweeps.",
      Options::Need::optional);
  bool markdown = false;
  options.flag(markdown, "--markdown", "Print all keys as one table in Markdown.");
  Drawing drawing;
  options.options(drawing.doses, "--dose", "DOSE",
                  "Draw a drug's occupancy for this dose, e.g. 50mg; may be repeated.");
  options.option(drawing.every, "--every", "TIME", "Time from one dose to the next, e.g. 1d.");
  options.option(drawing.count, "--count", "N", "How many doses are taken.");
  options.option(drawing.plot, "--plot", "FILE", "Also draw the curve, as SVG.");
  options.flag(drawing.force, "--force", "Replace the file of --plot when it exists.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  const auto kind =
      std::find_if(file_kinds.begin(), file_kinds.end(), [&](const FileKind& k) { return k.word == word; });
  if (kind != file_kinds.end() && !markdown && !drawing.is_asked()) {
    explain_kind(*kind, file, session.console.out);
    return ExitCode::done;
  }

  config::Document reference = config::Document::describe();
  session.application.read(reference.root());
  const Entries& entries = reference.entries();
  const Channel& out = session.console.out;
  if (!file.empty()) {
    explain_file(session, word, file, drawing);
    return ExitCode::done;
  }
  const std::vector<Topic> topics = session.application.topics();
  if (markdown) {
    if (!word.empty()) throw Error(ErrorKind::usage, "--markdown prints all keys: leave out \"" + word + "\"");
    print_markdown(entries, out);
    return ExitCode::done;
  }
  if (word.empty()) {
    if (drawing.is_asked())
      throw Error(ErrorKind::usage, "--dose, --every, --count and --plot go with a drug: name one");
    print_overview(entries, topics, out);
    return ExitCode::done;
  }
  const auto topic = std::find_if(topics.begin(), topics.end(), [&](const Topic& each) { return each.name == word; });
  const Entries found = find_keys(entries, word);
  if (topic == topics.end() && found.empty()) refuse(entries, topics, word);
  if (drawing.is_asked() && (topic == topics.end() || !topic->draw)) refuse_curve(word);
  if (topic != topics.end()) explain_topic(*topic, drawing, out);
  if (topic != topics.end() && !found.empty()) *out.stream << '\n';
  if (!found.empty()) print_keys(entries, found, out);
  return ExitCode::done;
}

}  // namespace kith::cli
