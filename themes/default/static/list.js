// Filters and orders the rows of a table, as far as they stand on this page. Without it the table is as it was published, in an order that
// its caption tells.

(() => {
  "use strict";

  const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0e50 + 0x30));
  const thai = (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x30 + 0x0e50));
  const plain = (text) => arabic(text.normalize("NFC")).toLowerCase().replace(/\s+/g, "");
  const collator = new Intl.Collator("th", { numeric: true });

  /** What a cell says, without the heading that it repeats for phones. */
  function said(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".label").forEach((label) => label.remove());
    return copy.textContent.trim();
  }

  /** The number that a cell begins with; nothing where it says in words that there is none. */
  function number(text) {
    const found = /^[+−-]?[0-9]+(\.[0-9]+)?/.exec(arabic(text).replace(/,/g, ""));
    return found ? Number(found[0].replace("−", "-")) : null;
  }

  const isFigure = (head) => head.classList.contains("figure");

  function option(value, text) {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = text;
    return made;
  }

  function equip(tools, table) {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, cells: [...row.cells].map(said) }));
    const texts = rows.map(({ cells }) => plain(cells.join("\n")));
    const heads = [...table.tHead.rows[0].cells];
    const [box, orders, status] = ["input", "select", "p"].map((name) => tools.querySelector(name));
    const usesThaiDigits = rows.some(({ cells }) => cells.some((cell) => /[๐-๙]/.test(cell)));
    const count = (number) => (usesThaiDigits ? thai(String(number)) : String(number));

    orders.append(option("", tools.dataset.asIs));
    heads.forEach((head, nth) => {
      const named = (words) => words.replace("{column}", said(head));
      if (!isFigure(head)) {
        orders.append(option(`${nth} up`, named(tools.dataset.letters)));
        return;
      }
      orders.append(option(`${nth} down`, named(tools.dataset.down)));
      orders.append(option(`${nth} up`, named(tools.dataset.up)));
    });

    function filter() {
      const wanted = plain(box.value);
      let shown = 0;
      rows.forEach(({ row }, nth) => {
        row.hidden = !texts[nth].includes(wanted);
        if (!row.hidden) shown += 1;
      });
      const text = tools.dataset.shown;
      status.textContent = wanted ? text.replace("{count}", count(shown)).replace("{all}", count(rows.length)) : "";
    }

    /** What is missing comes last in either direction, and equal rows keep the order in which they were published. */
    function order() {
      const [nth, direction] = orders.value.split(" ");
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      const ordered = [...rows];
      if (direction) {
        const sign = direction === "up" ? 1 : -1;
        heads[nth].setAttribute("aria-sort", direction === "up" ? "ascending" : "descending");
        ordered.sort((a, b) => {
          const [one, other] = [a, b].map(({ cells }) => cells[nth]);
          if (!isFigure(heads[nth])) return sign * collator.compare(one, other);
          const [less, more] = [number(one), number(other)];
          if (less === null || more === null) return (less === null) - (more === null);
          return sign * (less - more);
        });
      }
      body.append(...ordered.map(({ row }) => row));
    }

    box.addEventListener("input", filter);
    orders.addEventListener("change", order);
    tools.addEventListener("submit", (event) => event.preventDefault());
    tools.hidden = false;
  }

  document.querySelectorAll("table[data-tools]").forEach((table) => {
    const tools = (table.closest(".table-scroll") ?? table).previousElementSibling;
    // A few rows are seen at a glance.
    if (table.tBodies[0].rows.length > 5) equip(tools, table);
  });
})();
