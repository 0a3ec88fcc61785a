#pragma once

#include <iosfwd>
#include <string>

namespace kith::plot {

/// A drawing as PNG, `scale` pixels for each of its own, made by the program rsvg-convert: linked, its library would bring forty
/// others into every start of kith. Throws kith::Error where that is not installed, or fails.
void write_png(const std::string& svg, double scale, std::ostream& out);

}  // namespace kith::plot
