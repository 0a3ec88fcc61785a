#include <algorithm>

#include "core/parallel.hpp"
#include "network/measure.hpp"
#include "network/measure_graph.hpp"

namespace kith::network {
namespace {

constexpr std::uint32_t unseen = 0xffffffffu;

/// One breadth-first search and its back-propagation (Brandes 2001, doi:10.1080/0022250X.2001.9990249). Written out because
/// boost::brandes_betweenness_centrality goes through all people and cannot be given a sample of sources.
class Brandes {
 public:
  explicit Brandes(const detail::Neighbours& neighbours)
      : neighbours_(neighbours),
        distance_(neighbours.people(), unseen),
        paths_(neighbours.people(), 0),
        dependency_(neighbours.people(), 0) {}

  /// Adds to `total` the dependency of `source` on everybody.
  void add(PersonId source, std::vector<double>& total) {
    search(source);
    for (std::size_t k = reached_.size(); k-- > 1;) {
      const PersonId person = reached_[k];
      const double share = (1 + dependency_[person]) / paths_[person];
      for (const PersonId before : neighbours_.of(person)) {
        if (distance_[before] + 1 == distance_[person]) dependency_[before] += paths_[before] * share;
      }
      total[person] += dependency_[person];
    }
    for (const PersonId person : reached_) {
      distance_[person] = unseen;
      paths_[person] = 0;
      dependency_[person] = 0;
    }
  }

 private:
  void search(PersonId source) {
    reached_.assign(1, source);
    distance_[source] = 0;
    paths_[source] = 1;
    for (std::size_t k = 0; k < reached_.size(); ++k) {
      const PersonId person = reached_[k];
      for (const PersonId next : neighbours_.of(person)) {
        if (distance_[next] == unseen) {
          distance_[next] = distance_[person] + 1;
          reached_.push_back(next);
        }
        if (distance_[next] == distance_[person] + 1) paths_[next] += paths_[person];
      }
    }
  }

  const detail::Neighbours& neighbours_;
  std::vector<std::uint32_t> distance_;  // [people]
  std::vector<double> paths_;            // [people] shortest paths from the source
  std::vector<double> dependency_;       // [people]
  std::vector<PersonId> reached_;        // in order of distance
};

}  // namespace

std::vector<double> betweenness(const Graph& graph, std::uint32_t samples, WorldKey world) {
  const detail::Neighbours neighbours(graph);
  const std::vector<PersonId> sources =
      detail::sample_people(graph.people, samples, Draws(world, "network: betweenness sources"));
  std::vector<double> result(graph.people, 0);
  if (sources.empty()) return result;
  // A fixed number of parts, added up in order, whatever the threads; few, because each holds a number per person.
  constexpr std::size_t most_parts = 8;
  const std::size_t per_part = (sources.size() + most_parts - 1) / most_parts;
  std::vector<std::vector<double>> parts((sources.size() + per_part - 1) / per_part);
  const auto accumulate = [&](std::size_t first, std::size_t last) {
    std::vector<double>& total = parts[first / per_part];
    total.assign(graph.people, 0);
    Brandes brandes(neighbours);
    for (std::size_t k = first; k < last; ++k) brandes.add(sources[k], total);
  };
  for_each_block(sources.size(), accumulate, per_part);
  // Each pair of people is seen from both ends.
  const double scale = 0.5 * static_cast<double>(graph.people) / static_cast<double>(sources.size());
  for (std::size_t person = 0; person < result.size(); ++person) {
    for (const std::vector<double>& part : parts) result[person] += part[person];
    result[person] *= scale;
  }
  return result;
}

}  // namespace kith::network
