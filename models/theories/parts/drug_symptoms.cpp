#include "models/theories/parts/drug_symptoms.hpp"

namespace kith::theories {
namespace {

const ColumnInfo column{"symptom_share", "1", "share of what is good that feeling unwell under drugs takes"};

}  // namespace

void DrugSymptoms::start(people::People& people) const { people.add(column, 0.0F); }

void DrugSymptoms::sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin,
                         std::size_t end) const {
  people::People& s = scene.people;
  std::vector<float>& taken = *s.find(column.name);
  for (const pharmacology::Treated& treated : scene.receptors.treated().among(begin, end)) {
    const PersonId p = treated.person();
    taken[p] = at_full * treated.kappa();
    s.connection[p] -= taken[p] * s.connection[p] * step.connection;
    s.positive_affect[p] -= taken[p] * s.positive_affect[p] * step.affect;
  }
}

float DrugSymptoms::share(const people::People& people, std::size_t person) {
  return (*people.find(column.name))[person];
}

DrugSymptoms DrugSymptoms::read(config::Section& s, std::string_view fallback, config::Mark mark,
                                std::string_view source) {
  return {static_cast<float>(
      s.number({.key = "symptoms",
                .fallback = fallback,
                .min = "0",
                .max = "1",
                .doc = "Share of connection, positive affect and the rating of any reward that symptoms take at full "
                       "kappa-occupancy.",
                .mark = mark,
                .source = source}))};
}

}  // namespace kith::theories
