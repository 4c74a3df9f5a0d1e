// The cases of `tests/cases`, each laid over the site that it comes from.

import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./sites.js";

const TESTS = join(ROOT, "tests");

/** Every case, as `score/total-mismatch`. */
export function cases() {
  return folders(join(TESTS, "cases")).flatMap((area) => folders(join(TESTS, "cases", area)).map((name) => `${area}/${name}`));
}

function folders(path) {
  return readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** Lays a case over the site that it comes from, in a folder of its own below `folder`. */
export function lay(name, folder) {
  const [root, own] = [join(folder, name), join(TESTS, "cases", name)];
  const base = existsSync(join(own, "base")) ? readFileSync(join(own, "base"), "utf8") : "sites/minimal";
  const [under, ...leftOut] = base.split("\n").filter((line) => line !== "");
  if (under !== "-") cpSync(join(TESTS, under), root, { recursive: true });
  leftOut.forEach((path) => rmSync(join(root, path)));
  cpSync(own, root, { recursive: true, filter: (path) => ![join(own, "base"), join(own, "expected")].includes(path) });
  return root;
}
