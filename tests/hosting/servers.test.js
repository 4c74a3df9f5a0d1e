// The recipes of docs/hosting, each in its own server on this machine: policy, types, caching, compressed files, 404, frames, no listing.
// A server that the system does not have is left out, and says so.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { PROGRAM, ROOT } from "../browser/sites.js";
import { SERVERS, has, start, unzip } from "./servers.js";

let work;
let folder;

before(() => {
  work = mkdtempSync(join(tmpdir(), "prongsai-hosting-"));
  chmodSync(work, 0o755);
  folder = join(work, "public");
  const sources = join(work, "sources");
  cpSync(join(ROOT, "tests/sites/full"), sources, { recursive: true });
  const arguments_ = ["build", "-C", sources, "--output", folder, "--compress", "--zip", join(work, "ita.zip"), "--quiet"];
  execFileSync(PROGRAM, arguments_, { stdio: "inherit" });
});

after(() => rmSync(work, { recursive: true, force: true }));

test("the ZIP unpacks in place into the published site", () => {
  const unpacked = join(work, "unpacked");
  unzip(join(work, "ita.zip"), unpacked);
  execFileSync("diff", ["-r", folder, unpacked]);
});

/** Asks as a browser does, without undoing what the server compressed. */
function ask(address, encoding = "identity", more = {}) {
  return new Promise((resolve, reject) => {
    const headers = { "accept-encoding": encoding, ...more };
    const asked = request(address, { headers, agent: false }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) }));
    });
    asked.on("error", reject).end();
  });
}

/** Directives of a policy by their name, as sets of sources. */
function directives(policy) {
  const parts = policy.split(";").map((part) => part.trim().split(/\s+/));
  return new Map(parts.map(([name, ...sources]) => [name, new Set(sources)]));
}

function read(file) {
  return readFileSync(join(folder, file));
}

for (const name of Object.keys(SERVERS)) {
  const skip = has(name) ? false : `${name} is not installed, so its recipe was left out`;
  describe(name, { skip }, () => {
    let server;
    const get = (path, encoding, more) => ask(server.address + path, encoding, more);

    before(async () => {
      mkdirSync(join(folder, "empty"), { recursive: true });
      server = await start(name, folder);
    });

    after(() => server?.stop());

    test("pages come as they are, and folders by their page", async () => {
      for (const [path, file] of [["/", "index.html"], ["/2565/", "2565/index.html"], ["/2565/index.html", "2565/index.html"]]) {
        const { status, headers, bytes } = await get(path);
        assert.equal(status, 200, path);
        assert.match(headers["content-type"], /^text\/html; *charset=utf-8$/i, path);
        assert.equal(headers["content-encoding"], undefined, path);
        assert.deepEqual(bytes, read(file), path);
      }
      const { status, headers } = await get("/2565");
      assert.ok([301, 302, 307, 308].includes(status) && headers.location.endsWith("/2565/"), `${status} ${headers.location}`);
    });

    test("every type is right, and UTF-8", async () => {
      const style = readdirSync(join(folder, "assets")).find((file) => file.endsWith(".css"));
      const types = {
        "/data/items.csv": "text/csv",
        "/data/dcat.jsonld": "application/ld\\+json",
        "/data/items.json": "application/json",
        "/sitemap.xml": "(application|text)/xml",
        "/feed.xml": "application/atom\\+xml",
        "/robots.txt": "text/plain",
        "/card/badge.svg": "image/svg\\+xml",
        "/2565/files/minutes.txt": "text/plain",
        [`/assets/${style}`]: "text/css",
      };
      for (const [path, type] of Object.entries(types)) {
        for (const encoding of ["identity", "gzip"]) {
          const { status, headers } = await get(path, encoding);
          assert.equal(status, 200, path);
          assert.match(headers["content-type"], new RegExp(`^${type}; *charset=utf-8$`, "i"), `${path} as ${encoding}`);
        }
      }
    });

    test("compressed files are sent to whoever takes them", async () => {
      for (const path of ["/", "/2565/", "/2565/index.html", "/data/items.csv", "/data/items.json", "/feed.xml"]) {
        const file = path.endsWith("/") ? `${path.slice(1)}index.html` : path.slice(1);
        const { status, headers, bytes } = await get(path, "gzip, deflate");
        assert.equal(status, 200, path);
        assert.equal(headers["content-encoding"], "gzip", path);
        assert.match(headers.vary ?? "", /accept-encoding/i, path);
        assert.deepEqual(bytes, read(`${file}.gz`), `${path} is the file that was made`);
        assert.deepEqual(gunzipSync(bytes), read(file), path);
        const brotli = await get(path, "gzip, deflate, br");
        if (brotli.headers["content-encoding"] === "br") {
          assert.deepEqual(brotliDecompressSync(brotli.bytes), read(file), path);
        } else {
          assert.ok(name === "nginx", `${path} as Brotli`);
          assert.deepEqual(gunzipSync(brotli.bytes), read(file), path);
        }
      }
    });

    test("what does not exist is answered with the page for that", async () => {
      for (const path of ["/no-such-page/", "/2565/no.csv", "/assets/style.00000000.css"]) {
        for (const encoding of ["identity", "gzip"]) {
          const { status, headers, bytes } = await get(path, encoding);
          assert.equal(status, 404, path);
          assert.match(headers["content-type"], /^text\/html; *charset=utf-8$/i, path);
          assert.equal(headers["cache-control"], "no-cache", path);
          assert.match(headers["content-security-policy"] ?? "", /frame-ancestors 'none'/, path);
          const page = headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
          assert.deepEqual(page, read("404.html"), path);
        }
      }
    });

    test("no folder is listed", async () => {
      for (const path of ["/assets/", "/empty/", "/2565/files/"]) {
        const { status, bytes } = await get(path);
        assert.ok([403, 404].includes(status), `${path}: ${status}`);
        assert.doesNotMatch(bytes.toString(), /Index of/i, path);
      }
    });

    test("assets stay, and all else is asked for again", async () => {
      for (const file of readdirSync(join(folder, "assets")).filter((file) => !/\.(gz|br)$/.test(file))) {
        for (const encoding of ["identity", "gzip"]) {
          const { headers } = await get(`/assets/${file}`, encoding);
          assert.equal(headers["cache-control"], "public, max-age=31536000, immutable", file);
        }
      }
      for (const path of ["/", "/2565/", "/data/scores.csv", "/card/badge.svg", "/2565/files/minutes.txt"]) {
        for (const encoding of ["identity", "gzip"]) {
          const { headers } = await get(path, encoding);
          assert.equal(headers["cache-control"], "no-cache", path);
          const again = await get(path, encoding, { "if-none-match": headers.etag });
          assert.equal(again.status, 304, `${path} is not sent again`);
        }
      }
    });

    test("the policy takes nothing from a page that it allows itself, and frames are for the card alone", async () => {
      const pages = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith("index.html"));
      assert.ok(pages.length > 15, `${pages.length}`);
      for (const file of pages) {
        for (const encoding of ["identity", "gzip"]) {
          const { headers } = await get(`/${file.replace(/index\.html$/, "")}`, encoding);
          const policy = directives(headers["content-security-policy"]);
          const own = directives(read(file).toString().match(/Content-Security-Policy" content="([^"]+)"/)[1]);
          for (const [directive, sources] of own) {
            const allowed = policy.get(directive);
            assert.ok(allowed && [...sources].every((source) => allowed.has(source)), `${file}: ${directive}`);
          }
          assert.deepEqual([...policy.get("default-src")], ["'none'"], file);
          const framed = file.endsWith("card/index.html") ? "*" : "'none'";
          assert.deepEqual([...policy.get("frame-ancestors")], [framed], file);
        }
      }
      const { headers } = await get("/card/index.html");
      assert.match(headers["content-security-policy"], /frame-ancestors \*/);
    });

    test("the other headers are everywhere, once", async () => {
      for (const path of ["/", "/card/", "/data/scores.csv", "/no-such-page/", "/card/badge.svg"]) {
        const { headers } = await get(path);
        assert.equal(headers["x-content-type-options"], "nosniff", path);
        assert.equal(headers["referrer-policy"], "strict-origin-when-cross-origin", path);
        assert.match(headers["permissions-policy"] ?? "", /camera=\(\).*geolocation=\(\)/, path);
      }
    });
  });
}
