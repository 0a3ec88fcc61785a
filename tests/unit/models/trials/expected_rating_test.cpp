#include "models/trials/analysis/expected_rating.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/trials/measures/occasions.hpp"

using namespace kith;
using namespace kith::trials;

TEST_CASE("the mean rating of a value is that of many people and occasions, at the ends of the scale and in steps") {
  constexpr int people = 20000;
  for (const Scale& scale :
       {Scale{.low = 1, .high = 7, .person_sd = 0.1, .occasion_sd = 0.15},
        Scale{.low = 3, .high = 9, .occasion_sd = 0.08, .step = 1},
        Scale{.low = 0, .high = 10, .offset = 0.1, .gain = 0.5, .person_sd = 0.2, .occasion_sd = 0.1, .step = 4}}) {
    for (const double value : {-0.1, 0.0, 0.03, 0.2, 0.5, 0.97, 1.1}) {
      double total = 0.0;
      double squares = 0.0;
      for (PersonId person = 0; person < people; ++person) {
        const double rating = rate(scale, value, person, 0, person, {11, 0});
        total += rating;
        squares += rating * rating;
      }
      const double mean = total / people;
      const double error = std::sqrt((squares / people - mean * mean) / people);
      CAPTURE(scale.low, scale.step, value, mean, error);
      CHECK(std::abs(expected_rating(scale, value) - mean) <=
            3.89 * error + 1e-9);  // 0.01 % of a normal deviate beyond
    }
  }
}

TEST_CASE(
    "in the middle of a wide scale the mean rating is the value on the scale, and at an end half the spread remains") {
  const Scale scale{.low = 1, .high = 7, .offset = 0.1, .gain = 0.5, .person_sd = 0.03, .occasion_sd = 0.04};
  CHECK(expected_rating(scale, 0.8) == Approx(1.0 + 6.0 * 0.5));
  CHECK(expected_rating(scale, -0.2) == Approx(1.0 + 6.0 * 0.05 / std::sqrt(2.0 * std::acos(-1.0))));
}

TEST_CASE("without noise the mean rating is the rating") {
  const Scale scale{.low = 3, .high = 9, .step = 1};
  for (const double value : {-0.3, 0.0, 0.07, 0.3, 0.5, 0.99, 1.4})
    CHECK(expected_rating(scale, value) == rate(scale, value, 5, 0, 7, {1, 0}));
  CHECK(std::isnan(expected_rating(scale, std::nan(""))));
}
