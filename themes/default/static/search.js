// Searches the pages of this site for exact text. Nobody can tell for certain where Thai words end, so none are looked for: what is typed is
// found wherever it stands, as long as no letter is torn from its marks. Nothing is asked of a server: the index is a script beside the
// page, which sets `prongsaiIndex`, and it is loaded once the box gets the focus.

(() => {
  "use strict";

  // Before anything is painted, so that nothing moves when the box is shown.
  document.documentElement.classList.add("scripted");

  const SARA_AA = "\u0e32";
  const SARA_AM = "\u0e33";
  const SARA_E = "\u0e40";
  const SARA_AE = "\u0e41";
  const NIKHAHIT = "\u0e4d";
  const INVISIBLE = /[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

  const isVowelMark = (sign) => /^[\u0e31\u0e34-\u0e3a\u0e47\u0e4d]$/.test(sign);
  const isToneMark = (sign) => /^[\u0e48-\u0e4c\u0e4e]$/.test(sign);
  const isSaraAm = (sign) => sign === SARA_AM;

  /** Digits become Arabic and letters small, sign by sign: a place in the result is the same place in the text. */
  function plain(text) {
    const digits = text.replace(/[๐-๙]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0e50 + 0x30));
    // JavaScript writes the last sigma of a word another way.
    return digits.replace(/\u00a0/g, " ").replace(/Σ/g, "σ").toLowerCase();
  }

  /** The form in which texts are compared. The index holds texts that only have to be made plain; what is typed may be in any order. */
  function fold(text) {
    const letters = [];
    for (const sign of plain(text.replace(INVISIBLE, ""))) append(letters, sign);
    return letters.join("");
  }

  /** Adds a sign where it belongs: a vowel mark before tone marks, a tone mark before ำ; ํ and า become ำ, and เเ becomes แ. */
  function append(letters, sign) {
    const ending = (isOfKind) => {
      let at = letters.length;
      while (at > 0 && isOfKind(letters[at - 1])) at -= 1;
      return at;
    };
    if (sign === SARA_AA && letters[ending(isToneMark) - 1] === NIKHAHIT) {
      const [, ...tones] = letters.splice(ending(isToneMark) - 1);
      tones.forEach((tone) => append(letters, tone));
      letters.push(SARA_AM);
    } else if (sign === SARA_E && letters[letters.length - 1] === SARA_E) {
      letters[letters.length - 1] = SARA_AE;
    } else if (isVowelMark(sign)) {
      letters.splice(ending(isToneMark), 0, sign);
    } else if (isToneMark(sign)) {
      letters.splice(ending(isSaraAm), 0, sign);
    } else {
      letters.push(sign);
    }
  }

  const CONTINUES = /^[\p{M}\u0e33]/u;
  const LEADS = /[เ-ไ]/;
  const ALPHANUMERIC = /[0-9a-z]/;

  /**
   * Whether a text may be cut at a place. No mark and no ำ is torn from its letter, so that กา is not found in ก่า, nor ขาว in ข้าว. Behind a
   * vowel that is written before its consonant no word begins, so that ขา is not found in เขา; but there the hits would end while somebody
   * types, so a match may end behind it.
   */
  const isEnd = (text, at) => at === text.length || !CONTINUES.test(text.slice(at, at + 2));
  const isStart = (text, at) => isEnd(text, at) && !LEADS.test(text.charAt(at - 1));

  /** Where a word stands next; -1 where it does not. */
  function next(text, word, from) {
    let at = text.indexOf(word, from);
    while (at >= 0 && !(isStart(text, at) && isEnd(text, at + word.length))) at = text.indexOf(word, at + 1);
    return at;
  }

  /** Whether a word of Latin letters or digits stands by itself somewhere: the level A, and not only AA. */
  function standsAlone(text, word) {
    const goesOn = (one, other) => ALPHANUMERIC.test(one) && ALPHANUMERIC.test(other);
    for (let at = next(text, word, 0); at >= 0; at = next(text, word, at + 1)) {
      const end = at + word.length;
      if (!goesOn(text.charAt(at - 1), word[0]) && !goesOn(word[word.length - 1], text.charAt(end))) return true;
    }
    return false;
  }

  /** A page of the index with its texts made plain: the title, the headings, the names of rows, all of it. The further in front a word stands, the better. */
  function prepare({ href, kind, year, parts }, order) {
    const plainParts = parts.map(([, heading, text]) => [plain(heading), plain(text)]);
    const headings = plainParts.slice(1).map(([heading]) => heading);
    const names = plainParts.flatMap(([, text]) => Array.from(text.matchAll(/\t([^\n\t]*)/g), ([, name]) => name));
    const zones = [plainParts[0][0], headings.join("\n"), names.join("\n"), plainParts.map(([, text]) => text).join("\n")];
    return { href, kind, year, parts, plainParts, zones, newness: Number(plain(year)), order };
  }

  /** How well a page answers: 0 if a word is missing. Words that stand together as they were typed are a little better. */
  function score({ zones }, words) {
    let sum = 0;
    for (const word of words) {
      const zone = zones.findIndex((text) => next(text, word, 0) >= 0);
      if (zone < 0) return 0;
      sum += 2 * (zones.length - zone);
      if (ALPHANUMERIC.test(word[0]) && standsAlone(zones[zone], word)) sum += 1;
    }
    const phrase = words.join(" ");
    return sum + (words.length > 1 && zones.some((text) => next(text, phrase, 0) >= 0) ? 1 : 0);
  }

  /** The words of a query, all of which have to occur. */
  const wordsOf = (query) => fold(query).split(/\s+/).filter((word) => word !== "");

  /** The pages that answer a query, the best first, the newer of equally good ones before the older. */
  function find(pages, query) {
    const words = wordsOf(query);
    if (words.length === 0) return [];
    const scored = pages.map((page) => ({ page, score: score(page, words) })).filter(({ score }) => score > 0);
    const compare = (a, b) => b.score - a.score || b.page.newness - a.page.newness || a.page.order - b.page.order;
    return scored.sort(compare).map(({ page }) => page);
  }

  /** Where words stand in a text, as [start, end], from left to right and none within another. */
  function places(text, words) {
    const found = [];
    for (const word of words) {
      for (let at = next(text, word, 0); at >= 0; at = next(text, word, at + word.length)) found.push([at, at + word.length]);
    }
    found.sort(([a], [b]) => a - b);
    return found.reduce((joined, [start, end]) => {
      const last = joined[joined.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
      return joined;
    }, []);
  }

  /**
   * The part of a page that says most of the words, in its heading rather than in its text, with the heading above it and the id that leads
   * there. What is found in the title alone is shown with how the page begins.
   */
  function partOf({ parts, plainParts }, words) {
    let best = { weight: -1 };
    let [id, heading] = ["", ""];
    parts.forEach(([ownId, ownHeading, text], index) => {
      if (ownHeading !== "" && index > 0) [id, heading] = [ownId || id, ownHeading];
      const [plainHeading, plainText] = plainParts[index];
      const count = (text) => words.filter((word) => next(text, word, 0) >= 0).length;
      const weight = count(plainText) + (index > 0 ? 2 * count(plainHeading) : 0);
      if (weight > best.weight) best = { weight, id: ownId || id, heading, text, plainText };
    });
    return best;
  }

  const BEFORE = 50;
  const LENGTH = 180;

  /** The passage of a text round the first of some words: where it begins and where it ends. */
  function passage(text, words) {
    const [first] = places(text, words);
    const near = first ? first[0] : 0;
    let start = Math.max(0, near - BEFORE);
    // Rather at a blank than within a phrase, and never within a letter.
    const blank = text.slice(start, near).search(/\s/);
    if (start > 0 && blank >= 0) start += blank;
    while (start < near && (/\s/.test(text[start]) || !isStart(text, start))) start += 1;
    let end = Math.min(text.length, Math.max(start + LENGTH, first ? first[1] : 0));
    while (end < text.length && !isEnd(text, end)) end += 1;
    return [start, end];
  }

  /** A text from one place to another with the words in it marked. Lines and cells of a page follow each other here. */
  function marked(text, plainText, words, [start, end]) {
    const fragment = document.createDocumentFragment();
    const say = (from, to) => text.slice(from, to).replace(/[\n\t]+/g, " · ");
    let done = start;
    for (const [from, to] of places(plainText, words).filter(([from, to]) => from >= start && to <= end)) {
      const mark = document.createElement("mark");
      mark.textContent = say(from, to);
      fragment.append(say(done, from), mark);
      done = to;
    }
    fragment.append(say(done, end));
    return fragment;
  }

  // For whoever looks at this from outside, such as tests and themes.
  window.prongsaiSearch = { fold, prepare, find };

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form.search");
    const box = form.querySelector("input");
    const status = form.querySelector("[role=status]");
    const list = document.querySelector(".found");
    const more = document.querySelector(".more");
    const all = document.getElementById("pages");
    const { dataset: said } = form;

    const STEP = 20;
    let pages = null;
    let script = null;
    let shown = STEP;

    const inDigits = (number) => {
      const text = String(number);
      return said.numerals === "thai" ? text.replace(/\d/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]) : text;
    };
    const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
    const tell = (sentence, values = {}) => (status.textContent = filled(sentence, values));

    function load() {
      if (script) return;
      script = document.createElement("script");
      script.src = said.index;
      script.onload = () => {
        pages = window.prongsaiIndex.map(prepare);
        show();
      };
      script.onerror = () => {
        // The next time somebody comes to the box it is tried again.
        script.remove();
        script = null;
        tell(said.failed);
      };
      document.head.append(script);
    }

    function show() {
      const words = wordsOf(box.value);
      const isAsked = words.length > 0;
      const found = pages && isAsked ? find(pages, box.value) : [];
      list.replaceChildren(...found.slice(0, shown).map((page) => item(page, words)));
      more.hidden = found.length <= shown;
      all.hidden = isAsked && found.length > 0;
      if (!isAsked) tell("");
      else if (!pages) tell(said.loading);
      else if (found.length === 0) tell(said.nothing, { query: box.value.trim() });
      else tell(found.length > shown ? said.shown : said.found, { count: inDigits(found.length), shown: inDigits(shown) });
    }

    /** A page that was found: its title, what it is, and the passage. */
    function item(page, words) {
      const [, title] = page.parts[0];
      const part = partOf(page, words);
      const link = document.createElement("a");
      link.href = page.href + (part.id ? `#${encodeURIComponent(part.id)}` : "");
      link.append(marked(title, page.zones[0], words, [0, title.length]));
      const about = document.createElement("p");
      about.className = "small";
      const kind = document.createElement("span");
      kind.lang = form.lang;
      kind.append([page.kind, page.year && filled(said.year, { year: page.year })].filter(Boolean).join(", "));
      about.append(kind);
      if (part.heading) about.append(" › ", marked(part.heading, plain(part.heading), words, [0, part.heading.length]));
      const text = document.createElement("p");
      const [start, end] = passage(part.plainText, words);
      text.append(start > 1 ? "… " : "", marked(part.text, part.plainText, words, [start, end]), end < part.text.length ? " …" : "");
      const entry = document.createElement("li");
      entry.append(link, about, text);
      return entry;
    }

    box.addEventListener("focus", load);
    box.addEventListener("input", () => {
      shown = STEP;
      load();
      show();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    more.querySelector("button").addEventListener("click", () => {
      const first = list.children.length;
      shown += STEP;
      show();
      // The button may be gone now, and with it the place of whoever goes on by keyboard.
      list.children[first].querySelector("a").focus();
    });
    // Whoever comes back finds what was typed, and its answers.
    window.addEventListener("pageshow", () => {
      if (box.value !== "") {
        load();
        show();
      }
    });
  });
})();
