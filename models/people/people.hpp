#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/columns.hpp"
#include "core/ids.hpp"
#include "core/state.hpp"

namespace kith::people {

/// The state of all people, one column a variable, [people] each. *Private* columns are read and written by their owner
/// alone; what others see is `Public`.
struct People {
  std::uint32_t count = 0;

  std::vector<float> tone;               ///< trait: λ0, opioid tone
  std::vector<float> wanted_usual;       ///< trait: connection the person wants on the whole
  std::vector<float> wanted_connection;  ///< connection the person wants now; 0.05 to 1 counts
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
  std::vector<float> company;            ///< K
  std::vector<float> bond;               ///< β
  std::vector<float> last_contact;       ///< in person; hours since the start
  std::vector<std::uint32_t> contacts;   ///< in person, so far, burn-in included
  std::vector<std::uint32_t> calls;      ///< contacts at a distance, likewise
  Public<float> approach;                ///< P
  Public<float> warmth;                  ///< factor on the quality of what the person offers

  /// A column of a mechanism or a theory, beside those that everybody has.
  struct Added {
    ColumnInfo info;
    std::vector<float> values;  ///< [people]
  };
  std::deque<Added> added;  ///< in the order in which they came; a deque, since their owners keep references

  void resize(std::uint32_t people);
  /// Bytes of state per person.
  std::size_t bytes_per_person() const;
  /// Adds a column and gives its values; gives those there are where it has been added already. `info` is of static duration.
  std::vector<float>& add(const ColumnInfo& info, float value);
  /// The added column of this name; null where this world has none.
  const std::vector<float>* find(std::string_view name) const;
  std::vector<float>* find(std::string_view name);

  /// A person's endogenous ligand: tone of the day and what is left of releases.
  float ligand(std::size_t person) const { return tone[person] * (1.0F + tone_today[person]) + phasic[person]; }

  /// The one list of columns: calls f(ColumnInfo, column) for every column as it is, public ones with now and next.
  template <class Self, class F>
  static void list(Self&& self, F&& f) {
    f(ColumnInfo{"tone", "1", "opioid tone of the person (trait)"}, self.tone);
    f(ColumnInfo{"wanted_usual", "1", "connection the person wants on the whole (trait)"}, self.wanted_usual);
    f(ColumnInfo{"wanted_connection", "1", "connection the person wants now"}, self.wanted_connection);
    f(ColumnInfo{"tone_today", "1", "relative deviation of the tone today"}, self.tone_today);
    f(ColumnInfo{"phasic", "1", "released ligand still present"}, self.phasic);
    f(ColumnInfo{"antagonist", "1", "antagonist at the effect site over its EC50"}, self.antagonist);
    f(ColumnInfo{"signal", "1", "mu-opioid signal; 1 = at rest with the reference tone"}, self.signal);
    f(ColumnInfo{"signal_mean", "1", "running mean of the mu-opioid signal"}, self.signal_mean);
    f(ColumnInfo{"set_point", "1", "set point of the mu-opioid signal"}, self.set_point);
    f(ColumnInfo{"connection", "1", "felt connection, 0 to 1"}, self.connection);
    f(ColumnInfo{"distress", "1", "distress, 0 to 1"}, self.distress);
    f(ColumnInfo{"positive_affect", "1", "positive affect, 0 to 1"}, self.positive_affect);
    f(ColumnInfo{"negative_affect", "1", "negative affect, 0 to 1"}, self.negative_affect);
    f(ColumnInfo{"need", "1", "social need, 0 to 1"}, self.need);
    f(ColumnInfo{"loneliness", "1", "loneliness, 0 to 1"}, self.loneliness);
    f(ColumnInfo{"company", "1", "what is left of good company with people one is attached to, 0 to 1"}, self.company);
    f(ColumnInfo{"bond", "1", "what there is to miss; 1 = as usual"}, self.bond);
    f(ColumnInfo{"last_contact", "hours", "time of the last contact in person since the start"}, self.last_contact);
    f(ColumnInfo{"contacts", "1", "contacts in person so far"}, self.contacts);
    f(ColumnInfo{"calls", "1", "contacts at a distance so far"}, self.calls);
    f(ColumnInfo{"approach", "1", "approach: factor on the rate of contact"}, self.approach);
    f(ColumnInfo{"warmth", "1", "warmth offered: factor on the quality of a contact"}, self.warmth);
    for (auto& column : self.added) f(column.info, column.values);
  }

  /// The columns as outputs and measures see them: calls f(ColumnInfo, vector) for each, public ones by their `now`.
  template <class Self, class F>
  static void visit(Self&& self, F&& f) {
    list(self, [&](const ColumnInfo& info, auto& column) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(column)>, Public<float>>) {
        f(info, column.now);
      } else {
        f(info, column);
      }
    });
  }

  void visit(State& state) {
    list(*this, [&](const ColumnInfo& info, auto& column) { state(info, column); });
  }
};

}  // namespace kith::people
