#include "models/trials/design/regimen.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/units.hpp"

namespace kith::trials {

using config::Mark;
using config::Section;
using pharmacology::Pharmacy;
using pharmacology::SharedDrug;

namespace {

constexpr std::size_t most_doses = 1000;

struct Times {
  double every = 24.0;
  std::vector<double> at;
};

Times read_times(Section& s) {
  Times times;
  times.every = s.number({.key = "every",
                          .unit = "h",
                          .fallback = "1 d",
                          .min = "1 h",
                          .max = "365 d",
                          .doc = "Time from one dose to the next."});
  times.at = s.times_of_day(
      {.key = "at", .fallback = "[09:00]", .doc = "Local time of the first dose, or several times of day."});
  if (times.at.empty()) {
    s.fail("at", "no time of day is given", "a dose is taken at some time", "write e.g. at: \"09:00\"");
    times.at = {9.0};
  }
  if (times.at.size() > 1 && std::fmod(times.every, 24.0) != 0.0) {
    s.fail("at",
           fmt::format("{} times of day but a dose every {}", times.at.size(),
                       print_quantity(times.every, Dimension::time)),
           "several times of day repeat after whole days", "write every: 1 d, or one time of day");
    times.every = 24.0;
  }
  std::sort(times.at.begin(), times.at.end());
  return times;
}

/// One step of a titration, a loading or a tapering.
struct DosePhase {
  double dose = 0.0, length = 24.0;
  Times times;
};

DosePhase read_phase(Section& s) {
  DosePhase phase;
  phase.dose =
      s.number({.key = "dose", .unit = "mg", .min = "0 mg", .max = "5000 mg", .doc = "Each dose of this phase."});
  phase.length = s.number(
      {.key = "for", .unit = "h", .min = "1 d", .max = "3650 d", .doc = "How long the phase lasts, in whole days."});
  phase.times = read_times(s);
  if (std::fmod(phase.length, 24.0) != 0.0) {
    s.fail("for", fmt::format("{} is not a whole number of days", print_quantity(phase.length, Dimension::time)),
           "the next phase starts on a day of its own", "use whole days");
    phase.length = 24.0;
  }
  if (phase.times.every > phase.length && !s.describing()) {
    s.fail(
        "every",
        fmt::format("the phase of {} is shorter than the {} from dose to dose",
                    print_quantity(phase.length, Dimension::time), print_quantity(phase.times.every, Dimension::time)),
        "", "lengthen the phase or give doses more often");
  }
  return phase;
}

void add_phase(Regimen& regimen, double start, const DosePhase& phase) {
  const auto count = static_cast<std::size_t>(std::ceil(phase.length / phase.times.every - 1e-9));
  for (Intake intake : intakes(std::vector<double>(count, phase.dose), phase.times.every, phase.times.at)) {
    intake.after += start;
    regimen.intakes.push_back(intake);
  }
  regimen.gap = std::max(regimen.gap, phase.times.every);
}

void read_phases(Section& s, Regimen& regimen) {
  double start = 0.0;
  regimen.gap = 1.0;
  s.list({.key = "phases", .doc = "Titration, loading, tapering: doses that change from phase to phase."},
         [&](Section& item) {
           const DosePhase phase = read_phase(item);
           add_phase(regimen, start, phase);
           start += phase.length;
         });
  regimen.length = std::max(24.0, start);
}

void read_doses(Section& s, Regimen& regimen) {
  std::vector<double> doses = s.numbers({.key = "doses",
                                         .unit = "mg",
                                         .fallback = "[]",
                                         .min = "0 mg",
                                         .max = "5000 mg",
                                         .doc = "Doses in the order in which they are taken."});
  const Times times = read_times(s);
  double length = static_cast<double>(doses.size()) * times.every;
  if (s.has("for")) {
    length = s.number({.key = "for",
                       .unit = "h",
                       .min = "1 h",
                       .max = "3650 d",
                       .doc = "How long doses are taken; the last one is repeated until then."});
    if (length + 1e-9 < static_cast<double>(doses.size()) * times.every && !s.describing()) {
      s.fail("for", fmt::format("{} doses do not fit into {}", doses.size(), print_quantity(length, Dimension::time)),
             fmt::format("one is taken every {}", print_quantity(times.every, Dimension::time)),
             "lengthen `for` or give fewer doses");
    }
    const auto count = static_cast<std::size_t>(std::ceil(length / times.every - 1e-9));
    if (!doses.empty()) doses.resize(std::max(count, doses.size()), doses.back());
  }
  regimen.intakes = intakes(doses, times.every, times.at);
  regimen.gap = times.every;
  regimen.length = std::max(length, 1.0);
}

}  // namespace

std::string suggest(const std::string& word, const std::vector<std::string>& names) {
  const std::string near = nearest(word, names);
  if (!near.empty()) return fmt::format("did you mean \"{}\"?", near);
  return names.empty() ? "" : "there are: " + conditions::listed(names);
}

std::vector<Intake> intakes(const std::vector<double>& doses, double every, const std::vector<double>& at) {
  std::vector<Intake> result;
  for (std::size_t k = 0; k < doses.size(); ++k) {
    for (const double time : at) result.push_back({time, static_cast<double>(k) * every, doses[k]});
  }
  return result;
}

Regimen regular(SharedDrug drug, const std::vector<double>& doses, double every, const std::vector<double>& at) {
  return {std::move(drug), intakes(doses, every, at), static_cast<double>(doses.size()) * every, every, {}};
}

SharedDrug read_drug_name(Section& s, const Pharmacy& pharmacy) {
  const std::string name = s.text({.key = "drug", .doc = "Name of a drug of the library or of `drugs:`."});
  SharedDrug known = pharmacy.find(name);
  if (!known && !s.describing() && !name.empty()) {
    std::vector<std::string> names;
    for (const SharedDrug& drug : pharmacy.drugs()) names.push_back(drug->name);
    s.fail("drug", fmt::format("unknown drug \"{}\"", name), "neither in the library nor in `drugs:`",
           suggest(name, names));
  }
  return known;
}

Regimen read_regimen(Section& s, const Pharmacy& pharmacy) {
  Regimen regimen;
  regimen.drug = read_drug_name(s, pharmacy);
  const bool has_phases = s.has("phases");
  if (s.describing() || has_phases) read_phases(s, regimen);
  if (s.describing() || !has_phases || s.has("doses")) read_doses(s, regimen);
  if (has_phases && s.has("doses"))
    s.fail("doses", "this arm has both `doses` and `phases`", "either says all about the doses",
           "leave one of them out");
  if (regimen.intakes.empty())
    s.fail("doses", "this arm has no doses", "a period lasts as long as its doses",
           "write e.g. doses: [25 mg, 25 mg, 50 mg, 50 mg], or like: ANOTHER_ARM");
  if (regimen.intakes.size() > most_doses) {
    s.fail("doses", fmt::format("{} doses in one period", regimen.intakes.size()),
           fmt::format("a period has at most {}", most_doses), "write fewer doses");
    regimen.intakes.resize(1);
    regimen.length = 24.0;
  }
  if (s.has("when") || s.describing()) {
    regimen.when = conditions::read_condition(
        s, {.key = "when",
            .doc = "As needed: a planned dose is taken only when this holds for the person at that time, e.g. "
                   "\"loneliness > 0.7\"."});
  }
  return regimen;
}

}  // namespace kith::trials
