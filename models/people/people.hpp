#pragma once

#include <cstdint>
#include <vector>

#include "core/columns.hpp"

namespace kith::people {

/// The state of all people, one column a variable, [people] each. *Private* columns are read and written by their owner
/// alone; what others see is `Public`.
struct People {
  std::uint32_t count = 0;

  std::vector<float> tone;               ///< trait: λ0, opioid tone
  std::vector<float> wanted_connection;  ///< trait: connection the person wants
  std::vector<float> tone_today;         ///< relative deviation of the tone on this day
  std::vector<float> phasic;             ///< released ligand still there
  std::vector<float> antagonist;         ///< effect-site concentration over EC50
  std::vector<float> signal;             ///< S
  std::vector<float> signal_mean;        ///< S̄, running mean of S
  std::vector<float> set_point;          ///< S*
  std::vector<float> connection;         ///< C
  std::vector<float> distress;           ///< D
  std::vector<float> positive_affect;    ///< V⁺
  std::vector<float> negative_affect;    ///< V⁻
  std::vector<float> need;               ///< N
  std::vector<float> loneliness;         ///< Λ
  std::vector<float> last_contact;       ///< hours since the start
  std::vector<std::uint32_t> contacts;   ///< so far, burn-in included
  Public<float> approach;                ///< P
  Public<float> warmth;                  ///< factor on the quality of what the person offers

  // Of patients with a substance use disorder; empty where the scenario has none, and then nobody's.
  std::vector<float> patient;  ///< trait: 1 for a patient, 0 for everybody else
  std::vector<float> craving;  ///< for the substance

  void resize(std::uint32_t people);
  /// Bytes of state per person.
  std::size_t bytes_per_person() const;

  /// The one list of state: calls f(ColumnInfo, column) for every column, public ones by their `now`. Files, fingerprint and
  /// measures all go through it.
  template <class Self, class F>
  static void visit(Self&& self, F&& f) {
    f(ColumnInfo{"tone", "1", "opioid tone of the person (trait)"}, self.tone);
    f(ColumnInfo{"wanted_connection", "1", "connection the person wants (trait)"}, self.wanted_connection);
    f(ColumnInfo{"tone_today", "1", "relative deviation of the tone today"}, self.tone_today);
    f(ColumnInfo{"phasic", "1", "released ligand still present"}, self.phasic);
    f(ColumnInfo{"antagonist", "1", "antagonist at the effect site over its EC50"}, self.antagonist);
    f(ColumnInfo{"signal", "1", "mu-opioid signal; 1 = the resting median person"}, self.signal);
    f(ColumnInfo{"signal_mean", "1", "running mean of the mu-opioid signal"}, self.signal_mean);
    f(ColumnInfo{"set_point", "1", "set point of the mu-opioid signal"}, self.set_point);
    f(ColumnInfo{"connection", "1", "felt connection, 0 to 1"}, self.connection);
    f(ColumnInfo{"distress", "1", "distress, 0 to 1"}, self.distress);
    f(ColumnInfo{"positive_affect", "1", "positive affect, 0 to 1"}, self.positive_affect);
    f(ColumnInfo{"negative_affect", "1", "negative affect, 0 to 1"}, self.negative_affect);
    f(ColumnInfo{"need", "1", "social need, 0 to 1"}, self.need);
    f(ColumnInfo{"loneliness", "1", "loneliness, 0 to 1"}, self.loneliness);
    f(ColumnInfo{"last_contact", "hours", "time of the last contact since the start"}, self.last_contact);
    f(ColumnInfo{"contacts", "1", "contacts so far"}, self.contacts);
    f(ColumnInfo{"approach", "1", "approach: factor on the rate of contact"}, self.approach.now);
    f(ColumnInfo{"warmth", "1", "warmth offered: factor on the quality of a contact"}, self.warmth.now);
  }
};

}  // namespace kith::people
