#include "cli/shared_burn_in.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "command_line.hpp"
#include "config/document.hpp"

using kith::cli::SharedBurnIn;
using Runs = std::vector<std::uint64_t>;

namespace {

/// A model in which the theory and what people get act after the burn-in, and nothing else does.
class LateModel : public kith::testing::FakeApplication {
 public:
  kith::config::KeyChange change_of(std::string_view key) const override {
    kith::config::KeyChange change = FakeApplication::change_of(key);
    change.acts_in_burn_in = !key.starts_with("theory") && !key.starts_with("arms");
    return change;
  }
};

kith::sweep::Design design_of(const std::string& text) {
  auto document =
      kith::config::Document::from_text("sweep: 1\ntitle: T\nscenario: first-steps\n" + text, "design.yaml");
  return kith::sweep::read_design(document.root());
}

constexpr const char* factors =
    "factors:\n- {key: theory.gain, values: [1, 2, 3]}\n- {key: people.count, values: [5, 6, 7, 8]}\n"
    "- {key: arms.a.doses, values: [1 mg, 2 mg]}\n";

Runs all_of(const SharedBurnIn& shared) {
  Runs runs = shared.order();
  std::sort(runs.begin(), runs.end());
  return runs;
}

}  // namespace

TEST_CASE("runs that differ only in what acts after the burn-in share one, and the note says in what") {
  const auto design = design_of(factors);
  const SharedBurnIn shared(LateModel{}, design);
  CHECK(shared.is_shared());
  CHECK(shared.burn_ins() == 4);
  CHECK(shared.note() == "4 burn-ins for 24 runs: theory.gain, arms.a.doses act after it");
  const Runs order = shared.order();
  const auto pieces = shared.cut(order);
  REQUIRE(pieces.size() == 4);
  std::set<std::string> seen;
  for (const auto& piece : pieces) {
    REQUIRE(piece.size() == 6);
    for (const std::uint64_t run : piece) CHECK(design.rows[run][1] == design.rows[piece.front()][1]);
    CHECK(std::is_sorted(piece.begin(), piece.end()));
    seen.insert(design.rows[piece.front()][1]);
  }
  CHECK(seen.size() == 4);
}

TEST_CASE("every run stands in the order once, shared or not, and the order follows no factor") {
  const auto design = design_of(factors);
  const LateModel late;
  Runs numbers(design.rows.size());
  for (std::size_t run = 0; run < numbers.size(); ++run) numbers[run] = run;
  const SharedBurnIn shared(late, design);
  CHECK(all_of(shared) == numbers);
  const SharedBurnIn fresh(late, design_of(std::string("burn_in: fresh\n") + factors));
  CHECK(all_of(fresh) == numbers);
  CHECK(fresh.order() != numbers);
}

TEST_CASE("where fresh ones are wanted, or all factors act in the burn-in, each run has its own") {
  const auto check_alone = [](const kith::cli::Application& application, const std::string& text, std::uint64_t runs) {
    const auto design = design_of(text);
    const SharedBurnIn alone(application, design);
    CHECK_FALSE(alone.is_shared());
    CHECK(alone.burn_ins() == runs);
    CHECK(alone.note().empty());
    const Runs order = alone.order();
    CHECK(alone.cut(order).size() == runs);
  };
  check_alone(LateModel{}, std::string("burn_in: fresh\n") + factors, 24);
  check_alone(kith::testing::FakeApplication{}, factors, 24);
  check_alone(LateModel{}, "factors: [{key: people.count, values: [5, 6]}]\n", 2);
}

TEST_CASE("a shard that ends within a burn-in has a part of its runs, and its neighbour the rest") {
  const auto design = design_of(factors);
  const SharedBurnIn shared(LateModel{}, design);
  const Runs order = shared.order();
  const std::span<const std::uint64_t> all(order);
  const auto first = shared.cut(all.subspan(0, 8));
  const auto rest = shared.cut(all.subspan(8));
  REQUIRE(first.size() == 2);
  CHECK(first.back().size() == 2);
  REQUIRE(rest.size() == 3);
  CHECK(rest.front().size() == 4);
}

TEST_CASE("burn-ins come in an order that follows no factor") {
  const auto design =
      design_of("factors:\n- {key: people.count, from: 1, to: 30, steps: 30}\n- {key: theory.gain, values: [1, 2]}\n");
  const SharedBurnIn shared(LateModel{}, design);
  const Runs order = shared.order();
  Runs first;
  for (const auto& piece : shared.cut(order)) first.push_back(piece.front());
  REQUIRE(first.size() == 30);
  CHECK_FALSE(std::is_sorted(first.begin(), first.end()));
}

TEST_CASE("one burn-in is told in the singular") {
  const auto design = design_of("factors: [{key: theory.gain, values: [1, 2]}]\n");
  CHECK(SharedBurnIn(LateModel{}, design).note() == "1 burn-in for 2 runs: theory.gain acts after it");
}
