#include <algorithm>
#include <span>
#include <vector>

#include "core/distributions.hpp"
#include "models/events/actions.hpp"

namespace kith::events {
namespace {

enum class To { target, community, anybody };

class AddTies final : public Action {
 public:
  AddTies(std::uint32_t count, To to, float closeness, TiePlaces places)
      : count_(count), to_(to), closeness_(closeness), places_(places) {}

  void begin(World& world, const Reached& reached) const override {
    std::span<const std::uint32_t> community;
    std::vector<std::vector<PersonId>> members;
    if (to_ == To::community) {
      community = world.community();
      members.resize(*std::max_element(community.begin(), community.end()) + 1U);
      for (PersonId p = 0; p < community.size(); ++p) members[community[p]].push_back(p);
    }
    for (const PersonId person : reached.people) {
      switch (to_) {
        case To::target:
          meet(world, reached, person, reached.people);
          break;
        case To::community:
          meet(world, reached, person, members[community[person]]);
          break;
        case To::anybody:
          meet(world, reached, person, {});
      }
    }
  }

 private:
  /// `among`: the people who come into question; empty: everybody.
  void meet(World& world, const Reached& reached, PersonId person, std::span<const PersonId> among) const {
    constexpr std::uint32_t tries_for_each = 50;
    const std::uint32_t all = among.empty() ? world.people().count : static_cast<std::uint32_t>(among.size());
    Stream stream = Draws(world.key(), "ties of an event").at(person, reached.moment(reached.begin));
    std::vector<PersonId> found;
    for (std::uint32_t k = 0; k < tries_for_each * count_ && found.size() < count_; ++k) {
      const std::uint32_t place = uniform_below(stream, all);
      const PersonId other = among.empty() ? place : among[place];
      if (other == person || std::find(found.begin(), found.end(), other) != found.end()) continue;
      if (world.ties().find(person, other) != network::Ties::none) continue;
      const bool has_room = world.has_place(person, closeness_) && world.has_place(other, closeness_);
      if (places_ == TiePlaces::own && !has_room) continue;
      found.push_back(other);
      world.begin_tie(person, other, closeness_, places_);
    }
  }

  std::uint32_t count_;
  To to_;
  float closeness_;
  TiePlaces places_;
};

}  // namespace

std::shared_ptr<const Action> read_add_ties(config::Section& section, const Facts& /*facts*/) {
  config::Section s = section.section(
      {.key = "add_ties",
       .doc =
           "New ties of those reached, when ties are tended next: befriending, a peer group. They live and fade as any "
           "tie does."});
  const auto count = static_cast<std::uint32_t>(
      s.integer({.key = "count",
                 .fallback = "1",
                 .min = "1",
                 .max = "1000",
                 .doc = "How many for each, as long as others are found: people to whom there is no tie yet."}));
  const std::size_t to = s.choice({.key = "to", .fallback = "anybody", .doc = "To whom, at random."},
                                  {{"target", "to others whom the event reaches"},
                                   {"community", "to people of the same community"},
                                   {"anybody", "to anybody"}});
  const auto closeness = static_cast<float>(s.number({.key = "closeness",
                                                      .fallback = "0.3",
                                                      .min = "0.05",
                                                      .max = "1",
                                                      .doc = "Closeness of the new ties, at which they settle.",
                                                      .mark = config::Mark::assumed,
                                                      .source = "range 0.1-0.6"}));
  const std::size_t places =
      s.choice({.key = "places",
                .fallback = "own",
                .doc = "Whether people have room for the ties: everybody has places for as many ties as at the start."},
               {{"own", "a tie takes a free place of both, and none begins without"},
                {"added", "a tie brings its own place, at both ends and for good, where there is none free"}});
  return std::make_shared<AddTies>(count, static_cast<To>(to), closeness,
                                   places == 0 ? TiePlaces::own : TiePlaces::added);
}

}  // namespace kith::events
