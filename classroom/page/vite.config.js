import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { runInNewContext } from "node:vm";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

const here = import.meta.dirname;
const root = resolve(here, "../..");
const engine = process.env.KITH_ENGINE ?? join(root, "build/classroom/bin");
const modules = join(here, "node_modules");
const out = process.env.KITH_CLASSROOM_OUT ?? join(root, "build/classroom-page");

const filesIn = (folder, ending) => Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith(ending)).sort()
  .map((name) => [name.slice(0, -ending.length), readFileSync(join(folder, name), "utf8")]));

const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");

// h5wasm holds its WebAssembly as a string, which does not pack well. It is taken out, and the code asks for `h5wasmBinary` instead.
function reader() {
  const text = readFileSync(join(modules, "h5wasm/dist/iife/h5wasm.js"), "utf8");
  const [whole, literal] = text.match(/binaryDecode\((`(?:[^`\\]|\\[^])*`)\)/) ?? [];
  if (!whole) throw new Error("h5wasm does not hold its WebAssembly as it did: see reader() in vite.config.js");
  // As its binaryDecode does it: two bytes that a text cannot hold are written as others.
  const wasm = Buffer.from(Array.from(runInNewContext(literal), (letter) => (~letter.charCodeAt(0) >> 8) & letter.charCodeAt(0)));
  if (!WebAssembly.validate(wasm)) throw new Error("what was taken from h5wasm is no WebAssembly");
  return { library: packed(text.replace(whole, () => "h5wasmBinary")), wasm: packed(wasm) };
}

// Notices of the libraries in the page, which go where it goes.
const licences = () => Object.fromEntries(Object.keys(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies).map((name) => {
  const notice = readdirSync(join(modules, name)).find((one) => /^licen[sc]e/i.test(one));
  return [name, readFileSync(join(modules, name, notice), "utf8")];
}));

// JSON that may stand in a page.
const embedded = (id, value) => `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`;

// What the page holds besides its code, as data that anybody can read in it: words, scenarios, and, packed, the engine and the reader of results.
const data = {
  name: "kith-data",
  transformIndexHtml: {
    order: "post",
    handler(html) {
      const words = Object.fromEntries(Object.entries(filesIn(join(root, "classroom/words"), ".json")).map(([name, text]) => [name, JSON.parse(text)]));
      const blocks = embedded("words", words) + embedded("scenarios", filesIn(join(root, "scenarios/lessons"), ".yaml")) +
        embedded("engine", { glue: packed(readFileSync(join(engine, "kith.js"))), wasm: packed(readFileSync(join(engine, "kith.wasm"))) }) +
        embedded("reader", reader()) + embedded("licences", licences());
      return html.replace("</body>", () => `${blocks}</body>`);
    },
  },
};

export default defineConfig({
  root: here,
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), data],
  build: {
    outDir: out,
    emptyOutDir: true,
    target: ["chrome109", "firefox115", "safari16.4"],
    assetsInlineLimit: 1e8,
    chunkSizeWarningLimit: 1e5,
    rollupOptions: { input: join(here, "classroom.html") },
  },
  logLevel: "warn",
});
