// Every page of every site, as its readers meet it: on a screen of any width, in the dark, in their own colours, on paper, from a disk,
// without scripts.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { barriers, launch, open } from "./browser.js";
import { build, kinds, serve } from "./sites.js";

const VIEWS = {
  "1280 px": { viewport: { width: 1280, height: 900 } },
  "360 px": { viewport: { width: 360, height: 740 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};

/** The same for one page of every kind: little but the style sheet can go wrong there. */
const FURTHER_VIEWS = {
  "768 px": { viewport: { width: 768, height: 1024 } },
  "forced colours": { viewport: { width: 1280, height: 900 }, forcedColors: "active" },
  "forced colours in the dark": { viewport: { width: 360, height: 740 }, forcedColors: "active", colorScheme: "dark" },
  paper: { viewport: { width: 794, height: 1123 } },
};

const { sites, remove } = build({ english: true });
const browser = await launch();
const contexts = {};
for (const [view, options] of Object.entries({ ...VIEWS, ...FURTHER_VIEWS })) contexts[view] = await browser.newContext(options);
const plain = await browser.newContext({ ...VIEWS["1280 px"], javaScriptEnabled: false });

after(async () => {
  await browser.close();
  remove();
});

for (const site of sites) {
  const server = await serve(site.folder, "/a/b/");
  after(server.close);

  describe(site.name, { concurrency: 2, timeout: 900_000 }, () => {
    for (const file of site.pages) test(file, { timeout: 120_000 }, (t) => look(t, site, file, server));
    test("nothing is asked for outside of the site's folder", () => assert.deepEqual(server.strays, []));
    test("links lead somewhere, and to every page", async () => {
      const pages = await survey(site, server);
      linksLeadSomewhere(site, pages);
      pagesCanBeReached(pages);
    });
    test("404.html stands at any address", () => notFound(site));
  });
}

for (const [kind, { site, file }] of kinds(sites)) {
  test(`${kind} in further views: ${site.name} ${file}`, { timeout: 120_000 }, (t) => lookFurther(t, kind, site, file));
}

async function look(t, site, file, server) {
  const address = server.address + file;
  const seen = {};
  for (const view of Object.keys(VIEWS)) {
    await t.test(`${view}: loads, fits and has no barriers`, async () => {
      const { page, wrong } = await open(contexts[view], address, server.address);
      seen[view] = await page.evaluate(impression);
      const found = await barriers(page);
      await page.close();
      nothing(wrong);
      nothing(found);
      assert.ok(seen[view].overhang <= 0, `the page is ${seen[view].overhang} px wider than its window`);
    });
  }
  const same = async (context, address, home) => {
    const { page, wrong } = await open(context, address, home);
    const { words, height } = await page.evaluate(impression);
    await page.close();
    nothing(wrong);
    assert.deepEqual({ words, height }, { words: seen["1280 px"].words, height: seen["1280 px"].height });
  };
  await t.test("looks the same from a disk", () => same(contexts["1280 px"], site.file + file, site.file));
  // The box of the search is there for whom it works; what is there without it, search.test.js looks at.
  const isSearch = file.endsWith("search/index.html");
  if (!isSearch) await t.test("looks the same without scripts", () => same(plain, address, server.address));
}

async function lookFurther(t, kind, site, file) {
  const server = await serve(site.folder, "/");
  for (const view of Object.keys(FURTHER_VIEWS)) {
    await t.test(`${view}: fits and has no barriers`, async () => {
      const { page, wrong } = await open(contexts[view], server.address + file, server.address);
      const isForm = view === "paper" && kind === "memo";
      if (view === "paper") await page.emulateMedia({ media: "print" });
      const { overhang } = await page.evaluate(impression);
      // An official memo on paper has the name of the form where a page has its heading.
      const found = await barriers(page, isForm ? ["page-has-heading-one"] : []);
      await page.close();
      nothing(wrong);
      nothing(found);
      assert.ok(overhang <= 0, `the page is ${overhang} px wider than its window`);
    });
  }
  await server.close();
}

/** What a reader gets, and how far the page reaches beyond the window. Runs in the page. */
function impression() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    words: document.body.innerText,
    height: document.querySelector("main").getBoundingClientRect().height,
    overhang: scrollWidth - clientWidth,
  };
}

/** What every page links to inside of the site, which ids it has, and whether it only stands at an old address. */
async function survey(site, server) {
  const page = await plain.newPage();
  const pages = new Map();
  for (const file of site.pages) {
    await page.goto(server.address + file);
    const { links, ...rest } = await page.evaluate(() => ({
      links: Array.from(document.links, (link) => link.href),
      ids: Array.from(document.querySelectorAll("[id]"), (element) => element.id),
      isOld: document.body.classList.contains("kind-moved"),
    }));
    const inside = links.filter((link) => link.startsWith(server.address)).map((link) => link.slice(server.address.length));
    pages.set(file, { ...rest, links: inside.map((link) => link.split("#").map(decodeURIComponent)) });
  }
  await page.close();
  return pages;
}

function linksLeadSomewhere(site, pages) {
  const isDead = ([file, id]) => !existsSync(join(site.folder, file)) || (id && !pages.get(file)?.ids.includes(id));
  const dead = [...pages].flatMap(([from, { links }]) => links.filter(isDead).map((link) => `${from} → ${link.join("#")}`));
  nothing(dead);
}

/** Only pages at old addresses are for those alone who know the address. */
function pagesCanBeReached(pages) {
  const reached = new Set(["index.html"]);
  for (const file of reached) for (const [to] of pages.get(file)?.links ?? []) reached.add(to);
  nothing([...pages].filter(([file, { isOld }]) => !isOld && !reached.has(file)).map(([file]) => file));
}

/** A web server shows this page at any depth, under the path of `base_url`, so its links cannot be relative. */
async function notFound(site) {
  const server = await serve(site.folder, ["portal", "guide"].includes(site.name) ? "/" : "/ita/");
  const address = `${server.address}2565/no/such/page/`;
  const { page, wrong } = await open(contexts["360 px"], address, server.address);
  const found = await barriers(page);
  await page.close();
  await server.close();
  nothing(found);
  // The browser reports the answer 404 itself, which is as it should be.
  nothing(wrong.filter((line) => !line.includes("404")));
  assert.deepEqual(server.strays, []);
}

function nothing(list) {
  assert.equal(list.join("\n"), "");
}
