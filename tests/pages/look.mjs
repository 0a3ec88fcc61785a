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
const problems = [];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-precise-memory-info"],
});

// A page in a window of its own, and what went wrong in it.
async function opened(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, offline: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(180_000); // on a busy machine pictures of long pages take their time
  const name = basename(path);
  page.on("console", (message) => message.type() === "error" && problems.push(`${name}: console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`${name}: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== pathToFileURL(resolve(path)).href && !request.url().startsWith("data:"))
      problems.push(`${name}: asks for ${request.url()}`);
  });
  const start = Date.now();
  await page.goto(pathToFileURL(resolve(path)).href, { waitUntil: "load" });
  return { page, context, took: Date.now() - start, name };
}

// What stands beside the window, and elements of drawings that stick out of their drawing.
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

for (const path of pages) {
  const { page, context, took, name } = await opened(path);
  const stem = join(folder, name.replace(/\.html$/, ""));
  const tell = (texts) => problems.push(...texts.map((text) => `${name}: ${text}`));
  let best = took; // of three: other work on the machine makes a page slow, never fast
  for (let again = 0; again < 2 && best > limits.open; ++again) {
    const other = await opened(path);
    best = Math.min(best, other.took);
    await other.context.close();
  }
  if (best > limits.open) tell([`opens in ${best} ms`]);
  const heap = await page.evaluate(() => performance.memory.usedJSHeapSize);
  if (heap > limits.heap) tell([`takes ${Math.round(heap / 1e6)} MB of script heap`]);
  tell(await page.evaluate(overflow));
  tell(await page.evaluate(overlaps));
  await page.screenshot({ path: `${stem}-light.png`, fullPage: true });
  const cursors = page.locator(".drawing:has(svg[data-axis])");
  if (await cursors.count()) {
    await cursors.first().focus();
    await page.keyboard.press("End");
    const spoken = await page.locator("#spoken").textContent();
    if (!/\d/.test(spoken)) tell(["the arrow keys read nothing out"]);
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
  await page.pdf({ path: `${stem}.pdf`, format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } });
  await context.close();

  for (const [what, options] of [["1024", { viewport: { width: 1024, height: 768 } }], ["390", { viewport: { width: 390, height: 844 } }],
    ["200", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }]]) {
    const small = await opened(path, options);
    tell((await small.page.evaluate(overflow)).map((text) => `${what}: ${text}`));
    await small.page.screenshot({ path: `${stem}-${what}.png`, fullPage: true });
    await small.context.close();
  }

  const plain = await opened(path, { javaScriptEnabled: false });
  const counts = {};
  for (const kind of ["svg", "table"]) {
    counts[kind] = await plain.page.locator(kind).count();
    for (let k = 0; k < counts[kind]; ++k)
      if (!(await plain.page.locator(kind).nth(k).isVisible())) tell([`without scripts ${kind} ${k} is not visible`]);
  }
  await plain.context.close();
  console.log(`${name}: opened in ${best} ms, ${(heap / 1e6).toFixed(1)} MB of script heap, ${counts.svg} drawings, ${counts.table} tables`);
}
await browser.close();
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
