// The engine of the page and the program of the command line are one: the same scenario gives the same bits and the same messages.
// Usage: node --test tests/browser/engine.test.mjs      KITH: the program, KITH_ENGINE: the folder of kith.js and kith.wasm.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { before, test } from "node:test";

const root = resolve(import.meta.dirname, "../..");
const kith = process.env.KITH ?? join(root, "build/release/bin/kith");
const folder = process.env.KITH_ENGINE ?? join(root, "build/classroom/bin");
let engine;

before(async () => {
  const createKith = createRequire(import.meta.url)(join(folder, "kith.js"));
  engine = await createKith({ wasmBinary: readFileSync(join(folder, "kith.wasm")) });
});

function call(name, ...texts) {
  const at = texts.map((text) => {
    const bytes = engine.lengthBytesUTF8(text) + 1;
    const address = engine._malloc(bytes);
    engine.stringToUTF8(text, address, bytes);
    return address;
  });
  const answer = JSON.parse(engine.UTF8ToString(engine[`_kith_${name}`](...at)));
  at.forEach((address) => engine._free(address));
  return answer;
}
const text = (path) => readFileSync(join(root, path), "utf8");
const sets = (all) => all.flatMap((one) => ["--set", one]);
const native = (path, set = []) => JSON.parse(execFileSync(kith, ["run", join(root, path), "--quiet", "--json", ...sets(set)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
const inPage = (path, set = [], tables = []) => call("run", text(path), JSON.stringify({ set, tables }));

const runs = [
  ["scenarios/first-steps.yaml", []],
  ["scenarios/lessons/trial.yaml", []],
  ["scenarios/lessons/trial.yaml", ["seed=8a/Zoë"]],
  ["scenarios/lessons/trial.yaml", ["theory=none", "trial.twin=false"]],
  // Ties that live, for thirty days.
  ["scenarios/everyday-life.yaml", ["time.duration=30 d", "people.count=500"]],
  ["scenarios/lessons/tone.yaml", []],
  ["scenarios/lessons/washout.yaml", []],
  ["scenarios/lessons/city.yaml", []],
  ...["botsa", "maintenance", "state_dependent", "feedback", "homeostasis", "reward", "nonspecific", "none"].map((name) =>
    ["scenarios/lessons/theories.yaml", [`theory=${name}`, "replicates.count=2"]]),
  ["scenarios/recovery.yaml", ["people.count=300", "replicates.count=1"]],
];
for (const [path, set] of runs)
  test(`${path} ${set.join(" ")} has the bits of the command line`, () => {
    const answer = inPage(path, set);
    assert.equal(answer.error ?? answer.mistakes, undefined);
    assert.match(answer.fingerprint, /^[0-9a-f]{16}$/);
    assert.equal(answer.fingerprint, native(path, set).fingerprint);
  });

test("another seed has another fingerprint", () => {
  assert.notEqual(inPage("scenarios/lessons/trial.yaml", ["seed=a"]).fingerprint, inPage("scenarios/lessons/trial.yaml", ["seed=b"]).fingerprint);
});

// Numbers of tables pass through functions of the C library (tails of distributions), so the last bits of a p-value may differ; no more.
test("what a trial found is what the command line found", () => {
  const { tables } = inPage("scenarios/lessons/trial.yaml", [], ["effects"]);
  const at = (name) => {
    const one = tables.effects.variables.find((variable) => variable.name === name);
    return one.type === "float64" ? engine.HEAPF64[one.at / 8] : engine.HEAPF32[one.at / 4];
  };
  const row = native("scenarios/lessons/trial.yaml").tables[0].rows[0];
  const near = (value, wanted) => assert.ok(Math.abs(value - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted)), `${value} is not ${wanted}`);
  near(at("difference"), row[3].value);
  near(at("low"), row[3].low);
  near(at("high"), row[3].high);
  near(at("p"), row[5].value);
});

test("mistakes are told with the same words and places", () => {
  const yaml = "kith: 1\ntitle: Wrong\npeople: {count: 200, opiod_tone: {median: 0.15}}\ntrial:\n  washout: 7\n  arms: {a: {drug: naltrexon, doses: [50 mg]}}\n";
  const told = spawnSync(kith, ["validate", "-"], { input: yaml, encoding: "utf8" }).stderr;
  const answer = call("validate", yaml, JSON.stringify({ name: "standard input" }));
  assert.ok(answer.mistakes.length >= 3);
  for (const { text: message, line, column } of answer.mistakes) {
    assert.ok(told.includes(message), message);
    assert.ok(line > 0 && column > 0, message);
  }
});

test("a scenario that names a file is told that there is none", () => {
  const answer = call("run", "kith: 1\ntitle: File\nnetwork: {file: friends.csv}\n", "{}");
  assert.match(answer.mistakes[0].problem, /there is no file friends.csv/);
  assert.equal(answer.mistakes[0].line, 3);
});

test("what cannot be read is an error, and the next call is as good as before", () => {
  assert.ok(call("run", "a: [", "{}").mistakes.length > 0);
  assert.ok(call("run", "kith: 1\n", "no JSON").error);
  assert.equal(inPage("scenarios/lessons/trial.yaml").fingerprint, native("scenarios/lessons/trial.yaml").fingerprint);
});

test("explain says of keys and drugs what the command line says", () => {
  const said = (word) => execFileSync(kith, ["explain", word], { encoding: "utf8" }).trim();
  const inOneLine = (text) => text.replace(/\s+/g, " ");
  assert.ok(said("naltrexone").includes(call("explain", "naltrexone").text.trim().split("\n")[1]));
  assert.equal(call("explain", "people.opioid_tone.median").keys[0].trim(), said("people.opioid_tone.median"));
  assert.ok(inOneLine(said("botsa")).includes(call("explain", "botsa").claim));
});
