// A real browser, and what it has to say about a page.

import axe from "axe-core";
import { chromium } from "playwright-core";

// tests/run says which one it found.
const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";

// Nothing but the pages under test is to cause a request.
const FLAGS = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts a browser for all pages of a test file, with more flags where it needs any. */
export function launch(flags = []) {
  return chromium.launch({ executablePath: PROGRAM, args: [...FLAGS, ...flags], chromiumSandbox: false });
}

/** Opens a page. `wrong` is everything that went wrong on the way; whatever it asks for has to begin with `home`. */
export async function open(context, address, home) {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith("data:")) wrong.push(`elsewhere: ${request.url()}`);
  });
  page.on("requestfailed", (request) => wrong.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => response.status() >= 400 && wrong.push(`${response.status()}: ${response.url()}`));
  await page.goto(address, { waitUntil: "load" });
  return { page, wrong };
}

/** What axe-core objects to, one line for each element, with every rule that it has but those that are `leftOut`. */
export async function barriers(page, leftOut = []) {
  await page.evaluate(axe.source);
  const rules = Object.fromEntries(leftOut.map((rule) => [rule, { enabled: false }]));
  const { violations } = await page.evaluate((rules) => window.axe.run(document, { resultTypes: ["violations"], rules }), rules);
  const line = (rule, node) => `${rule.id} (${rule.impact}) ${node.html}\n  ${node.failureSummary.replaceAll("\n", "\n  ")}`;
  return violations.flatMap((rule) => rule.nodes.map((node) => line(rule, node)));
}
