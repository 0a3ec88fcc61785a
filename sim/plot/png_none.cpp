#include "core/error.hpp"
#include "plot/png.hpp"

namespace kith::plot {

bool can_write_png() { return false; }

void write_png(const std::string& /*svg*/, double /*scale*/, std::ostream& /*out*/) {
  throw Error(ErrorKind::usage,
              "this kith was built without librsvg and writes no PNG: write SVG, or install "
              "librsvg2-dev and build again");
}

}  // namespace kith::plot
