#include "figures/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/xml.hpp"
#include "figures/page_texts.hpp"

namespace kith::figures {
namespace {

std::string_view text_named(std::string_view name) {
  for (const auto& [own, text] : page_texts) {
    if (own == name) return text;
  }
  return "";
}

/// More columns than an upright sheet of paper has room for: such a table lies across one.
bool is_wide(const ReportTable& table) {
  constexpr std::size_t most_upright = 9;
  return table.columns.size() > most_upright;
}

std::string table_html(const ReportTable& table, std::size_t most, const std::string& export_command) {
  std::string html = fmt::format(
      "<div class=\"scroll{1}\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"{0}\"><table><caption><span>{0}</span></caption>\n<thead><tr>",
      xml_escaped(table.title), is_wide(table) ? " wide" : "");
  for (const std::string& column : table.columns)
    html += column.empty() ? "<td></td>" : fmt::format("<th scope=\"col\">{}</th>", xml_escaped(column));
  html += "</tr></thead>\n<tbody>\n";
  const std::size_t shown = std::min(most, table.rows.size());
  for (std::size_t r = 0; r < shown; ++r) {
    html += "<tr>";
    for (std::size_t c = 0; c < table.rows[r].size(); ++c)
      html +=
          (c == 0 ? "<th scope=\"row\">" : "<td>") + xml_escaped(table.rows[r][c].text) + (c == 0 ? "</th>" : "</td>");
    html += "</tr>\n";
  }
  html += "</tbody></table></div>\n";
  if (shown < table.rows.size())
    html += fmt::format("<p class=\"more\">{} more: <code>{}</code></p>\n", table.rows.size() - shown,
                        xml_escaped(export_command));
  return html;
}

std::string figure_html(const Figure& figure, std::size_t most, const std::string& export_command) {
  std::string html = fmt::format("<section class=\"figure\" id=\"{}\">\n<h3>{}</h3>\n<p>{}</p>\n",
                                 xml_escaped(figure.name), xml_escaped(figure.title), xml_escaped(figure.reading));
  for (const std::string& note : figure.notes) html += fmt::format("<p class=\"note\">{}</p>\n", xml_escaped(note));
  for (const plot::Drawing& drawing : figure.drawings)
    html += fmt::format("<div class=\"drawing\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n{}</div>\n",
                        xml_escaped(drawing.caption().title), drawing.svg(plot::Drawing::Style::of_page));
  if (figure.table.rows.empty()) return html + "</section>\n";
  return html + "<details open><summary>The numbers</summary>\n" + table_html(figure.table, most, export_command) +
         "</details>\n</section>\n";
}

std::string part_html(const PagePart& part, std::size_t most, const std::string& export_command) {
  std::string html = fmt::format("<section aria-labelledby=\"{0}-title\" id=\"{0}\">\n<h2 id=\"{0}-title\">{1}</h2>\n",
                                 part.id, xml_escaped(part.title));
  if (part.is_list && !part.paragraphs.empty()) html += "<ul>\n";
  for (const std::string& paragraph : part.paragraphs)
    html += fmt::format("<{0}>{1}</{0}>\n", part.is_list ? "li" : "p", xml_escaped(paragraph));
  if (part.is_list && !part.paragraphs.empty()) html += "</ul>\n";
  for (const ReportTable& table : part.tables) html += table_html(table, most, export_command);
  for (const std::string& note : part.notes) html += fmt::format("<p class=\"note\">{}</p>\n", xml_escaped(note));
  for (const Figure& figure : part.figures) html += figure_html(figure, most, export_command);
  if (!part.facts.empty()) html += "<dl>\n";
  for (const auto& [name, value] : part.facts)
    html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", xml_escaped(name), xml_escaped(value));
  if (!part.facts.empty()) html += "</dl>\n";
  for (const auto& [title, text] : part.texts)
    html += fmt::format("<p>{0}</p>\n<pre tabindex=\"0\" role=\"region\" aria-label=\"{0}\">{1}</pre>\n",
                        xml_escaped(title), xml_escaped(text));
  return html + "</section>\n";
}

}  // namespace

std::string html_of(const Page& page, std::size_t rows) {
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n<header>\n"
      "<h1>{}</h1>\n<p>{}</p>\n",
      xml_escaped(page.title), plot::style_sheet(), text_named("style"), xml_escaped(page.title),
      xml_escaped(page.subtitle));
  for (const std::string& alert : page.alerts)
    html += fmt::format("<p class=\"alert\"><strong>Note:</strong> {}</p>\n", xml_escaped(alert));
  html += "</header>\n<nav aria-label=\"Contents\"><ul>\n";
  for (const PagePart& part : page.parts)
    html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", part.id, xml_escaped(part.title));
  html += "</ul></nav>\n<main>\n";
  for (const PagePart& part : page.parts) html += part_html(part, rows, page.export_command);
  return html + fmt::format(
                    "</main>\n<p id=\"spoken\" class=\"spoken\" "
                    "aria-live=\"polite\"></p>\n<script>\n{}</script>\n</body>\n</html>\n",
                    text_named("enhance"));
}

}  // namespace kith::figures
