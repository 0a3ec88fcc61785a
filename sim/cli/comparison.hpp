#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "cli/comparable.hpp"
#include "engine/report.hpp"
#include "io/result_file.hpp"

/// Numbers of two results side by side.
namespace kith::cli {

/// A result and where it came from.
struct ComparedResult {
  std::string path;
  io::ResultFile file;
  Leaves leaves;

  /// Throws kith::Error(ErrorKind::usage) where the result is partial or does not hold its scenario; ErrorKind::damaged.
  explicit ComparedResult(const std::string& name);
};

/// What is compared, and how.
struct ComparedPart {
  std::string group = "all";            ///< of people
  std::optional<std::string> day = {};  ///< "20", or "10..20"; the end where not given
  bool is_paired = false;               ///< replicate against replicate
};

/// Tables with A, B, B minus A, its 95 % interval and p, over the replicates of both.
class Comparison {
 public:
  Comparison(const Session& session, ComparedPart part, const ComparedResult& a, const ComparedResult& b)
      : session_(session), part_(std::move(part)), a_(a), b_(b) {}

  /// Means of people: at the end, on a day, or over some. Throws kith::Error(ErrorKind::usage) where a result has no such day or group.
  ReportTable population() const;
  /// What the virtual studies found: a table for each contrast, of the measures that both have.
  std::vector<ReportTable> effects() const;

 private:
  /// Which rows are meant; times [h] after the start.
  struct Window {
    std::optional<double> from, to;  ///< the last row if empty
    std::string text;
  };

  Window window() const;
  static std::vector<std::size_t> rows_of(const ComparedResult& side, const Window& when);
  std::vector<std::size_t> group_of(const ComparedResult& side) const;
  ReportTable empty_table(const std::string& title) const;
  void add_row(ReportTable& table, const std::string& name, const std::vector<double>& a,
               const std::vector<double>& b) const;

  const Session& session_;
  ComparedPart part_;
  const ComparedResult& a_;
  const ComparedResult& b_;
};

/// The first twelve, and how many more there are.
std::string listed(const std::vector<std::string>& names);

}  // namespace kith::cli
