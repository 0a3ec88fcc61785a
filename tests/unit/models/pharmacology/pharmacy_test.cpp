#include "models/pharmacology/pharmacy.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "core/parallel.hpp"
#include "models/pharmacology/dosing.hpp"
#include "tests/support/drugs.hpp"

using namespace kith;
using namespace kith::pharmacology;

TEST_CASE("a pharmacy has one's own drugs, then the library, each of them once") {
  Drug mine = kith::testing::drug("naltrexone");
  mine.name = "mine";
  const Pharmacy pharmacy({mine});
  REQUIRE(pharmacy.drugs().size() == library().size() + 1);
  CHECK(pharmacy.drugs()[0]->name == "mine");
  for (std::size_t i = 0; i < library().size(); ++i) {
    CHECK(pharmacy.drugs()[i + 1].get() == &library()[i]);
    CHECK(pharmacy.find(library()[i].name).get() == &library()[i]);
  }
  CHECK(pharmacy.find("mine") == pharmacy.drugs()[0]);
  CHECK(pharmacy.find("nothing of the kind") == nullptr);
}

TEST_CASE("a drug has one chain for each length of a tick, whoever asks for it") {
  Drug mine = kith::testing::drug("naltrexone");
  mine.name = "mine";
  const Pharmacy pharmacy({mine});
  const SharedDrug naltrexone = pharmacy.find("naltrexone");
  const auto chain = pharmacy.chain(naltrexone, 0.5);
  CHECK(chain->step_hours == 0.5);
  CHECK(pharmacy.chain(naltrexone, 0.5) == chain);
  CHECK(pharmacy.chain(naltrexone, 1.0) != chain);
  CHECK(pharmacy.chain(pharmacy.find("mine"), 0.5) != chain);
  CHECK(pharmacy.chain(pharmacy.find("morphine"), 0.5)->efficacy > 0.0);
  CHECK(pharmacy.chain(nullptr, 0.5) == nullptr);

  std::vector<const SteppedChain*> chains(200);
  const SharedDrug heroin = pharmacy.find("heroin");
  for_each_block(
      chains.size(),
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) chains[i] = pharmacy.chain(heroin, 1.0).get();
      },
      1);
  CHECK(std::set<const SteppedChain*>(chains.begin(), chains.end()).size() == 1);
}

TEST_CASE("equal doses follow each other at equal intervals from their first on") {
  const auto doses = DoseSeries{50.0, 8.0, 3}.doses(9.5);
  REQUIRE(doses.size() == 3);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(doses[k].hours == 9.5 + 8.0 * static_cast<double>(k));
    CHECK(doses[k].amount == 50.0);
  }
  CHECK(DoseSeries{50.0, 8.0, 3}.last() == 16.0);
}
