#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/distributions.hpp"

namespace {

/// Every uniform value near 0, ½, 1 and the seams of AS 241, and a grid of the rest, in ascending order.
std::vector<std::uint32_t> telling_words() {
  std::vector<std::uint32_t> words;
  const auto near = [&](double unit) {
    const auto centre = static_cast<std::int64_t>(unit * 0x1p32);
    for (std::int64_t word = centre - 2000; word <= centre + 2000; ++word) {
      if (word >= 0 && word <= 0xffffffffLL) words.push_back(static_cast<std::uint32_t>(word));
    }
  };
  for (const double unit : {0.0, 0.075, 0.5, 0.925, 1.0}) near(unit);
  for (std::uint64_t word = 0; word < 0x100000000u; word += 40009) words.push_back(static_cast<std::uint32_t>(word));
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace

TEST_CASE("The normal quantile rises with its uniform, over all seams") {
  double before = -100.0;
  for (const std::uint32_t word : telling_words()) {
    const double z = kith::normal_quantile(kith::to_unit(word));
    REQUIRE(z >= before);
    before = z;
  }
}

TEST_CASE("The normal quantile is symmetric and inverts the normal distribution") {
  for (const std::uint32_t word : telling_words()) {
    const double unit = kith::to_unit(word);
    const double z = kith::normal_quantile(unit);
    REQUIRE(kith::normal_quantile(1.0 - unit) == Approx(-z).epsilon(1e-15).margin(1e-15));
    REQUIRE(0.5 * std::erfc(-z / std::sqrt(2.0)) == Approx(unit).epsilon(1e-13));
  }
  for (const double unit : {1e-11, 1e-12, 1e-20, 1e-100, 1e-300})  // beyond all uniforms
    CHECK(0.5 * std::erfc(-kith::normal_quantile(unit) / std::sqrt(2.0)) == Approx(unit).epsilon(1e-12));
}

TEST_CASE("The Poisson quantile rises with its uniform and with its mean") {
  const double means[] = {0.0, 1e-9, 0.001, 0.1, 0.7, 3.0, 10.0, 29.9, 30.0};
  const std::vector<std::uint32_t> words = telling_words();
  for (std::size_t m = 0; m < std::size(means); ++m) {
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < words.size(); i += 11) {
      const double unit = kith::to_unit(words[i]);
      const std::uint32_t count = kith::poisson_quantile(unit, means[m]);
      REQUIRE(count >= before);
      if (m > 0) REQUIRE(count >= kith::poisson_quantile(unit, means[m - 1]));
      before = count;
    }
  }
}

TEST_CASE("Variates that one uniform decides rise with it") {
  const auto check = [](auto&& draw) {
    std::vector<std::pair<double, double>> drawn;  // uniform, variate
    for (std::uint32_t person = 0; person < 3000; ++person) {
      kith::Stream stream({1, 2}, person, 0, 0);
      kith::Stream same = stream;
      drawn.emplace_back(kith::uniform(same), static_cast<double>(draw(stream)));
    }
    std::sort(drawn.begin(), drawn.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    CHECK(std::is_sorted(drawn.begin(), drawn.end(), [](const auto& x, const auto& y) { return x.second < y.second; }));
  };
  check([](kith::Stream& stream) { return kith::normal(stream); });
  check([](kith::Stream& stream) { return kith::lognormal(stream, 2.0, 0.5); });
  check([](kith::Stream& stream) { return kith::exponential(stream, 3.0); });
  check([](kith::Stream& stream) { return kith::poisson(stream, 4.0); });
  check([](kith::Stream& stream) { return kith::binomial(stream, 20, 0.3); });
  check([](kith::Stream& stream) { return kith::binomial(stream, 20, 0.8); });
}

TEST_CASE("A draw in proportion to weights is decided by 52 bits of two words") {
  for (std::uint32_t person = 0; person < 100; ++person) {
    const kith::Stream stream({1, 2}, person, 0, 0);
    kith::Stream words = stream;
    const double place = static_cast<double>(words()) * 0x1p-32 + static_cast<double>(words()) * 0x1p-64;
    for (const double off : {-0x1p-44, 0x1p-44}) {
      kith::Stream drawn = stream;
      const std::vector<double> weights{place + off, 1.0 - (place + off)};
      CHECK(kith::categorical(drawn, weights) == (off > 0.0 ? 0 : 1));
    }
  }
}

TEST_CASE("Quantiles end, whatever uniform they get") {
  CHECK(kith::poisson_quantile(std::nextafter(1.0, 0.0), 30.0) < 150);
  CHECK(kith::poisson_quantile(1.0, 30.0) < 500);
  CHECK(kith::poisson_quantile(0.0, 30.0) == 0);
  CHECK(kith::poisson_quantile(0.999, 0.0) == 0);
  CHECK(std::isfinite(kith::normal_quantile(1e-300)));
}

TEST_CASE("Parameters that make no distribution are refused") {
  kith::Stream stream({1, 2}, 3, 4, 5);
  const std::vector<double> none;
  const std::vector<double> zeros{0.0, 0.0};
  const std::vector<double> negative{1.0, -1.0};
  CHECK_THROWS_AS(kith::uniform_below(stream, 0), std::invalid_argument);
  CHECK_THROWS_AS(kith::normal_quantile(0.0), std::invalid_argument);
  CHECK_THROWS_AS(kith::normal_quantile(1.0), std::invalid_argument);
  CHECK_THROWS_AS(kith::normal_quantile(NAN), std::invalid_argument);
  CHECK_THROWS_AS(kith::poisson_quantile(0.5, 31.0), std::invalid_argument);
  CHECK_THROWS_AS(kith::poisson(stream, -1.0), std::invalid_argument);
  CHECK_THROWS_AS(kith::poisson(stream, NAN), std::invalid_argument);
  CHECK_THROWS_AS(kith::binomial(stream, 3, 1.5), std::invalid_argument);
  CHECK_THROWS_AS(kith::gamma(stream, 0.0), std::invalid_argument);
  CHECK_THROWS_AS(kith::beta(stream, 1.0, -1.0), std::invalid_argument);
  CHECK_THROWS_AS(kith::categorical(stream, none), std::invalid_argument);
  CHECK_THROWS_AS(kith::categorical(stream, zeros), std::invalid_argument);
  CHECK_THROWS_AS(kith::categorical(stream, negative), std::invalid_argument);
}

TEST_CASE("Degenerate parameters give their only value") {
  kith::Stream stream({1, 2}, 3, 4, 5);
  for (int repeat = 0; repeat < 100; ++repeat) {
    CHECK(kith::lognormal(stream, 0.15, 0.0) == 0.15);
    CHECK(kith::binomial(stream, 17, 0.0) == 0);
    CHECK(kith::binomial(stream, 17, 1.0) == 17);
    CHECK(kith::binomial(stream, 0, 0.5) == 0);
    CHECK(kith::poisson(stream, 0.0) == 0);
    CHECK(kith::uniform_below(stream, 1) == 0);
    CHECK(kith::categorical(stream, std::vector<double>{0.0, 3.0, 0.0}) == 1);
  }
}
