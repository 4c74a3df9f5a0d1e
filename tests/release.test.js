// What .ci/release puts into an archive, without building: names, modes, licences, and the same bytes every time.

const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { after, test } = require("node:test");

const ROOT = join(__dirname, "..");
const TARGET = "x86_64-unknown-linux-gnu";
const version = readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m)[1];
const name = `prongsai-${version}-${TARGET}`;
const work = mkdtempSync(join(tmpdir(), "prongsai-release-"));
const program = join(work, "program");
writeFileSync(program, "#!/bin/sh\necho a program\n");

after(() => rmSync(work, { recursive: true }));

const release = (...arguments_) => execFileSync(join(ROOT, ".ci/release"), arguments_, { encoding: "utf8" }).trim().split("\n");
const tar = (...arguments_) => execFileSync("tar", arguments_, { encoding: "utf8", maxBuffer: 1 << 28 });

test("an archive holds the program, licences and the guide, and lists them beforehand", () => {
  const [archive] = release("--target", TARGET, "--program", program, work);
  assert.equal(archive, join(work, `${name}.tar.gz`));
  const files = tar("-tzf", archive).trim().split("\n").filter((file) => !file.endsWith("/"));
  assert.deepEqual(files.sort(), release("--list", "--target", TARGET).sort());
  for (const file of ["prongsai", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.txt", "README.md", "docs/hosting/vendor.th.md"]) {
    assert.ok(files.includes(`${name}/${file}`), file);
  }
  const rows = tar("-tvzf", archive, "--numeric-owner").trim().split("\n");
  assert.ok(rows.every((row) => / 0\/0 /.test(row)), "nobody's files");
  assert.deepEqual(rows.filter((row) => row.startsWith("-rwx")).map((row) => row.split("/").at(-1)), ["prongsai"]);
  assert.deepEqual(readdirSync(work).sort(), [`${name}.tar.gz`, "program"].sort());
});

test("every package that is compiled in is named with its licence", () => {
  const [archive] = release("--target", TARGET, "--program", program, work);
  const texts = tar("-xOzf", archive, `${name}/THIRD-PARTY.txt`);
  const tree = ["tree", "--locked", "--edges", "normal", "--target", TARGET, "--prefix", "none", "--format", "{p}"];
  const packages = execFileSync("cargo", tree, { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  for (const line of packages.filter((line) => !line.startsWith("prongsai "))) {
    const [, name, version] = line.match(/^(\S+) v(\S+)/);
    assert.ok(texts.includes(`── ${name} ${version}: `), `${name} ${version}`);
  }
  assert.ok(!texts.includes(ROOT) && !texts.includes(process.env.HOME + "/"));
});

test("the same program gives the same bytes, in any place and zone", () => {
  const bytes = ["a", "b"].map((place) => {
    const zone = place === "a" ? "UTC" : "Asia/Bangkok";
    const folder = join(work, place);
    execFileSync(join(ROOT, ".ci/release"), ["--target", TARGET, "--program", program, folder], { env: { ...process.env, TZ: zone } });
    const archive = readFileSync(join(folder, `${name}.tar.gz`));
    rmSync(folder, { recursive: true });
    return archive;
  });
  assert.ok(bytes[0].equals(bytes[1]));
});

test("a program for Windows has the name that it has there", () => {
  const files = release("--list", "--target", "x86_64-pc-windows-gnu");
  assert.ok(files.includes(`prongsai-${version}-x86_64-pc-windows-gnu/prongsai.exe`), files.join("\n"));
});
