#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "network/exchange_formats.hpp"
#include "network/exchange_table.hpp"

/// Matrix Market coordinate files (Boisvert, Pozo & Remington 1996, NISTIR 5935): a banner, comments, a line "rows columns
/// entries", then a line "row column [value]" an entry, counted from 1.
namespace kith::network::detail {
namespace {

std::size_t whole(const Source& source, std::string_view text, std::string_view what) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    fail_at(source, text, {fmt::format("\"{}\" is not {}", text, what), "a whole number is needed", ""});
  return value;
}

class MatrixMarketReader {
 public:
  explicit MatrixMarketReader(const Reading& reading) : reading_(reading), source_(reading.source), lines_(source_) {}

  void read() {
    read_banner();
    weighted_ = wants_weight(reading_);
    read_size();
    std::size_t entries = 0;
    for (; lines_.next(); ++entries) read_entry();
    if (entries != entries_) {
      fail_at(source_, size_place_,
              {fmt::format("this line says {}", count_of(entries_, "entry", "entries")),
               fmt::format("the file has {}", entries), "is it complete?"});
    }
    ImportReport& report = reading_.report;
    report.lines = lines_.read();
    report.comments = lines_.comments() - 1;  // without the banner
    report.blank_lines = lines_.blank();
    report.ties_read = reading_.graph.edges.size();
    report.notes.emplace_back("Matrix Market counts people from 1; their numbers in the file are kept as ids.");
    if (has_values_ && !weighted_ && !report.counted)
      report.notes.emplace_back("Not used: the values of the entries; network.weight: weight would use them.");
  }

 private:
  void read_banner() {
    const std::string_view text = source_.text;
    const std::string_view banner = text.substr(0, text.find_first_of("\r\n"));
    const std::string words = lower_case(banner) + ' ';
    const auto says = [&](std::string_view word) { return words.find(fmt::format(" {} ", word)) != std::string::npos; };
    if (!says("coordinate")) {
      fail_at(source_, banner,
              {"this is a Matrix Market file that is not of coordinates", "Kith reads matrix coordinate files",
               "write it as a sparse matrix, or without its first lines as a square matrix"});
    }
    if (says("complex") || says("skew-symmetric") || says("hermitian")) {
      fail_at(source_, banner,
              {"such entries are no ties", "ties are pattern, integer or real; general or symmetric", ""});
    }
    has_values_ = !says("pattern");
  }

  void read_size() {
    if (!lines_.next()) fail(source_.name, {"holds no ties", "it ends before its size", "is it complete?"});
    split(source_, lines_.line(), Delimiter::blanks, fields_);
    size_place_ = extent(fields_);
    if (fields_.size() != 3)
      fail_at(source_, size_place_, {"this is no size", "rows, columns and entries are needed", ""});
    people_ = whole(source_, fields_[0].text, "a number of rows");
    const std::size_t columns = whole(source_, fields_[1].text, "a number of columns");
    entries_ = whole(source_, fields_[2].text, "a number of entries");
    if (people_ != columns) {
      fail_at(source_, size_place_,
              {fmt::format("the matrix has {} rows and {} columns", people_, columns),
               "ties are a square matrix of the same people", "is it of people and what they belong to?"});
    }
    check_people(source_, size_place_, people_);
    for (std::size_t person = 1; person <= people_; ++person) reading_.ids.of_copy(fmt::format("{}", person));
  }

  std::uint32_t person(const Field& field) {
    const std::size_t number = whole(source_, field.text, "a person's number");
    if (number >= 1 && number <= people_) return static_cast<std::uint32_t>(number - 1);
    fail_at(source_, field.place,
            {fmt::format("there is no person {}", number),
             fmt::format("the size says {}, counted from 1", count_of(people_, "person", "people")), ""});
  }

  void read_entry() {
    split(source_, lines_.line(), Delimiter::blanks, fields_);
    if (fields_.size() != (has_values_ ? 3U : 2U)) {
      fail_at(source_, extent(fields_),
              {count_of(fields_.size(), "column", "columns"),
               has_values_ ? "row, column and value are needed" : "row and column are needed", ""});
    }
    Edge edge;
    edge.a = person(fields_[0]);
    edge.b = person(fields_[1]);
    if (weighted_ && !has_values_)
      fail_at(source_, size_place_, {"the ties have no weights", "the file is a pattern", "leave network.weight out"});
    if (weighted_) edge.weight = read_weight(source_, fields_[2].text, fields_[2].place);
    if (weighted_ && edge.weight <= 0.0F) ++reading_.report.zero_weights;
    reading_.graph.edges.push_back(edge);
  }

  const Reading& reading_;
  const Source& source_;
  Lines lines_;
  std::vector<Field> fields_;
  std::string_view size_place_;
  std::size_t people_ = 0;
  std::size_t entries_ = 0;
  bool has_values_ = false;
  bool weighted_ = false;
};

}  // namespace

void read_matrix_market(const Reading& reading) { MatrixMarketReader(reading).read(); }

bool wants_weight(const Reading& reading) {
  const std::string& weight = reading.options.weight;
  if (weight.empty() || reading.report.counted) return false;
  if (weight != "weight") {
    fail(reading.source.name, {fmt::format("there is no column \"{}\"", weight),
                               "the only one in such a file is weight", "set network.weight: weight, or count"});
  }
  reading.report.weight = weight;
  return true;
}

void check_people(const Source& source, std::string_view place, std::size_t people) {
  constexpr std::size_t always = 1'000'000;
  constexpr std::size_t per_byte = 10;
  if (people <= std::max(always, per_byte * source.text.size())) return;
  fail_at(source, place,
          {fmt::format("the file says {}", count_of(people, "person", "people")),
           fmt::format("it has only {} bytes", source.text.size()), "is it complete?"});
}

}  // namespace kith::network::detail
