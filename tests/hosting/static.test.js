// The files of docs/hosting for hosts without a server of one's own: what they say, and that what they run builds a site.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PROGRAM, ROOT } from "../browser/sites.js";
import { RECIPES } from "./servers.js";

const yaml = createRequire(new URL("../browser/package.json", import.meta.url))("yaml");
const read = (name) => readFileSync(join(RECIPES, name), "utf8");

/** The rules of a `_headers`: a path, what is taken back, and what is said. */
function rules(text) {
  const found = [];
  for (const line of text.split("\n").filter((line) => line.trim() && !line.startsWith("#"))) {
    const rule = found.at(-1);
    const [, taken] = line.match(/^ {2}! (\S+)$/) ?? [];
    const [, name, value] = line.match(/^ {2}([\w-]+): (.+)$/) ?? [];
    if (taken) rule.lines.push([taken.toLowerCase(), null]);
    else if (name) rule.lines.push([name.toLowerCase(), value]);
    else {
      assert.match(line, /^\/\S*$/, "a path");
      found.push({ path: line, lines: [] });
    }
    assert.ok(line.length <= 2000, "a host reads no longer line");
  }
  return found;
}

/** What Cloudflare Pages sends: `*` is anything, `:name` anything within a step, and what is said twice is joined. */
function headers(path) {
  const sent = {};
  for (const rule of rules(read("_headers"))) {
    const pattern = rule.path.replace(/[.]/g, "\\.").replace(/\*/g, ".*").replace(/:\w+/g, "[^/]+");
    if (!new RegExp(`^${pattern}$`).test(path)) continue;
    for (const [name, value] of rule.lines) {
      if (value === null) delete sent[name];
      else sent[name] = sent[name] === undefined ? value : `${sent[name]}, ${value}`;
    }
  }
  return sent;
}

test("a host that reads _headers says what the servers say", () => {
  const policy = (ancestors) => read("nginx.conf").match(/"(default-src 'none'; script-src[^"]+)"/)[1].replace("$prongsai_framed_by", ancestors);
  for (const path of ["/", "/2565/", "/2565/index.html", "/404.html", "/ban-tua-yang/"]) {
    assert.equal(headers(path)["content-security-policy"], policy("'none'"), path);
  }
  for (const path of ["/card/", "/card/index.html", "/ban-tua-yang/card/"]) {
    assert.equal(headers(path)["content-security-policy"], policy("*"), path);
  }
  assert.equal(headers("/assets/style.54dc5d54.css")["cache-control"], "public, max-age=31536000, immutable");
  assert.equal(headers("/2565/")["cache-control"], "no-cache");
  for (const name of ["x-content-type-options", "referrer-policy", "permissions-policy"]) {
    const value = headers("/card/")[name];
    const said = read("nginx.conf").match(new RegExp(`add_header ${name} "?([^"]+?)"? always`, "i"));
    assert.equal(value, said[1], name);
  }
});

/** Every command of ours that a file runs. */
function commands(file) {
  const { jobs, pages } = yaml.parse(read(file));
  const steps = pages ? pages.script : jobs.publish.steps.map(({ run }) => run ?? "");
  return steps.filter((step) => step.startsWith("./prongsai "));
}

for (const file of ["github-pages.yml", "gitlab-ci.yml"]) {
  test(`what ${file} runs publishes a site`, () => {
    const site = mkdtempSync(join(tmpdir(), "prongsai-pages-"));
    cpSync(join(ROOT, "tests/sites/full"), site, { recursive: true });
    const run = commands(file);
    assert.equal(run.length, 1);
    execFileSync(PROGRAM, run[0].split(" ").slice(1), { cwd: site, stdio: "pipe" });
    assert.ok(existsSync(join(site, "public/index.html")) && existsSync(join(site, "public/404.html")));
    assert.equal(existsSync(join(site, "public/index.html.br")), run[0].includes("--compress"));
    rmSync(site, { recursive: true });
  });
}
