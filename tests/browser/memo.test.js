// The official memo on paper: the measures of the form (thai-documents: margins, sizes, leaders, indents), held within a millimetre.
//
// Sizes are those of TH Sarabun. Laksaman (Debian: fonts-tlwg-laksaman-otf) has the same letters drawn half as large again, which the style
// sheet takes back; with it a line holds what it holds in TH Sarabun. Other fonts keep every measure but the places where lines end.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { launch, open } from "./browser.js";
import { print } from "./print.js";
import { build } from "./sites.js";

// In millimetres.
const A4 = { width: 210, height: 297 };
const LEFT = 30;
const RIGHT = 190;
const NEAR = 1;

const pt = (points) => (points / 72) * 25.4;

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
    const { sheets, pictures } = await printed(site, file);
    assert.ok(sheets.length >= 1 && sheets.length <= 3, `${sheets.length} sheets`);
    for (const { width, height, words } of sheets) {
      near(width, A4.width, "width");
      near(height, A4.height, "height");
      for (const { text, left, right } of words) assert.ok(left > LEFT - NEAR && right < RIGHT + NEAR, `${text} from ${left} to ${right}`);
    }
    assert.ok(!sheets[0].words.some(({ text }) => text === "-"), "the first sheet has no number");
    for (const [at, { words }] of sheets.entries()) {
      if (at > 0) pageNumber(words, pictures[at], at + 1);
    }
  });
}

describe("the example's memo", async () => {
  const { sheets, pictures } = await printed(sites[0], "2565/memo/index.html");
  const [{ words }] = sheets;
  const [{ ink }] = pictures;
  const word = (start) => words.find(({ text }) => text.startsWith(start)) ?? assert.fail(`no ${start}`);
  const middle = ({ left, right }) => (left + right) / 2;

  test("title: 29 pt, centred between the margins, beside the garuda", () => {
    const title = word("บันทึกข้อความ");
    near(middle(title), (LEFT + RIGHT) / 2, "middle");
    // Its line of 35 pt begins 1.85 cm, that of ส่วนราชการ 3.31 cm below the edge of the sheet (form of a municipal office).
    const drawn = ink({ top: 10, bottom: 32, left: 60, right: 160 });
    assert.ok(drawn.top > 18.5 - NEAR && drawn.bottom < 18.5 + pt(35) + NEAR, `title from ${drawn.top} to ${drawn.bottom}`);
    const office = ink({ top: 32, bottom: 40.5, left: LEFT - 2, right: 53 });
    assert.ok(office.top > 33.1 - NEAR && office.bottom < 33.1 + pt(22.6) + NEAR, `ส่วนราชการ from ${office.top} to ${office.bottom}`);
    assert.equal(ink({ top: 0, bottom: 14 }), null, "nothing stands in the upper margin");
    assert.equal(ink({ top: 15, bottom: 30, left: 0, right: 60 }), null, "the garuda's place is free where the agency has none");
  });

  test("head: labels 0.8 cm apart, left at the margin, dots to the other one", () => {
    const labels = ["ส่วนราชการ", "ที่", "เรื่อง"].map(word);
    for (const label of labels) near(label.left, LEFT, label.text);
    near(labels[1].bottom - labels[0].bottom, pt(22.6), "pitch");
    near(labels[2].bottom - labels[1].bottom, pt(22.6), "pitch");
    near(word("วันที่").left, 110, "the date begins in the middle");
    for (const label of labels) {
      const dots = ink({ left: 160, right: 209, top: label.bottom - 3, bottom: label.bottom + 1.5 });
      near(dots.right, RIGHT, `the dots behind ${label.text} end`);
    }
  });

  test("text: 6 pt apart, first lines 2.5 cm in, lines 18.1 pt apart, flush on both sides", () => {
    const to = word("เรียน");
    near(to.left, LEFT, "left");
    const opening = word("ตามที่");
    near(opening.left, LEFT + 25, "indent");
    near(opening.bottom - to.bottom, pt(18.1 + 6), "space before the text");
    const lines = linesOf(words.filter(({ bottom }) => bottom > opening.bottom - 1));
    const paragraph = lines.slice(0, 4);
    for (const [at, line] of paragraph.entries()) {
      near(line.bottom, opening.bottom + at * pt(18.1), `line ${at + 1}`);
      if (at > 0) near(line.left, LEFT, `left of line ${at + 1}`);
      near(line.right, RIGHT, `right of line ${at + 1}`);
    }
    near(word("จึงเรียนมาเพื่อ").left, LEFT + 25, "indent of the last part");
  });

  test("signature: three lines to sign on, name and position in the middle of their place", () => {
    const [last, name, position] = ["จึงเรียนมาเพื่อ", "(นางสาวสกุลรัตน์", "นักจัดการงานทั่วไปชำนาญการ"].map(word);
    near(name.bottom - last.bottom, pt(4 * 18.1), "space to sign");
    near(position.bottom - name.bottom, pt(18.1), "position");
    near(middle(position), 125, "middle");
    const surname = word("นุชผักแว่น)");
    near(middle({ left: name.left, right: surname.right }), 125, "middle of the name");
  });

  test("endorsements: two dotted lines each, and none is split over sheets", () => {
    const blocks = [
      ["ความเห็นของหัวหน้าสำนักปลัด", "หัวหน้าสำนักปลัด"],
      ["ความเห็นของปลัด", "ปลัด"],
      ["ข้อพิจารณา", "นายก"],
    ];
    for (const [heading, position] of blocks) {
      const at = sheets.findIndex((sheet) => sheet.words.some(({ text }) => text.startsWith(heading)));
      const start = sheets[at].words.find(({ text }) => text.startsWith(heading));
      const signed = sheets[at].words.find(({ text, top }) => text.startsWith(position) && top > start.bottom);
      assert.ok(signed, `${heading} is signed on another sheet`);
      for (const line of [1, 2]) {
        const dots = pictures[at].ink({ top: start.bottom + pt(18.1) * line - 4.5, bottom: start.bottom + pt(18.1) * line + 1.5 });
        near(dots.left, LEFT, "dots begin");
        near(dots.right, RIGHT, "dots end");
      }
    }
  });
});

test("the garuda of an agency that has one: 1.5 cm high, in the corner of the margins", async () => {
  const { pictures } = await printed(sites.find(({ name }) => name === "full"), "2566/memo/index.html");
  const garuda = pictures[0].ink({ left: 0, right: 60, top: 0, bottom: 31 });
  // The picture of the test site leaves two hundredths free on every side.
  near(garuda.top, 15.3, "top");
  near(garuda.left, LEFT + 0.3, "left");
  near(garuda.bottom - garuda.top, 14.4, "height");
});

async function printed(site, file) {
  const { page, wrong } = await open(browser, site.file + file, site.file);
  const result = await print(page);
  await page.close();
  assert.deepEqual(wrong, []);
  return result;
}

/** `- ๒ -`, in the middle, about 3 cm below the upper edge. */
function pageNumber(words, { ink }, number) {
  const digits = Array.from(String(number), (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]).join("");
  const line = linesOf(words)[0];
  assert.equal(line.words.map(({ text }) => text).join(" "), `- ${digits} -`);
  near((line.left + line.right) / 2, (LEFT + RIGHT) / 2, "middle of the number");
  near(ink({ bottom: 38 }).bottom, 32.5, "the number stands");
}

/** Words by the lines on which they stand, from above. */
function linesOf(words) {
  const lines = [];
  for (const word of words.toSorted((a, b) => a.bottom - b.bottom || a.left - b.left)) {
    const line = lines.at(-1);
    if (!line || word.bottom - line.bottom > 2) lines.push({ bottom: word.bottom, words: [word] });
    else line.words.push(word);
  }
  return lines.map(({ bottom, words }) => {
    words.sort((a, b) => a.left - b.left);
    return { bottom, words, left: words[0].left, right: words.at(-1).right };
  });
}

function near(found, expected, what) {
  assert.ok(Math.abs(found - expected) <= NEAR, `${what}: ${found.toFixed(2)} mm instead of ${expected.toFixed(2)} mm`);
}
