#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// The worlds in which signs are read: one population under one theory, six treatments of it.
namespace kith::evidence {

/// What is read of each person, each [people].
struct Readings {
  std::vector<double> approach;         ///< ln P
  std::vector<double> distress;         ///< D
  std::vector<double> connection;       ///< ln of the rated connection of a message from the closest person
  std::vector<double> stranger_reward;  ///< ln r of a good contact with a stranger, by which closeness grows
  std::vector<double> other_reward;     ///< ln of the rating of a reward that comes from nobody
  std::vector<double> avoidance;        ///< fall of ln P that five rejections teach
};

enum class Drug : std::uint8_t { none, antagonist, agonist };

/// Of one theory: readings by drug, at hours since the first dose or since the separation began.
struct SignWorlds {
  std::array<Readings, 3> calm_first;     ///< [drug] 5 h after the first dose, where contacts never go badly
  std::array<Readings, 3> calm_week;      ///< [drug] after a week of doses
  std::array<Readings, 3> company_first;  ///< [drug] the same in ordinary company, with quarrels
  std::array<Readings, 3> company_week;
  std::array<Readings, 3> apart_evening;  ///< [drug] 10 h without anybody, dosed when it began
  std::array<Readings, 3> apart_day;      ///< [drug] 24 h
  Readings company_week_later, isolated_week;
  Readings company_month, isolated_month;
  Readings company_after, reunited;  ///< a day after the end of four weeks without anybody
};

SignWorlds sign_worlds(const std::string& theory, std::uint32_t people);

}  // namespace kith::evidence
