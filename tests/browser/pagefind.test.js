// Our search beside Pagefind's, which cuts Thai into words: the same pages, the same queries, in one run. The queries are one to three words
// that follow each other on a page, as the browser's own segmenter cuts them; right is a page that shows the query as it was typed. Queries
// without digits, since Pagefind takes Thai and Arabic ones for different words, and ours does not.
//
// Pagefind's program (14 MB) is an optional dependency, which `npm ci --ignore-scripts` brings and `--omit=optional` leaves out; without it
// there is nothing to compare, and the test is passed over.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { after, test } from "node:test";
import { launch } from "./browser.js";
import { build, serve } from "./sites.js";

const QUERIES = 600;

const { sites, remove } = build();
const folder = mkdtempSync(join(tmpdir(), "prongsai-pagefind-"));
const browser = await launch();

after(async () => {
  await browser.close();
  remove();
  rmSync(folder, { recursive: true });
});

test("more is found than by Pagefind, and less that is wrong", { timeout: 300_000 }, async (t) => {
  const pages = together();
  const refusal = await indexed();
  if (refusal !== null) return t.skip(refusal);
  const server = await serve(folder, "/");
  const page = await browser.newPage();
  const texts = new Map();
  for (const [href] of pages) texts.set(href, await shown(page, server.address + href));
  const queries = await queriesFrom(page, [...texts.values()]);
  for (const [href, text] of texts) texts.set(href, plain(text));
  const ours = await askOurs(page, server, pages, queries);
  const theirs = await askPagefind(page, server, queries);
  await server.close();
  const truths = { "as typed": (text, query) => text.includes(query), "all words": (text, query) => query.split(" ").every((word) => text.includes(word)) };
  for (const [name, isRight] of Object.entries(truths)) {
    const right = queries.map((query) => [...texts].filter(([, text]) => isRight(text, plain(query))).map(([href]) => href));
    const [own, other] = [ours, theirs].map((found) => marks(found, right));
    const line = ({ recall, precision }) => `recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`;
    t.diagnostic(`${pages.length} pages, ${queries.length} queries, right is a page that has it ${name}: ours ${line(own)}; Pagefind ${line(other)}`);
    assert.ok(own.recall > other.recall && own.precision > other.precision, name);
  }
});

/** What every search goes through, of all sites: pages in one folder, with what our indexes say of them. */
function together() {
  const indexes = sites.flatMap((site) => site.pages.filter((file) => file.endsWith("search/index.html")).map((file) => ({ site, file })));
  return indexes.flatMap(({ site, file }) => {
    const script = readFileSync(join(site.folder, dirname(file), "index.js"), "utf8");
    const entries = new Function(`let prongsaiIndex; ${script}; return prongsaiIndex;`)();
    const place = (href) => posix.join(posix.dirname(file), href);
    // A portal's index speaks of pages that have their own.
    const own = entries.filter(({ kind, href }) => site.name !== "portal" || file !== "search/index.html" || kind === "เกี่ยวกับเว็บไซต์");
    return own.map((entry) => {
      const path = `${site.name}/${place(entry.href)}`;
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      // The page alone: no policy stands in the way of the other's script, and names of columns that only phones show are no text of it.
      const html = readFileSync(join(site.folder, place(entry.href)), "utf8").replace(/<meta http-equiv[^>]*>/, "");
      writeFileSync(join(folder, path), html);
      return [path, entry];
    });
  });
}

/** Lets Pagefind make its index; gives why it cannot, or null. */
async function indexed() {
  try {
    const pagefind = await import("pagefind");
    const { index, errors } = await pagefind.createIndex({ rootSelector: "main", excludeSelectors: [".label", "svg"], forceLanguage: "th" });
    assert.deepEqual(errors, []);
    await index.addDirectory({ path: folder });
    await index.writeFiles({ outputPath: join(folder, "pagefind") });
    await pagefind.close();
    // What the server answers where there is nothing: style sheets are not needed here.
    writeFileSync(join(folder, "404.html"), "");
    return null;
  } catch (error) {
    return `Pagefind is not there: ${error.message}`;
  }
}

/** The text of a page as somebody reads it. */
async function shown(page, address) {
  await page.goto(address);
  return page.evaluate(() => {
    document.querySelectorAll("main svg, main nav, main .label").forEach((element) => element.remove());
    return document.querySelector("main").innerText;
  });
}

/** Small letters and single blanks. */
const plain = (text) => text.toLowerCase().replace(/\s+/g, " ");

/** One to three words of a line, the same queries every time. */
async function queriesFrom(page, texts) {
  const lines = await page.evaluate((texts) => {
    const segmenter = new Intl.Segmenter("th", { granularity: "word" });
    return texts.map((text) => text.split("\n").map((line) => Array.from(segmenter.segment(line), ({ segment, isWordLike }) => [segment, isWordLike])));
  }, texts);
  let seed = 42;
  const next = (below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const queries = new Set();
  while (queries.size < QUERIES) {
    const ofPage = lines[next(lines.length)];
    const line = ofPage[next(ofPage.length)];
    const words = line.flatMap(([, isWord], at) => (isWord ? [at] : []));
    const first = next(words.length || 1);
    const picked = words.slice(first, first + 1 + next(3));
    if (picked.length === 0) continue;
    const query = line.slice(picked[0], picked[picked.length - 1] + 1).map(([segment]) => segment).join("");
    if (!/[0-9๐-๙\t]/.test(query) && query.length > 1) queries.add(query.replace(/\s+/g, " "));
  }
  return [...queries];
}

async function askOurs(page, server, pages, queries) {
  const site = sites.find(({ name }) => name === "example");
  const script = readFileSync(join(site.folder, "search/index.html"), "utf8").match(/assets\/search\.[0-9a-f]+\.js/)[0];
  await page.goto(`${server.address}${pages[0][0]}`);
  await page.addScriptTag({ content: readFileSync(join(site.folder, script), "utf8") });
  return page.evaluate(([pages, queries]) => {
    const ready = pages.map(([href, entry], order) => prongsaiSearch.prepare({ ...entry, href }, order));
    return queries.map((query) => prongsaiSearch.find(ready, query).map(({ href }) => href));
  }, [pages, queries]);
}

async function askPagefind(page, server, queries) {
  return page.evaluate(async ([home, queries]) => {
    const pagefind = await import(`${home}pagefind/pagefind.js`);
    const found = [];
    for (const query of queries) {
      const { results } = await pagefind.search(query);
      const pages = await Promise.all(results.map((result) => result.data()));
      found.push(pages.map(({ raw_url, url }) => decodeURI(raw_url ?? url).replace(/^\//, "").replace(/\/$/, "/index.html")));
    }
    return found;
  }, [server.address, queries]);
}

/** Over all queries together: how much of what is right is found, and how much of what is found is right. */
function marks(found, right) {
  let [hits, ofRight, ofFound] = [0, 0, 0];
  found.forEach((pages, at) => {
    hits += right[at].filter((page) => pages.includes(page)).length;
    ofRight += right[at].length;
    ofFound += pages.length;
  });
  return { recall: hits / ofRight, precision: hits / ofFound };
}
