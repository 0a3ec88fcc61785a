// Words stand apart from code: one file a language, each with the same keys, all of them used, and none in the code.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "../..");
const words = Object.fromEntries(readdirSync(join(root, "classroom/words")).filter((name) => name.endsWith(".json"))
  .map((name) => [name.slice(0, -5), JSON.parse(readFileSync(join(root, "classroom/words", name), "utf8"))]));
const source = join(root, "classroom/page/src");
const files = readdirSync(source, { recursive: true }).filter((name) => name.endsWith(".js")).map((name) => [name, readFileSync(join(source, name), "utf8")]);

// Leaves of a words file: [key, text]. Lists of paragraphs count as one, item by item.
function leaves(value, key = "") {
  if (typeof value === "string") return [[key, value]];
  return Object.entries(value).flatMap(([name, one]) => leaves(one, key ? `${key}.${name}` : name));
}
const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("English and German are there", () => assert.ok(words.en && words.de));

test("every language has the same keys, with the same values to fill in", () => {
  const first = new Map(leaves(words.en));
  for (const [language, all] of Object.entries(words)) {
    const own = new Map(leaves(all));
    assert.deepEqual([...own.keys()].sort(), [...first.keys()].sort(), language);
    for (const [key, text] of own) assert.deepEqual(placeholders(text), placeholders(first.get(key)), `${language}: ${key}`);
  }
});

test("nothing is left empty, and nothing but names is the same as in English", () => {
  const same = [];
  const english = new Map(leaves(words.en));
  for (const [language, all] of Object.entries(words)) {
    for (const [key, text] of leaves(all)) {
      assert.ok(text.trim(), `${language}: ${key}`);
      if (language !== "en" && text === english.get(key) && /[a-z]{3} /i.test(text)) same.push(`${language}: ${key}`);
    }
  }
  assert.deepEqual(same, []);
});

test("every key that the code asks for is there, and every key is asked for", () => {
  const keys = leaves(words.en).map(([key]) => key.replace(/\.\d+(\..*)?$/, ""));
  const asked = [];
  for (const [, text] of files) {
    for (const [, literal] of text.matchAll(/[`"]((?:[a-z_]|\$\{[^}]*\})+(?:\.(?:\w|\$\{[^}]*\})+)+)[`"]/g)) asked.push(literal);
    for (const [, call] of text.matchAll(/\bkey\(((?:[^()]|\([^()]*\))*)\)/g))
      for (const [, end] of call.matchAll(/[`"]((?:\w|\.|\$\{[^}]*\})+)[`"]/g)) asked.push(`\${scope}.\${lesson}.${end}`);
    for (const [, name] of text.matchAll(/\b(?:field|button)\("(\w+)"/g)) asked.push(`\${scope}.${name}`, `\${scope}.\${lesson}.${name}`);
  }
  const patterns = asked.map((one) => new RegExp(`^${one.replaceAll(".", "\\.").replace(/\$\{[^}]*\}/g, "\\w+")}$`));
  const terminal = /^(terminal\.|language$|tone\.)/; // of the program, and of lists that the code goes through
  const unused = keys.filter((key) => !terminal.test(key) && !patterns.some((pattern) => pattern.test(key)));
  assert.deepEqual([...new Set(unused)], []);
  const exact = asked.filter((one) => !one.includes("$") && /^(lesson|playground|teacher|nav|cover|footer|export|outcome|steps)\./.test(one));
  assert.deepEqual(exact.filter((one) => !keys.includes(one)), []);
});

// Two words in a row in a literal are a text, but for what the machine reads: the scenario, names of columns of numbers, the style of a font.
test("no text is in the code", () => {
  const technical = [/^playground\/scenario\.js:/, /: (name|no variable|words)\b/, /sequence: naltrexone/, /"day"/];
  const found = [];
  for (const [name, text] of files) {
    const code = text.replace(/\/\*[^]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
    for (const [literal] of code.matchAll(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g))
      if (/[A-ZÄÖÜ][a-zäöü]+ [a-zäöü]+|[a-z]{3,} [a-z]+ [a-z]{3,}/.test(literal) && !technical.some((one) => one.test(`${name}: ${literal}`)))
        found.push(`${name}: ${literal}`);
  }
  assert.deepEqual(found.filter((one) => !allowed.some((part) => one.includes(part))), []);
});

// Names of columns in a CSV file, and what style sheets and browsers read.
const allowed = ["positive affect diary", "naltrexone minus placebo", "days after the last dose", "of the peak", "first morning of placebo", "Inter", "(prefers-reduced-motion", "row timeline"];
