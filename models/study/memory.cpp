#include "models/study/memory.hpp"

#include <algorithm>
#include <optional>

#include "core/inputs.hpp"
#include "models/bonds/living_network.hpp"
#include "models/people/people.hpp"
#include "models/scenario/trials.hpp"
#include "models/study/virtual_study.hpp"
#include "models/trials/measures/occasions.hpp"
#include "network/exchange.hpp"
#include "network/ties.hpp"

namespace kith {
namespace {

struct Size {
  double people = 0.0;
  double ties = 0.0;
  double text = 0.0;  // of a file, unpacked [bytes]
};

/// A line of an edge list has two ids and a break: about ten bytes. A person has some ten ties or more.
Size size_of_file(const std::string& path) {
  constexpr double bytes_per_tie = 10.0;
  constexpr double ties_per_person = 10.0;
  constexpr double unpacked = 4.0;
  const std::optional<std::uintmax_t> bytes = input_size(path);
  if (!bytes || *bytes > network::largest_text) return {};  // the reader says what is wrong with it
  Size size;
  size.text = static_cast<double>(*bytes) * (path.ends_with(".gz") ? unpacked : 1.0);
  size.ties = size.text / bytes_per_tie;
  size.people = size.ties / ties_per_person;
  return size;
}

Size size_of(const Scenario& scenario) {
  if (!scenario.network.generate) return size_of_file(scenario.network.name);
  const double people = scenario.traits.count;
  return {.people = people, .ties = people * std::min(scenario.network.mean_ties, people - 1.0) / 2.0, .text = 0.0};
}

/// While a network is made: its edges twice, sorted and unsorted, which is more than once beside the store of ties that is made of
/// them. While it is read: the text and the names besides.
double making(const Size& size) {
  static_assert(sizeof(network::Edge) >= network::Ties::bytes_per_tie);
  return 2.0 * sizeof(network::Edge) * size.ties + 2.5 * size.text;
}

/// What all worlds of a population share.
double shared(const Size& size, const Scenario& scenario) {
  const double columns = static_cast<double>(scenario.columns.names.size() * sizeof(std::string));
  return network::Ties::bytes_per_tie * size.ties +
         (network::Ties::bytes_per_person + columns + sizeof(std::string)) * size.people;
}

/// A world: its people, and the ties that are its own.
double world(const Size& size, const Scenario& scenario) {
  constexpr double rows = 1.1;  // rows of living ties have room to grow
  // What a tick hands on, and the columns of mechanisms [bytes a person].
  constexpr double passing = 120.0;
  const auto person = static_cast<double>(people::People{}.bytes_per_person());
  const double rates = sizeof(float) * size.ties;
  if (!scenario.tie_life) return rates + (person + passing) * size.people;
  const auto answers = static_cast<double>(people::TieAnswers(1, 1.0, 0.0F).bytes());
  return rates + rows * network::Ties::bytes_per_tie * size.ties +
         (person + passing + network::Ties::bytes_per_person + sizeof(bonds::Places) + answers) * size.people;
}

/// What a virtual study keeps of its participants: a rating, the value behind it and that of the twin, for each occasion.
double ratings(const Scenario& scenario, double people) {
  constexpr double participant = 400.0;
  const Clock clock(scenario.time.tick_seconds, scenario.time.start);
  double bytes = 0.0;
  for (const trials::Trial* trial : trials_of(scenario)) {
    const auto occasions = static_cast<double>(trials::diary_occasions(*trial, scenario.measures, clock).size() +
                                               trials::probe_occasions(*trial, scenario.measures, clock).size());
    const double copies = 3.0 + (trial->twin ? 3.0 : 0.0);
    bytes += std::min<double>(trial->participants(), people) * (participant + copies * sizeof(double) * occasions);
  }
  return bytes;
}

}  // namespace

std::uint64_t memory_needed(const Scenario& scenario, std::optional<std::uint32_t> only_replicate, unsigned threads) {
  constexpr double program = 3e7;
  constexpr double slack = 1.1;  // for what passes: contacts, rows on their way into the file
  const Size size = size_of(scenario);
  const double replicates = only_replicate ? 1.0 : scenario.replicates;
  const double at_once = std::min<double>(replicates, threads);
  const double populations = scenario.same_population ? 1.0 : at_once;
  const double population = shared(size, scenario) + world(size, scenario);
  // The network is made before there are worlds; later ones of populations of their own are made beside the others' worlds.
  const double made = (populations > 1.0 ? population * populations : 0.0) + making(size);
  const double run = populations * population + at_once * world(size, scenario);
  return static_cast<std::uint64_t>(program + slack * std::max(made, run) +
                                    replicates * ratings(scenario, size.people));
}

}  // namespace kith
