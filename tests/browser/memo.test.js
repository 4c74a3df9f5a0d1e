// The official memo on paper.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, open } from "./browser.js";
import { build } from "./sites.js";

// In points, as PDF counts; browsers round a millimetre here and there.
const A4 = { width: 595.28, height: 841.89 };

const { sites, remove } = build();
const browser = await launch();

after(async () => {
  await browser.close();
  remove();
});

const memos = sites.flatMap((site) => site.pages.filter((file) => /\/memo(-[a-z0-9-]+)?\//.test(file)).map((file) => ({ site, file })));

test("there are memos to look at", () => assert.ok(memos.length >= 2));

for (const { site, file } of memos) {
  test(`${site.name}: ${file} prints on one to three sheets of A4`, { timeout: 60_000 }, async () => {
    const { page, wrong } = await open(browser, site.file + file, site.file);
    // The page's own style names the paper; without it this would be Letter.
    const sheets = sheetsOf(await page.pdf({ preferCSSPageSize: true }));
    await page.close();
    assert.deepEqual(wrong, []);
    assert.ok(sheets.length >= 1 && sheets.length <= 3, `${sheets.length} sheets`);
    for (const sheet of sheets) {
      assert.ok(Math.abs(sheet.width - A4.width) < 2 && Math.abs(sheet.height - A4.height) < 2, JSON.stringify(sheet));
    }
  });
}

/** The sizes of a PDF's pages. Chromium writes their dictionaries uncompressed. */
function sheetsOf(pdf) {
  const pages = pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b(?:(?!endobj).)*?\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/gs);
  return Array.from(pages, ([, width, height]) => ({ width: Number(width), height: Number(height) }));
}
