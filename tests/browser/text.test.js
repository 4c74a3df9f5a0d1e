// What is copied from a page, and from its print, is the text of the source, mark by mark.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch } from "./browser.js";
import { print } from "./print.js";
import { ROOT, build } from "./sites.js";

const { sites, remove } = build();
const browser = await launch();

after(async () => {
  await browser.close();
  remove();
});

/** By page: the files of the example whose words it shows. */
const SOURCES = {
  "2565/index.html": ["report.md", "iit.md", "eit.md", "oit.md"],
  "2565/memo/index.html": ["memo.md"],
  "2565/measures/index.html": ["measures.yaml"],
};

for (const [file, names] of Object.entries(SOURCES)) {
  test(`${file} is copied as it was written`, { timeout: 60_000 }, async () => {
    const texts = names.flatMap((name) => textsOf(readFileSync(join(ROOT, "content/2565", name), "utf8")));
    assert.ok(texts.length >= 3, `${texts.length} texts`);
    const page = await browser.newPage();
    await page.goto(sites[0].file + file);
    const copied = await page.evaluate(() => {
      getSelection().selectAllChildren(document.querySelector("main"));
      return getSelection().toString();
    });
    const { text: printed } = await print(page);
    await page.close();
    for (const [way, found] of [["page", squeezed(copied, " ")], ["print", squeezed(printed, "")]]) {
      const lost = texts.filter((text) => !found.includes(squeezed(text, way === "page" ? " " : "")));
      assert.deepEqual(lost, [], way);
    }
    assert.ok(!copied.includes("\u00a0") && !copied.includes("\u200b"), "a character that nobody typed");
  });
}

/** The sentences of a source that reach the page as they are: without keys, numbers of lists, and what stands for something else. */
function textsOf(source) {
  const body = source.startsWith("---\n") ? source.slice(source.indexOf("\n---\n", 4) + 5) : source;
  const lines = body.split("\n").filter((line) => !line.trim().startsWith("#") && !/^\s*-? ?[a-z_]+:(?! *[ก-๙“])/.test(line));
  const pieces = lines.flatMap((line) => line.replace(/^[\s-]*([a-z_]+: *|[๐-๙]+\. )/, "").replace(/ #.*/, "").split(/\{.*?\}+|\[|\]\(.*?\)|[๐-๙]\. /));
  return pieces.map((piece) => piece.trim()).filter((piece) => /[ก-๙]/.test(piece) && piece.length > 12 && !/[๐-๙] – /.test(piece));
}

/** Where lines break is the window's matter, and of a print even whether there was a space. */
function squeezed(text, space) {
  return text.replace(/\s+/g, space);
}
