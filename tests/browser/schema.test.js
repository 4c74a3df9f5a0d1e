// Whether the schemas take what `check` takes and refuse what it refuses for its form, as a public validator sees it that reads YAML as
// editors do: 1.2, with its numbers and truth values.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, test } from "node:test";
import Ajv from "ajv";
import { LineCounter, isMap, isPair, parseDocument } from "yaml";
import { cases, lay } from "./cases.js";
import { PROGRAM, ROOT } from "./sites.js";

const folder = mkdtempSync(join(tmpdir(), "prongsai-"));
after(() => rmSync(folder, { recursive: true }));

/** Which schema is for which file. */
const KINDS = [
  ["prongsai", /^prongsai\.yaml$/],
  ["agency", /^content\/[^/]+\/agency\.yaml$/],
  ["scores", /\/\d{4}\/scores\.yaml$/],
  ["measures", /\/\d{4}\/measures\.yaml$/],
  ["disclosure", /\/\d{4}\/disclosure\.yaml$/],
  ["framework", /^framework\/\d{4}\.yaml$/],
  ["analysis", /\/\d{4}\/(iit|eit|oit)\.md$/],
  ["memo", /\/\d{4}\/memo(-[a-z0-9-]+)?\.md$/],
  ["narrative", /(^content\/|\/)(index|report|pages\/[^/]+)\.md$/],
];

const schemas = new Map();
const ajv = new Ajv({ allErrors: true });
for (const [name] of KINDS) schemas.set(name, ajv.compile(JSON.parse(run(ROOT, "schema", name))));

/** Findings of form that an editor cannot have, each with the reason. */
const UNSEEN = {
  "files/not-utf8": "bytes; an editor opens the file in whichever encoding it is told",
  "files/too-large": "the size of a file",
  "files/empty": "a file without a value is not validated at all",
  "files/odd-indent": "blanks are no part of the data",
  "files/reference": "anchors, aliases and tags are resolved before a schema is asked",
  "files/several-documents": "each document is validated alone",
  "files/too-deep": "the depth of brackets, as of any text that is no data",
  "files/year-mismatch": "the name of the folder is not in the file",
  "files/missing-file": "other files",
  "files/year-folder": "names of folders",
  "files/outside-link": "the file system",
  "files/case-twins": "names of files",
  "files/windows-name": "names of files",
  "files/theme": "files of a theme have no schema",
  "files/framework": "sums, and entries that name one another",
  "text/dangerous-link": "prose",
  "text/unknown-binding": "prose",
  "text/broken-binding": "prose",
  "text/template-tag": "prose",
};

/** Findings that a schema sees elsewhere but not here: code, file, what the message holds, and why. */
const EXCEPTIONS = [
  ["score/unreadable", "content/2565/scores.yaml", "81.405", "YAML reads a number, whose decimals no schema counts"],
  ["score/unreadable", "content/2565/scores.yaml", "8.1e1", "YAML reads a number, whatever it is written as"],
  ["files/bad-date", "content/", "ไม่มีวันที่", "which days a month has"],
  ["files/bad-date", "content/", "สิ้นสุด", "which of two dates comes first"],
  ["files/bad-id", "content/2565/measures.yaml", "แล้ว", "whether another measure has the same id"],
  ["files/duplicate-key", "content/2566/disclosure.yaml", "o1", "which codes are equal although they are written differently"],
  ["files/bad-id", "content/pages/", "ใช้เป็นที่อยู่หน้าเว็บไม่ได้", "the name of the file is not in it"],
  ["files/missing-key", "content/pages/", "title", "one schema is for all narratives, of which only pages must have a title"],
];

test("every file of every site is taken", () => {
  const roots = ["." , "tests/sites/full", "tests/sites/minimal", "tests/sites/portal"].map((path) => join(ROOT, path));
  const begun = ["2561", "2562", "2563", "2564", "2565", "2566", "2567", "2568", "2569", "2570"].map((year) => begin(year));
  let count = 0;
  for (const root of [...roots, ...begun]) {
    for (const path of files(root)) {
      count += 1;
      assert.deepEqual(refusals(root, path).map(String), [], join(root, path));
    }
  }
  assert.ok(count > 150, `${count} files`);
});

test("every framework of the program is taken", () => {
  const root = join(folder, "frameworks");
  mkdirSync(root);
  for (const name of readdirSync(join(ROOT, "src/framework")).filter((name) => name.endsWith(".yaml"))) {
    write(root, `framework/${name}`, readFileSync(join(ROOT, "src/framework", name), "utf8"));
    assert.deepEqual(refusals(root, `framework/${name}`).map(String), [], name);
  }
});

test("what init writes leads to the schemas that it writes", () => {
  const root = begin("2565");
  for (const path of files(root).filter((path) => path.endsWith(".yaml"))) {
    const [, to] = /^# yaml-language-server: \$schema=(.+)$/m.exec(readFileSync(join(root, path), "utf8").split("\n")[0]);
    const schema = JSON.parse(readFileSync(join(root, dirname(path), to), "utf8"));
    assert.equal(schema.title, JSON.parse(run(ROOT, "schema", kind(path))).title, path);
  }
});

test("every finding of form is refused at its line, or it is known why not", () => {
  const kinds = form();
  const [seen, met, unseen] = [new Set(), new Set(), []];
  for (const name of cases()) {
    const root = lay(name, folder);
    const refused = new Map();
    for (const finding of found(root)) {
      const { code, file, line, message } = finding;
      if (finding.severity !== "error" || !kinds.has(code) || UNSEEN[code] || !kind(file)) continue;
      const excepted = EXCEPTIONS.findIndex(([of, at, part]) => of === code && file.startsWith(at) && message.th.includes(part));
      met.add(excepted);
      if (excepted >= 0) continue;
      if (!refused.has(file)) refused.set(file, refusals(root, file));
      const isRefused = refused.get(file).some((refusal) => refusal.isOfParser || refusal.line === line);
      if (!isRefused) unseen.push(`${name}: ${code} ${file}:${line} ${message.th}, refused: ${refused.get(file).join("; ")}`);
      seen.add(code);
    }
  }
  assert.deepEqual(unseen, []);
  // No editor holds a spreadsheet to a schema.
  const expected = [...kinds].filter((code) => !UNSEEN[code] && !code.startsWith("import/")).sort();
  assert.deepEqual([...seen].sort(), expected, "kinds of form that no case shows to a schema");
  EXCEPTIONS.forEach((exception, index) => assert.ok(met.has(index), `no case of ${exception.join(" ")}`));
});

test("schema and reader agree on what may be written", () => {
  const values = written();
  const root = join(folder, "agreement");
  write(root, "prongsai.yaml", "portal: { name: ศูนย์ตัวอย่าง, short_name: ศูนย์ }\n");
  const paths = values.map(([file, text], index) => {
    const path = `content/a-${index}/${file}`;
    write(root, `content/a-${index}/agency.yaml`, "name: องค์การบริหารส่วนตำบลตัวอย่าง\nshort_name: อบต.ตัวอย่าง\nprovince: ก\ndistrict: ข\n");
    write(root, path, text);
    return path;
  });
  const kinds = form();
  const errors = found(root).filter(({ severity, code }) => severity === "error" && kinds.has(code));
  const told = new Map();
  for (const { file, code } of errors) told.set(file, [...(told.get(file) ?? []), code]);
  const differences = paths.flatMap((path, index) => {
    const [, text, why] = values[index];
    const [reader, schema] = [told.get(path) ?? [], refusals(root, path)];
    const agrees = (reader.length > 0) === (schema.length > 0);
    if (why) return agrees ? [`${text}: agrees, although ${why}`] : [];
    return agrees ? [] : [`${text}: reader ${reader.join(", ") || "takes it"}, schema ${schema.join("; ") || "takes it"}`];
  });
  assert.deepEqual(differences, []);
});

test("schema and reader agree on settings and frameworks", () => {
  const kinds = form();
  const differences = settings().flatMap(([path, text], index) => {
    const root = join(folder, `settings-${index}`);
    write(root, "prongsai.yaml", "agency: { name: องค์การบริหารส่วนตำบลตัวอย่าง, short_name: อบต.ตัวอย่าง }\n");
    write(root, path, text);
    const reader = found(root).filter(({ file, severity, code }) => {
      return file === path && severity === "error" && kinds.has(code) && !UNSEEN[code];
    });
    const schema = refusals(root, path);
    if ((reader.length > 0) === (schema.length > 0)) return [];
    return [`${text}: reader ${reader.map(({ code }) => code).join(", ") || "takes it"}, schema ${schema.join("; ") || "takes it"}`];
  });
  assert.deepEqual(differences, []);
});

/** Settings and frameworks, each with what differs. */
function settings() {
  const agency = "agency: { name: ก, short_name: ข }";
  const own = (line) => ["prongsai.yaml", `agency:\n  name: ก\n  short_name: ข\n  ${line}\n`];
  const year = (line) => ["framework/2570.yaml", `fiscal_year: 2570\nextends: 2569\nsure: I\n${line}\n`];
  const shown = (value) => year(`components: [{ id: a, title: ก, shown_by: ${value} }]`);
  const items = (value) => year(`groups: [{ id: 9.1, indicator: 9, items: ${value} }]`);
  return [
    ...[
      agency, "portal: { name: ก, short_name: ข }", `${agency}\nportal: { name: ก, short_name: ข }`, `${agency}\nportal:`, "numerals: thai",
      "agency:", "agency:\nportal: { name: ก, short_name: ข }", "agency: { name: ก }", "portal: { name: ก }", "agency: ก",
      ...["numerals: thai", "numerals: Thai", "numerals:", "personal_names: positions", "language: en", "language: fr", "theme: own"].map((line) => `${agency}\n${line}`),
      ...["https://example.go.th/ita/", "http://example.go.th", "www.example.go.th", "https://ก.ไทย/", "https://example.go.th/?a", "https:///", ""].map(
        (value) => `${agency}\nbase_url: ${value}`,
      ),
      ...["{ url: https://example.go.th/, path: หน้าแรก > ITA }", "{ url: https://example.go.th/, path: [หน้าแรก, ITA] }", "{ path: ITA }", "{ url: }"].map(
        (value) => `${agency}\nmain_site: ${value}`,
      ),
      ...["{ /a/: /b/ }", "{ /a/: }", "{ /a/: [/b/] }", "[/a/]"].map((value) => `${agency}\nmoved: ${value}`),
    ].map((text) => ["prongsai.yaml", `${text}\n`]),
    ...["kind: อบต.", "kind: อื่น ๆ", "kind: อื่นๆ", "kind: อบต", "kind:", "former_names: [{ until: 2560, name: ก, short_name: ข }]"].map(own),
    ...["former_names: { until: 2560, name: ก, short_name: ข }", "former_names: [{ name: ก, short_name: ข }]", "phone: 044", "phone: [044]"].map(own),
    ...["", "pass: 85", "pass: 185", "items_total: 35", "items_total: 256", "items_total_sure: V", "items_total_sure: v", "sur: I"].map(year),
    ...["item_weight: sub-indicator-means", "item_weight: means", "roles: { analysis: O42, results_from: same }", "roles: { analysis: 42 }"].map(year),
    ...["levels: [{ name: ก, total: 0 }]", "levels: [{ name: ก }]", "levels: [{ name: ก, total: 0, instruments: 85, sure: D }]"].map(year),
    ...["{ heading: [ก] }", "{ heading: ก }", "{ measures: measure }", "{}", "{ heading: }", "{ heading:, measures: steps }", "ก"].map(shown),
    ...["{ O1: ก }", "{ O1: { title: ก, sure: V } }", "{ O1: { titel: ก } }", "{ O1: }", "{ 1: ก }", "[ก]", ""].map(items),
  ];
}

/** Files of two lines or so, each with what differs; where reader and schema do not agree, with the reason. */
function written() {
  const score = (value, why) => ["2565/scores.yaml", `fiscal_year: 2565\nindicators:\n  1: ${value}\n`, why];
  const item = (value, why) => ["2565/scores.yaml", `fiscal_year: 2565\nindicators:\nitems:\n  O1: ${value}\n`, why];
  const code = (value, why) => ["2566/disclosure.yaml", `fiscal_year: 2566\nanswers_for: ${value}\n`, why];
  const year = (value, why) => ["2565/scores.yaml", `fiscal_year: ${value}\nindicators:\n`, why];
  const key = (value, why) => ["2565/scores.yaml", `fiscal_year: 2565\nindicators:\n  ${value}: 80\n`, why];
  const answer = (value, why) => ["2566/disclosure.yaml", `fiscal_year: 2566\nitems:\n  O1: ${value}\n`, why];
  const measure = (line, why) => ["2565/measures.yaml", `fiscal_year: 2566\nmeasures:\n  - measure: ก\n    ${line}\n`, why];
  const date = (value, why) => ["2565/measures.yaml", `fiscal_year: 2566\ndecided: { date: ${value} }\nmeasures: []\n`, why];
  const period = (value, why) => measure(`period: ${value}`, why);
  const point = (value, why) => measure(`follow_up: { text: ก, date: ${value} }`, why);
  const memo = (value, why) => [
    "2565/memo.md",
    `---\noffice: ก\nnumber: ${value}\ndate: 2565-09-27\nsubject: ก\nto: ก\nsigned_by: { name: ก, position: ข }\n---\nก\n`,
    why,
  ];
  const whole = (text, why) => ["2565/scores.yaml", text, why];
  const number = "YAML reads a number, whatever it is written as";
  const calendar = "only a calendar knows";
  const decoded = "percent signs are decoded first";
  const order = "which of two dates comes first";
  return [
    ...[
      "86.92", "83.40", "0", "100", "100.0", "'100.00'", "๘๖.๙๒", "๑๐๐", "๑๐๐.๐", "๐", "'86.9'", "-0", "\"-0.0\"", "−0",
      "007", "~", "", "null", "''", "' '", "'๘๖ '", "|\n    86.92\n",
    ].map((value) => score(value)),
    ...[
      "101", "-1", "100.01", "๑๐๐.๐๑", "'86.925'", "๘๖.๙๒๕", "86,92", "๘๖,๙๒", "86.92 คะแนน", "84%", "๘2", "ดี", "true",
      "no", ".nan", ".inf", "[86]", "{ a: 1 }", "'+5'", "'5.'", "'.5'", "๕.", "−๑", "'1e1'",
    ].map((value) => score(value)),
    ...["81.405", "8.1e1", "5.", ".5", "+5", "0x51", "0o17"].map((value) => score(value, number)),
    ...[
      "0", "100", "100.0", "๐", "๑๐๐", "๑๐๐.๐๐", "'0.0'", "", "50", "1", "๕๐", "101", "-1", "'100.5'", "ได้",
    ].map((value) => item(value)),
    ...[
      "all", "", "O1", "o๔๒", "O042", "[O1, O42]", "[]", "O255", "O99", "O0", "O00", "O256", "O0001", "42", "042", "OIT1",
      "[42]", "{ O1: 1 }", "ALL", "[O1, ~]", "true", "ทุกข้อ",
    ].map((value) => code(value)),
    ...[
      "2565", "๒๕๖๕", "'2565'", "2022", "๒๐๒๒", "\" 2565 \"", "๒๕\u200b๖๕", "65", "3108", "1479", "๒๕๖5", "2300", "256",
      "2565/2566", "ปี 2565", "", "~", "true", "[2565]", "2565.5", "-2565",
    ].map((value) => year(value)),
    ...["1", "๑", "10", "'1'", "255", "256", "หนึ่ง", "1.5", "O1", "-1"].map((value) => key(value)),
    ...[
      "https://example.go.th", "HTTPS://www.example.go.th/ก ข?a=1#b", "https://ตัวอย่าง.ไทย/", "/", "/2565/",
      "/2565/index.html", "/data/scores.csv", "/2565/#m1", "files/a.pdf", "files/ก ข/a.b.pdf", "files/...", "'#a'",
      "mailto:a@example.go.th", "tel:๐๔๔-๖๓๔๗๘๐", "{ to: /2565/ }", "{ to: /2565/, label: ก, path: ก > ข }",
      "{ to: /2565/, path: [ก, ข] }", "[/2565/, files/a.pdf, { to: /2565/ }]", "[]", "{ links: /2565/ }",
      "{ links: [/2565/], note: ก }", "{ none: ก }", "", "~",
    ].map((value) => answer(value)),
    ...[
      "C:\\a.pdf", "file:///a", "www.example.go.th", "javascript:alert(1)", "data:text/html,a", "../2565/", "a.pdf",
      "ftp://example.go.th/", "https://", "https:///a", "https://a@example.go.th/", "https://:80/", "http:/example",
      "//example.go.th/", "/files/a.pdf", "/2565//", "/../a", "/2565?a", "files/", "files//a", "files/../a", "files/a/",
      "files/a\\b", "'#'", "mailto:a", "tel:1", "5", "true", "{ to: '' }", "{ to: }", "{ label: ก }",
      "{ to: /2565/, titel: ก }", "{ none: }", "{ none: ก, note: ข }", "{ note: ก }", "{ links: /2565/, to: /2565/ }",
      "{}", "[/2565/, ~]", "[[/2565/]]", "{ to: [/2565/] }",
    ].map((value) => answer(value)),
    answer("mailto:a%40example.go.th"),
    ...["files/%2e%2e/a", "mailto:a%40b"].map((value) => answer(value, decoded)),
    ...[
      "๒๗ กันยายน ๒๕๖๕", "27 กันยายน 2022", "๒๑ ก.ย. ๖๕", "๑ ส.ค. ๒๕๖๕", "วันที่ ๒๗ กันยายน พ.ศ. ๒๕๖๕",
      "วันที่๒๗กันยายนพ.ศ.๒๕๖๕", "๒๗ กัน\u200bยายน ๒๕๖๕", "วันท่ี ๒๗ กันยายน ๒๕๖๕", "27/9/2565", "๒๗/๐๙/๒๕๖๕",
      "27 / 9 / 65", "2565-09-27", "2022-09-27", "๒๕๖๕-๐๙-๒๗", "2565–9–27", "๒๑ ก.ย ๒๕๖๕", "๒๑ กย ๖๕", "๑๒ กรกฏาคม ๒๕๖๖",
      "๒๗ กันยายน ๒๕๖5", "1 มี.ย. 66", "",
    ].map((value) => date(value)),
    ...[
      "27/13/2565", "๑ มี.ค. ๔๙", "๑ มี.ค. ๓๑๐๕", "๑ มี.ค. พ.ศ. 2022", "๑ มี.ค. ๒๕๖", "๒๗ กันยายน", "๒๗ กันยายน พ.ศ.",
      "27/9", "กันยายน ๒๕๖๕", "2565-09", "๒๗", "2565", "271 กันยายน 2565", "๒๗ กันย่า ๒๕๖๕",
      "๒๗ กันยายน ๒๕๖๕ เวลา ๙.๐๐ น.", "๒๗ ก.ค.ศ. ๒๕๖๕", "27-9-2565", "27/9/", "๐ ก.ย. ๖๕", "32/1/2565", "2565-00-01",
      "true", "[2565-09-27]", "ไม่ทราบ", "๑ – ๓๑ มี.ค. ๖๖",
    ].map((value) => date(value)),
    ...["๓๑ กุมภาพันธ์ ๒๕๖๖", "30/2/2567", "2565-09-31"].map((value) => date(value, calendar)),
    ...[
      "มีนาคม ๒๕๖๖", "มี.ค. ๖๖", "2566-03", "2566-03-31", "๓๑ มี.ค. ๖๖", "", "มีนาคม", "๒๕๖๖", "ไตรมาส ๑",
    ].map((value) => point(value)),
    ...[
      "ม.ค. ๖๖ - มี.ค. ๖๖", "ม.ค. ๖๖–มี.ค. ๖๖", "ม.ค. ๖๖ ถึง มี.ค. ๖๖", "ม.ค.ถึงมี.ค.๖๖", "ต.ค. – มี.ค. ๖๖", "มี.ค. ๖๖",
      "๑ – ๓๑ มี.ค. ๖๖", "วันที่ ๑-๓๑ มีนาคม พ.ศ. ๒๕๖๖", "๑ ต.ค. – ๓๑ มี.ค. ๖๖", "วันที่ ๑ ต.ค. ๖๕ ถึงวันที่ ๓๑ มี.ค. ๖๖",
      "1/10/2565-31/3/2566", "1/10 – 31/3/2566", "2565-10-2566-03", "2565-10-01 - 2566-03-31", "๑๕ มี.ค. ๖๖ – มี.ค. ๖๖",
      "ไตรมาส ๑–๒", "ไตรมาส ๑ ถึง ไตรมาส ๔", "ไตรมาสที่ ๑", "ไตรมาส 4/2566", "ไตรมาสที่๒-๓/๒๕๖๖", "ตลอดปีงบประมาณ",
      "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๖", "ต.ค. ๖๕ - มี.ค ๖๖", "{ from: 2566-01, to: มี.ค. ๖๖ }", "",
    ].map((value) => period(value)),
    ...[
      "ไตรมาส ๕", "ไตรมาส", "ไตรมาส ๑/", "ม.ค. ๖๖ – มี.ค.", "ม.ค. – มี.ค.", "มี.ค.", "ม.ค. ๖๖ –", "ทุก ๖ เดือน",
      "พ.ศ. ๒๕๖๖-๒๕๗๐", "๒๕๖๖-๒๕๗๐", "ตลอดปีงบประมาณ พ.ศ.", "ตลอดปี", "{ from: 2566-01 }", "{ from: 2566-01, to: }",
      "{ from: 2566-01, to: 2566-03, until: 1 }", "[2566-01, 2566-03]", "2566",
    ].map((value) => period(value)),
    ...["มี.ค. ๖๖ – ม.ค. ๖๖", "ไตรมาส ๒–๑", "{ from: 2566-03, to: 2566-01 }"].map((value) => period(value, order)),
    period("๑ – มี.ค. ๖๖", "a day cannot take its month from a month"),
    ...[
      "id: complaint-channel", "id: m1", "id: true", "id: A", "id: a", "id: 12", "id: ก", "id: a_b", "id: -a", "title: 5",
      "title: true", "title: [ก]", "title: { a: 1 }", "addresses: 5", "addresses: [5, ๘]", "addresses: ๕",
      "addresses: [-5]", "addresses: [256]", "addresses: [ห้า]", "addresses: [๒๕๖]", "addresses: [~]", "addresses: ''",
      "steps: [ก, ข]", "steps: { ก: ข }", "steps: [[ก]]", "responsible: สำนักปลัด", "follow_up: ก", "follow_up: { text: }",
      "follow_up: [ก]", "results: []", "results: {}", "results: [ก]",
      "results: [{ date: 2566-03-31, status: done, summary: ก }]",
      "results: [{ date: 2566-03-31, status: ' done ', summary: ก }]",
      "results: [{ date: 2566-03-31, status: finished, summary: ก }]",
      "results: [{ date: 2566-03-31, status: done, summary: }]",
      "results: [{ date: 2566-03-31, status: เสร็จแล้ว, summary: 5, of: 1, evidence: files/a.pdf }]", "responsibel: ก",
      "measures: ก",
    ].map((line) => measure(line)),
    measure("addresses: [5.0]", number),
    ...["บร ๗๖๑๐๑/๖๕๖", "'1/2/3'", "' 1 / 2 '", "1/2565", "12", "/1", "1/", "1//2", "' / '"].map((value) => memo(value)),
    ...[
      "fiscal_year: 2565\n", "fiscal_year: 2565\nannounced:\n", "fiscal_year: 2565\nannounced: { total: }\n",
      "fiscal_year: 2565\nannounced: { level: A }\n", "fiscal_year: 2565\nannounced: { total: 80 }\n",
      "fiscal_year: 2565\nindicators:\n", "fiscal_year: 2565\nindicators: ''\n", "indicators:\n",
      "fiscal_year: 2565\nindicators: [80]\n", "fiscal_year: 2565\nindicators: 80\n", "- 1\n", "ก\n",
      "fiscal_year: 2565\nindicators:\nassessor: nacc\n", "fiscal_year: 2565\nindicators:\nassessor: NACC\n",
      "fiscal_year: 2565\nindicators:\nassessor:\n", "fiscal_year: 2565\nindicators:\nassessor: [nacc]\n",
      "fiscal_year: 2565\nindicators:\ninstruments: { IIT: 80 }\nweighted: { IIT: 24 }\nparts: { EIT: [80, ๘๑] }\n",
      "fiscal_year: 2565\nindicators:\nparts: { EIT: 80 }\n", "fiscal_year: 2565\nindicators:\nparts: { EIT: [80, ~] }\n",
      "fiscal_year: 2565\nindicators:\naccept: { code: a, reason: b }\n",
      "fiscal_year: 2565\nindicators:\naccept: [{ code: score/total-mismatch }]\n",
      "fiscal_year: 2565\nindicators:\naccept:\n", "fiscal_year: 2565\nannounced: { total: 80, titel: 1 }\n",
    ].map((text) => whole(text)),
  ];
}

/** A new site of a year, and one more year of it. */
function begin(year) {
  const root = join(folder, `begun-${year}`);
  if (!readdirSync(folder).includes(`begun-${year}`)) {
    run(folder, "-q", "init", root, "--name", "องค์การบริหารส่วนตำบลตัวอย่าง", "--short-name", "อบต.ตัวอย่าง", "--year", year);
    run(root, "-q", "new", String(Number(year) + 1));
  }
  return root;
}

function run(root, ...args) {
  const { stdout, stderr, status, error } = spawnSync(PROGRAM, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  assert.ok(!error && stderr === "" && status !== 2 && status !== 3, `${args.join(" ")}: ${error ?? stderr}`);
  return stdout;
}

/** What a check of a site finds. */
function found(root) {
  return run(root, "check", "-v", "--format", "json").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** The kinds of findings that are about the form of files, by the catalog. */
function form() {
  const catalog = join(ROOT, "src/finding/catalog");
  const texts = readdirSync(catalog).map((name) => readFileSync(join(catalog, name), "utf8"));
  return new Set(texts.flatMap((text) => [...text.matchAll(/= "([a-z/0-9-]+)", Error, Form/g)].map(([, code]) => code)));
}

function kind(path) {
  return KINDS.find(([, pattern]) => pattern.test(path))?.[0];
}

/** The files of a site that have a schema and something to validate. */
function files(root, below = "") {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    const isOutside = below === "" && !["content", "framework", "prongsai.yaml"].includes(entry.name);
    if (isOutside) return [];
    if (entry.isDirectory()) return files(root, path);
    return kind(path) ? [path] : [];
  });
}

function write(root, path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Something that is refused at a line: by the schema, or by the parser, which then leaves the whole file unread. */
class Refusal {
  constructor(line, message, isOfParser = false) {
    Object.assign(this, { line, message, isOfParser });
  }

  toString() {
    return `${this.line}: ${this.message}`;
  }
}

/** Everything that is refused in a file. A file, or front matter, without a value is not validated. */
function refusals(root, path) {
  const text = readFileSync(join(root, path), "utf8").replace(/^\uFEFF/, "");
  const { yaml, before } = path.endsWith(".md") ? frontMatter(text) : { yaml: text, before: 0 };
  const lines = new LineCounter();
  const document = parseDocument(yaml, { version: "1.2", schema: "core", lineCounter: lines });
  const line = (offset) => before + lines.linePos(offset).line;
  const broken = [...document.errors, ...document.warnings].map((error) => new Refusal(line(error.pos[0]), error.message, true));
  if (broken.length > 0 || document.contents === null) return broken;
  const isValid = schemas.get(kind(path));
  if (isValid(document.toJS())) return [];
  return isValid.errors.map((error) => new Refusal(line(place(document, error)), `${error.dataPath} ${error.keyword}`));
}

function frontMatter(text) {
  const match = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*\r?$/m.exec(text);
  return match?.index === 0 ? { yaml: match[1], before: 1 } : { yaml: "", before: 0 };
}

/** Where the value stands of which an error speaks; an unknown key where it stands itself. */
function place(document, { dataPath, params }) {
  const steps = [...dataPath.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]/g)].map((match) => match[1] ?? match[3] ?? Number(match[2]));
  let node = document.contents;
  for (const step of steps) {
    const pair = isMap(node) ? node.items.find((item) => isPair(item) && String(item.key) === String(step)) : null;
    node = pair ? pair.value ?? pair.key : node.get(step, true);
    if (pair && node.range[0] === node.range[1]) node = pair.key;
  }
  const unknown = params.additionalProperty;
  const pair = unknown !== undefined && isMap(node) ? node.items.find((item) => String(item.key) === unknown) : null;
  return (pair?.key ?? node).range[0];
}
