"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const form = byId("filter"), found = byId("found"), panel = byId("panel"), unfold = byId("unfold");
  const field = (name) => form.elements.namedItem(name);
  const names = ["school", "who", "state"].filter(field);
  const schoolOf = (one) => one.closest("[data-school]").dataset.school;
  const has = (numbers, who) => ` ${numbers} `.includes(` ${who} `);

  // What is shown: every row knows its plan, its state and the numbers of its people.

  function apply() {
    const school = field("school") ? field("school").value : "";
    const state = field("state").value, who = field("who").selectedIndex;
    const filtered = Boolean(school || state || who);
    const other = (one) => Boolean(school) && schoolOf(one) !== school;
    let shown = 0, total = 0;
    for (const row of all("[data-state]")) {
      row.hidden = other(row) || (state && row.dataset.state !== state) || (who > 0 && !has(row.dataset.who, who));
      if (row.closest("#plans")) { total += 1; shown += row.hidden ? 0 : 1; }
    }
    for (const row of all("[data-load]")) row.hidden = other(row) || (who > 0 && !has(row.dataset.load, who));
    for (const row of all(".of-school")) row.hidden = other(row);
    for (const lane of all(".lane")) lane.classList.toggle("dim", other(lane));
    for (const group of all(".act")) group.hidden = !group.querySelector("[data-state]:not([hidden])") && filtered;
    for (const group of all(".alarm")) {
      const left = all("[data-state]:not([hidden])", group).length;
      group.hidden = !left;
      group.open = group.open || (filtered && left <= 40);
      group.querySelector(".shown").textContent = filtered ? `, показано ${left}` : "";
    }
    const sheets = all("details.sheet");
    for (const sheet of sheets) sheet.hidden = filtered && (other(sheet) || !sheet.querySelector(".act:not([hidden])"));
    const left = sheets.filter((sheet) => !sheet.hidden);
    if (filtered && left.length < 4) for (const sheet of left) sheet.open = true;
    for (const box of all("#load details")) box.open = box.open || filtered;
    found.value = filtered ? `Показано результатов: ${shown} из ${total}; итоги и год — по всем` : `Всего результатов: ${total}`;
  }

  // The choice stands in the address, so that a filtered view can be sent as a link.

  function remember() {
    const chosen = new URLSearchParams(names.map((name) => [name, field(name).value]).filter(([, value]) => value));
    const address = `#${chosen}`;
    try { history.replaceState(null, "", address); } catch { location.hash = address; }
    apply();
  }

  function recall() {
    const address = location.hash.slice(1);
    const chosen = new URLSearchParams(address.includes("=") ? address : "");
    if (address && !address.includes("=")) return reveal(address);
    for (const name of names) {
      field(name).value = chosen.get(name) || "";
      if (field(name).selectedIndex < 0) field(name).selectedIndex = 0;
    }
    apply();
  }

  function reveal(address) {
    let place = null;
    try { place = byId(decodeURIComponent(address)); } catch { /* no such place */ }
    if (!place) return;
    if (place.closest("[hidden]")) { form.reset(); apply(); }
    for (let one = place; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    place.scrollIntoView({ block: "start" });
    if (!place.matches("a, button, details")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  // The reasons of a cell of the matrix, in a panel.

  const make = (name, ...children) => {
    const one = document.createElement(name);
    one.append(...children);
    return one;
  };

  function explain(cell) {
    const row = byId(decodeURIComponent(cell.hash.slice(1)));
    const heads = all("thead th", row.closest("table")).map((one) => one.textContent);
    const title = make("h2", cell.closest("tr").querySelector("th a").title, " — ", row.cells[0].textContent);
    title.id = "panel-title";
    const list = make("dl");
    [...row.cells].forEach((one, i) => {
      if (i && one.textContent.trim()) list.append(make("dt", heads[i]), make("dd", ...one.cloneNode(true).childNodes));
    });
    const go = make("a", "Открыть в плане");
    go.href = cell.hash;
    const close = make("button", "Закрыть");
    close.type = "button";
    close.autofocus = true;
    close.addEventListener("click", () => panel.close());
    panel.replaceChildren(title, list, make("p", go, close));
    panel.showModal();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) { if (event.target === panel) panel.close(); return; }
    if (link.closest(".cell") && panel.showModal && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      explain(link);
    } else {
      if (panel.open) panel.close();
      if (link.hash === location.hash) reveal(link.hash.slice(1));
    }
  });

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest ? event.target.closest(".cell") : null;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!cell || !step) return;
    let row = cell.parentElement;
    do row = step[1] < 0 ? row.previousElementSibling : step[1] ? row.nextElementSibling : row; while (row && row.hidden);
    const next = row && row.cells[cell.cellIndex + step[0]];
    if (next && next.matches(".cell")) { event.preventDefault(); next.firstElementChild.focus(); }
  });

  if (unfold) {
    unfold.hidden = false;
    unfold.addEventListener("click", () => {
      const sheets = all("details.sheet:not([hidden])"), open = sheets.some((one) => !one.open);
      for (const one of sheets) one.open = open;
      unfold.textContent = open ? "Свернуть все" : "Раскрыть все";
    });
  }
  form.hidden = false;
  form.addEventListener("change", remember);
  form.addEventListener("reset", () => setTimeout(remember));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", recall);
  apply();
  recall();
})();
