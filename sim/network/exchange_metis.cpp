#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/interrupt.hpp"
#include "network/exchange_formats.hpp"

/// METIS graph files (Karypis & Kumar, METIS manual 5.1, section 4.5): a line "people ties [format [weights]]", then
/// one line a person with the numbers of their neighbours, counted from 1. Boost's metis_reader is not used: its
/// exceptions carry neither a text nor a place, and it never compares the ties that it finds with the header.
namespace kith::network::detail {
namespace {

struct Header {
  std::size_t people = 0;
  std::size_t ties = 0;
  bool sizes = false;        // a first number per line: the person's size
  std::size_t weights = 0;   // then so many weights of the person
  bool tie_weights = false;  // each neighbour is followed by a weight
  std::string_view place;
};

class MetisReader {
 public:
  explicit MetisReader(const Reading& reading) : reading_(reading), rest_(reading.source.text) {}

  void read() {
    read_header();
    check_weight();
    people_.resize(header_.people);
    for (std::size_t person = 0; person < header_.people; ++person) read_person(person);
    check_end();
    check_pairs();
    for (std::size_t person = 0; person < header_.people; ++person) reading_.ids.of_copy(fmt::format("{}", person + 1));
    ImportReport& report = reading_.report;
    report.ties_read = reading_.graph.edges.size();
    report.notes.emplace_back("METIS counts people from 1; their numbers in the file are kept as ids.");
    if (header_.tie_weights && reading_.report.weight.empty()) {
      report.notes.emplace_back("Not used: the weights of the ties; network.weight: weight would use them.");
    }
    if (header_.sizes || header_.weights > 0) report.notes.emplace_back("Not used: the sizes and weights of people.");
  }

 private:
  enum class Blank { is_data, is_skipped };

  /// The next line that is no comment; false at the end.
  bool next_line(Blank blank) {
    while (!rest_.empty()) {
      check_interrupt();
      const std::size_t end = rest_.find('\n');
      line_ = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      ++reading_.report.lines;
      if (line_.starts_with('%')) {
        ++reading_.report.comments;
        continue;
      }
      const bool empty = line_.find_first_not_of(" \t\r") == std::string_view::npos;
      if (!empty || blank == Blank::is_data) return true;
      ++reading_.report.blank_lines;
    }
    return false;
  }

  /// The next word of the line, or an empty one at its end.
  std::string_view word() {
    const std::size_t begin = line_.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) {
      line_ = line_.substr(line_.size());
      return line_;
    }
    const std::size_t end = std::min(line_.find_first_of(" \t\r", begin), line_.size());
    const std::string_view result = line_.substr(begin, end - begin);
    line_.remove_prefix(end);
    return result;
  }

  std::size_t whole(std::string_view text, std::string_view what) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
      fail_at(reading_.source, text,
              {fmt::format("\"{}\" is not {}", text, what), "METIS files hold whole numbers",
               "is this an edge list? then set network.format"});
    }
    return value;
  }

  void read_header() {
    if (!next_line(Blank::is_skipped)) fail(reading_.source.name, {"holds no ties", "it has only comments", ""});
    const std::string_view line = line_;
    header_.place = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    header_.people = whole(word(), "a number of people");
    header_.ties = whole(word(), "a number of ties");
    const std::string_view format = word();
    if (format.size() > 3 || format.find_first_not_of("01") != std::string_view::npos) {
      fail_at(reading_.source, format,
              {fmt::format("\"{}\" is no METIS format", format), "up to three digits 0 or 1", ""});
    }
    const auto flag = [&](std::size_t from_right) {
      return format.size() > from_right && format[format.size() - 1 - from_right] == '1';
    };
    header_.tie_weights = flag(0);
    header_.weights = flag(1) ? 1 : 0;
    header_.sizes = flag(2);
    const std::string_view weights = word();
    if (!weights.empty() && header_.weights > 0) header_.weights = whole(weights, "a number of weights");
    if (header_.people > reading_.source.text.size()) {
      fail_at(reading_.source, header_.place,
              {fmt::format("the header says {}", count_of(header_.people, "person", "people")),
               "the file has fewer bytes than that", "is this an edge list? then set network.format"});
    }
  }

  void check_weight() {
    if (!wants_weight(reading_)) return;
    if (!header_.tie_weights) {
      fail_at(
          reading_.source, header_.place,
          {"the ties have no weights", "the third number of the header does not end in 1", "leave network.weight out"});
    }
  }

  void read_person(std::size_t person) {
    if (!next_line(Blank::is_data)) {
      fail_at(reading_.source, header_.place,
              {fmt::format("the header says {}", count_of(header_.people, "person", "people")),
               fmt::format("the file has {} after it", count_of(person, "line", "lines")),
               "one line per person is needed"});
    }
    people_[person] = line_;
    for (std::size_t k = 0; k < header_.weights + (header_.sizes ? 1 : 0); ++k)
      whole(word(), "a person's size or weight");
    for (std::string_view text = word(); !text.empty(); text = word()) {
      const std::size_t other = whole(text, "a person's number");
      if (other < 1 || other > header_.people) {
        fail_at(reading_.source, text,
                {fmt::format("there is no person {}", other),
                 fmt::format("the header says {}, counted from 1", count_of(header_.people, "person", "people")), ""});
      }
      read_neighbour(person, other - 1);
    }
  }

  void read_neighbour(std::size_t person, std::size_t other) {
    Edge edge;
    edge.a = static_cast<PersonId>(person);
    edge.b = static_cast<PersonId>(other);
    if (header_.tie_weights) {
      const std::string_view text = word();
      const float weight = read_weight(reading_.source, text, text);
      if (!reading_.report.weight.empty()) edge.weight = weight;
    }
    // Each tie stands in both persons' lines: the first is kept, the second only noted.
    if (person > other) {
      back_.emplace_back(edge.b, edge.a);
      return;
    }
    reading_.graph.edges.push_back(edge);
    if (person == other) return;
    forward_.emplace_back(edge.a, edge.b);
    if (!reading_.report.weight.empty() && edge.weight <= 0) ++reading_.report.zero_weights;
  }

  void check_end() {
    if (next_line(Blank::is_skipped)) {
      fail_at(reading_.source, line_.substr(0, line_.find_last_not_of(" \t\r") + 1),
              {"a line too many", fmt::format("the header says {}", count_of(header_.people, "person", "people")),
               "correct the header"});
    }
  }

  void check_pairs() {
    std::sort(forward_.begin(), forward_.end());
    std::sort(back_.begin(), back_.end());
    const auto [ahead, behind] = std::mismatch(forward_.begin(), forward_.end(), back_.begin(), back_.end());
    if (ahead != forward_.end() || behind != back_.end()) {
      const bool missing_back = behind == back_.end() || (ahead != forward_.end() && *ahead < *behind);
      const auto [a, b] = missing_back ? *ahead : *behind;
      const std::size_t lister = missing_back ? a : b;
      const std::size_t other = missing_back ? b : a;
      fail_at(reading_.source, people_[lister].substr(0, people_[lister].find_last_not_of(" \t\r") + 1),
              {fmt::format("person {} lists person {} once more than the other way round", lister + 1, other + 1),
               "each tie stands in both persons' lines", "complete the lines"});
    }
    // Self-loops may be counted in the header or not.
    const std::size_t loops = reading_.graph.edges.size() - forward_.size();
    if (header_.ties != forward_.size() && header_.ties != forward_.size() + loops) {
      fail_at(reading_.source, header_.place,
              {fmt::format("the header says {}", count_of(header_.ties, "tie", "ties")),
               fmt::format("the lines hold {}", forward_.size()), "correct the header or the lines"});
    }
  }

  const Reading& reading_;
  std::string_view rest_;
  std::string_view line_;
  Header header_;
  std::vector<std::string_view> people_;                // the line of each
  std::vector<std::pair<PersonId, PersonId>> forward_;  // pairs a < b from the line of a
  std::vector<std::pair<PersonId, PersonId>> back_;     // … and from the line of b
};

}  // namespace

void read_metis(const Reading& reading) { MetisReader(reading).read(); }

}  // namespace kith::network::detail
