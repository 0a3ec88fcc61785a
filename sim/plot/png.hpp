#pragma once

#include <iosfwd>
#include <string>

namespace kith::plot {

/// Whether this build can make pixels of a drawing (librsvg).
bool can_write_png();
/// A drawing as PNG, `scale` pixels for each of its own. Throws kith::Error for a build that cannot, and where librsvg fails.
void write_png(const std::string& svg, double scale, std::ostream& out);

}  // namespace kith::plot
