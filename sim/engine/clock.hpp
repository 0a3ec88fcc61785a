#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "core/ids.hpp"

namespace kith {

/// The one clock: whole ticks, hours derived. Tick 0 is the start of the measured time; the burn-in has negative ticks.
class Clock {
 public:
  /// `tick_seconds` divides 24 h; `start` is the local time at tick 0 in hours since Monday 00:00.
  Clock(std::int64_t tick_seconds, double start) : tick_seconds_(tick_seconds), start_(start) {}

  double tick_hours() const { return static_cast<double>(tick_seconds_) / 3600.0; }
  Tick ticks_per_day() const { return 86400 / tick_seconds_; }
  /// Hours since the start at which a tick begins.
  double hours(Tick tick) const { return static_cast<double>(tick * tick_seconds_) / 3600.0; }
  /// First tick that begins at or after a time given in hours since the start.
  Tick tick_at(double hours) const {
    return static_cast<Tick>(std::ceil(hours * 3600.0 / static_cast<double>(tick_seconds_) - 1e-9));
  }
  /// Midnights passed since the midnight before the start: 0 on the first day.
  std::int64_t day(double hours) const {
    return static_cast<std::int64_t>(std::floor((hours + start_of_day()) / 24.0));
  }
  /// Local time of day, 0 … 24 exclusive.
  double time_of_day(double hours) const { return hours + start_of_day() - 24.0 * static_cast<double>(day(hours)); }
  /// Hours since the start of a time of day on a given day (0 the first).
  double at(std::int64_t day, double time_of_day) const {
    return 24.0 * static_cast<double>(day) + time_of_day - start_of_day();
  }

 private:
  double start_of_day() const { return std::fmod(start_, 24.0); }
  std::int64_t tick_seconds_;
  double start_;
};

/// A tick has so many equal parts; what happens within it happens at a *moment*, one of the odd borders between them: the middles of
/// its sixteenths. A span of time from one moment to another, or to an end of the tick, is a whole number of parts.
inline constexpr std::uint8_t parts_of_tick = 32;
inline constexpr std::uint8_t moments_of_tick = parts_of_tick / 2;

/// The waking time of a tick.
struct Waking {
  double hours = 0.0;
  std::array<std::uint8_t, moments_of_tick> moments{};  ///< those whose sixteenth has waking time, ascending
  std::uint32_t count = 0;                              ///< of them; 0 only where `hours` is 0

  /// One of these moments, at random by the lower half of a random word.
  std::uint8_t moment(std::uint32_t word) const { return moments[((word & 0xffffU) * count) >> 16U]; }
};

/// The night, the same for everybody: nobody meets while asleep.
struct Night {
  double from = 23.0;  ///< local time of day [h]
  double to = 7.0;     ///< local time of day [h]

  double length() const { return std::fmod(to - from + 24.0, 24.0); }
  /// Waking hours within [begin, begin + duration), duration ≤ 24 h, `begin` a local time of day.
  double awake(double begin, double duration) const;
  /// The same as a tick.
  Waking waking(double begin, double duration) const;
};

}  // namespace kith
