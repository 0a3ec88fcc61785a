#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kith::plot {

struct Place {
  double x = 0.0, y = 0.0;  ///< [px] from the left upper corner
};

/// Colours that colour-blind people tell apart (Okabe & Ito 2008); the last is the grey of what is beside the point.
inline constexpr std::size_t tones = 6;

/// Classes of the style sheet that every drawing carries: lines are "ink" or "faint" or "s0" to "s5" (in a tone); areas "f0" to "f5",
/// pale ones "b0" to "b5", and "paper"; words "words", "small" and "pale", on areas of a tone "dark" or "paper"; centred "mid", ending
/// there "end", "bold".
std::string tone_class(char kind, std::size_t tone);

/// The style sheet, for light and, where the reader's screen asks for it, dark.
std::string_view style_sheet();

/// What a drawing says to those who do not see it.
struct Caption {
  std::string title;
  std::string description;
};

/// An SVG that grows by what is added to it. Later parts lie over earlier ones. Whoever shows it without a style sheet of its own or
/// scripts sees the same.
class Drawing {
 public:
  /// `id` tells drawings of one page apart: letters, digits and "-".
  Drawing(double width, double height, Caption caption, std::string id = "plot");

  void line(Place from, Place to, std::string_view classes);
  void polyline(const std::vector<Place>& places, std::string_view classes);
  void polygon(const std::vector<Place>& places, std::string_view classes);
  void circle(Place centre, double radius, std::string_view classes);
  void rect(Place corner, double width, double height, std::string_view classes);
  void text(Place place, std::string_view words, std::string_view classes);
  /// Words that are read from below to above, centred there.
  void text_upwards(Place place, std::string_view words, std::string_view classes);
  /// What follows until `close` belongs together; `attributes` as they stand in the tag: `class="series" data-series="0"`.
  void open(std::string_view attributes);
  void close();
  /// Another drawing, its left upper corner there.
  void add(Place corner, const Drawing& drawing);
  /// An attribute of the whole, for scripts: what the axes are.
  void attribute(std::string_view name, std::string_view value);

  double width() const { return width_; }
  double height() const { return height_; }
  const Caption& caption() const { return caption_; }

  enum class Style {
    own,      ///< a file of its own: brings its style sheet
    of_page,  ///< part of a page that has the style sheet
  };
  std::string svg(Style style = Style::own) const;

 private:
  double width_, height_;
  Caption caption_;
  std::string id_;
  std::string attributes_;
  std::string body_;
};

/// Drawings one below the other, as one of this caption.
Drawing stacked(const std::vector<Drawing>& drawings, Caption caption, std::string id = "plot");

/// About how wide words are [px]; fonts differ.
double text_width(std::string_view words, double font_size = 13.0);
/// The words broken at blanks into lines about that wide [px].
std::vector<std::string> lines_of(std::string_view words, double width, double font_size = 13.0);

}  // namespace kith::plot
