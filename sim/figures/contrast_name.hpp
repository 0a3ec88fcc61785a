#pragma once

#include <string>
#include <utility>

namespace kith::figures {

/// The two arms of "naltrexone - placebo"; the second is empty where there is only one name.
inline std::pair<std::string, std::string> arms_of(const std::string& contrast) {
  const std::size_t dash = contrast.find(" - ");
  if (dash == std::string::npos) return {contrast, ""};
  return {contrast.substr(0, dash), contrast.substr(dash + 3)};
}

/// The same for people: "naltrexone − placebo".
inline std::string contrast_text(const std::string& contrast) {
  const auto [arm, reference] = arms_of(contrast);
  return reference.empty() ? arm : arm + " − " + reference;
}

}  // namespace kith::figures
