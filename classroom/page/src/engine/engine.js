// The same engine as on the command line, in workers made from what the page holds: a page from a file may load nothing else.
import workerSource from "./worker.js?raw";

const packed = JSON.parse(document.getElementById("engine").textContent);

// What the page holds packed, as base64 of gzip.
export async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// Unpacked once: the engine, and the address of the worker's source.
let engine;
const unpackEngine = async () => ({
  wasm: await unpacked(packed.wasm),
  source: URL.createObjectURL(new Blob([await unpacked(packed.glue), "\n", workerSource], { type: "text/javascript" })),
});

class Helper {
  constructor() {
    this.waiting = null;
    this.ready = this.begin();
  }
  async begin() {
    const { wasm, source } = await (engine ??= unpackEngine());
    this.worker = new Worker(source);
    await new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }) => {
        this.worker.onmessage = (message) => this.hear(message);
        data.ready ? resolve() : reject(new Error(data.problem));
      };
      this.worker.postMessage({ wasm });
    });
  }
  hear({ data }) {
    if (data.progress !== undefined) this.waiting?.progress?.(data.progress);
    else this.waiting?.resolve(data.answer);
  }
  async ask(job) {
    await this.ready;
    return new Promise((resolve) => {
      this.waiting = { resolve, progress: job.progress };
      this.worker.postMessage({ id: job.id, call: job.call, texts: job.texts });
    });
  }
}

// Two at most: pages are opened on small machines, and the second shows the other world at the same time.
const most = Math.min(2, navigator.hardwareConcurrency || 1);
const helpers = [];
const free = [];
const queue = [];
let count = 0;

function next() {
  if (!queue.length) return;
  if (!free.length && helpers.length < most) {
    const helper = new Helper();
    helpers.push(helper);
    free.push(helper);
  }
  const helper = free.pop();
  if (!helper) return;
  const job = queue.shift();
  helper.ask(job).catch((problem) => ({ error: String(problem) })).then((answer) => {
    free.push(helper);
    job.resolve(answer);
    next();
  });
  next();
}

function ask(call, texts, progress) {
  return new Promise((resolve) => {
    queue.push({ id: ++count, call, texts, progress, resolve });
    next();
  });
}

// Begins to unpack the engine, so that the first run need not wait.
export const warmUp = () => ask("version", []);
export const version = () => ask("version", []);
export const explain = (word) => ask("explain", [word]);
export const validate = (yaml, settings = {}) => ask("validate", [yaml, JSON.stringify(settings)]);

// Runs a scenario: {fingerprint, tables: {population: Table}, …}, or {mistakes} or {error}.
export async function run(yaml, settings = {}, progress = null) {
  const answer = await ask("run", [yaml, JSON.stringify(settings)], progress);
  for (const [name, table] of Object.entries(answer.tables ?? {})) answer.tables[name] = new Table(table);
  return answer;
}

// A table of a result. A value is asked for by variable, row (of a growing table; else replicate) and places along its own dimensions.
export class Table {
  constructor(table) {
    Object.assign(this, table);
    this.byName = new Map(table.variables.map((one) => [one.name, one]));
    this.own = (variable) => variable.dimensions.filter((name) => name !== "replicate" && name !== this.growing).map((name) => this.dimension(name));
  }
  dimension(name) {
    return this.dimensions.find((one) => one.name === name);
  }
  variable(name) {
    const one = this.byName.get(name);
    if (!one) throw new Error(`no variable ${name} in ${this.name}`);
    return one;
  }
  // Values of one row, whole.
  row(name, row) {
    const variable = this.variable(name);
    const size = this.own(variable).reduce((product, dimension) => product * dimension.coordinate.length, 1);
    return variable.values.slice(row * size, (row + 1) * size);
  }
  // The course of one place of the last dimension, over all rows of a replicate.
  course(name, place, replicate = 0) {
    const values = [];
    for (let row = 0; row < this.coordinates.length; ++row)
      if (this.replicates[row] === replicate) values.push(this.row(name, row)[place]);
    return values;
  }
  times(replicate = 0) {
    return this.coordinates.filter((_, row) => this.replicates[row] === replicate);
  }
}
