// What can be taken along: a picture, its numbers, and the run as a command that gives the same bits.
import { h, s } from "../dom.js";
import { t } from "../words.js";

export function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const kept = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "font-style", "display", "paint-order", "stroke-linejoin"];

const above = 34; // room for its title
const below = 26; // and for what it is

// A drawing that needs no style sheet and no page around it: with its title, on paper of its own.
export function standalone(svg) {
  const copy = svg.cloneNode(true);
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, k) => {
    const style = getComputedStyle(originals[k]);
    for (const name of kept) element.style.setProperty(name, style.getPropertyValue(name));
    element.removeAttribute("class");
    element.removeAttribute("tabindex");
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute("viewBox", `0 ${-above} ${width} ${height + above + below}`);
  copy.setAttribute("height", height + above + below);
  const [paper, ink] = [document.body, svg].map((element, k) => getComputedStyle(element)[k ? "color" : "backgroundColor"]);
  const font = "Inter, system-ui, sans-serif";
  copy.prepend(s("rect", { y: -above, width, height: height + above + below, fill: paper }),
    s("text", { x: 8, y: -12, fill: ink, "font-family": font, "font-size": 16, "font-weight": 600 }, svg.getAttribute("aria-label")),
    s("text", { x: 8, y: height + 16, fill: ink, "font-family": font, "font-size": 11, opacity: 0.75 }, t("export.note")));
  return new XMLSerializer().serializeToString(copy);
}

export async function pixels(svg, scale = 3) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await image.decode();
  const canvas = h("canvas", { width: svg.viewBox.baseVal.width * scale, height: (svg.viewBox.baseVal.height + above + below) * scale });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
// Rows of a table as CSV, the first its names.
export const csv = (rows) => rows.map((row) => row.map((value) => cell(value ?? "")).join(",")).join("\n") + "\n";

// A value of --set for a shell.
const quoted = (word) => (/^[\w.,=:%/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
export const command = (scenario, sets = []) => ["kith run", quoted(scenario), ...sets.flatMap((one) => ["--set", quoted(one)])].join(" ");

// The scenario as a file that tells with which commands it gives which runs.
const tellingYaml = ({ file, yaml, runs }) => runs.map(({ sets, fingerprint }) => `# ${command(file, sets)}  # ${fingerprint}\n`).join("") + yaml;

// Buttons for a figure. `figure`: {name, svg(), rows()}; `again`, where runs are behind it: {file, yaml, scenario, runs: [{sets, fingerprint}]},
// the name and the text of the scenario, how the terminal knows it, and what was changed in it for each run.
export function exportBar({ figure, again }) {
  const button = (key, act) => h("button", { type: "button", class: "quiet", onclick: act }, t(`export.${key}`));
  const runs = again?.runs ?? [];
  return h("details", { class: "export" },
    h("summary", {}, t("export.title")),
    h("div", { class: "buttons" },
      button("png", async () => save(`${figure.name}.png`, await pixels(figure.svg()))),
      button("svg", () => save(`${figure.name}.svg`, standalone(figure.svg()), "image/svg+xml")),
      button("csv", () => save(`${figure.name}.csv`, csv(figure.rows()), "text/csv")),
      again ? button("yaml", () => save(again.file, tellingYaml(again), "application/yaml")) : null),
    again ? h("div", { class: "again" },
      h("p", {}, runs.length > 1 ? t("export.again_many") : t("export.again")),
      h("pre", { tabindex: 0 }, h("code", {}, runs.map(({ sets, fingerprint }) => command(again.scenario, sets) + (runs.length > 1 ? `  # ${fingerprint}` : "")).join("\n"))),
      runs.length > 1 ? null : h("p", { class: "small" }, t("export.fingerprint"), " ", h("code", {}, runs[0].fingerprint))) : null);
}
