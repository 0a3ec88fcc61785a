// Charts in SVG, drawn anew for each width. What a chart shows is plain data:
//   {label, x: {min, max, ticks, label, format} | {places: ["…"], label}, y: {min, max, ticks, label, format}, height, layers: […], sketch}
// Layers: {kind: "line" | "steps" | "dots" | "bars" | "intervals" | "band" | "rule" | "span" | "pairs" | "ticked", look, name, points | …}. `look` is a class of style.css.
// A sketch is what somebody expects: {points: [[x, y]], isOpen, name, describe(k), changed(points)}. While it is open its points are handles.
import { h, s } from "../dom.js";

const margin = { top: 10, right: 18, bottom: 46, left: 54 };
const narrow = { ...margin, right: 6, left: 44 }; // on a phone
const font = "500 13px InterVariable, Inter, system-ui, sans-serif";
const ruler = document.createElement("canvas").getContext("2d");

export function widthOf(words, size = 13) {
  ruler.font = font.replace("13px", `${size}px`);
  return ruler.measureText(words).width;
}

// Round numbers from low to high, about so many.
export function ticks(low, high, about = 5) {
  const raw = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= raw * 0.999);
  const all = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; ++k) all.push(Number((k * step).toPrecision(12)));
  return all;
}

const path = (points, x, y) => {
  let text = "";
  let isDown = false;
  for (const [at, value] of points) {
    if (!Number.isFinite(value)) {
      isDown = false;
      continue;
    }
    text += `${isDown ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    isDown = true;
  }
  return text;
};

const tick = (x, y) => `M${(x - 7).toFixed(1)} ${y.toFixed(1)}l5 6l10 -12`;

const painters = {
  line: (layer, { x, y }) => s("path", { class: `line ${layer.look} ${layer.isThin ? "thin" : ""}`, d: path(layer.points, x, y) }),
  steps: (layer, { x, y }) => {
    const points = layer.points.flatMap(([at, value], k) => (k ? [[at, layer.points[k - 1][1]], [at, value]] : [[at, value]]));
    return s("path", { class: `line ${layer.look}`, d: path(points, x, y) });
  },
  band: (layer, { x, y }) => {
    const back = layer.points.map(([at, , high]) => [at, high]).reverse();
    return s("path", { class: `band ${layer.look}`, d: `${path(layer.points.map(([at, low]) => [at, low]), x, y)}${path(back, x, y).replace("M", "L")}Z` });
  },
  dots: (layer, { x, y }) => s("g", { class: `dots ${layer.look}` },
    layer.points.filter((point) => Number.isFinite(point[1])).map(([at, value]) => s("circle", { cx: x(at).toFixed(1), cy: y(value).toFixed(1), r: layer.radius ?? 4 }))),
  bars: (layer, { x, y, base }) => s("g", { class: `bars ${layer.look}` }, layer.points.map(([from, to, value]) => {
    const top = Math.min(y(value), y(base));
    return s("rect", { x: (x(from) + 0.75).toFixed(1), y: top.toFixed(1), width: Math.max(0.5, x(to) - x(from) - 1.5).toFixed(1), height: Math.abs(y(value) - y(base)).toFixed(1) });
  })),
  // An estimate with its interval: [x, value, low, high].
  intervals: (layer, { x, y }) => s("g", { class: `intervals ${layer.look}` }, layer.points.map(([at, value, low, high]) => [
    Number.isFinite(low) ? s("path", { class: "whisker", d: `M${x(at)} ${y(low)}V${y(high)}M${x(at) - 6} ${y(low)}h12M${x(at) - 6} ${y(high)}h12` }) : null,
    s("circle", { cx: x(at), cy: y(value), r: 6 }),
  ])),
  // What somebody has ticked: [x, whether].
  ticked: (layer, { x, y }) => s("g", { class: "ticked" }, layer.points.filter(([, is]) => is).map(([at]) => s("path", { d: tick(x(at), y(layer.y)) }))),
  rule: (layer, { x, y, left, right, top, bottom }) => s("g", { class: `rule ${layer.look ?? ""}` },
    layer.y !== undefined ? s("path", { d: `M${left} ${y(layer.y)}H${right}` }) : s("path", { d: `M${x(layer.x)} ${top}V${bottom}` }),
    layer.text ? s("text", layer.y !== undefined ? { x: right - 4, y: y(layer.y) - 6, "text-anchor": "end" } : { x: x(layer.x) + 6, y: top + 14 }, layer.text) : null),
  span: (layer, { x, top, bottom }) => s("g", { class: `span ${layer.look ?? ""}` },
    s("rect", { x: x(layer.from), y: top, width: x(layer.to) - x(layer.from), height: bottom - top }),
    layer.text ? s("text", { x: (x(layer.from) + x(layer.to)) / 2, y: top + 15, "text-anchor": "middle" }, layer.text) : null),
  // Each two values of one participant, joined.
  pairs: (layer, { x, y }) => s("g", { class: `pairs ${layer.look}` }, layer.points.map(([from, a, to, b]) =>
    s("path", { class: b < a ? "falls" : "rises", d: `M${x(from).toFixed(1)} ${y(a).toFixed(1)}L${x(to).toFixed(1)} ${y(b).toFixed(1)}` }))),
};

const signs = {
  line: (layer, at, y) => s("path", { class: `line ${layer.look} ${layer.isThin ? "thin" : ""}`, d: `M${at} ${y}h22` }),
  steps: (layer, at, y) => signs.line(layer, at, y),
  dots: (layer, at, y) => s("g", { class: `dots ${layer.look}` }, s("circle", { cx: at + 11, cy: y, r: 4 })),
  intervals: (layer, at, y) => s("g", { class: `intervals ${layer.look}` }, s("circle", { cx: at + 11, cy: y, r: 6 })),
  bars: (layer, at, y) => s("g", { class: `bars ${layer.look}` }, s("rect", { x: at + 3, y: y - 6, width: 16, height: 12 })),
  band: (layer, at, y) => s("path", { class: `band ${layer.look}`, d: `M${at} ${y - 6}h22v12h-22z` }),
  ticked: (layer, at, y) => s("g", { class: "ticked" }, s("path", { d: tick(at + 11, y) })),
  sketch: (layer, at, y) => s("g", { class: "sketch" }, s("path", { d: `M${at} ${y}h22` }), s("circle", { cx: at + 11, cy: y, r: 4 })),
};

// What stands for what, above the drawing, in as many rows as it takes.
function legend(spec, left, right) {
  const entries = spec.layers.filter((layer) => layer.name).map((layer) => [layer.kind, layer]);
  if (spec.sketch?.name) entries.push(["sketch", spec.sketch]);
  const group = s("g", { class: "legend" });
  let at = left;
  let y = 12;
  for (const [kind, layer] of entries) {
    const width = 28 + widthOf(layer.name) + 18;
    if (at > left && at + width > right + 18) {
      at = left;
      y += 20;
    }
    group.append(signs[kind](layer, at, y), s("text", { x: at + 28, y: y + 4.5 }, layer.name));
    at += width;
  }
  return { group, height: entries.length ? y + 14 : 0 };
}

// Words in lines that fit.
function wrapped(words, width, size) {
  const lines = [];
  for (const word of words.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// Names of places, in lines, as large as the longest word allows.
function namesOf(places, room) {
  const longest = Math.max(...places.flatMap((name) => name.split(" ")).map((word) => widthOf(word)));
  const size = Math.min(13, (13 * room) / longest);
  return { size, lines: places.map((name) => wrapped(name, room, size)) };
}

function axes(spec, frame) {
  const { x, y, left, right, top, bottom, height } = frame;
  const group = s("g", { class: "axes" });
  const yFormat = spec.y.format ?? String;
  for (const value of spec.y.ticks ?? ticks(spec.y.min, spec.y.max))
    group.append(s("path", { class: "grid", d: `M${left} ${y(value).toFixed(1)}H${right}` }),
      s("text", { x: left - 8, y: y(value) + 4.5, "text-anchor": "end" }, yFormat(value)));
  group.append(s("path", { class: "axis", d: `M${left} ${bottom}H${right}` }));
  if (spec.x.places) {
    const { size, lines } = frame.names;
    lines.forEach((all, k) => all.forEach((line, row) =>
      group.append(s("text", { x: x(k), y: bottom + 18 + 15 * row, "text-anchor": "middle", style: `font-size:${size.toFixed(2)}px` }, line))));
  } else {
    const xFormat = spec.x.format ?? String;
    for (const value of spec.x.ticks ?? ticks(spec.x.min, spec.x.max, (right - left) / 80))
      group.append(s("path", { class: "tick", d: `M${x(value).toFixed(1)} ${bottom}v5` }),
        s("text", { x: x(value), y: bottom + 19, "text-anchor": "middle" }, xFormat(value)));
  }
  if (spec.x.label) group.append(s("text", { class: "label", x: (left + right) / 2, y: height - 6, "text-anchor": "middle" }, spec.x.label));
  return group;
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// The handles of an open sketch: dragged with mouse or finger, moved with the arrow keys.
function handles(spec, frame, svg) {
  const { sketch } = spec;
  const { x, y, top, bottom } = frame;
  const { min, max } = spec.y;
  const step = sketch.step ?? (max - min) / 50;
  const format = spec.y.format ?? String;
  const line = s("path", { d: path(sketch.points, x, y) });
  const group = s("g", { class: `sketch ${sketch.isOpen ? "open" : ""} ${sketch.isJoined === false ? "apart" : ""}` }, line);
  sketch.points.forEach((point, k) => {
    const knob = s("circle", { class: "knob", cx: x(point[0]), cy: y(point[1]), r: sketch.isOpen ? 9 : 5 });
    group.append(knob);
    if (!sketch.isOpen) return;
    // A larger field to take hold of than one sees.
    const hold = s("circle", { class: "hold", cx: x(point[0]), cy: y(point[1]), r: 22, tabindex: 0, role: "slider", "aria-label": sketch.describe(k),
      "aria-orientation": "vertical", "aria-valuemin": min, "aria-valuemax": max });
    const arrow = s("path", { class: "arrow", d: "M-3.5 -14l3.5 -4l3.5 4M-3.5 14l3.5 4l3.5 -4" });
    const show = () => {
      for (const circle of [knob, hold]) circle.setAttribute("cy", y(point[1]).toFixed(1));
      arrow.setAttribute("transform", `translate(${x(point[0])} ${y(point[1])})`);
      line.setAttribute("d", path(sketch.points, x, y));
      hold.setAttribute("aria-valuenow", point[1]);
      hold.setAttribute("aria-valuetext", format(point[1]));
    };
    const move = (value) => {
      point[1] = clamp(Number((Math.round(value / step) * step).toPrecision(8)), min, max);
      show();
      sketch.changed?.(sketch.points);
    };
    const drag = (event) => {
      const box = svg.getBoundingClientRect();
      const at = ((event.clientY - box.top) * frame.height) / box.height;
      move(min + ((bottom - at) / (bottom - top)) * (max - min));
    };
    hold.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      hold.focus();
      hold.setPointerCapture(event.pointerId);
      drag(event);
    });
    hold.addEventListener("pointermove", (event) => hold.hasPointerCapture(event.pointerId) && drag(event));
    hold.addEventListener("keydown", (event) => {
      const by = { ArrowUp: step, ArrowRight: step, ArrowDown: -step, ArrowLeft: -step, PageUp: 5 * step, PageDown: -5 * step }[event.key];
      if (by) move(point[1] + by);
      else if (event.key === "Home") move(min);
      else if (event.key === "End") move(max);
      else return;
      event.preventDefault();
    });
    show();
    group.append(arrow, hold);
  });
  return group;
}

export function draw(spec, width) {
  const { left, right: rest } = width < 420 ? narrow : margin;
  const right = width - rest;
  const heading = legend(spec, 8, right);
  const yLabel = spec.y.label ? 22 : 0;
  const top = margin.top + heading.height + yLabel;
  const names = spec.x.places ? namesOf(spec.x.places, (right - left) / spec.x.places.length - 6) : null;
  const lines = names ? Math.max(...names.lines.map((all) => all.length)) : 1;
  const below = margin.bottom - (spec.x.label ? 0 : 20) + 15 * (lines - 1);
  const height = top + (spec.height ?? 300) + below;
  const bottom = height - below;
  const { min, max } = spec.y;
  const frame = {
    width, height, left, right, top, bottom, names, base: Math.max(min, Math.min(max, spec.y.base ?? min)),
    x: spec.x.places ? (k) => left + ((k + 0.5) * (right - left)) / spec.x.places.length : (value) => left + ((value - spec.x.min) / (spec.x.max - spec.x.min)) * (right - left),
    y: (value) => bottom - ((clamp(value, min, max) - min) / (max - min)) * (bottom - top),
  };
  const svg = s("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, width, height, role: spec.sketch?.isOpen ? "group" : "img", "aria-label": spec.label });
  svg.append(heading.group);
  if (spec.y.label) svg.append(s("text", { class: "label", x: 8, y: top - 12 }, spec.y.label));
  const back = spec.layers.filter((layer) => layer.kind === "span");
  const front = spec.layers.filter((layer) => layer.kind !== "span");
  svg.append(...back.map((layer) => painters.span(layer, frame)), axes(spec, frame));
  if (spec.sketch && !spec.sketch.isOpen) svg.append(handles(spec, frame, svg));
  svg.append(...front.map((layer) => painters[layer.kind](layer, frame)));
  if (spec.sketch?.isOpen) svg.append(handles(spec, frame, svg));
  return svg;
}

// A place for charts that follows its width. `show(spec)` draws.
export function chartPlace() {
  const place = h("div", { class: "chart-place" });
  let spec;
  let width = 0;
  const paint = () => {
    if (!spec || !width) return;
    const focused = [...place.querySelectorAll(".hold")].indexOf(document.activeElement);
    place.replaceChildren(draw(spec, width));
    if (focused >= 0) place.querySelectorAll(".hold")[focused]?.focus();
  };
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width || now < 40) return;
    width = now;
    paint();
  }).observe(place);
  return {
    place,
    show(next) {
      spec = next;
      paint();
    },
    svg: () => place.querySelector("svg"),
  };
}
