#include "plot/drawing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/xml.hpp"

namespace kith::plot {
namespace {

constexpr std::string_view sheet =
    ".kith{font-family:sans-serif;font-size:13px}"
    ".kith .words{fill:#222}.kith .small{fill:#222;font-size:11px}.kith .pale{fill:#5c5c5c}"
    ".kith .mid{text-anchor:middle}.kith .end{text-anchor:end}.kith .bold{font-weight:bold}.kith .head{font-size:16px}"
    ".kith .ink{stroke:#222;fill:none}.kith .faint{stroke:#ddd;fill:none}.kith .paper{fill:#fff}"
    ".kith .rule{stroke:#666;stroke-dasharray:3 3}.kith .bare{fill:#fff;stroke:#222}.kith .full{fill:#222}.kith "
    ".dark{fill:#222}"
    ".kith .curve{stroke-width:2;fill:none;stroke-linejoin:round}.kith .thin{stroke-width:1}.kith "
    ".hollow{stroke-width:2;fill:#fff}"
    ".kith .s0{stroke:#0072b2}.kith .s1{stroke:#d55e00}.kith .s2{stroke:#009e73}"
    ".kith .s3{stroke:#b4558a}.kith .s4{stroke:#b07800}.kith .s5{stroke:#777}"
    ".kith .f0,.kith .b0{fill:#0072b2}.kith .f1,.kith .b1{fill:#d55e00}.kith .f2,.kith .b2{fill:#009e73}"
    ".kith .f3,.kith .b3{fill:#b4558a}.kith .f4,.kith .b4{fill:#b07800}.kith .f5,.kith .b5{fill:#777}"
    ".kith .b0,.kith .b1,.kith .b2,.kith .b3,.kith .b4,.kith .b5{fill-opacity:.16;stroke:none}"
    ".kith .dot{fill-opacity:.7}.kith .q0{fill-opacity:.08}.kith .q1{fill-opacity:.3}.kith .q2{fill-opacity:.55}"
    ".kith .q3{fill-opacity:.78}"
    ".kith .curve.s1{stroke-dasharray:8 3}.kith .curve.s2{stroke-dasharray:2 3}.kith .curve.s3{stroke-dasharray:9 3 2 "
    "3}"
    ".kith .curve.s4{stroke-dasharray:5 2 1 2 1 2}"
    ".kith .curve.whole{stroke-dasharray:none}"
    "@media screen and (prefers-color-scheme:dark){"
    ".kith .words,.kith .small{fill:#e8e8e8}.kith .pale{fill:#a8a8a8}.kith .paper{fill:#16181c}.kith "
    ".ink{stroke:#e8e8e8}"
    ".kith .faint{stroke:#3a3d42}.kith .rule{stroke:#999}.kith .bare{fill:#16181c;stroke:#e8e8e8}.kith "
    ".full{fill:#e8e8e8}"
    ".kith .hollow{fill:#16181c}"
    ".kith .s0{stroke:#56b4e9}.kith .s1{stroke:#f0803c}.kith .s2{stroke:#2fc79a}"
    ".kith .s3{stroke:#cc79a7}.kith .s4{stroke:#e6b000}.kith .s5{stroke:#aaa}"
    ".kith .f0,.kith .b0{fill:#56b4e9}.kith .f1,.kith .b1{fill:#f0803c}.kith .f2,.kith .b2{fill:#2fc79a}"
    ".kith .f3,.kith .b3{fill:#cc79a7}.kith .f4,.kith .b4{fill:#e6b000}.kith .f5,.kith .b5{fill:#aaa}}";

std::string listed(const std::vector<Place>& places) {
  std::string text;
  text.reserve(places.size() * 12);
  for (const Place& place : places)
    fmt::format_to(std::back_inserter(text), "{}{:.1f},{:.1f}", text.empty() ? "" : " ", place.x, place.y);
  return text;
}

}  // namespace

std::string tone_class(char kind, std::size_t tone) { return fmt::format("{}{}", kind, tone % tones); }

std::string_view style_sheet() { return sheet; }

Drawing::Drawing(double width, double height, Caption caption, std::string id)
    : width_(width), height_(height), caption_(std::move(caption)), id_(std::move(id)) {}

void Drawing::line(Place from, Place to, std::string_view classes) {
  body_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n", from.x, from.y,
                       to.x, to.y, classes);
}
void Drawing::polyline(const std::vector<Place>& places, std::string_view classes) {
  body_ += fmt::format("<polyline points=\"{}\" class=\"{}\"/>\n", listed(places), classes);
}
void Drawing::polygon(const std::vector<Place>& places, std::string_view classes) {
  body_ += fmt::format("<polygon points=\"{}\" class=\"{}\"/>\n", listed(places), classes);
}
void Drawing::circle(Place centre, double radius, std::string_view classes) {
  body_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:g}\" class=\"{}\"/>\n", centre.x, centre.y, radius,
                       classes);
}
void Drawing::rect(Place corner, double width, double height, std::string_view classes) {
  body_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"/>\n", corner.x,
                       corner.y, width, height, classes);
}
void Drawing::text(Place place, std::string_view words, std::string_view classes) {
  body_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", place.x, place.y, classes,
                       xml_escaped(words));
}
void Drawing::text_upwards(Place place, std::string_view words, std::string_view classes) {
  body_ += fmt::format(
      "<text x=\"{0:.1f}\" y=\"{1:.1f}\" class=\"mid {2}\" transform=\"rotate(-90 {0:.1f} {1:.1f})\">{3}</text>\n",
      place.x, place.y, classes, xml_escaped(words));
}
void Drawing::open(std::string_view attributes) { body_ += fmt::format("<g {}>\n", attributes); }
void Drawing::close() { body_ += "</g>\n"; }
void Drawing::attribute(std::string_view name, std::string_view value) {
  attributes_ += fmt::format(" {}=\"{}\"", name, xml_escaped(value));
}

void Drawing::add(Place corner, const Drawing& drawing) {
  body_ += fmt::format("<g transform=\"translate({:.1f} {:.1f})\">\n{}</g>\n", corner.x, corner.y, drawing.body_);
}

std::string Drawing::svg(Style style) const {
  std::string text = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:g}\" height=\"{1:g}\" viewBox=\"0 0 {0:g} {1:g}\" "
      "class=\"kith\" role=\"img\" aria-labelledby=\"{2}-title {2}-desc\"{3}>\n"
      "<title id=\"{2}-title\">{4}</title>\n<desc id=\"{2}-desc\">{5}</desc>\n",
      width_, height_, id_, attributes_, xml_escaped(caption_.title), xml_escaped(caption_.description));
  if (style == Style::own)
    text += fmt::format("<style>{}</style>\n<rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n", sheet);
  return text + body_ + "</svg>\n";
}

Drawing stacked(const std::vector<Drawing>& drawings, Caption caption, std::string id) {
  double width = 0.0;
  double height = 0.0;
  for (const Drawing& drawing : drawings) {
    width = std::max(width, drawing.width());
    height += drawing.height();
  }
  Drawing all(width, height, std::move(caption), std::move(id));
  double y = 0.0;
  for (const Drawing& drawing : drawings) {
    all.add({0.5 * (width - drawing.width()), y}, drawing);
    y += drawing.height();
  }
  return all;
}

double text_width(std::string_view words, double font_size) {
  const auto starts = std::count_if(words.begin(), words.end(), [](char byte) { return (byte & 0xC0) != 0x80; });
  return 0.56 * font_size * static_cast<double>(starts);
}

std::vector<std::string> lines_of(std::string_view words, double width, double font_size) {
  std::vector<std::string> lines(1);
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    const std::string word(words.substr(begin, end - begin));
    if (!lines.back().empty() && text_width(lines.back() + " " + word, font_size) > width) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    begin = end + 1;
  }
  return lines;
}

}  // namespace kith::plot
