// The page in Chromium, from a file, offline: every lesson by mouse and by keyboard, the playground, exports, languages, sizes, axe-core.
// Usage: node --test tests/browser/page.test.mjs      CLASSROOM: the page; pictures go to build/classroom-pictures.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..");
const need = createRequire(join(root, "classroom/page/package.json"));
const { chromium } = need("playwright-core");
const axe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
const file = process.env.CLASSROOM ?? join(root, "build/classroom.html");
const pictures = join(root, "build/classroom-pictures");
const lessons = ["tone", "trial", "washout", "city", "theories"];
let browser;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});
after(() => browser?.close());

// A page, and everything that goes wrong in it. Nothing may be asked for but the page itself.
async function opened(act, options = {}, path = file, route = "") {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, offline: true, acceptDownloads: true, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const wrong = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`${error.message}`));
  page.on("request", (request) => !/^(data|blob):/.test(request.url()) && !request.url().startsWith(pathToFileURL(path).href) && wrong.push(`asks for ${request.url()}`));
  await page.goto(pathToFileURL(path).href + route);
  await page.waitForSelector("main h1");
  try {
    await act(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}
const go = async (page, route) => {
  await page.evaluate((to) => (location.hash = to), route);
  await page.waitForFunction((to) => location.hash === (to && `#${to}`) && document.querySelector("main h1"), route);
  await page.waitForTimeout(150);
};
const shot = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
const sticksOut = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1 ? `${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}` : "");
// Words of a chart that lie on others.
const overlaps = (page) => page.evaluate(() => [...document.querySelectorAll("svg.chart")].flatMap((chart) => {
  const texts = [...chart.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
  return texts.flatMap(([words, a], k) => texts.slice(k + 1).filter(([, b]) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4).map(([other]) => `${words} / ${other}`));
}));
async function seriousIn(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  return violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)}`);
}

async function predictByMouse(page, name) {
  if (name === "theories") return page.check("input[value=botsa]");
  if (name === "trial") await page.fill("#pupil", "Anna");
  for (const hold of await page.locator(".hold").all()) {
    await hold.scrollIntoViewIfNeeded();
    const box = await hold.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 30, { steps: 3 });
    await page.mouse.up();
  }
}

// What somebody expects, as it is drawn: places of the points, theories that are ticked.
const drawn = (page) => page.evaluate(() => ({
  points: [...document.querySelectorAll(".chart-place .sketch .knob")].map((one) => Math.round(one.getAttribute("cx"))),
  said: [...document.querySelectorAll(".chart-place .sketch .hold")].map((one) => one.getAttribute("aria-valuenow")),
  ticks: document.querySelectorAll(".chart-place .chart > .ticked path").length,
}));
const heights = (page) => page.locator(".chart-place").first().locator(".sketch .knob").evaluateAll((all) => all.map((one) => {
  const grid = [...one.closest("svg").querySelectorAll(".grid")].map((line) => line.getBoundingClientRect().top);
  const { top, height } = one.getBoundingClientRect();
  return (top + height / 2 - Math.min(...grid)) / (Math.max(...grid) - Math.min(...grid));
}));
// A machine may be slow once: the best of three counts. One on which others work, too, is slower by as much as there is more to do than
// it has processors.
const attempts = 3;
const slower = () => Math.max(1, loadavg()[0] / availableParallelism());

for (const name of lessons)
  test(`lesson ${name} by mouse: the prediction stands beside the result, which is there within two seconds`, () => opened(async (page) => {
    await go(page, `lesson/${name}`);
    await shot(page, `${name}-1-predict`);
    let best = Infinity;
    for (let k = 0; k < attempts && best > 2000; ++k) {
      assert.ok(await page.isDisabled("#run"), "nobody runs anything before they have said what they expect");
      const untouched = await heights(page);
      await predictByMouse(page, name);
      const [before, expected] = [await drawn(page), await heights(page)];
      if (name === "theories") assert.equal(before.ticks, 1);
      else expected.forEach((height, at) => assert.ok(height < untouched[at] - 0.02, "a point has been moved up"));
      const start = Date.now();
      await page.click("#run");
      await page.waitForSelector("#explain");
      best = Math.min(best, Date.now() - start);
      if (k === 0) await shot(page, `${name}-2-result`);
      const after = await drawn(page);
      assert.deepEqual(after.points, before.points);
      assert.equal(after.ticks, before.ticks);
      (await heights(page)).forEach((height, at) => assert.ok(Math.abs(height - expected[at]) < 0.01, "what was expected stays where it was drawn"));
      assert.equal(await page.locator(".hold").count(), 0, "what was expected cannot be changed any more");
      await page.click("#explain");
      if (k === 0) await shot(page, `${name}-3-explain`);
      assert.deepEqual(await seriousIn(page), []);
      if (best > 2000) await page.click(".say button.quiet");
    }
    console.log(`# ${name}: ${best} ms from click to result${slower() > 1 ? `, on a machine ${slower().toFixed(1)} times too busy` : ""}`);
    assert.ok(best <= 2000 * slower(), `${best} ms`);
  }));

test("every lesson by keyboard alone, from the first page to its end", () => opened(async (page) => {
  // Goes on with Tab until it is there.
  const tabTo = async (what) => {
    for (let k = 0; k < 60; ++k) {
      if (await page.evaluate((selector) => document.activeElement.matches(selector), what)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`${what} cannot be reached with Tab`);
  };
  for (const name of lessons) {
    await go(page, "");
    await tabTo(`a[href="#lesson/${name}"]`);
    await page.keyboard.press("Enter");
    await page.waitForFunction((to) => location.hash === to && document.querySelector("main h1"), `#lesson/${name}`);
    if (name === "trial") {
      await tabTo("#pupil");
      await page.keyboard.type("Ben");
    }
    await tabTo(name === "theories" ? "input[type=checkbox]" : ".hold");
    await page.keyboard.press(name === "theories" ? "Space" : "PageDown");
    assert.ok(await page.isEnabled("#run"), name);
    await tabTo("#run");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#explain");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "explain", name);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".fact");
  }
}));

test("who leaves a lesson while it runs finds its result when they come back", () => opened(async (page) => {
  await go(page, "lesson/city");
  await predictByMouse(page, "city");
  await page.click("#run");
  await go(page, "teacher");
  await go(page, "lesson/city");
  await page.waitForSelector("#explain");
  await page.click("#explain");
  await page.click(".say button.quiet");
  assert.ok(await page.isDisabled("#run"), "once more means: say once more what you expect");
}));

test("the class: p-values pile up, and are spread evenly where the drug does nothing", () => opened(async (page) => {
  await go(page, "lesson/trial");
  await predictByMouse(page, "trial");
  await page.click("#run");
  await page.click("#explain");
  await page.click("#class-many");
  await page.waitForFunction(() => !document.querySelector("#class-many").disabled);
  const hits = async () => page.evaluate(() => {
    const [all, found] = document.querySelector(".wide .ask").textContent.match(/(\d+) of (\d+)/).slice(1).map(Number).reverse();
    return { all, found };
  });
  const real = await hits();
  assert.equal(real.all, 100);
  await shot(page, "class-1-effect");
  await page.check("input[value=none]");
  await page.click("#class-many");
  await page.waitForFunction(() => !document.querySelector("#class-many").disabled);
  const none = await hits();
  await shot(page, "class-2-nothing");
  // 1 in 20 without an effect: between 0 and 13 of 100 (99.9 %); with it about one in five, so more than 8 and less than 45.
  assert.ok(none.found <= 13, `${none.found} of 100`);
  assert.ok(real.found > 8 && real.found < 45, `${real.found} of 100`);
}));

test("with a longer pause there is a larger difference to be found", () => opened(async (page) => {
  await go(page, "lesson/washout");
  await predictByMouse(page, "washout");
  await page.click("#run");
  await page.click("#explain");
  await page.click("#pauses");
  await page.waitForFunction(() => !document.querySelector("#pauses").disabled);
  await shot(page, "pauses");
  assert.deepEqual(await overlaps(page), []);
  await page.locator("details.export summary").last().click();
  const [, text] = await saved(page, page.locator("details.export").last().locator("button").nth(2));
  const found = text.toString().trim().split("\n").slice(1).map((line) => line.split(",").map(Number));
  assert.deepEqual(found.map(([days]) => days), [1, 3, 6, 10, 14]);
  // Receptors are freed day by day; the last two pauses are both long enough, and differ by chance.
  for (let k = 1; k < found.length; ++k) assert.ok(found[k][2] < found[k - 1][2], text.toString());
  const size = found.map(([, difference]) => -difference);
  assert.ok(0 < size[0] && size[0] < size[1] && size[1] < size[2] && size[2] < Math.min(size[3], size[4]), text.toString());
}));

test("exports: a picture in pixels and in strokes, numbers, the scenario and its command", () => opened(async (page) => {
  await go(page, "lesson/trial");
  await predictByMouse(page, "trial");
  await page.focus(".hold");
  for (let k = 0; k < 2; ++k) await page.keyboard.press("PageDown");
  await page.click("#run");
  await page.waitForSelector("#explain");
  await page.locator("main").screenshot({ path: join(pictures, "readme.png") }); // scenarios/images/classroom.png
  await page.click("details.export summary");
  const buttons = page.locator("details.export button");
  const got = {};
  for (let k = 0; k < 4; ++k) {
    const [download] = await Promise.all([page.waitForEvent("download"), buttons.nth(k).click()]);
    const name = download.suggestedFilename();
    got[name.split(".").at(-1)] = readFileSync(await download.path());
  }
  assert.deepEqual(Object.keys(got).sort(), ["csv", "png", "svg", "yaml"]);
  assert.equal(got.png.subarray(1, 4).toString(), "PNG");
  assert.ok(got.png.length > 10_000);
  writeFileSync(join(pictures, "exported.png"), got.png);
  assert.match(got.svg.toString(), /^<svg[^>]+xmlns=/);
  for (const words of ["naltrexone minus placebo", "not medical advice"]) assert.ok(got.svg.toString().includes(words));
  assert.equal(got.csv.toString().trim().split("\n").length, 1 + 31 + 1 + 6);
  // The scenario, and what the page says about it: both commands give the run that was shown.
  assert.ok(got.yaml.toString().endsWith(readFileSync(join(root, "scenarios/lessons/trial.yaml"), "utf8")));
  const fingerprint = await page.textContent(".again .small code");
  assert.match(fingerprint, /^[0-9a-f]{16}$/);
  assert.equal(await page.locator(".again pre").first().textContent(), "kith run lessons/trial --set seed=7b/Anna");
  assert.equal(runAgain("kith run lessons/trial --set seed=7b/Anna"), fingerprint);
  assert.deepEqual(runAllOf(got.yaml, "trial.yaml"), [fingerprint]);
}));

const kith = process.env.KITH ?? join(root, "build/release/bin/kith");
// The fingerprint of a run that somebody makes with a command that they read.
const runAgain = (line, folder = root) => JSON.parse(execFileSync("bash", ["-c", line.replace(/^kith/, '"$KITH"') + " --quiet --json"],
  { cwd: folder, env: { ...process.env, KITH: kith }, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })).fingerprint;
// A scenario that was taken along, under its own name: makes the runs that its first lines tell of, and checks what they promise.
function runAllOf(yaml, name) {
  const folder = mkdtempSync(join(tmpdir(), "kith-"));
  writeFileSync(join(folder, name), yaml);
  const lines = [...yaml.toString().matchAll(/^# (kith run .*)  # ([0-9a-f]{16})$/gm)];
  assert.ok(lines.length > 0);
  for (const [, line, fingerprint] of lines) assert.equal(runAgain(line, folder), fingerprint, line);
  rmSync(folder, { recursive: true });
  return lines.map(([, , fingerprint]) => fingerprint);
}
const saved = async (page, button) => {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return [download.suggestedFilename(), readFileSync(await download.path())];
};

test("a figure of many runs comes with a command for each, a name with an apostrophe too", () => opened(async (page) => {
  await go(page, "lesson/theories");
  await predictByMouse(page, "theories");
  await page.click("#run");
  await page.waitForSelector("#explain");
  await page.click("details.export summary");
  const [name, yaml] = await saved(page, page.locator("details.export button").nth(3));
  assert.equal(runAllOf(yaml, name).length, 5);
  const shown = (await page.textContent(".again pre")).trim().split("\n");
  assert.equal(shown.length, 5);
  const [line, fingerprint] = shown[4].split("  # ");
  assert.equal(runAgain(line), fingerprint);

  await go(page, "lesson/trial");
  await predictByMouse(page, "trial");
  await page.fill("#pupil", "Zoë O'Neil");
  await page.click("#run");
  await page.click("#explain");
  await page.fill("#names", "Zoë O'Neil");
  await page.check("input[value=none]");
  await page.click("#class-some");
  await page.waitForFunction(() => !document.querySelector("#class-some").disabled);
  await page.locator("details.export summary").last().click();
  const [file, all] = await saved(page, page.locator("details.export").last().locator("button").nth(3));
  assert.equal(runAllOf(all, file).length, 1);
}));

test("the playground: every slider, both worlds, thirty frames a second with a thousand people", () => opened(async (page) => {
  await go(page, "playground");
  await page.waitForSelector(".worlds canvas");
  assert.equal(await page.locator(".worlds canvas").count(), 2);
  const yaml = () => page.inputValue("#yaml");
  const sliders = ["dose", "share", "tone", "people"];
  for (const id of sliders) {
    const before = await yaml();
    await page.focus(`#slider-${id}`);
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await yaml(), before, id);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await yaml(), before, id);
  }
  // The ends of every slider, all at once: a world that runs, and the same as in the terminal.
  const start = await yaml();
  for (const key of ["Home", "End"]) {
    for (const id of sliders) {
      await page.focus(`#slider-${id}`);
      await page.keyboard.press(key);
    }
    await page.selectOption("#theory", key === "Home" ? "none" : "reward");
    await page.click("#run");
    await page.waitForFunction(() => !document.querySelector("#run").disabled);
    assert.equal(await page.locator(".mistakes").count(), 0);
    await page.click(".sheet details.export summary");
    const [name, file] = await saved(page, page.locator(".sheet details.export button").nth(3));
    assert.equal(name, "playground.yaml");
    assert.ok(file.toString().includes(await yaml()));
    assert.equal(runAllOf(file, name).length, 2);
  }
  for (const [id, value] of [["dose", 50], ["share", 30], ["tone", 0.15], ["people", 1000]]) await page.fill(`#slider-${id}`, String(value));
  await page.selectOption("#theory", "botsa");
  assert.equal(await yaml(), start);
  await page.click("#run");
  await page.waitForFunction(() => !document.querySelector("#run").disabled);
  await page.selectOption("#outcome", "occupancy");
  await page.waitForTimeout(6000); // until people stand where they stand
  const measure = () => page.evaluate(() => new Promise((done) => {
    document.querySelector("#time").value = 0;
    document.querySelector("#time").dispatchEvent(new Event("input"));
    if (document.querySelector("#play").textContent !== "Pause") document.querySelector("#play").click();
    let count = 0;
    const start = performance.now();
    const turn = (now) => (now - start < 3000 ? (++count, requestAnimationFrame(turn)) : done((count * 1000) / (now - start)));
    requestAnimationFrame(turn);
  }));
  let frames = 0;
  for (let k = 0; k < attempts && frames < 30; ++k) frames = Math.max(frames, await measure());
  console.log(`# playground: ${frames.toFixed(1)} frames a second with 1,000 people in two worlds`);
  assert.ok(frames >= 30 / slower(), `${frames} frames a second`);
  await page.locator("#time").evaluate((time) => {
    time.value = 24;
    time.dispatchEvent(new Event("input"));
  });
  await shot(page, "playground");
  assert.deepEqual(await seriousIn(page), []);
  await page.click("#text summary");
  await page.fill("#yaml", (await yaml()).replace("share: 30 %", "shar: 30 %"));
  await page.click("#run");
  await page.waitForSelector(".mistakes");
  assert.match(await page.textContent(".mistakes"), /playground\.yaml:\d+:\d+: error: unknown key "shar".*did you mean "share"/s);
  await page.click(".mistakes button");
  assert.equal(await page.evaluate(() => { const area = document.querySelector("#yaml"); return area.value.slice(area.selectionStart, area.selectionEnd); }), "shar");
  await shot(page, "playground-mistake");
}));

// A file that is dropped on the page, wherever that is.
const drop = async (page, path) => {
  const transfer = await page.evaluateHandle(([name, base64]) => {
    const all = new DataTransfer();
    all.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    return all;
  }, [basename(path), readFileSync(path).toString("base64")]);
  await page.dispatchEvent("main", "drop", { dataTransfer: transfer });
};

test("a result that is dropped opens: curves, network, its scenario, and the same bits when that is run", () => opened(async (page) => {
  await go(page, "playground");
  await page.waitForSelector(".worlds canvas");
  const scenario = join(pictures, "dropped.yaml");
  writeFileSync(scenario, (await page.inputValue("#yaml")).replace("Playground", "Dropped").replaceAll("1000", "200"));
  const result = join(pictures, "dropped.h5");
  execFileSync(kith, ["run", scenario, "--set", "seed=a file", "-o", result, "--force", "--quiet"], { stdio: "ignore" });
  const { fingerprint } = JSON.parse(execFileSync(kith, ["info", result, "--json"], { encoding: "utf8" }));
  await go(page, "lesson/city");
  await drop(page, result);
  await page.waitForFunction(() => document.querySelector("#result p")?.textContent.includes("Dropped"));
  assert.ok((await page.textContent("#result p")).includes(fingerprint));
  assert.equal(await page.locator(".worlds canvas").count(), 1);
  await shot(page, "dropped");
  await page.click(".sheet details.export summary");
  assert.equal(await page.textContent(".again .small code"), fingerprint);
  const numbers = async () => {
    const [, text] = await saved(page, page.locator(".sheet details.export button").nth(2));
    return text.toString().split("\n").slice(1).map((line) => line.split(",").slice(0, 2).join());
  };
  const read = await numbers();
  await page.click("#run");
  await page.waitForFunction(() => document.querySelectorAll(".worlds canvas").length === 2);
  await page.click(".sheet details.export summary");
  assert.equal((await page.textContent(".again pre")).match(/[0-9a-f]{16}/)[0], fingerprint);
  assert.deepEqual(await numbers(), read);

  // The scenario of a lesson, which has no dose that could be taken away: one world, and curves alone.
  await page.locator("#text").evaluate((one) => (one.open = true));
  await page.fill("#yaml", readFileSync(join(root, "scenarios/lessons/city.yaml"), "utf8").replace("at_distance: 1.5", "at_distance: 2"));
  await page.click("#run");
  await page.waitForFunction(() => !document.querySelector("#run").disabled);
  assert.equal(await page.locator(".mistakes").count(), 0);
  assert.match(await page.textContent(".worlds"), /only the curves/);
  await page.selectOption("#outcome", "loneliness");
  await shot(page, "playground-city");
  await page.click(".sheet details.export summary");
  const [name, yaml] = await saved(page, page.locator(".sheet details.export button").nth(3));
  assert.equal(runAllOf(yaml, name).length, 1);
  await page.fill("#yaml", readFileSync(scenario, "utf8"));
  await page.click("#run");
  await page.waitForFunction(() => document.querySelectorAll(".worlds canvas").length === 2);

  await drop(page, scenario);
  await page.waitForFunction(() => document.querySelector("#result p").textContent.includes("is not a result"));
  assert.equal(await page.locator(".worlds canvas").count(), 2, "what was on show stays");
}));

test("a result that is dropped while the playground runs stays when the run has ended", () => opened(async (page) => {
  const result = join(pictures, "small.h5");
  execFileSync(kith, ["run", join(root, "scenarios/lessons/trial.yaml"), "-o", result, "--force", "--quiet"], { stdio: "ignore" });
  // Runs take two seconds longer.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      setTimeout(() => post.call(this, message, ...rest), message.call === "run" ? 2000 : 0);
    };
  });
  await page.reload();
  await go(page, "playground");
  await drop(page, result);
  await page.waitForFunction(() => document.querySelector("#result p").textContent.includes("Your own naltrexone trial"));
  assert.ok(await page.isDisabled("#run"), "the run goes on");
  await page.waitForFunction(() => !document.querySelector("#run").disabled);
  await page.waitForTimeout(200);
  assert.match(await page.textContent("#result p"), /Your own naltrexone trial/);
  assert.equal(await page.locator(".worlds canvas").count(), 0);

  // And one without a network, while people of the last run still move to their places.
  await page.click("#run");
  await page.waitForFunction(() => !document.querySelector("#run").disabled);
  await page.locator("#text").evaluate((one) => (one.open = true));
  await page.focus("#slider-people");
  await page.keyboard.press("End");
  await page.click("#run");
  await page.waitForSelector(".worlds canvas");
  await drop(page, result);
  await page.waitForFunction(() => !document.querySelector(".worlds canvas"));
  await page.waitForTimeout(300);
}));

test("a dose of nothing is the same world twice", () => opened(async (page) => {
  await go(page, "playground");
  await page.waitForSelector(".worlds canvas");
  await page.focus("#slider-people");
  await page.keyboard.press("Home");
  await page.focus("#slider-dose");
  await page.keyboard.press("Home");
  await page.click("#run");
  await page.waitForFunction(() => document.querySelector("#run").disabled === false && document.querySelector("progress").hidden);
  await page.click(".sheet details.export summary");
  const [, text] = await saved(page, page.locator(".sheet details.export button").nth(2));
  const rows = text.toString().trim().split("\n").slice(1).map((line) => line.split(","));
  assert.ok(rows.length > 20);
  for (const [day, one, other] of rows) assert.equal(one, other, `day ${day}`);
}));

for (const [what, options] of [["small", { viewport: { width: 390, height: 844 } }], ["large", { viewport: { width: 512, height: 384 }, deviceScaleFactor: 2 }], ["dark", { colorScheme: "dark" }], ["calm", { reducedMotion: "reduce" }]])
  test(`every page ${what}: nothing sticks out, nothing serious for axe-core`, () => opened(async (page) => {
    for (const route of ["", ...lessons.map((name) => `lesson/${name}`), "playground", "teacher"]) {
      await go(page, route);
      if (route === "playground") await page.waitForSelector(".worlds canvas");
      await page.waitForTimeout(300);
      assert.equal(await sticksOut(page), "", route);
      assert.deepEqual(await overlaps(page), [], route);
      assert.deepEqual(await seriousIn(page), [], route);
      await shot(page, `${what}-${route.replace("/", "-") || "cover"}`);
      if (what === "calm" && route === "playground") assert.equal(await page.textContent("#play"), "Play");
    }
  }, options));

test("results on a small screen, in the dark", () => opened(async (page) => {
  for (const name of lessons) {
    await go(page, `lesson/${name}`);
    await predictByMouse(page, name);
    await page.click("#run");
    await page.click("#explain");
    if (name === "trial") {
      await page.click("#class-some");
      await page.waitForFunction(() => !document.querySelector("#class-some").disabled);
    }
    assert.equal(await sticksOut(page), "", name);
    assert.deepEqual(await overlaps(page), [], name);
    assert.deepEqual(await seriousIn(page), [], name);
    await shot(page, `small-dark-${name}`);
  }
}, { viewport: { width: 390, height: 844 }, colorScheme: "dark" }));

test("German, all of it", () => opened(async (page) => {
  await page.selectOption("#language", "de");
  for (const route of ["", ...lessons.map((name) => `lesson/${name}`), "playground", "teacher"]) {
    await go(page, route);
    if (route === "playground") await page.waitForSelector(".worlds canvas");
    assert.equal(await page.getAttribute("html", "lang"), "de");
    if (route.startsWith("lesson/")) {
      await predictByMouse(page, route.slice(7));
      await page.click("#run");
      await page.waitForSelector("#explain");
    }
    assert.equal(await sticksOut(page), "", route);
    assert.deepEqual(await overlaps(page), [], route);
    await shot(page, `de-${route.replace("/", "-") || "cover"}`);
  }
}));

// A copy of the page in which every word is a mark: what is not one came from the code.
test("no text comes from the code", async () => {
  const html = readFileSync(file, "utf8");
  const open = '<script type="application/json" id="words">';
  const from = html.indexOf(open) + open.length;
  const words = JSON.parse(html.slice(from, html.indexOf("</script>", from)));
  const masked = (value) => typeof value === "string" ? `⟦${[...value.matchAll(/\{\w+\}/g)].join("")}⟧` : Array.isArray(value) ? value.map(masked) : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one)]));
  const copy = join(pictures, "masked.html");
  writeFileSync(copy, html.slice(0, from) + JSON.stringify({ en: masked(words.en) }) + html.slice(html.indexOf("</script>", from)));
  await opened(async (page) => {
    const strays = () => page.evaluate(() => {
      const found = [];
      const walk = document.createTreeWalker(document.getElementById("page"), NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode())
        if (/[a-zäöü]{2}/i.test(node.data.replace(/⟦.*?⟧/g, "")) && !node.parentElement.closest("code, pre, textarea, style, footer, main [lang]")) found.push(node.data);
      for (const element of document.querySelectorAll("[aria-label], [aria-valuetext], [title]"))
        for (const name of ["aria-label", "aria-valuetext", "title"]) {
          const value = element.getAttribute(name);
          if (value && /[a-zäöü]{2}/i.test(value.replace(/⟦.*?⟧/g, ""))) found.push(`${name}: ${value}`);
        }
      return found;
    });
    for (const route of ["", ...lessons.map((name) => `lesson/${name}`), "playground", "teacher"]) {
      await go(page, route);
      if (route === "playground") await page.waitForSelector(".worlds canvas"); // with what the engine has to say, in its own language
      if (route === "lesson/trial" || route === "lesson/theories") {
        await predictByMouse(page, route.slice(7));
        await page.click("#run");
        await page.waitForSelector("#explain");
        assert.deepEqual(await strays(), [], route);
        await page.click("#explain");
      }
      assert.deepEqual(await strays(), [], route);
    }
  }, {}, copy);
});

test("the page is at most 3 MB and paints within a second", async () => {
  const bytes = readFileSync(file).length;
  assert.ok(bytes <= 3e6, `${bytes} bytes`);
  let best = Infinity;
  for (let k = 0; k < attempts && best > 1000; ++k)
    await opened(async (page) => {
      const paint = await page.evaluate(() => new Promise((done) => new PerformanceObserver((list) => {
        const [first] = list.getEntriesByName("first-contentful-paint");
        if (first) done(first.startTime);
      }).observe({ type: "paint", buffered: true })));
      best = Math.min(best, paint);
    });
  console.log(`# ${bytes} bytes; first paint after ${Math.round(best)} ms`);
  assert.ok(best <= 1000 * slower(), `${best} ms`);
});
