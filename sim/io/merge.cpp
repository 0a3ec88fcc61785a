#include "io/merge.hpp"

#include "io/pieces.hpp"
#include "io/table_file.hpp"

namespace kith::io {
namespace {

void copy_piece(const Assembly& assembly, std::size_t p, const Layout& layout, TableFile& table) {
  const Handle file = open_file(assembly.pieces()[p].path);
  const Handle group = open_group(file, layout.spec().name);
  for (std::size_t v = 0; v < layout.variables().size(); ++v) {
    const Variable& variable = layout.variables()[v].variable;
    if (!has_link(group, variable.name)) continue;
    const Handle source = open_dataset(group, variable.name);
    for (const Box& box : assembly.boxes(p, v)) {
      for (const Box& slab : slabs(box, element_bytes(variable.type))) {
        Values values = zeros(variable.type, product(slab.count));
        read_box(source, slab.from, slab.count, values, slab.count, Sizes(slab.count.size(), 0));
        table.write(v, values, slab.to, slab.count);
      }
    }
  }
}

}  // namespace

void merge_segments(const Handle& file, const Layouts& layouts, const std::vector<std::string>& segments) {
  for (const auto& shared : layouts) {
    const Layout& layout = *shared;
    std::vector<Piece> pieces;
    for (const auto& path : segments) {
      const Handle segment = open_file(path);
      if (has_link(segment, layout.spec().name)) pieces.push_back(read_piece(segment, path, layout));
    }
    const Assembly assembly(layout, std::move(pieces), ShapeBuilder::Replicates::declared);
    const std::vector<bool> present(layout.variables().size(), true);
    TableFile table(file, layout, assembly.shape(), TableFile::Scope::result, present);
    for (std::size_t p = 0; p < assembly.pieces().size(); ++p) copy_piece(assembly, p, layout, table);
    table.close();
  }
}

}  // namespace kith::io
