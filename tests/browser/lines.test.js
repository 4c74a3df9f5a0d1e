// No line tears apart what belongs together, at any width: names, a number and its unit, a date, a word and its ๆ or ฯ.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "./browser.js";
import { build } from "./sites.js";

const WIDTHS = [320, 336, 360, 375, 393, 412, 480, 560, 640, 700, 768, 900, 1024, 1280];

const MONTH = "(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|(?:ม\\.ค|ก\\.พ|มี\\.ค|เม\\.ย|พ\\.ค|มิ\\.ย|ก\\.ค|ส\\.ค|ก\\.ย|ต\\.ค|พ\\.ย|ธ\\.ค)\\.)";
const DIGIT = "[0-9๐-๙]";
const TOGETHER = [
  /[^\s(“"]\s?ๆ/g,
  /[^\s(“"]ฯ(?!ล)/g,
  new RegExp(`พ\\.ศ\\. ${DIGIT}{4}`, "g"),
  new RegExp(`(?:${DIGIT}{1,2} )?${MONTH} ${DIGIT}{2,4}`, "g"),
  new RegExp(`${DIGIT}[.0-9๐-๙]* (?:คะแนน|มาตรการ|ข้อ|เดือน|KB|MB)(?![ก-ฮะ-ฺเ-๎A-Za-z])`, "g"),
  new RegExp(`(?:วัน)?ที่ ${DIGIT}+`, "g"),
  /ระดับ [A-F]{1,2}(?![A-Za-z])/g,
];

/** Proper names of the agency and of signatories. The guide speaks of agencies but is none's: there these are words like any other. */
const NAMES = [
  /(?:อบต\.)?(?:ลุมพุก|ตัวอย่าง)/g,
  /สกุลรัตน์|นุชผักแว่น|เนตรเฉลา|วิเศษรัมย์|เบญจมาภรณ์|วรรณโกษิตย์|ทรงวุฒิ|ปะทิรัมย์/g,
];

const { sites, remove } = build();
const browser = await launch();
// So that the rule can be taken away, to see that it is needed.
const context = await browser.newContext({ bypassCSP: true });

after(async () => {
  await browser.close();
  remove();
});

for (const site of sites) {
  test(`${site.name}: what belongs together stands on one line`, { timeout: 240_000 }, async () => {
    const forms = [...TOGETHER, ...(site.name === "guide" ? [] : NAMES)].map((form) => form.source);
    const found = { held: [], torn: [], count: 0 };
    for (const file of site.pages) {
      const page = await context.newPage();
      await page.goto(site.file + file);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const { torn, count } = await page.evaluate(tears, forms);
        found.count += count;
        found.held.push(...torn.map((text) => `${file} at ${width} px: ${text}`));
      }
      await page.addStyleTag({ content: "no-br { white-space: inherit !important }" });
      await page.setViewportSize({ width: 360, height: 800 });
      found.torn.push(...(await page.evaluate(tears, forms)).torn);
      await page.close();
    }
    assert.equal(found.held.join("\n"), "");
    assert.ok(found.count > 500, `only ${found.count} places were looked at`);
    assert.ok(found.torn.length > 0, "lines would not break there anyway");
  });
}

/** What matches one of the forms and stands on more than one line. Runs in the page. */
function tears(forms) {
  const blocks = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    // Code is copied, not read.
    if (node.parentElement.closest("pre")) continue;
    let block = node.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    if (!blocks.has(block)) blocks.set(block, []);
    blocks.get(block).push(node);
  }
  const torn = [];
  let count = 0;
  for (const nodes of blocks.values()) {
    const text = nodes.map((node) => node.data).join("");
    const place = (offset) => {
      for (const node of nodes) {
        if (offset <= node.length) return [node, offset];
        offset -= node.length;
      }
    };
    for (const form of forms) {
      for (const match of text.matchAll(new RegExp(form, "g"))) {
        const range = document.createRange();
        range.setStart(...place(match.index));
        range.setEnd(...place(match.index + match[0].length));
        const lines = Array.from(range.getClientRects()).filter((rect) => rect.width > 1 && rect.height > 1);
        if (lines.length === 0) continue;
        count += 1;
        // The unit of a figure as large as a heading may stand below it.
        const heights = lines.map((rect) => rect.height);
        if (Math.max(...heights) > 1.5 * Math.min(...heights)) continue;
        // Letters of several sizes stand on one line; what stands on two does not overlap.
        const lowest = Math.max(...lines.map((rect) => rect.top));
        if (lowest > Math.min(...lines.map((rect) => rect.bottom)) - 4) torn.push(match[0]);
      }
    }
  }
  return { torn, count };
}
