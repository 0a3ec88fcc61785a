#include "cli/drawing_file.hpp"

#include "plot/png.hpp"

namespace kith::cli {

void write_drawing(const std::string& svg, const std::string& path, OutputFile& file) {
  constexpr double pixels = 2.0;
  if (path.ends_with(".png"))
    plot::write_png(svg, pixels, file.stream());
  else
    file.stream() << svg;
}

}  // namespace kith::cli
