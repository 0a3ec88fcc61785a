// The playground: sliders write a scenario, the engine runs it in two worlds that differ in the drug alone, and both are shown.
import { shades } from "../cover.js";
import { h, isCalm, rich } from "../dom.js";
import { run } from "../engine/engine.js";
import { openResult } from "../files/result.js";
import { exportBar } from "../parts/export.js";
import { draw } from "../parts/chart.js";
import { Layout, NetworkView, tiesOf } from "../parts/network.js";
import { number, t } from "../words.js";
import { Curves, decimalsOf } from "./curves.js";
import { sliders, theories, withoutDrug, yamlOf } from "./scenario.js";

const outcomes = ["connection", "distress", "loneliness", "positive_affect", "occupancy", "contacts_per_day"];
// What the colour of a person shows, as a column of the table `people`.
const columns = { connection: "connection", distress: "distress", loneliness: "loneliness", positive_affect: "positive_affect", occupancy: "antagonist", contacts_per_day: "connection" };
const scenarioFile = "playground.yaml";
const share = (x) => x / (1 + x); // of receptors held, from the concentration over its EC50

// What is read of a file.
const wanted = {
  population: outcomes, people: [...new Set(Object.values(columns))], network: ["offsets", "targets", "closeness", "community"],
};

const kept = { set: null, yaml: null, outcome: "connection", file: null };
let current = null; // the playground on show

// A file from anywhere on the page.
export function showResult(file) {
  kept.file = file;
  if (current) current.open(file);
  else location.hash = "playground";
}

export function playground(main, onLeave) {
  kept.set ??= { ...Object.fromEntries(sliders.map(({ name, value }) => [name, value])), theory: "botsa" };
  kept.yaml ??= yamlOf(kept.set);
  const view = new Playground();
  main.append(...view.parts());
  current = view;
  onLeave(() => {
    current = null;
    view.end();
  });
  if (kept.file) view.open(kept.file);
  else view.start();
}

// Means over the last 24 hours: days and nights are as different as worlds. Nothing where there is no such day, as before the first dose.
function overTheDay(values, days) {
  const first = values.findIndex(Number.isFinite);
  return values.map((_, k) => {
    if (first < 0 || days[k] < days[first] + 0.75) return null;
    const past = values.filter((_, j) => j <= k && days[j] > days[k] - 1);
    return past.reduce((sum, value) => sum + value, 0) / past.length;
  });
}

// The reader's message: its sentences in lines that fit, and the line of the scenario as it is.
function toldIn(text) {
  const lines = text.split("\n");
  const isSource = (line) => /^\s*(\d+ )?\s*\|/.test(line);
  const source = lines.filter(isSource);
  return [lines.filter((line) => !isSource(line)).map((line) => h("p", { class: "problem" }, line)),
    source.length ? h("pre", { tabindex: 0 }, source.join("\n")) : null];
}

class Playground {
  constructor() {
    this.isAlive = true;
    this.frame = 0;
    this.isPlaying = false;
    this.curves = new Curves((row) => this.go(row));
  }

  parts() {
    this.editor = h("textarea", { class: "code", rows: 15, spellcheck: "false", autocapitalize: "off", id: "yaml", "aria-label": t("playground.yaml"), oninput: () => (kept.yaml = this.editor.value) });
    this.editor.value = kept.yaml;
    this.mistakes = h("div", { "aria-live": "polite" });
    this.bar = h("progress", { max: 1, value: 0, "aria-label": t("playground.running"), hidden: true });
    this.runButton = h("button", { type: "button", id: "run", onclick: () => this.start() }, t("playground.run"));
    this.worlds = h("div", { class: "worlds" });
    this.time = h("input", { type: "range", min: 0, max: 1, step: 1, value: 0, id: "time", "aria-label": t("playground.time"), oninput: () => this.go(Number(this.time.value)) });
    this.play = h("button", { type: "button", class: "quiet", id: "play", onclick: () => (this.isPlaying ? this.pause() : this.resume()) }, t("playground.play"));
    this.day = h("output", { class: "day", for: "time" });
    this.choice = h("select", { id: "outcome", onchange: () => {
      kept.outcome = this.choice.value;
      this.showOutcome();
    } }, outcomes.map((name) => h("option", { value: name, selected: name === kept.outcome }, t(`outcome.${name}`))));
    this.exports = h("div", {});
    return [
      h("h1", {}, t("playground.title")),
      h("p", { class: "lead" }, ...rich(t("playground.lead"))),
      h("div", { class: "desk play" },
        h("div", { class: "say" }, this.controls(), h("div", { class: "buttons" }, this.runButton), this.bar, this.mistakes,
          h("details", { class: "export", id: "text" }, h("summary", {}, t("playground.edit")), h("p", { class: "hint" }, t("playground.edit_hint")), this.editor), this.opener()),
        h("div", { class: "sheet" },
          h("div", { class: "row" }, h("label", { class: "field inline" }, h("span", {}, t("playground.outcome")), this.choice)),
          this.worlds,
          h("div", { class: "row timeline" }, this.play, this.time, this.day),
          this.curves.place, (this.hint = h("p", { class: "hint" })), this.exports)),
    ];
  }

  controls() {
    const rewrite = () => {
      kept.yaml = yamlOf(kept.set);
      this.editor.value = kept.yaml;
    };
    const theory = h("select", { id: "theory", onchange: () => {
      kept.set.theory = theory.value;
      rewrite();
    } }, theories.map((name) => h("option", { value: name, selected: name === kept.set.theory }, t(`theory.${name}`))));
    return h("div", { class: "sliders" },
      sliders.map(({ name, min, max, step, decimals }) => {
        const told = () => t(`playground.${name}_value`, { value: number(kept.set[name], decimals) });
        const output = h("output", { for: `slider-${name}` }, told());
        const slider = h("input", { type: "range", id: `slider-${name}`, min, max, step, value: kept.set[name], "aria-valuetext": told(), oninput: () => {
          kept.set[name] = Number(slider.value);
          output.textContent = told();
          slider.setAttribute("aria-valuetext", told());
          rewrite();
        } });
        return h("div", { class: "slider" }, h("label", { for: `slider-${name}` }, t(`playground.${name}`)), output, slider);
      }),
      h("label", { class: "field" }, t("playground.theory"), theory));
  }

  opener() {
    const file = h("input", { type: "file", id: "file", accept: ".h5,.hdf5", "aria-label": t("playground.file"), onchange: () => file.files[0] && showResult(file.files[0]) });
    this.told = h("p", { class: "hint", "aria-live": "polite" }, t("playground.file_hint"));
    return (this.place = h("details", { class: "export", id: "result" }, h("summary", {}, t("playground.file")), this.told, file));
  }

  // One world: that of a file.
  async open(file) {
    this.pause();
    const job = (this.job = {});
    this.place.open = true;
    this.told.textContent = t("playground.file_reading", { name: file.name });
    const answer = await openResult(file, wanted);
    if (!this.isAlive || this.job !== job) return;
    if (answer.error || !answer.tables.population) {
      kept.file = null;
      this.told.textContent = answer.error === "large" ? t("playground.file_large", { name: file.name }) : t("playground.file_other", { name: file.name });
      if (!this.runs) this.start();
      return;
    }
    this.told.textContent = t("playground.file_shown", { name: file.name, title: answer.title, fingerprint: answer.fingerprint });
    this.mistakes.replaceChildren(...answer.warnings.map((text) => h("p", { class: "hint", lang: "en" }, text)));
    this.editor.value = kept.yaml = answer.resolved;
    this.show([{ look: "drug", name: answer.title, answer }], answer.resolved, file.name.replace(/\.\w+$/, ".yaml"));
  }

  async start() {
    kept.file = null;
    this.pause();
    const job = (this.job = {}); // what was asked for last is shown: a file may be opened while this runs
    this.runButton.disabled = true;
    this.bar.hidden = false;
    const shown = [0, 0];
    const progress = (k) => (done) => {
      shown[k] = done;
      this.bar.value = (shown[0] + shown[1]) / 2;
    };
    const yaml = kept.yaml;
    const settings = { name: scenarioFile, tables: ["population", "people", "network"] };
    const [drug, without] = await Promise.all([run(yaml, settings, progress(0)), run(yaml, { ...settings, set: withoutDrug }, progress(1))]);
    if (!this.isAlive) return;
    this.runButton.disabled = false;
    this.bar.hidden = true;
    this.bar.value = 0;
    if (this.job !== job) return;
    const wrong = drug.mistakes ?? (drug.error ? [{ text: drug.error }] : null);
    this.mistakes.replaceChildren(...(wrong ? [this.tellMistakes(wrong)] : drug.warnings.map((text) => h("p", { class: "hint", lang: "en" }, text))));
    if (wrong) {
      document.getElementById("text").open = true;
      return;
    }
    // A scenario of one's own may have no dose to take away: then there is one world.
    this.told.textContent = t("playground.file_hint");
    this.show(without.mistakes || without.error ? [{ look: "drug", name: t("playground.own"), answer: drug }]
      : [{ look: "drug", name: t("playground.with"), answer: drug }, { look: "placebo", name: t("playground.without"), answer: without, sets: withoutDrug }], yaml);
  }

  show(runs, yaml, file = scenarioFile) {
    this.runs = runs;
    this.again = { file, yaml, scenario: file, runs: runs.map(({ sets = [], answer }) => ({ sets, fingerprint: answer.fingerprint })) };
    this.showWorlds();
    this.showOutcome();
    if (!isCalm()) this.resume();
  }

  tellMistakes(mistakes) {
    return h("div", { class: "mistakes", role: "alert" }, h("h3", {}, t("playground.mistakes")),
      mistakes.map((one) => h("div", {}, h("div", { lang: "en" }, toldIn(one.text)),
        one.line ? h("button", { type: "button", class: "quiet", onclick: () => this.goTo(one) }, t("playground.go_to", { line: one.line })) : null)));
  }
  goTo({ line, column, width }) {
    const before = this.editor.value.split("\n").slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    document.getElementById("text").open = true;
    this.editor.focus();
    this.editor.setSelectionRange(before + column - 1, before + column - 1 + width);
  }

  showWorlds() {
    const { tables } = this.runs[0].answer;
    this.days = tables.population.coordinates.map((hours) => hours / 24);
    this.time.max = this.days.length - 1;
    cancelAnimationFrame(this.settling); // of the worlds before
    this.views = [];
    this.layout = null;
    this.shadeOf = null; // those of the worlds before, of as many people as there were
    if (!tables.people || !tables.network || tables.people.dimension("person").coordinate.length !== tables.network.dimension("person").coordinate.length) {
      this.worlds.replaceChildren(h("p", { class: "hint" }, t("playground.no_network")));
      return;
    }
    const ties = tiesOf(tables.network);
    const people = tables.people.dimension("person").coordinate.length;
    this.layout = new Layout(people, ties, tables.network.variable("community").values);
    this.treated = this.findTreated();
    const canvases = this.runs.map(({ name }) => h("canvas", { role: "img", "aria-label": t("playground.canvas", { world: name, people: number(people) }) }));
    this.worlds.replaceChildren(...this.runs.map(({ name, look }, k) => h("figure", {}, h("figcaption", {}, h("span", { class: `dot ${look}` }), name), canvases[k])), this.key());
    this.views = canvases.map((canvas) => new NetworkView(canvas, this.layout, ties));
    this.observer?.disconnect();
    this.observer = new ResizeObserver(() => {
      for (const view of this.views) view.fit();
      this.paint();
    });
    for (const canvas of canvases) this.observer.observe(canvas);
    if (isCalm()) while (!this.layout.isSettled) this.layout.step(50);
    this.settle();
  }
  key() {
    return h("p", { class: "key" }, h("span", { class: "scale", "aria-hidden": "true" }, Array.from({ length: 7 }, () => h("i", {}))), this.keyText = h("span", {}), h("span", { class: "ring", "aria-hidden": "true" }), t("playground.ring"));
  }

  // Who took something in the first world: those with the drug at their receptors at some time.
  findTreated() {
    const { people } = this.runs[0].answer.tables;
    const treated = new Array(people.dimension("person").coordinate.length).fill(false);
    for (let row = 0; row < people.coordinates.length; ++row) people.row("antagonist", row).forEach((value, k) => value > 0 && (treated[k] = true));
    return treated;
  }

  settle() {
    cancelAnimationFrame(this.settling);
    const turn = () => {
      if (!this.isAlive) return;
      if (!this.layout.isSettled) this.layout.step(6);
      for (const view of this.views) view.paintTies();
      this.paint();
      if (!this.layout.isSettled) this.settling = requestAnimationFrame(turn);
    };
    turn();
  }

  showOutcome() {
    if (!this.runs) return;
    const { outcome } = kept;
    const treatedGroup = (table) => Math.max(0, table.dimension("group").coordinate.findIndex((name) => name.startsWith("event:")));
    this.series = this.runs.map(({ name, look, answer }) => {
      const table = answer.tables.population;
      return { name, look, values: overTheDay(table.course(outcome, treatedGroup(table)), this.days) };
    });
    this.curves.show(this.days, this.series, t("playground.curves", { outcome: t(`outcome.${outcome}`) }));
    this.hint.textContent = t(this.runs.length > 1 ? "playground.curves_hint" : "playground.curves_hint_one");
    this.colours();
    this.exports.replaceChildren(exportBar({
      figure: { name: `kith-playground-${outcome}`, svg: () => this.still(), rows: () => this.rows() },
      again: this.again,
    }));
    this.go(Math.min(this.frame, this.days.length - 1));
  }

  // Colours of everybody at every moment, on one scale for both worlds.
  colours() {
    if (!this.layout) return;
    const column = columns[kept.outcome];
    const tables = this.runs.map(({ answer }) => answer.tables.people);
    const value = kept.outcome === "occupancy" ? share : (x) => x;
    const all = tables.map((table) => table.coordinates.map((_, row) => Array.from(table.row(column, row), value)));
    const sample = all.flat(2).filter((_, k) => k % 37 === 0).sort((a, b) => a - b);
    const [low, high] = kept.outcome === "occupancy" ? [0, 1] : [sample[Math.floor(sample.length * 0.03)], sample[Math.floor(sample.length * 0.97)]];
    this.shadeOf = all.map((rows) => rows.map((values) => Uint8Array.from(values, (x) => Math.max(0, Math.min(6, Math.floor((7 * (x - low)) / (high - low || 1)))))));
    // Blue is good: much connection, little distress.
    const isBad = ["distress", "loneliness", "occupancy"].includes(kept.outcome);
    this.palette = shades(this.worlds, 7);
    if (isBad) this.palette.reverse();
    this.worlds.querySelectorAll(".scale i").forEach((one, k) => (one.style.background = this.palette[k]));
    this.keyText.textContent = t("playground.scale", { outcome: t(`outcome.${kept.outcome === "contacts_per_day" ? "connection" : kept.outcome}`) });
  }

  paint() {
    if (!this.shadeOf || !this.views.length) return;
    this.views.forEach((view, k) => view.paint(this.palette, this.shadeOf[k][this.frame], k === 0 ? this.treated : null));
  }
  go(row) {
    this.frame = row;
    this.time.value = row;
    const said = t("playground.day", { day: number(Math.floor(this.days[row])) });
    this.day.textContent = said;
    this.time.setAttribute("aria-valuetext", said);
    this.curves.at(this.days[row]);
    this.paint();
  }

  resume() {
    if (!this.days) return;
    this.isPlaying = true;
    this.play.textContent = t("playground.pause");
    if (this.frame >= this.days.length - 1) this.go(0);
    let before = null;
    let at = this.frame;
    const turn = (now) => {
      if (!this.isPlaying || !this.isAlive) return;
      at += ((now - (before ?? now)) / 1000) * 8; // rows a second: two days
      before = now;
      if (at >= this.days.length - 1) {
        this.go(this.days.length - 1);
        this.pause();
        return;
      }
      if (Math.floor(at) !== this.frame) this.go(Math.floor(at));
      else this.paint();
      requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
  }
  pause() {
    this.isPlaying = false;
    this.play.textContent = t("playground.play");
  }

  spec(days, series) {
    const values = series.flatMap((one) => one.values).filter((value) => value !== null && Number.isFinite(value));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = (high - low || 0.1) * 0.08;
    const marks = [low, high];
    return {
      label: t("playground.curves", { outcome: t(`outcome.${kept.outcome}`) }),
      x: { min: days[0], max: days.at(-1), label: t("playground.days"), format: (value) => number(value) },
      y: { min: low - room, max: high + room, label: t(`outcome.${kept.outcome}`), format: (value) => number(value, Math.max(1, decimalsOf([0, (marks[1] - marks[0]) / 5]))) },
      layers: series.map((one) => ({ kind: "line", look: one.look, name: one.name, points: days.map((day, k) => [day, one.values[k] ?? NaN]) })),
    };
  }
  // The curves as a drawing: what is on show is a canvas. It has to stand in the page for its style.
  still() {
    this.stillPlace ??= h("div", { class: "still", "aria-hidden": "true" });
    this.exports.append(this.stillPlace);
    const svg = draw(this.spec(this.days, this.series), 760);
    this.stillPlace.replaceChildren(svg);
    return svg;
  }
  rows() {
    return [["day", ...this.series.map(({ name }) => name)], ...this.days.map((day, k) => [day, ...this.series.map(({ values }) => values[k])])];
  }

  end() {
    this.isAlive = false;
    this.observer?.disconnect();
    this.curves.end();
  }
}
