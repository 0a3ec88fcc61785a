// What opioid tone does: distress of people with low, middle and high tone in everyday life.
import { number, t } from "../words.js";
import { runLesson } from "./scenario.js";

const groups = ["tone: low", "tone: middle", "tone: high"];
const looks = ["low", "middle", "high"];
const shown = "distress";
const days = 14; // the last two weeks

// Means over the last days of the mean and the outer quantiles of each group.
function found(table) {
  const rows = table.coordinates.map((hours, row) => [hours, row]).filter(([hours]) => hours > table.coordinates.at(-1) - 24 * days).map(([, row]) => row);
  return groups.map((name) => {
    const group = table.dimension("group").coordinate.indexOf(name);
    const mean = (read) => rows.reduce((sum, row) => sum + read(row), 0) / rows.length;
    const count = table.dimension("quantile").coordinate.length;
    return {
      mean: mean((row) => table.row(shown, row)[group]),
      low: mean((row) => table.row(`${shown}_quantiles`, row)[group * count]),
      high: mean((row) => table.row(`${shown}_quantiles`, row)[group * count + count - 1]),
      connection: mean((row) => table.row("connection", row)[group]),
    };
  });
}

export const tone = {
  name: "tone",
  begin: () => ({ points: [[0, 0.2], [1, 0.2], [2, 0.2]], hasDrawn: false }),
  isReady: (state) => state.hasDrawn,
  chart(state, label, changed) {
    return {
      label,
      x: { places: looks.map((name) => t(`tone.${name}`)) },
      y: { min: 0, max: 0.4, label: t("outcome.distress"), format: (value) => number(value, 1), ticks: [0, 0.1, 0.2, 0.3, 0.4] },
      layers: state.result ? state.result.found.map((one, k) => ({ kind: "intervals", look: looks[k], points: [[k, one.mean, one.low, one.high]], name: k === 0 ? t("lesson.tone.legend") : null })) : [],
      sketch: {
        points: state.points, step: 0.01, isOpen: !state.result && state.step === "predict", isJoined: true, name: t("lesson.yours"),
        describe: (k) => t("lesson.tone.handle", { group: t(`tone.${looks[k]}`) }),
        changed: () => {
          state.hasDrawn = true;
          changed();
        },
      },
    };
  },
  async run(state, progress) {
    const answer = await runLesson("tone", [], ["population"], progress);
    if (!answer.error) answer.found = found(answer.tables.population);
    return answer;
  },
  verdicts(state) {
    const guessed = state.points[0][1] - state.points[2][1];
    const real = state.result.found[0].mean - state.result.found[2].mean;
    if (Math.sign(guessed) !== Math.sign(real) || guessed === 0) return ["other"];
    return [guessed > 2.5 * real ? "too_much" : guessed < real / 2.5 ? "too_little" : "right"];
  },
  told: (state) => ({
    low: number(state.result.found[0].mean, 2), high: number(state.result.found[2].mean, 2),
    spread_low: number(state.result.found[0].low, 2), spread_high: number(state.result.found[0].high, 2),
    connection_low: number(state.result.found[0].connection, 2), connection_high: number(state.result.found[2].connection, 2),
    more: number(100 * (state.result.found[0].mean / state.result.found[2].mean - 1)),
  }),
  rows: (state) => [["group", "expected", "mean", "quantile 0.1", "quantile 0.9", "connection"], ...groups.map((name, k) => {
    const one = state.result.found[k];
    return [name, state.points[k][1], one.mean, one.low, one.high, one.connection];
  })],
};
