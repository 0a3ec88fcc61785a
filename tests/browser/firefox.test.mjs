// Firefox opens the page from a file, does lesson 2, and opens a result.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..");
const firefox = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const kith = process.env.KITH ?? join(root, "build/release/bin/kith");
const file = process.env.CLASSROOM ?? join(root, "build/classroom.html");

test("Firefox does lesson 2, and opens its result", { skip: existsSync(firefox) ? false : "Firefox is not installed" }, async () => {
  const { default: puppeteer } = await import(pathToFileURL(createRequire(join(root, "classroom/page/package.json")).resolve("puppeteer-core")).href);
  const folder = mkdtempSync(join(tmpdir(), "kith-"));
  mkdirSync(join(root, "build/classroom-pictures"), { recursive: true });
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    await page.goto(`${pathToFileURL(file).href}?lang=en#lesson/trial`);
    await page.waitForSelector("#pupil");
    await page.type("#pupil", "Anna");
    for (let k = 0; k < 20 && !(await page.evaluate(() => document.activeElement.matches(".hold"))); ++k) await page.keyboard.press("Tab");
    await page.keyboard.press("PageDown");
    await page.click("#run");
    await page.waitForSelector("#explain");
    // The bits of every other computer.
    const { fingerprint } = JSON.parse(execFileSync(kith, ["run", join(root, "scenarios/lessons/trial.yaml"), "--set", "seed=7b/Anna", "--quiet", "--json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    assert.equal(await page.$eval(".again .small code", (one) => one.textContent), fingerprint);
    await page.screenshot({ path: join(root, "build/classroom-pictures/firefox.png"), fullPage: true });
    const result = join(folder, "trial.h5");
    execFileSync(kith, ["run", join(root, "scenarios/lessons/trial.yaml"), "--set", "seed=7b/Anna", "-o", result, "--quiet"], { stdio: "ignore" });
    await page.evaluate(() => (location.hash = "playground"));
    await page.waitForSelector("#file");
    await (await page.$("#file")).uploadFile(result);
    await page.waitForFunction(() => /[0-9a-f]{16}/.test(document.querySelector("#result p").textContent));
    assert.ok((await page.$eval("#result p", (one) => one.textContent)).includes(fingerprint));
    assert.deepEqual(wrong, []);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});
