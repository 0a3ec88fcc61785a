// The scenario that the sliders say, as YAML that anybody can run: the words in it are the engine's language.
export const sliders = [
  { name: "dose", min: 0, max: 100, step: 5, value: 50, decimals: 0 },
  { name: "share", min: 0, max: 100, step: 5, value: 30, decimals: 0 },
  { name: "tone", min: 0.05, max: 0.3, step: 0.01, value: 0.15, decimals: 2 },
  { name: "people", min: 100, max: 2000, step: 100, value: 1000, decimals: 0 },
];
export const theories = ["botsa", "maintenance", "state_dependent", "feedback", "homeostasis", "reward", "nonspecific", "none"];

export const yamlOf = (set) => `kith: 1
title: Playground
theory: ${set.theory}
time: {burn_in: 7 d, duration: 16 d}
people: {count: ${set.people}, opioid_tone: {median: ${set.tone}}}
network: {generate: layers, sizes: [5, 10], community: 100}
events:
  - name: doses
    at: "2 d"
    target: {share: ${set.share} %}
    do: {dose: {drug: ${set.dose > 0 ? "naltrexone" : "placebo"}, amount: ${set.dose > 0 ? set.dose : 50} mg, every: 1 d}, for: 7 d}
record: {every: 6 h, by: [event], people: ${set.people}, network: true}
seed: playground
`;

// The same world in which the drug is none.
export const withoutDrug = ["events.0.do.dose.drug=placebo"];
