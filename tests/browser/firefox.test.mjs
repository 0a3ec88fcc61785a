// Firefox opens the page from a file and does lesson 2.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..");
const firefox = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const file = process.env.CLASSROOM ?? join(root, "build/classroom.html");

test("Firefox does lesson 2", { skip: existsSync(firefox) ? false : "Firefox is not installed" }, async () => {
  const { default: puppeteer } = await import(pathToFileURL(createRequire(join(root, "classroom/page/package.json")).resolve("puppeteer-core")).href);
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
    assert.equal(await page.$eval(".again .small code", (one) => one.textContent), process.env.TRIAL_FINGERPRINT ?? (await expected()));
    assert.deepEqual(wrong, []);
    await page.screenshot({ path: join(root, "build/classroom-pictures/firefox.png"), fullPage: true });
  } finally {
    await browser.close();
  }
});

async function expected() {
  const { execFileSync } = await import("node:child_process");
  const kith = process.env.KITH ?? join(root, "build/release/bin/kith");
  return JSON.parse(execFileSync(kith, ["run", join(root, "scenarios/lessons/trial.yaml"), "--set", "seed=7b/Anna", "--quiet", "--json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })).fingerprint;
}
