#include <cstdlib>
#include <filesystem>

#include "bench.hpp"
#include "network/exchange.hpp"

namespace kith::bench {

std::string network_file() {
  const char* const folder = std::getenv("KITH_NETWORKS");
  const auto path = std::filesystem::path(folder != nullptr ? folder : KITH_SOURCE_DIR "/../shared/networks") /
                    "snap-ego-facebook.txt";
  return std::filesystem::exists(path) ? path.string() : "";
}

std::vector<Part> import_network() {
  network::ImportReport report;
  const Stopwatch reading;
  const network::Graph graph = network::import_file(network_file(), {}, report);
  return {{"import, wall", reading.wall(), "s", 1.0},
          {"import, CPU", reading.cpu(), "s"},
          {"ties read", static_cast<double>(graph.edges.size()), "1"}};
}

}  // namespace kith::bench
