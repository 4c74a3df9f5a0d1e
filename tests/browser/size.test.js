// What a page costs its reader: the bytes of the example's report, what has to be asked for before anything is seen, and whether anything
// moves once it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch, open } from "./browser.js";
import { build, serve } from "./sites.js";

// Before compression, HTML and style sheet together.
const BYTES = 30_000;
const REQUESTS = 2;

const { sites, remove } = build();
const browser = await launch();
const example = sites.find((site) => site.name === "example");
const server = await serve(example.folder, "/");

after(async () => {
  await browser.close();
  await server.close();
  remove();
});

test("the example's report is small and is painted after two requests", { timeout: 60_000 }, async () => {
  const page = await browser.newPage();
  const asked = [];
  page.on("request", (request) => !request.url().startsWith("data:") && asked.push(new URL(request.url()).pathname));
  await page.goto(`${server.address}2565/index.html`, { waitUntil: "load" });
  await page.close();
  const bytes = asked.map((path) => readFileSync(join(example.folder, path)).length);
  assert.ok(asked.length >= 2 && asked.length <= REQUESTS, asked.join(" "));
  assert.ok(bytes.reduce((sum, one) => sum + one) < BYTES, `${bytes.join(" + ")} bytes`);
});

test("nothing on a page moves once it is seen", { timeout: 120_000 }, async () => {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 740 } });
    for (const file of example.pages) {
      const { page, wrong } = await open(context, server.address + file, server.address);
      const shift = await page.evaluate(shifts);
      await page.close();
      assert.deepEqual(wrong, []);
      assert.equal(shift, 0, `${file} at ${width} px`);
    }
    await context.close();
  }
});

/** The sum of all layout shifts since the page began, once two frames have passed. Runs in the page. */
function shifts() {
  return new Promise((resolve) => {
    let sum = 0;
    const count = (list) => list.getEntries().forEach((entry) => (sum += entry.value));
    const observer = new PerformanceObserver(count);
    observer.observe({ type: "layout-shift", buffered: true });
    const end = () => {
      count({ getEntries: () => observer.takeRecords() });
      resolve(sum);
    };
    requestAnimationFrame(() => requestAnimationFrame(end));
  });
}
