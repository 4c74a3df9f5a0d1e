// The living preview, as somebody writes beside it: every save is seen without touching the browser.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { barriers, launch } from "./browser.js";
import { PROGRAM, ROOT } from "./sites.js";

const browser = await launch();
const remains = [() => browser.close()];
after(async () => {
  for (const remove of remains.reverse()) await remove();
});

/** A copy of a test site that may be edited. */
function copy(name) {
  const folder = mkdtempSync(join(tmpdir(), "prongsai-"));
  cpSync(join(ROOT, "tests/sites", name), folder, { recursive: true });
  remains.push(() => rmSync(folder, { recursive: true }));
  const at = (path) => join(folder, path);
  const text = (path) => readFileSync(at(path), "utf8");
  return {
    folder,
    at,
    text,
    write: (path, bytes) => writeFileSync(at(path), bytes),
    /** Replaces something in a file, which has to be there. */
    edit(path, old, now) {
      assert.ok(text(path).includes(old), `${path} has no ${old}`);
      writeFileSync(at(path), text(path).replace(old, now));
    },
  };
}

/** Serves a site. The address is the first thing that the program says. */
async function serve(site, port = 0) {
  const program = spawn(PROGRAM, ["serve", "--port", String(port)], { cwd: site.folder, stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(createInterface(program.stdout), "line");
  const stop = async () => {
    if (program.exitCode !== null || program.signalCode !== null) return;
    const gone = once(program, "exit");
    program.kill("SIGINT");
    await gone;
  };
  remains.push(stop);
  const address = line.match(/http:\/\/[^ ]+/)[0];
  return { address, stop, port: Number(new URL(address).port) };
}

/** Opens a page; `loads` counts how often it was loaded, `wrong` is what its console complains of. */
async function visit(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = { page, loads: 0, wrong: [] };
  page.on("load", () => (seen.loads += 1));
  page.on("pageerror", (error) => seen.wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && seen.wrong.push(message.text()));
  await page.goto(address, { waitUntil: "load" });
  remains.push(() => context.close());
  return seen;
}

const panel = (page) => page.locator("prongsai-preview .panel");
const shows = (page, text) => page.waitForFunction((text) => document.body.innerText.includes(text), text);
const says = (page, text) => panel(page).getByText(text).first().waitFor({ state: "visible" });
const isCalm = (page) => page.locator("prongsai-preview").waitFor({ state: "detached" });
const TIME = { timeout: 120_000 };

test("every kind of edit is seen, where the reader was", TIME, async () => {
  const site = copy("full");
  const server = await serve(site);
  const seen = await visit(`${server.address}ita/2565/`);
  const { page } = seen;
  await page.evaluate(() => scrollTo(0, 400));
  const isHere = async () => {
    await page.waitForFunction(() => Math.abs(scrollY - 400) < 2);
  };
  site.edit("content/2565/scores.yaml", "7: 82.40", "7: 82.39");
  await shows(page, "82.39");
  await isHere();
  site.edit("content/2565/report.md", "ขอรายงาน", "ขอเสนอรายงาน");
  await shows(page, "ขอเสนอรายงาน");
  await isHere();
  site.edit("content/2565/measures.yaml", "title: ช่องทางร้องเรียน", "title: ช่องทางรับเรื่องร้องเรียน");
  await shows(page, "ช่องทางรับเรื่องร้องเรียน");
  await isHere();
  mkdirSync(site.at("themes/plain/text"));
  site.write("themes/plain/text/th.yaml", "menu: รายการหลัก\n");
  await page.getByRole("navigation", { name: "รายการหลัก" }).waitFor();
  await isHere();
  site.edit("prongsai.yaml", "02-000-0000", "02-111-1111");
  await shows(page, "02-111-1111");
  await isHere();
  site.edit("framework/2566.yaml", "fiscal_year", "# หมายเหตุ\nfiscal_year");
  const loads = seen.loads;
  site.write("content/2565/report.md", site.text("content/2565/report.md"));
  site.edit("content/2565/report.md", "ขอเสนอรายงาน", "ขอส่งรายงาน");
  await shows(page, "ขอส่งรายงาน");
  assert.equal(seen.loads, loads + 1, "what changes nothing on the page reloads nothing");
  assert.deepEqual(seen.wrong, []);
});

test("what is wrong lies over the last good page until it is mended", TIME, async () => {
  const site = copy("full");
  const server = await serve(site);
  const seen = await visit(`${server.address}ita/2565/`);
  const { page } = seen;
  await page.waitForFunction(() => document.body.innerText.includes("88.10"));
  site.edit("content/2565/scores.yaml", "1: 88.10", "1: 881.0");
  await says(page, "content/2565/scores.yaml:9:6 ผิดพลาด score/out-of-range");
  await says(page, "แก้ไข:");
  await says(page, "ฉบับล่าสุดที่สมบูรณ์");
  await shows(page, "88.10");
  assert.equal(seen.loads, 1, "the page itself has not changed");
  assert.deepEqual(await barriers(page), []);
  // By keyboard alone: fold, unfold, close.
  const fold = panel(page).getByRole("button", { name: "ย่อ" });
  await fold.focus();
  await page.keyboard.press("Enter");
  await panel(page).locator(".body").waitFor({ state: "hidden" });
  await page.keyboard.press("Enter");
  await panel(page).locator(".body").waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
  site.edit("content/2565/scores.yaml", "1: 881.0", "1: 8810");
  await says(page, "8810");
  site.edit("content/2565/scores.yaml", "1: 8810", "1: 88.10");
  await isCalm(page);
  site.edit("prongsai.yaml", "agency:", "agency: [");
  await says(page, "prongsai.yaml");
  await shows(page, "88.10");
  site.edit("prongsai.yaml", "agency: [", "agency:");
  await isCalm(page);
  assert.equal(seen.loads, 1);
  assert.deepEqual(seen.wrong, []);
});

test("a year that is renamed is gone, and comes back", TIME, async () => {
  const site = copy("portal");
  const server = await serve(site);
  const { page } = await visit(`${server.address}ban-tua-yang/2565/`);
  const title = await page.title();
  renameSync(site.at("content/ban-tua-yang/2565"), site.at("content/ban-tua-yang/2561"));
  await shows(page, "ไม่พบหน้าที่ต้องการ");
  renameSync(site.at("content/ban-tua-yang/2561"), site.at("content/ban-tua-yang/2565"));
  await page.waitForFunction((title) => document.title === title, title);
});

test("an open page waits for a server that was stopped", TIME, async () => {
  const site = copy("portal");
  const first = await serve(site);
  const seen = await visit(first.address);
  const { page } = seen;
  await first.stop();
  site.edit("prongsai.yaml", "จังหวัดตัวอย่าง", "จังหวัดต้นแบบ");
  await serve(site, first.port);
  await shows(page, "จังหวัดต้นแบบ");
  assert.equal(seen.loads, 2);
});

for (const [view, options] of Object.entries({
  "1280 px": {},
  "360 px": { viewport: { width: 360, height: 740 } },
  dark: { colorScheme: "dark" },
})) {
  test(`${view}: the panel fits, leaves the page in sight and has no barriers`, TIME, async () => {
    const site = copy("full");
    const server = await serve(site);
    site.edit("content/2565/scores.yaml", "1: 88.10", "1: 881.0");
    site.edit("content/2565/iit.md", "\n---\n", "\n---\nสําคัญ ");
    const { page } = await visit(`${server.address}ita/2565/`, options);
    await says(page, "score/out-of-range");
    const { width, height } = page.viewportSize();
    const box = await panel(page).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height, JSON.stringify(box));
    assert.ok(box.height <= height / 2, `${box.height} of ${height} px`);
    assert.deepEqual(await barriers(page), []);
    if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `panel-${view.replace(" ", "")}.png`) });
  });
}
