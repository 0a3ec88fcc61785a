#include "core/error.hpp"
#include "network/exchange.hpp"

/// A page has no files, so nothing reads them. The reader of scenarios says so where one is named; this is behind it.
namespace kith::network {

namespace {

[[noreturn]] void refuse(const std::string& path) {
  throw Error(ErrorKind::invalid_scenario, path + ": files cannot be read in a page");
}

}  // namespace

std::vector<std::string> ImportReport::lines_for_people() const { return {}; }
Graph import_file(const std::string& path, const ImportOptions& /*options*/, ImportReport& /*report*/) { refuse(path); }
PersonColumns import_columns(const std::string& path, const ColumnOptions& /*options*/) { refuse(path); }

}  // namespace kith::network
