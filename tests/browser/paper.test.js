// Every page on paper: no heading at the foot of a sheet, no row of a table torn in two.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "./browser.js";
import { print } from "./print.js";
import { build } from "./sites.js";

const { sites, remove } = build();
const browser = await launch();

after(async () => {
  await browser.close();
  remove();
});

for (const site of sites) {
  test(`${site.name}: headings stay with what they head, and rows are whole`, { timeout: 240_000 }, async () => {
    const wrong = [];
    let count = 0;
    for (const file of site.pages) {
      const page = await browser.newPage();
      await page.goto(site.file + file);
      await page.emulateMedia({ media: "print" });
      const { headings, rows } = await page.evaluate(parts);
      const { text } = await print(page);
      await page.close();
      const sheets = text.split("\f").filter((sheet) => sheet.trim() !== "");
      for (const sheet of sheets.slice(0, -1)) {
        // Up to four lines may be one heading.
        const lines = sheet.trimEnd().split("\n");
        const ends = [1, 2, 3, 4].map((count) => squeezed(lines.slice(-count).join("")));
        const foot = headings.filter((heading) => ends.includes(squeezed(heading)));
        wrong.push(...foot.map((heading) => `${file}: at the foot of a sheet: ${heading}`));
      }
      const whole = sheets.map(squeezed);
      wrong.push(...rows.filter((row) => !whole.some((sheet) => sheet.includes(squeezed(row)))).map((row) => `${file}: torn: ${row}`));
      count += headings.length + rows.length;
    }
    assert.equal(wrong.join("\n"), "");
    assert.ok(count > 80, `only ${count} parts were looked at`);
  });
}

/** Headings, captions and heads of tables as they are printed, and rows but those of the five columns, which may be longer than a sheet.
    Runs in the page. */
function parts() {
  const texts = (selector) => Array.from(document.querySelectorAll(selector), (element) => element.innerText).filter((text) => text.trim() !== "");
  return { headings: texts("h1, h2, h3, caption, thead tr"), rows: texts("table:not(.measures) tr") };
}

function squeezed(text) {
  return text.replace(/\s+/g, "");
}
