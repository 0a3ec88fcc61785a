// The page of a lesson: predict, run, explain. The prediction is drawn before the result and stays beside it.
import { h, paragraphs, rich } from "../dom.js";
import { chartPlace } from "../parts/chart.js";
import { exportBar } from "../parts/export.js";
import { list, t } from "../words.js";
import { lessons } from "./all.js";
import { markDone } from "./done.js";

const states = new Map(); // what has been predicted and found so far, by lesson: it is still there when somebody comes back

export function lessonPage(main, lesson, onLeave) {
  const key = (end) => `lesson.${lesson.name}.${end}`;
  const number = lessons.indexOf(lesson) + 1;
  const state = states.get(lesson.name) ?? { step: "predict", ...lesson.begin() };
  states.set(lesson.name, state);

  const figure = chartPlace();
  const say = h("div", { class: "say" });
  const act = h("div", { class: "buttons" }); // what begins the run: below the drawing on a small screen
  const steps = h("ol", { class: "steps" });
  const caption = h("h2", {}, t(key("figure")));
  const exports = h("div", {});
  const further = h("div", {});
  // A run that ends after somebody has left the page is shown by the page that is there by then.
  state.show = show;
  onLeave(() => (state.show = () => {}));

  const order = ["predict", "run", "explain"];
  function showSteps() {
    steps.replaceChildren(...order.map((name, k) => h("li", { "aria-current": name === state.step ? "step" : null, class: k < order.indexOf(state.step) ? "past" : null },
      h("span", { class: "ball", "aria-hidden": "true" }, String(k + 1)), t(`steps.${name}`))));
  }
  const draw = () => figure.show(lesson.chart(state, t(key("figure")), changed));
  // Somebody has said something of what they expect. The chart is not drawn anew: a point in it may be held.
  const changed = () => act.querySelector("#run")?.toggleAttribute("disabled", !lesson.isReady(state));

  function predict() {
    const run = h("button", { type: "button", id: "run", disabled: !lesson.isReady(state), onclick: begin }, t("lesson.run"));
    say.replaceChildren(h("section", {},
      state.wrong ? h("div", { role: "alert" }, h("h2", {}, t("lesson.failed")), h("pre", {}, state.wrong)) : null,
      paragraphs(list(key("story"))),
      h("h2", {}, t("steps.predict")),
      h("p", { class: "ask" }, ...rich(t(key("ask")))),
      lesson.controls?.(state, changed, draw) ?? null,
      h("p", { class: "hint" }, t(lesson.hint ?? "lesson.hint"))));
    act.replaceChildren(run);
  }

  function running() {
    state.bar = h("progress", { max: 1, value: state.progress, "aria-label": t("lesson.running") });
    say.replaceChildren(h("section", { "aria-live": "polite" }, h("h2", {}, t("lesson.running")), h("p", {}, t(key("running"))), state.bar));
  }

  async function begin() {
    Object.assign(state, { step: "run", progress: 0, wrong: null });
    show();
    const result = await lesson.run(state, (share) => {
      state.progress = share;
      state.bar.value = share;
    });
    state.step = result.error ? "predict" : "run";
    state.wrong = result.error ?? null;
    state.result = result.error ? null : result;
    if (state.result) markDone(lesson.name);
    state.show(true);
  }

  function seen(isNew) {
    const values = lesson.told(state);
    const heading = h("h2", { tabindex: -1 }, t("lesson.seen"));
    const explain = h("button", { type: "button", id: "explain", onclick: () => {
      state.step = "explain";
      show(true);
    } }, t("lesson.explain"));
    say.replaceChildren(h("section", {}, heading,
      lesson.verdicts(state).map((one) => h("p", {}, ...rich(t(key(`verdict.${one}`), values)))),
      paragraphs(list(key("seen"), values)),
      h("p", { class: "ask" }, ...rich(t(key("think")))),
      h("div", { class: "buttons" }, explain)));
    if (isNew) heading.focus({ preventScroll: true });
  }

  function explained(isNew) {
    const values = lesson.told(state);
    const heading = h("h2", { tabindex: -1 }, t("steps.explain"));
    say.replaceChildren(h("section", {}, heading, paragraphs(list(key("why"), values)),
      h("div", { class: "fact" }, paragraphs(list(key("fact"), values))),
      h("p", { class: "caution" }, ...rich(t(key("limit")))),
      h("div", { class: "buttons" }, h("button", { type: "button", class: "quiet", onclick: () => {
        Object.assign(state, { step: "predict", result: null }, lesson.begin());
        show(true);
      } }, t("lesson.again")))));
    if (isNew) heading.focus({ preventScroll: true });
    further.replaceChildren(...(lesson.further ? [lesson.further(state, key)] : []));
  }

  function show(isNew = false) {
    showSteps();
    exports.replaceChildren();
    further.replaceChildren();
    act.replaceChildren();
    if (!state.result && state.step === "run") running();
    else if (!state.result) predict();
    else if (state.step === "explain") explained(isNew);
    else seen(isNew);
    if (state.result) exports.replaceChildren(exportBar({ figure: { name: `kith-${lesson.name}`, svg: figure.svg, rows: () => lesson.rows(state) }, again: state.result.again }));
    draw();
    if (isNew && !state.result) steps.scrollIntoView({ block: "nearest" });
  }

  const before = lessons[number - 2];
  const after = lessons[number];
  main.append(
    h("p", { class: "over" }, t("lesson.number", { number, count: lessons.length })),
    h("h1", {}, t(key("title"))),
    steps,
    h("div", { class: "desk task" }, say, h("div", { class: "figure sheet" }, caption, figure.place, exports), act),
    further,
    h("nav", { class: "turn", "aria-label": t("lesson.turn") },
      before ? h("a", { href: `#lesson/${before.name}` }, `← ${t(`lesson.${before.name}.title`)}`) : h("a", { href: "#" }, `← ${t("nav.lessons")}`),
      after ? h("a", { href: `#lesson/${after.name}` }, `${t(`lesson.${after.name}.title`)} →`) : h("a", { href: "#playground" }, `${t("nav.playground")} →`)));
  show();
}
