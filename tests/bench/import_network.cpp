#include <fmt/os.h>

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

std::vector<Part> import_many_ties() {
  // A million people, each tied to the ten whose numbers are some steps ahead: near, and far away.
  constexpr std::uint32_t people = 1'000'000;
  {
    auto file = fmt::output_file("many.txt");
    for (std::uint32_t person = 0; person < people; ++person) {
      for (const std::uint32_t ahead : {1U, 2U, 3U, 5U, 8U, 1'001U, 20'011U, 100'003U, 300'007U, 400'009U})
        file.print("{} {}\n", person, (person + ahead) % people);
    }
  }
  network::ImportReport report;
  const Stopwatch reading;
  const network::Graph graph = network::import_file("many.txt", {}, report);
  return {{"import, wall", reading.wall(), "s", 5.0},
          {"import, CPU", reading.cpu(), "s"},
          {"ties read", static_cast<double>(graph.edges.size()), "1"}};
}

}  // namespace kith::bench
