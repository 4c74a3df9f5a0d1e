// One page of every kind by Lighthouse, as a phone loads it: full marks for what a page can hold to on any machine. How fast it is depends
// on the machine, so that is only told.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import lighthouse from "lighthouse";
import { launch } from "./browser.js";
import { build, kinds, serve } from "./sites.js";

const CATEGORIES = ["accessibility", "best-practices", "seo"];
// It would fetch robots.txt from within the page, which the page's own policy forbids.
const LEFT_OUT = ["robots-txt"];
const PORT = 9222 + (process.pid % 1000);

const { sites, remove } = build();
const browser = await launch([`--remote-debugging-port=${PORT}`]);
after(async () => {
  await browser.close();
  remove();
});

for (const [kind, { site, file }] of kinds(sites)) {
  test(`${kind}: ${site.name} ${file}`, { timeout: 120_000 }, async (t) => {
    const server = await serve(site.folder, "/");
    const flags = { port: PORT, logLevel: "silent", onlyCategories: [...CATEGORIES, "performance"], skipAudits: LEFT_OUT };
    const { lhr } = await lighthouse(server.address + file, flags);
    await server.close();
    const marks = ({ id, score }) => `${id} ${Math.round(score * 100)}`;
    t.diagnostic(marks(lhr.categories.performance));
    const failed = (category) => category.auditRefs.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 1);
    for (const category of CATEGORIES.map((name) => lhr.categories[name])) {
      const reasons = failed(category).map(({ id, title }) => `${id}: ${title}`);
      assert.equal(category.score, 1, [marks(category), ...reasons].join("\n"));
    }
  });
}
