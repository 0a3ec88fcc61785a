#include "fit/prior.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "config/document.hpp"

using kith::config::Document;
using namespace kith::fit;

namespace {

Prior prior_of(const std::string& text) {
  Document document = Document::from_text(text, "prior.yaml");
  kith::config::Section root = document.root();
  const Prior prior = read_prior(root);
  document.check();
  return prior;
}

}  // namespace

TEST_CASE("quantiles of a prior are those of its closed form") {
  const Prior uniform = prior_of("bounds: 2..6");
  CHECK(uniform.quantile(0.25) == Approx(3.0));
  const Prior wide = prior_of("bounds: 0.01..100\nprior: log_uniform");
  CHECK(wide.quantile(0.5) == Approx(1.0));
  CHECK(wide.quantile(0.75) == Approx(10.0));
  const Prior normal = prior_of("bounds: -100..100\nprior: {shape: normal, mean: 3, sd: 2}");
  CHECK(normal.quantile(0.975) == Approx(3.0 + 2.0 * 1.959964));
  // Of the half of a normal distribution above its mean, the median is its 75th percentile.
  const Prior half = prior_of("bounds: 3..1000\nprior: {shape: normal, mean: 3, sd: 2}");
  CHECK(half.quantile(0.5) == Approx(3.0 + 2.0 * 0.6744898));
  const Prior lognormal = prior_of("bounds: 0.001..1000\nprior: {shape: lognormal, median: 2, sd: 0.5}");
  CHECK(lognormal.quantile(0.5) == Approx(2.0));
  CHECK(lognormal.quantile(0.8413447) == Approx(2.0 * std::exp(0.5)));
}

TEST_CASE("the density of a prior is what its quantiles rise by, and nothing beyond the bounds") {
  for (const char* text :
       {"bounds: 2..6", "bounds: 0.01..100\nprior: log_uniform", "bounds: 0..5\nprior: {shape: normal, mean: 3, sd: 2}",
        "bounds: 0.1..9\nprior: {shape: lognormal, median: 2, sd: 0.5}"}) {
    const Prior prior = prior_of(text);
    CAPTURE(prior.text());
    const auto slope = [&](double unit) { return 2e-4 / (prior.quantile(unit + 1e-4) - prior.quantile(unit - 1e-4)); };
    const double scale = slope(0.5) / prior.density(prior.quantile(0.5));
    for (const double unit : {0.05, 0.3, 0.8, 0.97})
      CHECK(slope(unit) == Approx(scale * prior.density(prior.quantile(unit))).epsilon(1e-3));
    CHECK(prior.density(prior.low - 1e-6) == 0.0);
    CHECK(prior.density(prior.high + 1e-6) == 0.0);
  }
}
