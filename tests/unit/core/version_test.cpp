#include "core/version.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace {

std::string text(std::string_view view) { return std::string(view); }

TEST_CASE("the build information tells what made the binary", "[version]") {
  const kith::BuildInfo& info = kith::build_info();
  CHECK_THAT(text(info.version), Catch::Matches(R"(\d+\.\d+\.\d+)"));
  CHECK_THAT(text(info.commit), Catch::Matches("unknown|[0-9a-f]{7,40}(-dirty)?"));
  CHECK_THAT(text(info.compiler), Catch::Matches(R"(\w+ \d+\.\d+.*)"));
  CHECK_THAT(text(info.libraries), Catch::Contains("fmt "));
}

TEST_CASE("the flags that keep the bits are among those told", "[version]") {
  const std::string flags = text(kith::build_info().flags);
  CHECK_THAT(flags, Catch::Contains("-ffp-contract=off"));
  CHECK_THAT(flags, !Catch::Contains("-ffast-math"));
}

}  // namespace
