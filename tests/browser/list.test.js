// Lists of agencies in a portal: what helps in a long list filters and orders its rows in Thai and in figures, says how many are left, stays
// out of short lists and out of print, and leaves the table whole where no script runs.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { barriers, launch, open } from "./browser.js";
import { PROGRAM } from "./sites.js";

/** Names in Thai order, with the totals that they announced; one announced nothing, and one got nothing. */
const AGENCIES = { กระสัง: "9.50", ขามเปี้ย: "85.00", เขาคอก: "0.00", คูเมือง: null, แคนดง: "72.25", หนองเต็ง: "100.00", ห้วยราช: "72.25" };

const folder = mkdtempSync(join(tmpdir(), "prongsai-list-"));
const home = `${pathToFileURL(join(folder, "public"))}/`;
const browser = await launch();

before(() => {
  const write = (path, text) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("prongsai.yaml", "portal: { name: ศูนย์รวมตัวอย่าง, short_name: ศูนย์ตัวอย่าง }\n");
  Object.entries(AGENCIES).forEach(([name, total], nth) => {
    const place = `province: ตัวอย่าง\ndistrict: ${nth % 2 ? "ตัวอย่างใต้" : "ตัวอย่างเหนือ"}`;
    write(`content/a${nth}/agency.yaml`, `name: องค์การบริหารส่วนตำบล${name}\nshort_name: อบต.${name}\n${place}\n`);
    if (total) write(`content/a${nth}/2567/scores.yaml`, `fiscal_year: 2567\nannounced:\n  total: ${total}\n`);
  });
  execFileSync(PROGRAM, ["build", "-C", folder, "--quiet"], { stdio: "ignore" });
});

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** A page with its last list, and what stands in it now, without the beginning that all names have. */
async function listOf(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const { page, wrong } = await open(context, home + file, home);
  const tools = page.locator("form.tools").last();
  const names = () => page.$$eval("table:last-of-type tbody tr", (rows) => {
    const table = [...document.querySelectorAll("table")].at(-1);
    return rows.filter((row) => table.contains(row) && !row.hidden)
      .map((row) => row.querySelector("th").textContent.trim().replace("องค์การบริหารส่วนตำบล", ""));
  });
  return { page, wrong, tools, names, close: () => context.close() };
}

const inOrder = Object.keys(AGENCIES);
const ranked = ["หนองเต็ง", "ขามเปี้ย", "แคนดง", "ห้วยราช", "กระสัง", "เขาคอก", "คูเมือง"];

test("a list is in its order, whether a script runs or not", { timeout: 60_000 }, async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { wrong, tools, names, close } = await listOf("index.html", { javaScriptEnabled });
    assert.deepEqual(await names(), inOrder);
    assert.equal(await tools.isVisible(), javaScriptEnabled);
    assert.deepEqual(wrong, []);
    await close();
  }
});

test("rows are filtered by any cell, in either digits, and counted", { timeout: 60_000 }, async () => {
  const { page, wrong, tools, names, close } = await listOf("2567/index.html");
  const type = (text) => tools.locator("input").fill(text);
  assert.deepEqual(await names(), ranked);
  await type("ตัวอย่างใต้");
  assert.deepEqual(await names(), ["ขามเปี้ย", "หนองเต็ง", "คูเมือง"].sort((a, b) => ranked.indexOf(a) - ranked.indexOf(b)));
  assert.equal(await tools.locator("[role=status]").textContent(), "แสดง ๓ จาก ๗ รายการ");
  for (const digits of ["72.25", "๗๒.๒๕"]) {
    await type(digits);
    assert.deepEqual(await names(), ["แคนดง", "ห้วยราช"]);
  }
  await type("ไม่มีใครชื่อนี้");
  assert.deepEqual(await names(), []);
  await type("");
  assert.deepEqual(await names(), ranked);
  assert.equal(await tools.locator("[role=status]").textContent(), "");
  assert.deepEqual(wrong, []);
  assert.deepEqual(await barriers(page), []);
  await close();
});

test("rows are ordered by figures and by Thai letters; what is missing comes last", { timeout: 60_000 }, async () => {
  const { page, tools, names, close } = await listOf("index.html");
  const order = async (label) => {
    await tools.locator("select").selectOption({ label });
    return names();
  };
  assert.deepEqual(await order("คะแนนรวม จากน้อยไปมาก"), ["เขาคอก", "กระสัง", "แคนดง", "ห้วยราช", "ขามเปี้ย", "หนองเต็ง", "คูเมือง"]);
  assert.match(await page.locator("th[aria-sort=ascending]").last().textContent(), /^คะแนนรวม\s*$/);
  assert.deepEqual(await order("คะแนนรวม จากมากไปน้อย"), ["หนองเต็ง", "ขามเปี้ย", "แคนดง", "ห้วยราช", "กระสัง", "เขาคอก", "คูเมือง"]);
  assert.deepEqual(await order("หน่วยงาน ตามตัวอักษร"), inOrder);
  await order("คะแนนรวม จากมากไปน้อย");
  assert.deepEqual(await order("ลำดับเดิม"), inOrder);
  assert.equal(await page.locator("[aria-sort]").count(), 0);
  await close();
});

test("a phone shows all of it, paper leaves out what cannot be used there", { timeout: 60_000 }, async () => {
  const { page, tools, close } = await listOf("2567/index.html", { viewport: { width: 360, height: 700 } });
  const [whole, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.equal(whole, seen);
  assert.ok(await tools.isVisible());
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await tools.isVisible()));
  await close();
});

test("what is seen at a glance has no tools", { timeout: 60_000 }, async () => {
  const { page, close } = await listOf("2567/index.html");
  const tools = page.locator("#areas form.tools");
  assert.equal(await tools.count(), 1);
  assert.ok(!(await tools.isVisible()), "two districts");
  await close();
});
