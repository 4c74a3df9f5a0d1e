// Whether `--format sarif` is what its public schema asks for: of the example, and of every case, so that every kind of finding is in it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import Ajv from "ajv";
import { cases, lay } from "./cases.js";
import { PROGRAM, ROOT } from "./sites.js";

const require = createRequire(import.meta.url);

// The schema as its standard's editors package it. It is of draft 4, whose own schema is not built in.
const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new Ajv({ schemaId: "auto", allErrors: true });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const isValid = ajv.compile(schema);

const folder = mkdtempSync(join(tmpdir(), "prongsai-"));
after(() => rmSync(folder, { recursive: true }));

test("the example is valid", () => {
  const asking = checked(ROOT).results.filter((result) => result.kind !== "informational");
  assert.ok(asking.length > 0 && asking.every((result) => result.suppressions?.length === 1));
});

test("every case is valid, and lines and columns lie in its files", () => {
  const found = new Set();
  for (const name of cases()) {
    const run = checked(lay(name, folder));
    for (const result of run.results) {
      found.add(result.ruleId);
      assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
      for (const place of [...result.locations, ...(result.relatedLocations ?? [])]) liesInFile(name, place.physicalLocation);
    }
  }
  assert.ok(found.size > 50, `${found.size} kinds`);
});

test("the schema refuses what it should", () => {
  const log = JSON.parse(sarif(ROOT));
  log.runs[0].columnKind = "bytes";
  assert.equal(isValid(log), false);
});

/** The only run of what a check of a site writes, which has to be valid. */
function checked(root) {
  const log = JSON.parse(sarif(root));
  assert.ok(isValid(log), `${root}: ${JSON.stringify(isValid.errors?.slice(0, 3))}`);
  return log.runs[0];
}

function sarif(root) {
  const { stdout, stderr, error } = spawnSync(PROGRAM, ["check", "-v", "--format", "sarif"], { cwd: root, maxBuffer: 1 << 26 });
  assert.ok(!error && stderr.length === 0, `${root}: ${error ?? stderr}`);
  return stdout;
}

/** Columns are counted in code points, one behind the last character included; JavaScript's strings count otherwise. */
function liesInFile(name, { artifactLocation, region }) {
  if (!region) return;
  const path = join(folder, name, decodeURIComponent(artifactLocation.uri));
  if (!existsSync(path)) return;
  const line = readFileSync(path, "utf8").replace(/^\uFEFF/, "").split("\n")[region.startLine - 1];
  assert.ok(line !== undefined && region.endLine === region.startLine, `${path}:${region.startLine}`);
  assert.ok(region.startColumn <= region.endColumn && region.endColumn <= Array.from(line).length + 1, `${path}: ${JSON.stringify(region)}`);
}
