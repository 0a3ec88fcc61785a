// Your own naltrexone trial, and those of the class.
import { h, paragraphs, rich } from "../dom.js";
import { run } from "../engine/engine.js";
import { chartPlace } from "../parts/chart.js";
import { exportBar } from "../parts/export.js";
import { list, number, percent, signed, t } from "../words.js";
import { againOf, runLesson, yamlOf } from "./scenario.js";

const kept = { group: null, pupil: null, names: null, piles: { botsa: [], none: [] }, truth: "botsa" };
const seedOf = (pupil) => `${kept.group.trim()}/${pupil.trim()}`;

// The mean difference of each volunteer, naltrexone minus placebo.
function differences(table) {
  const participants = table.dimension("participant").coordinate.length;
  const rating = table.variable("rating").values;
  const arm = table.variable("arm").values;
  const occasions = rating.length / participants;
  return Array.from({ length: participants }, (_, k) => {
    const sums = [[0, 0], [0, 0]];
    for (let o = 0; o < occasions; ++o) {
      const at = k * occasions + o;
      if (arm[at] < 0 || !Number.isFinite(rating[at])) continue;
      sums[arm[at]][0] += rating[at];
      sums[arm[at]][1] += 1;
    }
    return sums[0][0] / sums[0][1] - sums[1][0] / sums[1][1];
  });
}

const effect = (table, name) => table.variable(name).values[0];
export const pWords = (p) => (p < 0.001 ? `< ${number(0.001, 3)}` : `= ${number(p, p < 0.1 ? 3 : 2)}`);

export const trial = {
  name: "trial",
  begin: () => ({ points: [[0, 0]], hasDrawn: false }),
  isReady: (state) => state.hasDrawn && Boolean(kept.group?.trim()) && Boolean(kept.pupil?.trim()),
  controls(state, changed) {
    kept.group ??= t("lesson.trial.class_name");
    kept.pupil ??= "";
    const field = (key, id) => h("label", { class: "field" }, t(`lesson.trial.${key}`), h("input", { type: "text", id, value: kept[id], autocomplete: "off", maxlength: 40, oninput: (event) => {
      kept[id] = event.target.value;
      changed();
    } }));
    return h("div", {}, h("p", { class: "hint" }, t("lesson.trial.seed")), h("div", { class: "fields" }, field("class", "group"), field("pupil", "pupil")));
  },
  hint: "lesson.trial.hint",
  chart(state, label, changed) {
    const names = ["expected", "volunteers", "estimate", "truth"].map((key) => t(`lesson.trial.${key}`));
    const layers = [{ kind: "rule", y: 0 }];
    if (state.result) {
      const { each, found } = state.result;
      layers.push(
        { kind: "dots", look: "middle", radius: 3.5, points: each.map((value, k) => [1 + 0.26 * (((k * 0.618034) % 1) * 2 - 1), value]) },
        { kind: "intervals", look: "drug", points: [[2, found.difference, found.low, found.high]] },
        { kind: "intervals", look: "plain", points: [[3, found.own, NaN, NaN]] });
    }
    return {
      label,
      height: 320,
      x: { places: names },
      y: { min: -1, max: 1, ticks: [-1, -0.5, 0, 0.5, 1], label: t("lesson.trial.axis"), format: (value) => signed(value, 1) },
      layers,
      sketch: {
        points: state.points, step: 0.05, isOpen: !state.result && state.step === "predict",
        describe: () => t("lesson.trial.handle"),
        changed: () => {
          state.hasDrawn = true;
          changed();
        },
      },
    };
  },
  async run(state, progress) {
    const answer = await runLesson("trial", [`seed=${seedOf(kept.pupil)}`], ["diary", "effects"], progress);
    if (answer.error) return answer;
    answer.each = differences(answer.tables.diary);
    answer.found = Object.fromEntries(["difference", "low", "high", "p", "own", "g"].map((name) => [name, effect(answer.tables.effects, name)]));
    return answer;
  },
  verdicts(state) {
    const { difference, low, high, p } = state.result.found;
    const guess = state.points[0][1];
    return [guess >= low && guess <= high ? "inside" : guess < difference ? "below" : "above", p < 0.05 ? "hit" : "miss"];
  },
  told(state) {
    const { difference, low, high, p, own } = state.result.found;
    return {
      class: kept.group, pupil: kept.pupil, guess: signed(state.points[0][1], 2), difference: signed(difference, 2), low: signed(low, 2), high: signed(high, 2), p: pWords(p), own: signed(own, 2),
      falls: number(state.result.each.filter((value) => value < 0).length),
    };
  },
  rows: (state) => [["volunteer", "naltrexone minus placebo"], ...state.result.each.map((value, k) => [k + 1, value]),
    ["expected", state.points[0][1]], ...Object.entries(state.result.found)],
  further,
};

// The class: everybody's p-value, piled up.
function further(state, key) {
  kept.names ??= list("lesson.trial.names").join("\n");
  const figure = chartPlace();
  const status = h("p", { "aria-live": "polite", class: "ask" });
  const exports = h("div", {});
  const names = h("textarea", { rows: 7, id: "names", spellcheck: "false", oninput: () => (kept.names = names.value) });
  names.value = kept.names;
  const truths = h("fieldset", { class: "ticks" }, h("legend", {}, t(key("truth_ask"))), ["botsa", "none"].map((truth) =>
    h("label", {}, h("input", { type: "radio", name: "truth", value: truth, checked: kept.truth === truth, onchange: () => {
      kept.truth = truth;
      show();
    } }), h("span", {}, t(key(`truth_${truth}`))))));
  const buttons = ["some", "many"].map((which) => h("button", { type: "button", class: which === "some" ? null : "quiet", id: `class-${which}`, onclick: () => go(which) }, t(key(`run_${which}`))));

  function show() {
    const pile = kept.piles[kept.truth];
    const bins = Array.from({ length: 20 }, (_, k) => pile.filter(({ p }) => Math.min(19, Math.floor(p * 20)) === k).length);
    const top = Math.max(5, ...bins);
    const flat = pile.length / 20;
    const own = state.result && pile.find(({ pupil }) => pupil === kept.pupil.trim());
    figure.show({
      label: t(key("pile")),
      height: 260,
      x: { min: 0, max: 1, label: t(key("p_axis")), ticks: [0.05, 0.2, 0.4, 0.6, 0.8, 1], format: (value) => number(value, value === 0.05 ? 2 : 1) },
      y: { min: 0, max: top * 1.08, label: t(key("pile_axis")), format: (value) => number(value), ticks: undefined },
      layers: [
        { kind: "bars", look: "hit", name: t(key("pile_hit")), points: [[0, 0.05, bins[0]]] },
        { kind: "bars", look: "null", name: t(key("pile_miss")), points: bins.slice(1).map((count, k) => [(k + 1) / 20, (k + 2) / 20, count]) },
        ...(pile.length ? [{ kind: "rule", y: flat, text: t(key("flat")) }] : []),
        ...(own ? [{ kind: "rule", x: own.p, text: t(key("you")) }] : []),
      ],
    });
    const hits = pile.filter(({ p }) => p < 0.05).length;
    status.replaceChildren(...(pile.length ? rich(t(key(`pile_${kept.truth}`), { count: number(pile.length), hits: number(hits), share: percent(hits / pile.length) })) : []));
    exports.replaceChildren(...(pile.length ? [exportBar({ figure: { name: `kith-class-${kept.truth}`, svg: figure.svg, rows: () => [["pupil", "seed", "difference", "p", "fingerprint"], ...pile.map((one) => [one.pupil, one.seed, one.difference, one.p, one.fingerprint])] },
      again: againOf("trial", pile.map(({ seed, fingerprint }) => ({ sets: setsOf(seed, kept.truth), fingerprint }))) })] : []));
  }
  const setsOf = (seed, truth) => [`seed=${seed}`, ...(truth === "none" ? ["theory=none"] : []), "trial.twin=false"];

  async function go(which) {
    const pile = kept.piles[kept.truth];
    const truth = kept.truth;
    const done = new Set(pile.map(({ seed }) => seed));
    const wanted = which === "some" ? [...new Set([kept.pupil, ...kept.names.split("\n")].map((name) => name.trim()).filter(Boolean))]
      : Array.from({ length: 100 }, (_, k) => String(pile.length + k + 1));
    buttons.forEach((one) => (one.disabled = true));
    await Promise.all(wanted.filter((pupil) => !done.has(seedOf(pupil))).map(async (pupil) => {
      const answer = await run(yamlOf("trial"), { set: setsOf(seedOf(pupil), truth), tables: ["effects"] });
      if (!answer.tables?.effects) return;
      pile.push({ pupil, seed: seedOf(pupil), p: effect(answer.tables.effects, "p"), difference: effect(answer.tables.effects, "difference"), fingerprint: answer.fingerprint });
      if (truth === kept.truth) show();
    }));
    buttons.forEach((one) => (one.disabled = false));
  }
  show();
  return h("section", { class: "wide" }, h("h2", {}, t(key("class_title"))),
    h("div", { class: "desk" },
      h("div", { class: "say" }, paragraphs(list(key("class_story"))), truths, h("label", { class: "field" }, t(key("names_label")), names), h("div", { class: "buttons" }, buttons), status),
      h("div", { class: "figure sheet" }, h("h2", {}, t(key("pile"))), figure.place, exports)));
}
