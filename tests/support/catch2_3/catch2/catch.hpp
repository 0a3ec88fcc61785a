#pragma once

#include <catch2/catch_all.hpp>

/// The names of Catch2 2 that the tests use, where Catch2 3 is installed.
using Catch::Approx;
namespace Catch {
using Matchers::EndsWith;
using Matchers::Matches;
inline Matchers::StringContainsMatcher Contains(const std::string& part) { return Matchers::ContainsSubstring(part); }
}  // namespace Catch
