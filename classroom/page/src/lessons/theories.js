// Which theory? The founding experiment under several theories; what they say is held against what was measured.
import { h, rich } from "../dom.js";
import { number, signed, t } from "../words.js";
import { againOf, runLesson } from "./scenario.js";

const names = ["botsa", "state_dependent", "reward", "nonspecific", "none"];
const measures = ["connection diary", "positive affect diary"];
// What was measured: connection g −0.20 [−0.32, −0.07] (Løseth 2024, 17 outcomes); daily positive mood no different (Inagaki 2016).
const measured = { low: -0.32, high: -0.07 };
const bound = 0.1; // effects smaller than this count as none, as in the experiments of `kith evidence`

function found(answer) {
  const table = answer.tables.effects_pooled;
  const order = table.dimension("measure").coordinate;
  const contrasts = table.dimension("contrast").coordinate.length;
  return measures.map((name) => {
    const at = order.indexOf(name) * contrasts;
    return Object.fromEntries(["g", "g_low", "g_high"].map((key) => [key, table.variable(key).values[at]]));
  });
}
const lowers = ({ g_low: low, g_high: high }) => high < 0 && low < measured.high && high > measured.low;
const leaves = ({ g }) => Math.abs(g) < bound;
const survives = ([connection, mood]) => lowers(connection) && leaves(mood);

export const theories = {
  name: "theories",
  hint: "lesson.theories.hint",
  begin: () => ({ chosen: new Set() }),
  isReady: (state) => state.chosen.size > 0,
  controls: (state, changed, draw) => h("fieldset", { class: "ticks" }, h("legend", {}, t("lesson.theories.choose")), names.map((name) =>
    h("label", {}, h("input", { type: "checkbox", value: name, checked: state.chosen.has(name), onchange: (event) => {
      state.chosen[event.target.checked ? "add" : "delete"](name);
      changed();
      draw();
    } }), h("span", {}, t(`theory.${name}`), h("span", { class: "small" }, ...rich(t(`lesson.theories.claim_${name}`))))))),
  chart(state, label) {
    const offset = 0.17;
    const { result } = state;
    return {
      label,
      height: 320,
      x: { places: names.map((name) => t(`theory.${name}`)) },
      y: { min: -0.6, max: 0.3, ticks: [-0.6, -0.4, -0.2, 0, 0.2], label: t("lesson.theories.axis"), format: (value) => signed(value, 1) },
      layers: [
        { kind: "band", look: "drug", name: t("lesson.theories.measured"), points: [[-0.5, measured.low, measured.high], [names.length - 0.5, measured.low, measured.high]] },
        { kind: "rule", y: 0 },
        { kind: "ticked", name: t("lesson.theories.yours"), y: 0.24, points: names.map((name, k) => [k, state.chosen.has(name)]) },
        ...(result ? [
          { kind: "intervals", look: "drug", name: t("lesson.theories.connection"), points: result.found.map(([one], k) => [k - offset, one.g, one.g_low, one.g_high]) },
          { kind: "intervals", look: "placebo", name: t("lesson.theories.mood"), points: result.found.map(([, one], k) => [k + offset, one.g, one.g_low, one.g_high]) },
        ] : []),
      ],
    };
  },
  async run(state, progress) {
    const shares = names.map(() => 0);
    const answers = await Promise.all(names.map((name, k) => runLesson("theories", [`theory=${name}`], ["effects_pooled"], (share) => {
      shares[k] = share;
      progress(shares.reduce((sum, one) => sum + one, 0) / names.length);
    })));
    const wrong = answers.find(({ error }) => error);
    if (wrong) return wrong;
    return { found: answers.map(found), again: againOf("theories", answers.flatMap(({ again }) => again.runs)), fingerprints: answers.map(({ fingerprint }) => fingerprint) };
  },
  verdicts(state) {
    const real = names.filter((_, k) => survives(state.result.found[k]));
    const hits = names.filter((name) => state.chosen.has(name) === real.includes(name)).length;
    return [hits === names.length ? "all" : "some"];
  },
  told(state) {
    const at = (name, k) => signed(state.result.found[names.indexOf(name)][k].g, 2);
    const real = names.filter((_, k) => survives(state.result.found[k]));
    return {
      right: number(names.filter((name) => state.chosen.has(name) === real.includes(name)).length), count: number(names.length),
      survivors: real.map((name) => t("lesson.theories.quoted", { name: t(`theory.${name}`) })).join(", "),
      botsa: at("botsa", 0), reward_mood: at("reward", 1), nonspecific_mood: at("nonspecific", 1), nonspecific: at("nonspecific", 0), none: at("none", 0),
    };
  },
  rows: (state) => [["theory", "chosen", "connection g", "low", "high", "mood g", "low", "high", "survives", "fingerprint"], ...names.map((name, k) => {
    const [one, other] = state.result.found[k];
    return [name, state.chosen.has(name) ? 1 : 0, one.g, one.g_low, one.g_high, other.g, other.g_low, other.g_high, survives(state.result.found[k]) ? 1 : 0, state.result.fingerprints[k]];
  })],
};
