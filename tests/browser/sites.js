// The sites that are looked at: built from their sources into a folder of their own, and served as a web server would.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const PROGRAM = process.env.PRONGSAI ?? join(ROOT, "target/debug/prongsai");

/** By name: the example that is the repository's own root, one agency with everything, a portal, and the guide. */
const SOURCES = { example: ".", full: "tests/sites/full", portal: "tests/sites/portal", guide: "docs" };

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Builds every site, and with `english` the example once more in that language. `pages` are the HTML files that have an address of
 * their own, `remove` deletes all of it again.
 */
export function build({ english = false } = {}) {
  const output = mkdtempSync(join(tmpdir(), "prongsai-"));
  const sources = Object.entries(SOURCES).map(([name, source]) => [name, join(ROOT, source)]);
  if (english) sources.push(["english", inEnglish(join(output, "sources"))]);
  const sites = sources.map(([name, source]) => {
    const folder = join(output, name);
    execFileSync(PROGRAM, ["build", "-C", source, "--output", folder, "--quiet"], { stdio: "inherit" });
    const pages = htmlFiles(folder).filter((page) => page !== "404.html");
    return { name, folder, pages, file: `${pathToFileURL(folder)}/` };
  });
  return { sites, remove: () => rmSync(output, { recursive: true }) };
}

/** The sources of the example with the words of the theme in English. */
function inEnglish(folder) {
  const settings = readFileSync(join(ROOT, "prongsai.yaml"), "utf8").replace("numerals: thai", "numerals: arabic");
  cpSync(join(ROOT, "content"), join(folder, "content"), { recursive: true });
  writeFileSync(join(folder, "prongsai.yaml"), `${settings}\nlanguage: en\n`);
  return folder;
}

/** By kind, the first page that says in its `body` that it is of that kind. */
export function kinds(sites) {
  const found = new Map();
  for (const site of sites) {
    for (const file of site.pages) {
      const [, kind] = readFileSync(join(site.folder, file), "utf8").match(/<body class="kind-([a-z_]+)"/);
      if (!found.has(kind)) found.set(kind, { site, file });
    }
  }
  return found;
}

/** The files of a folder that end in `.html`, with `/` between folders. */
function htmlFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return htmlFiles(path).map((file) => `${entry.name}/${file}`);
    return entry.name.endsWith(".html") ? [relative(folder, path).split(sep).join("/")] : [];
  });
}

/**
 * Serves a folder on loopback under a path such as `/a/b/`. What does not exist there is answered with `404.html`, as on a web
 * server; what is asked for outside of that path is a link that would break in a sub-folder, and is kept in `strays`.
 */
export async function serve(folder, path) {
  const strays = [];
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (!asked.startsWith(path)) strays.push(asked);
    const { status, type, bytes } = answer(folder, asked.startsWith(path) ? asked.slice(path.length) : null);
    response.writeHead(status, { "content-type": type }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}${path}`;
  const close = () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    return closed;
  };
  return { address, strays, close };
}

function answer(folder, file) {
  const name = file === "" || file?.endsWith("/") ? `${file}index.html` : file;
  const read = (status, name) => {
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    return { status, type, bytes: readFileSync(join(folder, name)) };
  };
  try {
    return read(200, name);
  } catch {
    return read(404, "404.html");
  }
}
