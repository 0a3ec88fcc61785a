// All that the page says is in its words (classroom/words/*.json); nothing of it is here.

const all = JSON.parse(document.getElementById("words").textContent);
const remembered = "kith-language";

export const languages = Object.keys(all).map((code) => ({ code, name: all[code].language }));

let language = chosen();

function chosen() {
  const wanted = [new URLSearchParams(location.search).get("lang"), stored(), ...(navigator.languages ?? [])];
  for (const one of wanted) {
    const code = one?.slice(0, 2);
    if (code && all[code]) return code;
  }
  return Object.keys(all).includes("en") ? "en" : Object.keys(all)[0];
}

// A page from a file may have no storage.
function stored() {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

export const languageNow = () => language;

export function speak(code) {
  language = code;
  try {
    localStorage.setItem(remembered, code);
  } catch {
    // not remembered
  }
}

// What stands under a key such as "lesson.tone.title"; undefined where nothing does.
export const found = (key) => key.split(".").reduce((at, part) => at?.[part], all[language]);

// The words of a key, with {name} filled in.
export function t(key, values = {}) {
  const words = found(key);
  if (typeof words !== "string") throw new Error(`words: ${key}`);
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? `{${name}}`);
}

// A list of words, paragraphs as a rule.
export function list(key, values = {}) {
  const words = found(key);
  if (!Array.isArray(words)) throw new Error(`words: ${key}`);
  return words.map((one) => (typeof one === "string" ? one.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? `{${name}}`) : one));
}

const formats = new Map();
function format(options) {
  const key = language + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(language, options));
  return formats.get(key);
}

// A number with so many decimals, and a real minus.
export const number = (value, decimals = 0) =>
  format({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(Object.is(value, -0) ? 0 : value).replace("-", "−");
// A share in percent, with a space that does not break.
export const percent = (share, decimals = 0) => `${number(100 * share, decimals)}\u00a0%`;
export const signed = (value, decimals) => (Number(value.toFixed(decimals)) > 0 ? "+" : "") + number(Number(value.toFixed(decimals)), decimals);
