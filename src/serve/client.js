// Runs in every page of the preview, and in no page that is published. It reloads the page once the server has another version of it, and lays
// over it what is wrong. `STYLE` is put before it by the server.

const own = document.currentScript.dataset;
const PLACE = "prongsai-place";
const VIEW = "prongsai-view";

let stream = null;
let leaving = false;

/** Opens the stream of what happens to this page. A page that nobody sees asks for nothing: browsers allow few connections. */
function listen() {
  if (stream || document.hidden) return;
  stream = new EventSource(`${own.events}?page=${encodeURIComponent(location.pathname)}&version=${own.version}`);
  stream.addEventListener("reload", reload);
  stream.addEventListener("told", (event) => show(JSON.parse(event.data)));
}

function silence() {
  stream?.close();
  stream = null;
}

function reload() {
  if (leaving) return;
  leaving = true;
  keep(PLACE, { page: location.pathname, x: scrollX, y: scrollY });
  location.reload();
}

/** Goes back to where the page was before it was reloaded, where the browser does not by itself. */
function settle() {
  const place = kept(PLACE);
  keep(PLACE, null);
  if (place?.page !== location.pathname) return;
  const back = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  back();
  addEventListener("load", () => requestAnimationFrame(back), { once: true });
}

function keep(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that remembers nothing shows the page all the same.
  }
}

function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

let panel = null;

/** Lays what is wrong over the page, or takes it away. */
function show(told) {
  const asking = told.findings.length > 0 || told.failure !== null;
  if (!asking) {
    panel?.host.remove();
    panel = null;
    keep(VIEW, null);
    return;
  }
  panel ??= frame(told.words);
  const what = JSON.stringify(told);
  const view = kept(VIEW);
  // What somebody has closed stays closed until something else is wrong.
  panel.host.hidden = view?.closed === what;
  panel.what = what;
  panel.root.lang = told.language;
  panel.summary.textContent = told.summary;
  panel.hint.textContent = told.hint ?? "";
  panel.hint.hidden = !told.hint;
  panel.list.replaceChildren(...told.findings.map(item));
  if (told.failure !== null) panel.list.prepend(element("li", "error", element("p", "message", told.failure)));
  panel.root.classList.toggle("error", told.stops);
  unfold(view?.unfolded ?? told.stops);
}

/** The panel without what it says, outside of the body, so that no style of the page reaches it. */
function frame(words) {
  const host = document.createElement("prongsai-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const summary = element("span", "summary");
  summary.setAttribute("role", "status");
  summary.id = "summary";
  const hint = element("p", "hint");
  const list = element("ol", "list");
  const body = element("div", "body", hint, list);
  body.id = "body";
  body.tabIndex = 0;
  body.setAttribute("role", "region");
  body.setAttribute("aria-labelledby", "summary");
  const fold = element("button", "fold");
  fold.type = "button";
  fold.setAttribute("aria-controls", "body");
  fold.addEventListener("click", () => {
    unfold(body.hidden);
    keep(VIEW, { ...kept(VIEW), unfolded: !body.hidden });
  });
  const close = element("button", "close", "×");
  close.type = "button";
  close.setAttribute("aria-label", words.close);
  close.title = words.close;
  close.addEventListener("click", shut);
  const root = element("aside", "panel", element("div", "head", summary, fold, close), body);
  root.setAttribute("aria-label", words.title);
  root.addEventListener("keydown", (event) => event.key === "Escape" && shut());
  shadow.append(root);
  document.documentElement.append(host);
  return { host, root, summary, hint, list, body, fold, words, what: "" };
}

function shut() {
  panel.host.hidden = true;
  keep(VIEW, { ...kept(VIEW), closed: panel.what });
}

function unfold(open) {
  panel.body.hidden = !open;
  panel.fold.textContent = open ? panel.words.fold : panel.words.unfold;
  panel.fold.setAttribute("aria-expanded", String(open));
}

/** One finding, as the terminal has it. */
function item(finding) {
  const head = element("p", "where", element("b", "file", finding.file), element("span", "at", finding.at), " ");
  head.append(element("span", "label", finding.label), " ", element("code", "code", finding.code));
  const parts = [head];
  if (finding.excerpt) {
    const { before, marked, after } = finding.excerpt;
    parts.push(element("pre", "line", before, element("mark", "marked", marked), after));
  }
  parts.push(element("p", "message", finding.message));
  for (const more of finding.more) parts.push(element("p", "more", more));
  return element("li", finding.severity, ...parts);
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children.filter((child) => child !== null));
  return made;
}

settle();
listen();
document.addEventListener("visibilitychange", () => (document.hidden ? silence() : listen()));
addEventListener("pagehide", silence);
addEventListener("pageshow", listen);
