// The search: nothing is loaded before somebody comes to the box, then whatever is shown on a page is found, from a disk as from a server;
// what looks alike is alike, what does not is not; hits are shown in their passages, by keyboard, on a phone and in the dark. How long a
// keystroke takes over a thousand pages is told.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { barriers, launch, open } from "./browser.js";
import { PROGRAM, ROOT, build, serve } from "./sites.js";

/** Words that differ in one mark, each on a page of its own. */
const WHITE = { white: "ผนังสีขาวสะอาด", news: "ติดตามข่าวล่าสุด", rice: "ปลูกข้าวหอมมะลิ" };

/** What is typed, and the form in which it is compared: the table to which Rust is held as well. */
const ALIKE = JSON.parse(readFileSync(join(ROOT, "tests/data/folded.json"), "utf8"));

const { sites, remove } = build({ english: true });
const folder = mkdtempSync(join(tmpdir(), "prongsai-search-"));
const browser = await launch();
const own = { folder: join(folder, "public"), file: `${pathToFileURL(join(folder, "public"))}/` };
const raw = randomTexts(400);

before(() => {
  const root = join(folder, "site");
  cpSync(join(ROOT, "tests/sites/minimal"), root, { recursive: true });
  mkdirSync(join(root, "content/pages"), { recursive: true });
  const page = (id, title, text) => writeFileSync(join(root, `content/pages/${id}.md`), `---\ntitle: ${title}\n---\n${text}\n`);
  for (const [id, text] of Object.entries(WHITE)) page(id, `หน้า ${id}`, `${text}\n`);
  page("title", "อ่างเก็บน้ำประจำตำบล", "ไม่มีอะไรในเนื้อความ\n");
  page("heading", "เรื่องอื่น", "ก่อนหน้า\n\n## เก็บน้ำประจำบ้าน\n\nเนื้อความใต้หัวข้อ\n");
  page("body", "เรื่องที่สาม", `${"คำนำ ".repeat(80)}การเก็บน้ำประจำปี ๒๕๖๕ ของหมู่บ้าน <b>&\n`);
  page("torn", "เรื่องที่สี่", "เขาใหญ่ ก่า กำ พาร์ทเนอร์\n");
  page("random", "ข้อความสุ่ม", `\`\`\`\n${raw.map((text, at) => `x${at}x${text}y`).join("\n")}\n\`\`\`\n`);
  execFileSync(PROGRAM, ["build", "-C", root, "--output", own.folder, "--quiet"], { stdio: "ignore" });
});

after(async () => {
  await browser.close();
  remove();
  rmSync(folder, { recursive: true });
});

/** Texts of Thai letters and marks in any order, the same ones every time. */
function randomTexts(count) {
  const signs = ["ก", "น", "ม", "เ", "แ", "โ", "า", "ะ", "ำ", "ํ", "ั", "ิ", "ี", "ุ", "ู", "็", "่", "้", "๊", "์", "๎", "๕", "5", "A", "z", "Σ", " ", "\u200b", "\u00ad", "\u00a0"];
  let seed = 1;
  const next = (below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(10) }, () => signs[next(signs.length)]).join(""));
}

/** The page with the search, and a way to type and to read what is found. */
async function searchOf(address, home, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const { page, wrong } = await open(context, address, home);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const type = async (query) => {
    await page.fill("#query", query);
    await page.waitForFunction(() => window.prongsaiIndex && !document.querySelector("[role=status]").textContent.includes("กำลัง"));
    return page.$$eval(".found > li", (items) => items.map((item) => ({
      href: item.querySelector("a").getAttribute("href"),
      title: item.querySelector("a").textContent,
      about: item.querySelector(".small").textContent,
      marks: Array.from(item.querySelectorAll("mark"), (mark) => mark.textContent),
      text: item.innerText,
    })));
  };
  const status = () => page.textContent("[role=status]");
  return { page, wrong, asked, type, status, close: () => context.close() };
}

const hrefs = (found) => found.map(({ href }) => href).sort();

test("nothing is loaded before the box gets the focus", { timeout: 60_000 }, async () => {
  const server = await serve(own.folder, "/a/b/");
  for (const [address, home] of [[own.file, own.file], [server.address, server.address]]) {
    const { page, wrong, asked, type, close } = await searchOf(`${address}search/index.html`, home);
    await page.waitForTimeout(200);
    assert.deepEqual(asked, []);
    assert.equal(await page.evaluate(() => typeof window.prongsaiIndex), "undefined");
    await page.focus("#query");
    await page.waitForFunction(() => window.prongsaiIndex);
    assert.deepEqual(asked, [`${address}search/index.js`]);
    assert.deepEqual(hrefs(await type("ข่าว")), ["../pages/news/index.html"]);
    assert.equal(asked.length, 1);
    assert.deepEqual(wrong, []);
    await close();
  }
  assert.deepEqual(server.strays, []);
  await server.close();
});

test("no other page loads a script, but for lists of agencies", () => {
  for (const site of sites) {
    const read = (file) => readFileSync(join(site.folder, file), "utf8");
    const loading = site.pages.filter((file) => /<script [^>]*src/.test(read(file)));
    const isList = (file) => /<body class="kind-(portal|ranking|agencies)"/.test(read(file));
    assert.deepEqual(loading.filter((file) => !file.endsWith("search/index.html") && !isList(file)), []);
    assert.ok(loading.length > 0);
  }
});

describe("what is found", () => {
  let search;
  before(async () => (search = await searchOf(`${own.file}search/index.html`, own.file)));
  after(() => search.close());

  test("ขาว, ข่าว and ข้าว answer only their own query", async () => {
    for (const [query, id] of [["ขาว", "white"], ["ข่าว", "news"], ["ข้าว", "rice"]]) {
      const found = await search.type(query);
      assert.deepEqual(hrefs(found), [`../pages/${id}/index.html`], query);
      assert.deepEqual(found[0].marks, [query]);
    }
  });

  test("no letter is torn from its marks, and no word begins behind a leading vowel", async () => {
    const isFound = async (query) => hrefs(await search.type(query)).includes("../pages/torn/index.html");
    for (const query of ["ขา", "กา", "พาร", "่า", "นอร์", "ก\u0e4d"]) assert.ok(!(await isFound(query)), query);
    for (const query of ["เขา", "เข", "เ", "ก่า", "กำ", "ก\u0e4d\u0e32", "พาร์", "พา"]) assert.ok(await isFound(query), query);
  });

  test("digits of both scripts and letters of both cases are the same", async () => {
    const found = await search.type("2565");
    assert.ok(found.length > 2);
    assert.deepEqual(await search.type("๒๕๖๕"), found);
    assert.ok(found.some(({ marks }) => marks.includes("๒๕๖๕") || marks.includes("2565")));
    assert.deepEqual(await search.type("oit"), await search.type("OIT"));
  });

  test("titles come before headings, headings before text", async () => {
    const found = await search.type("เก็บน้\u0e4d\u0e32ประจ\u0e4d\u0e32");
    assert.deepEqual(found.map(({ href }) => href.split("#")[0]), ["title", "heading", "body"].map((id) => `../pages/${id}/index.html`));
    assert.ok(found[1].href.includes("#"), "it leads to the heading");
    const ids = await idsOf(`${own.file}pages/heading/index.html`);
    assert.ok(ids.includes(decodeURIComponent(found[1].href.split("#")[1])));
  });

  test("the passage is shown round the match, and is text", async () => {
    const [found] = await search.type("ของหมู่บ้าน <b>&");
    assert.ok(found.text.includes("การเก็บน้ำประจำปี ๒๕๖๕ ของหมู่บ้าน <b>&"), found.text);
    assert.ok(found.text.length < 400, found.text);
    assert.deepEqual(found.marks, ["ของหมู่บ้าน", "<b>&"]);
  });

  test("all words have to occur, in any order", async () => {
    assert.deepEqual(hrefs(await search.type("หมู่บ้าน  เก็บน้ำ")), ["../pages/body/index.html"]);
    assert.deepEqual(await search.type("หมู่บ้าน ข้าว"), []);
    assert.equal(await search.status(), "ไม่พบ “หมู่บ้าน ข้าว”");
    // Where they stand together comes first.
    const ofPair = (await search.type("ปี ๒๕๖๕")).map(({ text }) => /ปี ?(2565|๒๕๖๕)/.test(text));
    assert.ok(ofPair[0] && ofPair.length > 1, ofPair.join());
  });

  test("what is typed is folded as the texts of the index are", async () => {
    const folded = (texts) => search.page.evaluate((texts) => texts.map(prongsaiSearch.fold), texts);
    assert.deepEqual(await folded(ALIKE.map(([text]) => text)), ALIKE.map(([, text]) => text));
    const index = await search.page.evaluate(() => prongsaiIndex.find(({ href }) => href.includes("random")).parts.map(([, , text]) => text).join("\n"));
    const here = await folded(raw.map((text, at) => `x${at}x${text}y`));
    const there = await search.page.evaluate((index) => prongsaiSearch.fold(index), index);
    // Blanks are squeezed on a page.
    const missed = here.filter((text) => !there.includes(text.replace(/ +/g, " ")) && !there.replace(/ +/g, " ").includes(text.replace(/ +/g, " ")));
    assert.deepEqual(missed, []);
  });

  test("what was composed in Rust needs nothing but to be made plain", async () => {
    const same = await search.page.evaluate(() => {
      const texts = prongsaiIndex.flatMap(({ parts }) => parts.flatMap(([, heading, text]) => [heading, text]));
      return texts.filter((text) => prongsaiSearch.fold(text).length !== text.length);
    });
    assert.deepEqual(same, []);
  });

  async function idsOf(address) {
    const page = await browser.newPage();
    await page.goto(address);
    const ids = await page.$$eval("[id]", (elements) => elements.map(({ id }) => id));
    await page.close();
    return ids;
  }
});

test("every line of every page is found on its page", { timeout: 300_000 }, async () => {
  for (const site of sites) {
    for (const file of site.pages.filter((file) => file.endsWith("search/index.html"))) {
      const search = await searchOf(site.file + file, site.file);
      await search.page.focus("#query");
      await search.page.waitForFunction(() => window.prongsaiIndex);
      const listed = await search.page.$$eval("#pages a", (links) => links.map((link) => link.getAttribute("href")));
      const isPortal = site.name === "portal" && file === "search/index.html";
      for (const href of listed) {
        if (isPortal && href === "../index.html") continue;
        const page = readFileSync(join(site.folder, file, "..", href), "utf8");
        // What a list says of each agency, the agency's own entry says.
        const isList = /<body class="kind-(ranking|agencies)"/.test(page);
        const lines = (await linesOf(new URL(href, site.file + file).href)).slice(0, isList ? 1 : undefined);
        const missed = await search.page.evaluate(([href, lines]) => {
          const pages = prongsaiIndex.map(prongsaiSearch.prepare).filter((page) => page.href === href);
          return lines.filter((line) => prongsaiSearch.find(pages, line).length === 0);
        }, [href, lines]);
        assert.deepEqual(missed, [], `${site.name} ${href}`);
      }
      await search.close();
    }
  }
});

/** What a page shows at full width, line by line, without the drawings. */
async function linesOf(address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(address);
  const lines = await page.evaluate(() => {
    document.querySelectorAll("main svg, main nav").forEach((drawing) => drawing.remove());
    // Some stand side by side.
    document.querySelectorAll("main :is(dt, dd)").forEach((one) => (one.style.display = "block"));
    return document.querySelector("main").innerText.split(/[\n\t]+/);
  });
  await page.close();
  return lines.filter((line) => line.trim() !== "");
}

test("a portal finds agencies by name, group and level", { timeout: 60_000 }, async () => {
  const { folder, file } = sites.find(({ name }) => name === "portal");
  assert.ok(readFileSync(join(folder, "search/index.js"), "utf8").length > 0);
  const { type, close, wrong } = await searchOf(`${file}search/index.html`, file);
  const [first] = await type("บ้านตัวอย่าง");
  assert.equal(first.href, "../ban-tua-yang/index.html");
  assert.deepEqual(hrefs(await type("เทศบาลตำบล เมืองตัวอย่าง")), ["../thesaban-tua-yang/index.html"]);
  assert.equal((await type("ระดับ ต้องปรับปรุง"))[0].href, "../ban-tua-yang/index.html");
  assert.equal((await type("ระดับ c"))[0].href, "../tua-yang-nuea/index.html");
  assert.deepEqual(wrong, []);
  await close();
});

test("without a script there is a list of all pages and no box", { timeout: 60_000 }, async () => {
  for (const site of sites) {
    for (const file of site.pages.filter((file) => file.endsWith("search/index.html"))) {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const { page, wrong } = await open(context, site.file + file, site.file);
      assert.ok(!(await page.isVisible("form.search")) && !(await page.isVisible(".more")));
      assert.ok((await page.$$("#pages li a")).length >= 2);
      assert.ok(await page.isVisible("#pages"));
      assert.deepEqual(wrong, []);
      await context.close();
    }
  }
});

for (const [name, options] of Object.entries({
  "1280 px": {},
  "360 px": { viewport: { width: 360, height: 740 } },
  dark: { colorScheme: "dark" },
  "forced colours": { forcedColors: "active" },
})) {
  test(`hits at ${name}: they fit and have no barriers`, { timeout: 60_000 }, async () => {
    for (const site of sites.filter(({ name }) => ["full", "english"].includes(name))) {
      const { page, wrong, type, close } = await searchOf(`${site.file}search/index.html`, site.file, options);
      assert.ok((await type("การ")).length > 3);
      const pictures = process.env.PRONGSAI_PICTURES;
      if (pictures) await page.screenshot({ path: join(pictures, `search-${site.name}-${name.replace(" ", "-")}.png`) });
      assert.deepEqual(wrong, []);
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overhang <= 0, `${overhang} px`);
      assert.deepEqual(await barriers(page), []);
      await close();
    }
  });
}

test("by keyboard alone: type, hear how many, go to a hit, see more", { timeout: 60_000 }, async () => {
  const site = withPages(60);
  const { page, status, close } = await searchOf(`${site.file}search/index.html`, site.file);
  await page.focus("#query");
  await page.keyboard.type("ปี");
  await page.waitForFunction(() => document.querySelector(".found li"));
  assert.equal(await status(), "พบ ๖๐ รายการ แสดง ๒๐ รายการแรก");
  assert.ok(!(await page.isVisible("#pages")));
  await page.keyboard.press("Enter");
  assert.equal((await page.$$(".found li")).length, 20);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement === document.querySelector(".found a")), true);
  await page.focus(".more button");
  await page.keyboard.press("Enter");
  assert.equal((await page.$$(".found li")).length, 40);
  assert.equal(await page.evaluate(() => Array.from(document.querySelectorAll(".found a")).indexOf(document.activeElement)), 20);
  await page.fill("#query", "");
  assert.equal(await status(), "");
  assert.ok(await page.isVisible("#pages"));
  await close();
});

test("an index that cannot be loaded leaves the list, and is asked for again", { timeout: 60_000 }, async () => {
  const site = withPages(1);
  rmSync(join(site.folder, "search/index.js"));
  const { page, status, close } = await searchOf(`${site.file}search/index.html`, site.file);
  await page.focus("#query");
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "");
  assert.equal(await status(), "ค้นหาไม่ได้ในขณะนี้ โปรดเลือกจากรายการหน้าทั้งหมด");
  assert.ok(await page.isVisible("#pages"));
  writeFileSync(join(site.folder, "search/index.js"), thousand(1));
  await page.fill("#query", "ปี");
  await page.waitForFunction(() => document.querySelector(".found li"));
  await close();
});

test("a keystroke over a thousand pages", { timeout: 120_000 }, async (t) => {
  const site = withPages(1000);
  const bytes = readFileSync(join(site.folder, "search/index.js"));
  const size = (bytes) => `${Math.round(bytes.length / 1000)} KB, ${Math.round(gzipSync(bytes).length / 1000)} KB gzipped`;
  for (const { name, folder } of sites) t.diagnostic(`index of ${name}: ${size(readFileSync(join(folder, "search/index.js")))}`);
  t.diagnostic(`index of 1,000 pages: ${size(bytes)}`);
  const { page, close } = await searchOf(`${site.file}search/index.html`, site.file);
  const began = performance.now();
  await page.focus("#query");
  await page.waitForFunction(() => window.prongsaiIndex);
  t.diagnostic(`loaded and made ready in ${Math.round(performance.now() - began)} ms`);
  const times = await page.evaluate((queries) => {
    const box = document.querySelector("#query");
    return queries.flatMap((query) => Array.from(query, (_, at) => {
      box.value = query.slice(0, at + 1);
      const began = performance.now();
      box.dispatchEvent(new Event("input"));
      // What is shown has to be laid out, too.
      document.body.getBoundingClientRect();
      return performance.now() - began;
    }));
  }, ["การปรับปรุงการทำงาน", "แผนปฏิบัติการป้องกันการทุจริต", "ตัวชี้วัดที่ ๕", "ITA 2565", "ไม่มีคำนี้", "คุณธรรมและความโปร่งใส ข้อ"]);
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
  t.diagnostic(`${times.length} keystrokes: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, slowest ${at(1)} ms`);
  assert.ok(times.length > 60);
  await close();
});

/** The own site with an index of so many pages, in a folder of its own. */
function withPages(count) {
  const copy = mkdtempSync(join(folder, "many-"));
  cpSync(own.folder, copy, { recursive: true });
  writeFileSync(join(copy, "search/index.js"), thousand(count));
  return { folder: copy, file: `${pathToFileURL(copy)}/` };
}

/** The pages of the example again and again, as those of other years and with other numbers. */
function thousand(count) {
  const { folder } = sites.find(({ name }) => name === "full");
  const pages = new Function(`let prongsaiIndex; ${readFileSync(join(folder, "search/index.js"), "utf8")}; return prongsaiIndex;`)();
  const ofYear = pages.filter(({ year }) => year !== "");
  const page = (_, at) => {
    const one = ofYear[at % ofYear.length];
    const parts = one.parts.map(([id, heading, text]) => [id, heading, text.replace(/๕/g, "๐๑๒๓๔๕๖๗๘๙"[at % 10])]);
    return { ...one, href: `../${at}/index.html`, parts: [...parts, ["", "", `หน้า ${at} ปี`]] };
  };
  return `prongsaiIndex=${JSON.stringify(Array.from({ length: count }, page))};\n`;
}
