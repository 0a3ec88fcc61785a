#include "core/distributions.hpp"
#include "models/events/actions.hpp"

namespace kith::events {
namespace {

class Move final : public Action {
 public:
  explicit Move(std::optional<std::uint32_t> community) : community_(community) {}

  void begin(World& world, const Reached& reached) const override {
    const auto community = world.community();
    if (community_) require_community(*community_, community);
    const Draws draws(world.key(), "moves of an event");
    std::vector<std::uint32_t> to;
    for (const PersonId person : reached.people) {
      Stream stream = draws.at(person, reached.moment(reached.begin));
      to.push_back(community_ ? *community_ : another(person, community, stream));
    }
    world.move(reached.people, to);
  }

 private:
  /// That of a random person who lives elsewhere; the person's own where nobody was found.
  static std::uint32_t another(PersonId person, std::span<const std::uint32_t> community, Stream& stream) {
    constexpr int tries = 1000;
    for (int k = 0; k < tries; ++k) {
      const std::uint32_t other = community[uniform_below(stream, static_cast<std::uint32_t>(community.size()))];
      if (other != community[person]) return other;
    }
    return community[person];
  }

  std::optional<std::uint32_t> community_;
};

}  // namespace

std::shared_ptr<const Action> read_move(config::Section& section, const Facts& /*facts*/) {
  config::Section s = section.section(
      {.key = "move",
       .doc = "Those reached belong to another community from now on: it is where they meet new people. Ties that they "
              "leave behind are another matter: `lose_ties`."});
  std::optional<std::uint32_t> community;
  if (s.has("community"))
    community = static_cast<std::uint32_t>(
        s.integer({.key = "community",
                   .min = "0",
                   .max = "100000000",
                   .doc = "Its number, from 0; that of a random person who lives elsewhere if not given."}));
  return std::make_shared<Move>(community);
}

}  // namespace kith::events
