// Every page by the Nu Html Checker: no error and no warning.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import vnu from "vnu-jar";
import { build } from "./sites.js";

// The checker reads files and asks no server on loopback, so 'self' names nothing that a page loads. Whether the policy holds is seen in
// the browser, which reports every breach of it (pages.test.js).
const OF_FILES = /^Resource violates Content Security Policy \(meta tag\): .* “[^:”]*” blocked/;

// A block of data is no script, and no policy looks at it (HTML, "prepare the script element": without a type that is run, nothing is done).
const DATA = 'type="application/ld+json"';

const { sites, remove } = build();
after(remove);

for (const site of sites) {
  test(`${site.name}: the HTML of every page is valid`, { timeout: 180_000 }, async () => {
    const files = [...site.pages, "404.html"].map((file) => join(site.folder, file));
    const how = ["-jar", vnu, "--format", "json", "--stdout", "--exit-zero-always"];
    const { stdout } = await promisify(execFile)("java", [...how, ...files], { maxBuffer: 1 << 26 });
    const line = ({ url, lastLine, subType, type, message }) => `${url}:${lastLine} ${subType ?? type}: ${message}`;
    const isMistaken = ({ message, extract = "" }) =>
      OF_FILES.test(message) || (message.startsWith("Inline script violates") && extract.includes(DATA));
    const found = JSON.parse(stdout).messages.filter((one) => !isMistaken(one));
    assert.equal(found.map(line).join("\n"), "");
  });
}
