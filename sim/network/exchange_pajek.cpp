#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "network/exchange_formats.hpp"
#include "network/exchange_table.hpp"

/// Pajek networks (de Nooy, Mrvar & Batagelj 2018, appendix 3): sections that begin with *; people are numbered from 1.
/// Boost reads none.
namespace kith::network::detail {
namespace {

class PajekReader {
 public:
  explicit PajekReader(const Reading& reading) : reading_(reading), source_(reading.source), lines_(source_) {}

  void read() {
    weighted_ = wants_weight(reading_);
    while (networks_ < 2 && lines_.next()) {
      const std::string_view line = lines_.line();
      const std::size_t first = line.find_first_not_of(" \t");
      if (line.substr(first).starts_with("/*")) continue;
      split(source_, line, Delimiter::blanks, fields_);
      if (fields_[0].text.starts_with('*')) {
        begin_section();
      } else {
        read_line();
      }
    }
    name_people();
    report();
  }

 private:
  enum class Section { none, people, ties, lists, matrix, other };

  void begin_section() {
    const std::string word = lower_case(fields_[0].text);
    section_ = Section::other;
    if (word == "*network") {
      section_ = Section::none;
      if (people_ > 0) networks_ = 2;
    } else if (word == "*vertices") {
      begin_people();
    } else if (word == "*arcs" || word == "*edges") {
      section_ = Section::ties;
    } else if (word == "*arcslist" || word == "*edgeslist") {
      section_ = Section::lists;
    } else if (word == "*matrix") {
      section_ = Section::matrix;
      row_ = 0;
    }
    const bool is_of_ties = section_ == Section::ties || section_ == Section::lists || section_ == Section::matrix;
    if (is_of_ties && people_ == 0) {
      fail_at(source_, fields_[0].place,
              {"ties before the people", "*Vertices should come first and say how many there are", ""});
    }
    if (is_of_ties && fields_.size() > 1) relations_.insert(fields_.back().unquoted());
    directed_ = word.starts_with("*arcs");
  }

  void begin_people() {
    if (++networks_ == 2) return;
    if (fields_.size() < 2) fail_at(source_, fields_[0].place, {"*Vertices without a number of people", "", ""});
    people_ = whole(fields_[1], "a number of people");
    if (fields_.size() > 2 && whole(fields_[2], "a number of people") != people_) {
      fail_at(source_, fields_[2].place,
              {"this is a two-mode network", "its ties join people and what they belong to",
               "make a network of one mode of it first: Pajek, Network > 2-Mode Network > 2-Mode to 1-Mode"});
    }
    check_people(source_, fields_[1].place, people_);
    labels_.resize(people_);
    section_ = Section::people;
  }

  std::size_t whole(const Field& field, std::string_view what) {
    std::size_t value = 0;
    const std::string_view text = field.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
      fail_at(source_, field.place, {fmt::format("\"{}\" is not {}", text, what), "a whole number is needed", ""});
    return value;
  }

  PersonId person(const Field& field) {
    const std::size_t number = whole(field, "a person's number");
    if (number >= 1 && number <= people_) return static_cast<PersonId>(number - 1);
    fail_at(source_, field.place,
            {fmt::format("there is no person {}", number),
             fmt::format("*Vertices says {}, counted from 1", count_of(people_, "person", "people")), ""});
  }

  void read_line() {
    switch (section_) {
      case Section::none:
        fail_at(source_, extent(fields_), {"a line before *Vertices", "sections begin with *", ""});
      case Section::people:
        if (fields_.size() > 1) labels_[person(fields_[0])] = fields_[1].unquoted();
        break;
      case Section::ties:
        read_tie();
        break;
      case Section::lists:
        for (std::size_t k = 1; k < fields_.size(); ++k) add(person(fields_[0]), person(fields_[k]), nullptr);
        break;
      case Section::matrix:
        read_row();
        break;
      case Section::other:
        ++unread_;
    }
  }

  void read_tie() {
    if (fields_.size() < 2)
      fail_at(source_, extent(fields_), {"only one column", "a tie needs two people", "add the other person"});
    // After the people comes a value, unless words (c Blue) do.
    const Field* value = fields_.size() > 2 && number_in(fields_[2].text) ? &fields_[2] : nullptr;
    add(person(fields_[0]), person(fields_[1]), value);
  }

  void read_row() {
    if (fields_.size() != people_ || row_ >= people_) {
      fail_at(source_, extent(fields_),
              {row_ >= people_ ? "a row too many" : count_of(fields_.size(), "column", "columns"),
               fmt::format("*Vertices says {}", count_of(people_, "person", "people")), ""});
    }
    for (std::size_t column = 0; column < people_; ++column) {
      if (read_weight(source_, fields_[column].text, fields_[column].place) > 0.0F)
        add(static_cast<PersonId>(row_), static_cast<PersonId>(column), &fields_[column]);
    }
    ++row_;
  }

  void add(PersonId a, PersonId b, const Field* value) {
    Edge edge;
    edge.a = a;
    edge.b = b;
    if (weighted_) edge.weight = value == nullptr ? 1.0F : read_weight(source_, value->text, value->place);
    if (weighted_ && edge.weight <= 0.0F) ++reading_.report.zero_weights;
    has_values_ = has_values_ || (value != nullptr && number_in(value->text) != 1.0);
    if (directed_) ++arcs_;
    reading_.graph.edges.push_back(edge);
  }

  /// By their labels where everybody has one of their own, else by their numbers.
  void name_people() {
    if (people_ == 0) fail(source_.name, {"holds no people", "*Vertices is missing", "is it complete?"});
    const std::set<std::string> distinct(labels_.begin(), labels_.end());
    are_labels_used_ = distinct.size() == people_ && !distinct.contains("");
    for (std::size_t place = 0; place < people_; ++place)
      reading_.ids.of_copy(are_labels_used_ ? labels_[place] : fmt::format("{}", place + 1));
  }

  void report() {
    ImportReport& report = reading_.report;
    report.lines = lines_.read();
    report.comments = lines_.comments();
    report.blank_lines = lines_.blank();
    report.ties_read = reading_.graph.edges.size();
    report.notes.emplace_back(are_labels_used_ ? "People are called by their labels."
                                               : "People are called by their numbers: not everybody has a label of "
                                                 "their own.");
    if (relations_.size() > 1) {
      report.notes.push_back(
          fmt::format("{} relations are read together: {}.", relations_.size(), joined(relations_, ", ")));
    }
    if (arcs_ > 0) {
      report.notes.push_back(fmt::format("{} taken as ties in both directions.",
                                         arcs_ == 1 ? "1 arc is" : fmt::format("{} arcs are", arcs_)));
    }
    if (has_values_ && !weighted_ && !report.counted)
      report.notes.emplace_back("Not used: the values of the lines; network.weight: weight would use them.");
    if (unread_ > 0)
      report.notes.push_back(fmt::format("Not used: {} of other sections.", count_of(unread_, "line", "lines")));
    if (networks_ > 1) report.notes.emplace_back("Read the first network in the file; there are more.");
  }

  const Reading& reading_;
  const Source& source_;
  Lines lines_;
  std::vector<Field> fields_;
  Section section_ = Section::none;
  std::size_t networks_ = 0;
  std::size_t people_ = 0;
  std::vector<std::string> labels_;  // [people]
  std::set<std::string> relations_;
  std::size_t row_ = 0;  // of a matrix
  std::size_t arcs_ = 0;
  std::size_t unread_ = 0;
  bool directed_ = false;
  bool weighted_ = false;
  bool has_values_ = false;
  bool are_labels_used_ = false;
};

}  // namespace

void read_pajek(const Reading& reading) { PajekReader(reading).read(); }

}  // namespace kith::network::detail
