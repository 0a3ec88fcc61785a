// The lonely city: who becomes lonely when people meet few others for eight weeks.
import { number, percent, t } from "../words.js";
import { runLesson } from "./scenario.js";

const from = 28;
const until = 84;
const last = 140;
const groups = ["all", "tone: low", "tone: middle", "tone: high"];
const looks = ["plain", "low", "middle", "high"];

function found(table) {
  return groups.map((name) => {
    const group = table.dimension("group").coordinate.indexOf(name);
    const course = (variable) => table.coordinates.map((hours, row) => [hours / 24, table.row(variable, row)[group]]);
    return { lonely: course("lonely_share"), contacts: course("contacts_per_day") };
  });
}
const near = (points, day) => points.reduce((best, point) => (Math.abs(point[0] - day) < Math.abs(best[0] - day) ? point : best))[1];
const peak = (points) => points.reduce((best, point) => (point[1] > best[1] ? point : best));

export const city = {
  name: "city",
  begin: () => ({ points: [14, 42, 70, 98, 126].map((day) => [day, 0.25]), hasDrawn: false }),
  isReady: (state) => state.hasDrawn,
  chart(state, label, changed) {
    return {
      label,
      x: { min: 0, max: last, ticks: [0, 28, 56, 84, 112, 140], label: t("lesson.city.days"), format: (value) => number(value) },
      y: { min: 0, max: 0.6, ticks: [0, 0.2, 0.4, 0.6], label: t("lesson.city.axis"), format: (value) => percent(value) },
      layers: [
        { kind: "span", from, to: until, text: t("lesson.city.lockdown") },
        // Everybody last, above the groups: that is what was asked for.
        ...(state.result ? [1, 2, 3, 0].map((k) => ({ kind: "line", look: looks[k], isThin: k > 0, name: k ? t(`tone.${looks[k]}`) : t("lesson.city.all"), points: state.result.found[k].lonely })) : []),
      ],
      sketch: {
        points: state.points, step: 0.01, isOpen: !state.result && state.step === "predict", name: t("lesson.yours"),
        describe: (k) => t("lesson.city.handle", { day: state.points[k][0] }),
        changed: () => {
          state.hasDrawn = true;
          changed();
        },
      },
    };
  },
  async run(state, progress) {
    const answer = await runLesson("city", [], ["population"], progress);
    if (!answer.error) answer.found = found(answer.tables.population);
    return answer;
  },
  verdicts(state) {
    const { lonely } = state.result.found[0];
    const rise = state.points[2][1] - state.points[0][1];
    const real = near(lonely, 70) - near(lonely, 14);
    const back = state.points[4][1] <= state.points[0][1] + 0.03;
    const realBack = near(lonely, 126) <= near(lonely, 14) + 0.03;
    return [rise > 1.8 * real ? "too_much" : rise < 0.55 * real ? "too_little" : "right", back === realBack ? "back_right" : realBack ? "back_sooner" : "back_later"];
  },
  told(state) {
    const [all, low, , high] = state.result.found;
    return {
      before: percent(near(all.lonely, 26)), during: percent(near(all.lonely, 82)), after: percent(near(all.lonely, 138)),
      low: percent(near(low.lonely, 82)), high: percent(near(high.lonely, 82)), low_before: percent(near(low.lonely, 26)), high_before: percent(near(high.lonely, 26)),
      day: number(peak(all.lonely)[0]), top: percent(peak(all.lonely)[1]), contacts_before: number(near(all.contacts, 26), 1), contacts_during: number(near(all.contacts, 56), 1),
    };
  },
  rows: (state) => [["day", ...groups, "expected"], ...state.result.found[0].lonely.map(([day], row) => [day, ...state.result.found.map((one) => one.lonely[row][1]), state.points.find((point) => point[0] === day)?.[1] ?? ""])],
};
