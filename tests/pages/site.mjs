// Opens every page of a site in Chromium, and searches it: nothing may be asked of anything outside of its folder, every page is dark where
// somebody wants dark pages, and none is wider than a small screen.
// Usage: node site.mjs FOLDER      exit status 1 where something is.
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = resolve(process.argv[2]);
const inside = pathToFileURL(folder + "/").href;
const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html"));
const leaving = [];
const problems = [];
let requests = 0;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();
page.setDefaultTimeout(120_000);
page.on("request", (request) => {
  ++requests;
  if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(inside)) leaving.push(`${page.url()} asks for ${request.url()}`);
});
page.on("requestfailed", (request) => problems.push(`${page.url()}: ${request.url()} is not there`));
page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
for (const name of pages) await page.goto(pathToFileURL(join(folder, name)).href, { waitUntil: "load" });

// How light the page is behind its text, from 0 to 255.
const lightness = () => {
  const colours = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
  const colour = colours.find((each) => each !== "rgba(0, 0, 0, 0)") ?? "rgb(255, 255, 255)";
  return Math.max(...colour.match(/\d+/g).slice(0, 3).map(Number));
};
await page.setViewportSize({ width: 390, height: 844 });
for (const name of pages) {
  await page.goto(pathToFileURL(join(folder, name)).href, { waitUntil: "load" });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > 391) problems.push(`${name} is ${width} px wide on a screen of 390`);
  for (const [colorScheme, fits] of [["dark", (value) => value < 64], ["light", (value) => value > 192]]) {
    await page.emulateMedia({ colorScheme });
    const value = await page.evaluate(lightness);
    if (!fits(value)) problems.push(`${name} has a background of ${value} of 255 where ${colorScheme} is wanted`);
  }
}
await page.setViewportSize({ width: 1280, height: 800 });

await page.goto(`${inside}search.html?q=naltrexone`);
await page.waitForSelector("#search-results li");
const found = await page.locator("#search-results li").count();
await browser.close();
if (found < 5) problems.push(`a search for naltrexone finds ${found} pages`);
console.log(`${pages.length} pages: ${requests} requests inside of the site, ${leaving.length} leave it; a search finds ${found} pages`);
for (const text of [...leaving, ...problems]) console.error(text);
process.exit(leaving.length || problems.length ? 1 : 0);
