#include "figures/families.hpp"

#include "figures/figure.hpp"

namespace kith::figures {
namespace {

std::string family_of(const std::string& group) {
  const std::size_t colon = group.find(": ");
  return colon == std::string::npos ? "" : group.substr(0, colon);
}

}  // namespace

std::string Family::titled(const std::string& title) const { return name.empty() ? title : title + ", by " + name; }

std::string Family::short_name(const std::string& group) const {
  return name.empty() ? group : group.substr(name.size() + 2);
}

std::vector<Family> families(const std::vector<std::string>& groups) {
  std::vector<Family> all;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    const std::string name = family_of(groups[group]);
    if (all.empty() || all.back().name != name) all.push_back({name, {}});
    if (all.back().groups.size() < most_curves)
      all.back().groups.push_back(group);
    else
      ++all.back().left_out;
  }
  if (all.size() > 1 && groups.front() == "all") {
    all.front().groups.erase(all.front().groups.begin());
    if (all.front().groups.empty()) all.erase(all.begin());
  }
  return all;
}

}  // namespace kith::figures
