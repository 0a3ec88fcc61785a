// The first page: what this is, and the lessons. The picture is a small network that the engine made.
import { h, isCalm, rich } from "./dom.js";
import { run } from "./engine/engine.js";
import { isDone } from "./lessons/done.js";
import { lessons } from "./lessons/all.js";
import { yamlOf } from "./lessons/scenario.js";
import { Layout, NetworkView, tiesOf } from "./parts/network.js";
import { t } from "./words.js";

// Felt connection in a few shades, of the style sheet.
export const shades = (element, count = 5) => Array.from({ length: count }, (_, k) => {
  const style = getComputedStyle(element);
  const [low, high] = [style.getPropertyValue("--little"), style.getPropertyValue("--much")].map((colour) => colour.trim());
  return `color-mix(in oklab, ${high} ${Math.round((100 * k) / (count - 1))}%, ${low})`;
});

let picture; // the run behind the picture, once

async function paint(canvas, alive) {
  picture ??= run(yamlOf("tone"), { set: ["people.count=140", "network.sizes=[4, 7]", "network.community=70", "time.duration=2 d", "time.burn_in=2 d", "record.every=6 h", "record.people=140", "record.network=true"], tables: ["network", "people"] });
  const { tables, error } = await picture;
  if (error || !alive.now) return;
  const ties = tiesOf(tables.network);
  const layout = new Layout(140, ties, tables.network.variable("community").values);
  const view = new NetworkView(canvas, layout, ties);
  const palette = shades(canvas);
  const rows = tables.people.coordinates.length;
  const connection = tables.people.row("connection", rows - 1);
  const sorted = [...connection].sort((a, b) => a - b);
  const colours = Array.from(connection, (value) => Math.min(4, Math.floor((5 * sorted.indexOf(value)) / sorted.length)));
  const show = () => {
    view.paintTies();
    view.paint(palette, colours);
  };
  if (isCalm()) while (!layout.isSettled) layout.step(20);
  const turn = () => {
    if (!alive.now) return;
    if (!layout.isSettled) layout.step(4);
    show();
    if (!layout.isSettled) requestAnimationFrame(turn);
  };
  turn();
  const resized = new ResizeObserver(() => {
    view.fit();
    show();
  });
  resized.observe(canvas);
}

export function cover(main, onLeave) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  const alive = { now: true };
  onLeave(() => (alive.now = false));
  main.append(
    h("div", { class: "cover" },
      h("div", {}, h("h1", {}, t("cover.title")), h("p", { class: "lead" }, ...rich(t("cover.lead"))), h("p", {}, ...rich(t("cover.how")))),
      canvas),
    h("ol", { class: "lessons" }, lessons.map(({ name }, k) => h("li", {}, h("a", { href: `#lesson/${name}` },
      h("span", { class: "no", "aria-hidden": "true" }, String(k + 1)),
      h("span", { class: "name" }, t(`lesson.${name}.title`)),
      h("span", { class: "about" }, t(`lesson.${name}.about`)),
      isDone(name) ? h("span", { class: "done" }, t("cover.done")) : h("span", {}))))),
    h("p", { class: "over", style: "margin-top:1.6rem" }, ...rich(t("cover.after"))));
  requestAnimationFrame(() => paint(canvas, alive));
}
