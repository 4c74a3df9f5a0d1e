// Whether deny.toml allows everything in the lock file. A stand-in for cargo-deny, which takes minutes to compile: it knows no advisories
// and believes what packages say of themselves.

const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");

const ROOT = join(__dirname, "..");
const rules = readFileSync(join(ROOT, "deny.toml"), "utf8");
const allowed = quoted(/^allow = \[(.*?)^\]/ms);
const banned = quoted(/^deny = \[(.*?)^\]/ms, /crate = "([^"]+)"/g);
const packages = metadata().packages.filter((one) => one.source !== null);

test("every licence is allowed", () => {
  assert.ok(allowed.has("MIT") && packages.length > 50);
  assert.deepEqual(named(packages.filter((one) => !holds(one.license ?? ""))), []);
});

test("no package is banned", () => {
  assert.ok(banned.has("serde_yml"));
  assert.deepEqual(named(packages.filter((one) => banned.has(one.name))), []);
});

test("every package comes from the registry", () => {
  assert.deepEqual(named(packages.filter((one) => !one.source.startsWith("registry+"))), []);
});

// The lock file also names what no feature of ours turns on; what counts is what is compiled, for any system. SQLite is the one exception,
// and can be left out.
test("nothing but SQLite needs a C compiler", () => {
  const inC = ["cc", "cmake", "bindgen", "pkg-config", "vcpkg"];
  const compiled = (...flags) => tree("--format", "{p}", ...flags);
  const without = compiled("--no-default-features");
  assert.ok(without.includes("rustls") && !without.includes("libsqlite3-sys"));
  assert.deepEqual(without.filter((name) => inC.includes(name)), []);
  for (const name of compiled().filter((name) => inC.includes(name))) {
    assert.deepEqual(tree("--invert", name, "--depth", "1").slice(1).filter((user) => user !== "[build-dependencies]"), ["libsqlite3-sys"]);
  }
});

/** The names of packages as cargo lists them, without their versions. */
function tree(...flags) {
  const usual = ["tree", "--locked", "--edges", "normal,build", "--target", "all", "--prefix", "none", "--no-dedupe"];
  const lines = execFileSync("cargo", [...usual, ...flags], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 }).trim().split("\n");
  return lines.map((line) => line.split(" ")[0]);
}

function metadata() {
  const json = execFileSync("cargo", ["metadata", "--format-version", "1", "--locked"], { cwd: ROOT, maxBuffer: 1 << 28 });
  return JSON.parse(json);
}

/** The texts in quotes within the part of the rules that a pattern finds. */
function quoted(part, each = /"([^"]+)"/g) {
  return new Set(Array.from(rules.match(part)[1].matchAll(each), ([, text]) => text));
}

/** Whether an SPDX expression can be satisfied; the innermost parentheses are decided first. Old packages write `/` for OR. */
function holds(expression) {
  const inner = /\(([^()]*)\)/;
  while (inner.test(expression)) expression = expression.replace(inner, (_, part) => String(holds(part)));
  const both = (side) => side.split(" AND ").every((name) => name.trim() === "true" || allowed.has(name.trim()));
  return expression.split(/ OR |\//).some(both);
}

function named(packages) {
  return packages.map((one) => `${one.name} ${one.version}: ${one.license}`);
}
