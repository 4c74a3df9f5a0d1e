// Pages on paper: printed to PDF, read back by poppler, and turned into pixels.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DPI = 200;

/** Prints a page. Lengths are in millimetres from the upper left corner of the sheet. */
export async function print(page) {
  const folder = mkdtempSync(join(tmpdir(), "prongsai-"));
  const pdf = join(folder, "page.pdf");
  // The page's own style names the paper; without it this would be Letter.
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true }));
  try {
    return { sheets: sheetsOf(pdf), text: run("pdftotext", "-raw", pdf, "-"), pictures: picturesOf(pdf, folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(program, ...args) {
  // Poppler warns of long names, which Chromium gives to its fonts.
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 27, stdio: ["ignore", "pipe", "ignore"] });
}

/** Every sheet with its size and its words. A word begins where its first letter's pen begins and ends where that of the last ends. */
function sheetsOf(pdf) {
  const mm = (points) => (Number(points) / 72) * 25.4;
  const attributes = (tag) => Object.fromEntries(Array.from(tag.matchAll(/(\w+)="([\d.-]+)"/g), ([, name, value]) => [name, mm(value)]));
  return run("pdftotext", "-bbox", pdf, "-").split("<page ").slice(1).map((page) => {
    const { width, height } = attributes(page.slice(0, page.indexOf(">")));
    const words = Array.from(page.matchAll(/<word ([^>]*)>(.*?)<\/word>/g), ([, place, text]) => {
      const { xMin, yMin, xMax, yMax } = attributes(place);
      return { text: unescaped(text), left: xMin, right: xMax, top: yMin, bottom: yMax };
    });
    return { width, height, words };
  });
}

function unescaped(text) {
  return text.replace(/&(lt|gt|quot|amp);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name]);
}

/** Every sheet as ink: `rows(left, right)` are the heights at which there is any between two places, `columns` the same across. */
function picturesOf(pdf, folder) {
  run("pdftoppm", "-gray", "-r", String(DPI), pdf, join(folder, "sheet"));
  const files = readdirSync(folder).filter((file) => file.endsWith(".pgm")).sort();
  return files.map((file) => pictureOf(readFileSync(join(folder, file))));
}

function pictureOf(bytes) {
  const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString("latin1"));
  const isInk = (x, y) => bytes[head.length + y * width + x] < 128;
  const dots = (mm) => Math.round((mm / 25.4) * DPI);
  const mm = (dots) => (dots / DPI) * 25.4;
  /** The least rectangle around all ink between some places; null where there is none. */
  const ink = ({ left = 0, right = mm(width), top = 0, bottom = mm(height) }) => {
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (let y = dots(top); y < Math.min(dots(bottom), height); y += 1) {
      for (let x = dots(left); x < Math.min(dots(right), width); x += 1) {
        if (!isInk(x, y)) continue;
        box.left = Math.min(box.left, mm(x));
        box.right = Math.max(box.right, mm(x + 1));
        box.top = Math.min(box.top, mm(y));
        box.bottom = Math.max(box.bottom, mm(y + 1));
      }
    }
    return box.left === Infinity ? null : box;
  };
  return { ink };
}
