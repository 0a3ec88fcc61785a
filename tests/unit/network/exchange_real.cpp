#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "network/exchange.hpp"
#include "network/measure.hpp"

using namespace kith::network;

/// Published social graphs. They are no part of Kith; tests on them are skipped, with a word, where they are absent.
namespace {

std::string networks() {
  const char* folder = std::getenv("KITH_NETWORKS");
  return folder != nullptr ? folder : KITH_SOURCE_DIR "/../shared/networks";
}

bool absent(const std::string& name) {
  if (std::filesystem::exists(networks() + "/" + name)) return false;
  WARN("skipped: there is no " << networks() << "/" << name << "; set KITH_NETWORKS to the folder that holds it");
  return true;
}

struct Real {
  ImportReport report;
  Graph graph;
  Measures measures;
  explicit Real(const std::string& name)
      : graph(import_file(networks() + "/" + name, {}, report)), measures(measure(graph, 50, {1, 0})) {}
};

/// To two decimals, as published.
auto about(double published) { return Approx(published).margin(0.005).epsilon(0); }

}  // namespace

TEST_CASE("SNAP ego-Facebook imports with its published counts") {
  if (absent("snap-ego-facebook.txt")) return;
  const Real real("snap-ego-facebook.txt");
  CHECK(real.report.people == 4039);
  CHECK(real.report.ties == 88234);
  CHECK(real.report.repeats + real.report.self_loops == 0);
  CHECK_FALSE(real.report.ids_renumbered);
  CHECK(real.measures.clustering == about(0.606));
  CHECK(real.measures.largest_component == 1.0);
  CHECK(real.measures.degree_quantiles == std::vector<double>{5, 25, 113, 1045});
}

TEST_CASE("Deezer Romania imports with its published counts") {
  if (absent("deezer-ro.csv")) return;
  const Real real("deezer-ro.csv");
  CHECK(real.report.header);
  CHECK(real.report.format == FileFormat::csv);
  CHECK(real.report.people == 41773);
  CHECK(real.report.ties == 125826);
  CHECK_FALSE(real.report.ids_renumbered);
  CHECK(real.measures.clustering == about(0.091));
  CHECK(real.measures.assortativity == about(0.114));
}

#ifndef KITH_SERIAL
TEST_CASE("the school friendships of 2013 import with their published counts and classes") {
  if (absent("hs2013-friendship.csv.gz")) return;
  Real real("hs2013-friendship.csv.gz");
  CHECK(real.report.gzip);
  CHECK(real.report.ties_read == 668);
  CHECK(real.report.people == 134);
  CHECK(real.report.ties == 406);
  CHECK(real.report.ids_renumbered);
  CHECK(real.measures.clustering == about(0.538));
  CHECK(real.measures.assortativity == about(0.287));
  CHECK(real.measures.largest_component == Approx(0.955).margin(0.0005).epsilon(0));

  if (absent("hs2013-metadata.txt")) return;
  const PersonColumns columns = import_columns(networks() + "/hs2013-metadata.txt", {"", {"id", "class", "gender"}});
  const ColumnReport report = apply_community(real.graph, columns, "class");
  CHECK(columns.ids.size() == 329);
  CHECK(report.people == 134);
  CHECK(report.without_row.empty());
  CHECK(report.without_person.size() == 195);
  CHECK(report.names.size() == 9);
  CHECK(measure(real.graph, 1, {1, 0}).same_community == about(0.75));
}
#endif
