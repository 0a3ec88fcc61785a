#include "fit/diaries.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

using namespace kith::fit;

namespace {

// Of A and B two days each, of C one that was not answered.
constexpr const char* crossover = R"(day,person,arm,rating,mood
1,A,drug,3,x
2,A,drug,5,x
1,B,drug,2,x
2,B,drug,2,"x, y"
1,C,drug,6,x
1,A,placebo,5,x
1,B,placebo,4,x
2,B,placebo,NA,x
1,C,placebo,6,x
1,D,placebo,1,x
)";

std::string refusal(const std::string& text, const std::string& arm = "drug") {
  try {
    estimate(parse_diaries(text), Wanted::g, arm, "placebo");
  } catch (const Unreadable& unreadable) {
    return unreadable.problem;
  }
  return "";
}

}  // namespace

TEST_CASE("people with both arms are compared with themselves, each counted once") {
  const Diaries diaries = parse_diaries(crossover);
  // Means: A 4 and 5, B 2 and 4, C 6 and 6: differences -1, -2, 0.
  const Estimated difference = estimate(diaries, Wanted::difference, "drug", "placebo");
  CHECK(difference.value == Approx(-1.0));
  CHECK(difference.error == Approx(1.0 / std::sqrt(3.0)));
  const double s = std::sqrt(0.5 * (4.0 + 1.0));
  const Estimated g = estimate(diaries, Wanted::g, "drug", "placebo");
  CHECK(g.value == Approx(-1.0 / s * (1.0 - 3.0 / 7.0)));
  CHECK(g.error == Approx(std::sqrt(1.0 / 3.0 / (s * s) + g.value * g.value / 4.0)));
  const Estimated mean = estimate(diaries, Wanted::mean, "placebo", "");
  CHECK(mean.value == Approx(4.0));
  CHECK(mean.error == Approx(std::sqrt(14.0 / 3.0) / 2.0));
  const Estimated sd = estimate(diaries, Wanted::sd, "drug", "");
  CHECK(sd.value == Approx(2.0));
  CHECK(sd.error == Approx(1.0));
}

TEST_CASE("groups of different people are compared by Welch's standard error and the pooled SD") {
  const Diaries diaries =
      parse_diaries("person,day,arm,rating\na,1,drug,1\nb,1,drug,3\nc,1,placebo,4\nd,1,placebo,6\ne,1,placebo,8\n");
  const Estimated difference = estimate(diaries, Wanted::difference, "drug", "placebo");
  CHECK(difference.value == Approx(-4.0));
  CHECK(difference.error == Approx(std::sqrt(2.0 / 2.0 + 4.0 / 3.0)));
  CHECK(estimate(diaries, Wanted::g, "drug", "placebo").value ==
        Approx(-4.0 / std::sqrt((2.0 + 8.0) / 3.0) * (1.0 - 3.0 / 11.0)));
}

TEST_CASE("what is wrong with diaries is told with its line") {
  CHECK(refusal("") == "it is empty");
  CHECK(refusal("person,day,arm\n") ==
        "line 1: there is no column \"rating\" (person, day, arm and rating are needed)");
  CHECK(refusal("person,day,arm,rating\na,1,drug,high\n") == "line 2: the rating \"high\" is no number");
  CHECK(refusal("person,day,arm,rating\na,1,drug\n") == "line 2: 3 fields, and the first line has 4");
  CHECK(refusal(crossover, "drog") == "no arm is called \"drog\" there (drug, placebo); did you mean \"drug\"?");
  CHECK(refusal("person,day,arm,rating\na,1,drug,1\nb,1,placebo,1\n") == "drug has 1 people, and two are needed");
}
