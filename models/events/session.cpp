#include <algorithm>
#include <cmath>

#include "core/distributions.hpp"
#include "models/events/actions.hpp"

namespace kith::events {
namespace {

struct SessionParams {
  double release = 0.1;        ///< ligand for each member
  std::uint32_t size = 20;     ///< of a group
  std::uint32_t contacts = 2;  ///< that each member begins
  double acquainted = 0.0;     ///< probability that two strangers' good contact begins a tie, at a reward as usual
  float closeness = 0.1F;      ///< of such a tie
};

class Session final : public Action {
 public:
  explicit Session(const SessionParams& params) : p_(params) {}

  void begin(World& world, const Reached& reached) const override {
    // Groups at random, as equal in size as can be, of at most `size`.
    std::vector<PersonId> members = reached.people;
    Stream stream = Draws(world.key(), "groups of a session").at(0, reached.moment(reached.begin));
    shuffle(stream, std::span(members));
    const std::size_t groups = (members.size() + p_.size - 1) / p_.size;
    for (std::size_t g = 0; g < groups; ++g) {
      const std::size_t first = g * members.size() / groups;
      const std::size_t last = (g + 1) * members.size() / groups;
      std::sort(members.begin() + static_cast<std::ptrdiff_t>(first),
                members.begin() + static_cast<std::ptrdiff_t>(last));
      hold(world, reached, {members.data() + first, last - first});
    }
  }

 private:
  void hold(World& world, const Reached& reached, std::span<const PersonId> group) const {
    for (const PersonId person : group) world.release(person, static_cast<float>(p_.release));
    if (group.size() < 2) return;
    const Draws draws(world.key(), "contacts of a session");
    for (const PersonId person : group) {
      Stream stream = draws.at(person, reached.moment(reached.begin));
      for (std::uint32_t k = 0; k < p_.contacts; ++k) {
        PersonId other = group[uniform_below(stream, static_cast<std::uint32_t>(group.size() - 1))];
        if (other == person) other = group.back();
        talk(world, reached, person, other, uniform(stream));
      }
    }
  }

  /// A good contact of two members; `unit`: a draw that decides whether strangers become acquainted.
  void talk(World& world, const Reached& reached, PersonId a, PersonId b, double unit) const {
    const double now = world.clock().hours(reached.begin);
    const TieId tie = world.ties().find(a, b);
    const bool is_tied = tie != network::Ties::none;
    const float closeness = is_tied ? world.ties().closeness(tie) : 0.0F;
    const auto quality = [&](PersonId other) {
      return people::contact_quality(world.meeting(), closeness, world.people().warmth.now[other]);
    };
    const float own = world.good_contact(a, {quality(b), closeness}, now);
    const float others = world.good_contact(b, {quality(a), closeness}, now);
    const float reward = std::sqrt(own * others);
    if (is_tied) return world.bond(a, b, reward, now);
    const double usual = static_cast<double>(people::contact_quality(world.meeting(), 0.0F, 1.0F));
    if (usual > 0.0 && unit < p_.acquainted * static_cast<double>(reward) / usual)
      world.begin_tie(a, b, p_.closeness, TiePlaces::own);
  }

  SessionParams p_;
};

}  // namespace

std::shared_ptr<const Action> read_session(config::Section& section, const Facts& facts) {
  using config::Mark;
  config::Section s = section.section(
      {.key = "session",
       .doc = "An hour together in groups of those reached: singing, dancing, laughing, or only talking. All release "
              "ligand, and have good contacts with others of their group."});
  SessionParams p;
  p.release = s.number({.key = "release",
                        .fallback = "0.1",
                        .min = "0",
                        .max = "1",
                        .doc = "Ligand that moving, singing or laughing in synchrony releases in each; 0 for talking. "
                               "That it releases some follows from raised pain thresholds, how much is not known.",
                        .mark = Mark::assumed,
                        .source = "range 0-0.3; sign Dunbar 2012 (laughter), Weinstein 2016 (singing)"});
  p.size = static_cast<std::uint32_t>(s.integer({.key = "size",
                                                 .fallback = "20",
                                                 .min = "2",
                                                 .max = "100000",
                                                 .doc = "People in a group, at most.",
                                                 .mark = Mark::assumed,
                                                 .source = "range 10-30; small choirs Weinstein 2016: 20-80"}));
  p.contacts = static_cast<std::uint32_t>(s.integer({.key = "contacts",
                                                     .fallback = "2",
                                                     .min = "0",
                                                     .max = "100",
                                                     .doc = "Good contacts that each begins with others of the group.",
                                                     .mark = Mark::assumed,
                                                     .source = "range 1-5"}));
  p.acquainted =
      s.number({.key = "acquainted",
                .unit = "%",
                .fallback = "0 %",
                .min = "0",
                .max = "1",
                .doc = "Probability that a good contact of two strangers begins a tie where both have a free "
                       "place, for the reward of a stranger's full warmth; in proportion to the reward.",
                .mark = Mark::assumed,
                .source = "range 0-10 %; Pearce 2015: singers become close sooner than others"});
  p.closeness = static_cast<float>(s.number({.key = "closeness",
                                             .fallback = "0.1",
                                             .min = "0.05",
                                             .max = "1",
                                             .doc = "Closeness of such a tie.",
                                             .mark = Mark::assumed,
                                             .source = "range 0.05-0.3, an acquaintance"}));
  if (p.acquainted > 0.0 && !facts.do_ties_live)
    s.fail("acquainted", "ties that are fixed do not begin", "ties.are is fixed",
           "add `ties: living`, or leave it out");
  return std::make_shared<Session>(p);
}

}  // namespace kith::events
