// h("p", {class: "lead"}, "…", h("b", {}, …)) makes an element. Attributes that are functions listen: {onclick: f}. Nothing for null.

const svgSpace = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const h = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
export const s = (name, attributes = {}, ...children) => fill(document.createElementNS(svgSpace, name), attributes, children);

// Words with *emphasis* and [links](#to).
export const rich = (words) => words.split(/(\*[^*]+\*|\[[^\]]+\]\(#[^)]*\))/).map((part) => {
  if (part.startsWith("*")) return h("em", {}, part.slice(1, -1));
  const [, name, to] = part.match(/^\[(.+)\]\((#.*)\)$/) ?? [];
  return to ? h("a", { href: to }, name) : part;
});
export const paragraphs = (texts, attributes = {}) => texts.map((text) => h("p", attributes, ...rich(text)));

export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

let last = 0;
export const newId = (stem) => `${stem}-${++last}`;
