#pragma once

#include <string>

#include "cli/output_file.hpp"

namespace kith::cli {

/// Writes a drawing (SVG) to the file of that name: as PNG where the name ends in .png, two pixels for each of the drawing's, as fine
/// screens have; else as it is. Throws what plot::write_png throws.
void write_drawing(const std::string& svg, const std::string& path, OutputFile& file);

}  // namespace kith::cli
