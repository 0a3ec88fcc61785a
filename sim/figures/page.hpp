#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/report.hpp"
#include "figures/figure.hpp"

namespace kith::figures {

/// A part of a page: words, tables, figures.
struct PagePart {
  std::string id;  ///< letters and "-"
  std::string title;
  std::vector<std::string> paragraphs = {};
  bool is_list = false;  ///< the paragraphs are items
  std::vector<ReportTable> tables = {};
  std::vector<std::string> notes = {};  ///< below the tables: how to read them
  std::vector<Figure> figures = {};
  std::vector<std::pair<std::string, std::string>> facts = {};  ///< name and value
  std::vector<std::pair<std::string, std::string>> texts =
      {};  ///< title and what is shown as it stands: a command, a scenario
};

struct Page {
  std::string title;
  std::string subtitle;
  std::vector<std::string> alerts;  ///< what everybody must know first
  std::vector<PagePart> parts;
  std::string export_command;  ///< gives every row: "kith export out.h5"
};

/// One self-contained HTML page: it asks for nothing from anywhere, all is visible without scripts and on paper. Tables have at most
/// `rows` rows; what is left out is told, with the command that gives all.
std::string html_of(const Page& page, std::size_t rows = most_rows);

}  // namespace kith::figures
