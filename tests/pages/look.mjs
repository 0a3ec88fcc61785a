// Opens pages of Kith in Chromium, offline, and looks at them: light, dark, on paper, small, enlarged, without scripts.
// Usage: node look.mjs FOLDER PAGE.html...      pictures go to FOLDER; exit status 1 where something is wrong.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, ...pages] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const limits = { open: 2000, heap: 200e6 }; // [ms], [bytes]
const paper = { format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } };
const windows = {
  1024: { viewport: { width: 1024, height: 768 } },
  390: { viewport: { width: 390, height: 844 } },
  200: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, // 1280 × 800 enlarged to 200 %
};
const problems = [];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-precise-memory-info"],
});

// A page in a window of its own, and how long it took to open.
async function opened(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, offline: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // on a busy machine pictures of long pages take their time
  const name = basename(path);
  const url = pathToFileURL(resolve(path)).href;
  page.on("console", (message) => message.type() === "error" && problems.push(`${name}: console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`${name}: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) problems.push(`${name}: asks for ${request.url()}`);
  });
  const inspector = await context.newCDPSession(page);
  await inspector.send("Performance.enable", { timeDomain: "threadTicks" });
  const start = performance.now();
  await page.goto(url, { waitUntil: "load" });
  const took = performance.now() - start;
  const { metrics } = await inspector.send("Performance.getMetrics");
  return { page, context, took, processor: 1000 * metrics.find(({ name }) => name === "TaskDuration").value };
}

// What stands beside the window, and words of drawings that stick out of their drawing.
const overflow = () => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth + 1)
    found.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`);
  for (const svg of document.querySelectorAll("svg")) {
    const box = svg.viewBox.baseVal;
    for (const text of svg.querySelectorAll("text")) {
      const own = text.getBBox();
      const at = svg.getCTM().inverse().multiply(text.getCTM());
      const corners = [[own.x, own.y], [own.x + own.width, own.y + own.height]].map(([x, y]) => [at.a * x + at.c * y + at.e, at.b * x + at.d * y + at.f]);
      for (const [x, y] of corners)
        if (x < -1 || y < -1 || x > box.width + 1 || y > box.height + 1) {
          found.push(`"${text.textContent}" sticks out of "${svg.querySelector("title").textContent}"`);
          break;
        }
    }
  }
  return found;
};

// Words of one drawing that lie over one another.
const overlaps = () => {
  const found = [];
  for (const svg of document.querySelectorAll("svg")) {
    const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    for (let a = 0; a < texts.length && texts.length < 400; ++a)
      for (let b = a + 1; b < texts.length; ++b) {
        const [one, other] = [texts[a][1], texts[b][1]];
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 2 && down > 4) found.push(`"${texts[a][0]}" lies over "${texts[b][0]}" in "${svg.querySelector("title").textContent}"`);
      }
  }
  return found.slice(0, 10);
};

// How many drawings and tables there are, and the names of those that nobody sees.
const shown = () => {
  const name = (element) => element.querySelector("title, caption")?.textContent ?? element.tagName;
  const all = [...document.querySelectorAll("svg, table")];
  return {
    drawings: document.querySelectorAll("svg").length,
    tables: document.querySelectorAll("table").length,
    hidden: all.filter((element) => !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      || element.getBoundingClientRect().height < 10).map(name),
    scripted: document.querySelectorAll(".reading, .keys").length,
  };
};

// How fast it opens [ms], best of three: other work on the machine makes a page slow, never fast; and its script heap. On a machine that is
// busy all the time the page's own processor time counts.
async function measured(path) {
  const found = { open: Infinity, processor: Infinity, heap: 0 };
  for (let attempt = 0; attempt < 3 && found.open > limits.open; ++attempt) {
    const { page, context, took, processor } = await opened(path);
    found.open = Math.min(found.open, took);
    found.processor = Math.min(found.processor, processor);
    found.heap = await page.evaluate(() => performance.memory.usedJSHeapSize);
    await context.close();
  }
  return found;
}

async function looked(path) {
  const name = basename(path);
  const stem = join(folder, name.replace(/\.html$/, ""));
  const tell = (texts) => problems.push(...texts.map((text) => `${name}: ${text}`));
  const { open, processor, heap } = measures.get(path);
  if (Math.min(open, processor) > limits.open) tell([`opens in ${Math.round(open)} ms`]);
  if (heap > limits.heap) tell([`takes ${Math.round(heap / 1e6)} MB of script heap`]);

  const { page, context } = await opened(path);
  tell(await page.evaluate(overflow));
  tell(await page.evaluate(overlaps));
  await page.screenshot({ path: `${stem}-light.png`, fullPage: true });
  const cursors = page.locator(".drawing:has(svg[data-axis])");
  if (await cursors.count()) {
    await cursors.first().focus();
    await page.keyboard.press("End");
    if (!/\d/.test(await page.locator("#spoken").textContent())) tell(["the arrow keys read nothing out"]);
  }
  await page.evaluate(axe);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    const found = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
    tell(found.violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
      .map(({ id, nodes }) => `axe, ${scheme}: ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)}`));
  }
  await page.screenshot({ path: `${stem}-dark.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  await page.pdf({ path: `${stem}.pdf`, ...paper });
  await context.close();

  for (const [what, options] of Object.entries(windows)) {
    const small = await opened(path, options);
    tell((await small.page.evaluate(overflow)).map((text) => `${what}: ${text}`));
    await small.page.screenshot({ path: `${stem}-${what}.png`, fullPage: true });
    await small.context.close();
  }

  const plain = await opened(path, { javaScriptEnabled: false });
  const without = await plain.page.evaluate(shown);
  await plain.context.close();
  tell(without.hidden.map((title) => `without scripts "${title}" is not visible`));
  if (without.scripted) tell(["its scripts ran where they are switched off"]);
  if (!without.tables) tell(["has no table"]);
  console.log(`${name}: opened in ${Math.round(open)} ms, ${Math.round(processor)} ms of processor time, ${(heap / 1e6).toFixed(1)} MB of script heap, ` +
    `${without.drawings} drawings, ${without.tables} tables`);
}

const measures = new Map();
for (const path of pages) measures.set(path, await measured(path)); // before anything else is going on
const waiting = [...pages];
const worker = async () => {
  while (waiting.length) {
    const path = waiting.shift();
    await looked(path).catch((error) => problems.push(`${basename(path)}: ${error.message}`));
  }
};
await Promise.all([worker(), worker()]);
await browser.close();
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
