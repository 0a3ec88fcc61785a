// Why wash-out matters: how long receptors stay held, and what that does to a study with too short a pause.
import { h, paragraphs } from "../dom.js";
import { chartPlace } from "../parts/chart.js";
import { exportBar } from "../parts/export.js";
import { list, number, percent, signed, t } from "../words.js";
import { againOf, runLesson } from "./scenario.js";

const lastDose = 81; // [h]: 09:00 on the fourth day
const last = 14; // [d] after it
const group = "sequence: naltrexone, placebo";

function found(table) {
  const at = table.dimension("group").coordinate.indexOf(group);
  const rows = table.coordinates.map((hours, row) => [(hours - lastDose) / 24, row]).filter(([day]) => day >= 0 && day <= last + 0.01);
  const plasma = rows.map(([day, row]) => [day, table.row("plasma", row)[at]]);
  const peak = Math.max(...plasma.map(([, value]) => value));
  return { held: rows.map(([day, row]) => [day, table.row("occupancy", row)[at]]), blood: plasma.map(([day, value]) => [day, (100 * value) / peak]) };
}
const near = (points, day) => points.reduce((best, point) => (Math.abs(point[0] - day) < Math.abs(best[0] - day) ? point : best))[1];

export const washout = {
  name: "washout",
  begin: () => ({ points: [1, 3, 6, 10, 14].map((day) => [day, 50]), hasDrawn: false }),
  isReady: (state) => state.hasDrawn,
  chart(state, label, changed) {
    return {
      label,
      x: { min: 0, max: last, ticks: [0, 2, 4, 6, 8, 10, 12, 14], label: t("lesson.washout.days"), format: (value) => number(value) },
      y: { min: 0, max: 100, ticks: [0, 25, 50, 75, 100], label: t("lesson.washout.axis"), format: (value) => percent(value / 100) },
      layers: state.result ? [
        { kind: "line", look: "drug", name: t("lesson.washout.held"), points: state.result.found.held },
        { kind: "line", look: "middle", name: t("lesson.washout.blood"), points: state.result.found.blood },
      ] : [],
      sketch: {
        points: state.points, step: 2, isOpen: !state.result && state.step === "predict", name: t("lesson.yours"),
        describe: (k) => t("lesson.washout.handle", { day: state.points[k][0] }),
        changed: () => {
          state.hasDrawn = true;
          changed();
        },
      },
    };
  },
  async run(state, progress) {
    const answer = await runLesson("washout", [], ["population", "effects"], progress);
    if (!answer.error) answer.found = found(answer.tables.population);
    return answer;
  },
  verdicts(state) {
    const off = state.points.slice(0, 4).reduce((sum, [day, value]) => sum + value - near(state.result.found.held, day), 0) / 4;
    return [off < -12 ? "too_short" : off > 12 ? "too_long" : "right"];
  },
  told(state) {
    const { held, blood } = state.result.found;
    const half = held.find(([day, value]) => day > 0.5 && value < 50);
    return { held_1: percent(near(held, 1) / 100), held_3: percent(near(held, 3) / 100), held_10: percent(near(held, 10) / 100), blood_1: percent(near(blood, 1) / 100), half: half ? number(half[0]) : "–" };
  },
  rows: (state) => [["days after the last dose", "receptors held [%]", "in blood [% of the peak]"], ...state.result.found.held.map(([day, value], k) => [day, value, state.result.found.blood[k][1]]),
    ...state.points.map(([day, value]) => [day, value, "expected"])],
  further,
};

// What a study finds with a pause of so many days.
const pauses = [1, 3, 6, 10, 14];
const kept = { found: [] };

function further(state, key) {
  const figure = chartPlace();
  const status = h("p", { "aria-live": "polite", class: "ask" });
  const exports = h("div", {});
  const button = h("button", { type: "button", id: "pauses", onclick: go }, t(key("run_pauses")));
  function show() {
    const low = Math.min(-0.1, ...kept.found.map(({ own }) => own)) * 1.2;
    figure.show({
      label: t(key("pauses")),
      height: 240,
      x: { places: pauses.map((days) => t(key("pause_of"), { days })) , label: t(key("pause_axis")) },
      y: { min: low, max: 0, label: t(key("pause_found")), format: (value) => signed(value, 2) },
      layers: [{ kind: "line", look: "drug", points: kept.found.map(({ own }, k) => [k, own]) }, { kind: "intervals", look: "drug", points: kept.found.map(({ own }, k) => [k, own, NaN, NaN]) }],
    });
    if (kept.found.length < pauses.length) return;
    const [short, long] = [kept.found[0], kept.found.at(-1)];
    status.replaceChildren(t(key("pauses_found"), { short: signed(short.own, 2), long: signed(long.own, 2), share: percent(short.own / long.own), held: percent(short.held / 100) }));
    exports.replaceChildren(exportBar({ figure: { name: "kith-pauses", svg: figure.svg, rows: () => [["wash-out [d]", "difference found", "receptors held on the first morning of placebo [%]", "fingerprint"], ...kept.found.map((one) => [one.days, one.own, one.held, one.again.runs[0].fingerprint])] }, again: againOf("washout", kept.found.flatMap(({ again }) => again.runs)) }));
  }
  async function go() {
    button.disabled = true;
    kept.found = [];
    const answers = pauses.map((days) => runLesson("washout", [`trial.washout=${days} d`], ["effects", "probes"]));
    for (const [k, answer] of answers.entries()) {
      const { tables, again, error } = await answer;
      if (error) continue;
      kept.found.push({ days: pauses[k], own: tables.effects.variable("own").values[0], held: carriedOver(tables.probes), again });
      show();
    }
    button.disabled = false;
  }
  show();
  return h("section", { class: "wide" }, h("h2", {}, t(key("pauses_title"))), h("div", { class: "desk" },
    h("div", { class: "say" }, paragraphs(list(key("pauses_story"))), h("div", { class: "buttons" }, button), status),
    h("div", { class: "figure sheet" }, h("h2", {}, t(key("pauses"))), figure.place, exports)));
}

// Receptors held before the first dose of the second period, in those who had naltrexone first: a mean [%].
function carriedOver(table) {
  const [rating, arm, period, measure] = ["rating", "arm", "period", "measure"].map((name) => table.variable(name));
  const occupancy = Number(Object.keys(measure.flags).find((value) => measure.flags[value].startsWith("occupancy")));
  const placebo = Number(Object.keys(arm.flags).find((value) => arm.flags[value] === "placebo"));
  const occasions = period.values.length;
  let [sum, count] = [0, 0];
  rating.values.forEach((value, at) => {
    const occasion = at % occasions;
    if (measure.values[occasion] !== occupancy || period.values[occasion] !== 2 || arm.values[at] !== placebo) return;
    sum += value;
    ++count;
  });
  return sum / count;
}
