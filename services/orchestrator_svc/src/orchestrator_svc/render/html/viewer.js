// The one script of a deck. State is classes on the root and the address's hash; nothing is stored
// and nothing is requested. Without it all slides stand below each other.
(() => {
  "use strict";
  const WIDTH = 1280, HEIGHT = 720, PHONE = 760;
  const root = document.documentElement;
  const deck = document.getElementById("deck");
  const slides = [...deck.querySelectorAll(".slide")];
  const { words, figures, results } = JSON.parse(document.getElementById("evidence").textContent);
  let current = 0, panel = null, opener = null, began = 0;

  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const has = (mode) => root.classList.contains(mode);
  const phone = () => window.innerWidth <= PHONE;
  const notes = (slide) => slide?.querySelector(".notes");

  // ---- Slides: one at a time, all in the overview, two beside the notes when presenting.
  const live = make("div", { class: "quiet-live", "aria-live": "polite" });
  const clock = make("p", { class: "clock" });
  const place = make("p", { class: "place" });
  const said = make("div", { class: "said" });
  const desk = make("section", { class: "desk", "aria-label": words.present }, place, clock, said);

  function show(index, quiet) {
    current = Math.max(0, Math.min(slides.length - 1, index));
    slides.forEach((slide, at) => {
      const on = at === current, next = at === current + 1;
      slide.classList.toggle("current", on);
      slide.classList.toggle("next", next);
      slide.inert = !on && !phone() && !has("overview");
      slide.firstElementChild.inert = has("overview");
      if (has("overview")) slide.tabIndex = 0; else slide.removeAttribute("tabindex");
      slide.style.transform = has("presenting") && (on || next) ? desks(on) : "";
    });
    place.textContent = `${current + 1} / ${slides.length}`;
    said.textContent = notes(slides[current])?.textContent ?? "";
    if (quiet) return;
    live.textContent = slides[current].getAttribute("aria-label");
    try { history.replaceState(null, "", `#${slides[current].id}`); } catch { /* a sandboxed frame has no history */ }
    close();
    if (has("overview")) { slides[current].focus(); slides[current].scrollIntoView({ block: "nearest" }); }
  }

  // Where a presenter sees the current slide, and the next one.
  function desks(on) {
    const [left, share] = on ? [0.02, 0.6] : [0.65, 0.33];
    const scale = Math.min((innerWidth * share) / WIDTH, (innerHeight * (on ? 0.9 : 0.4)) / HEIGHT);
    return `translate(${innerWidth * left}px,${innerHeight * 0.05}px) scale(${scale})`;
  }

  function fit() {
    const free = phone() || has("overview") || has("presenting");
    const scale = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
    deck.style.transform = free ? "" : `scale(${scale}) translate(-50%,-50%)`;
    show(current, true);
  }

  function only(mode) {
    for (const other of ["overview", "presenting"]) root.classList.toggle(other, other === mode && !has(mode));
    fit();
    if (has("overview")) slides[current].focus();
  }

  const commands = {
    o: () => { if (!phone()) only("overview"); },
    p: () => { if (phone()) return; began = Date.now(); only("presenting"); tick(); },
    n: () => {
      root.classList.toggle("noted");
      for (const slide of slides) if (notes(slide)) notes(slide).hidden = !has("noted");
    },
    d: () => {
      const dark = getComputedStyle(root).colorScheme === "dark";
      root.classList.toggle("dark", !dark);
      root.classList.toggle("light", dark);
    },
    f: () => {
      if (!document.fullscreenEnabled) return;
      if (document.fullscreenElement) document.exitFullscreen(); else root.requestFullscreen();
    },
  };

  function tick() {
    if (!has("presenting")) return;
    const seconds = Math.floor((Date.now() - began) / 1000);
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    setTimeout(tick, 1000);
  }

  const tools = make("div", { class: "tools" });
  const tool = (name, key, act) => {
    const button = make("button", { class: "tool", type: "button", title: key ? `${name} (${key})` : name }, name);
    button.addEventListener("click", act);
    tools.append(button);
  };
  tool(words.previous, "←", () => show(current - 1));
  tool(words.next, "→", () => show(current + 1));
  for (const key of ["o", "n", "p", "d", "f"]) tool(words[key], key, commands[key]);
  document.body.append(desk, tools, live);

  // ---- Keys and touch.
  const TRACED = "[data-ref],td[data-column],.chart [data-row],.chart [data-rows]";
  const MOVES = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = (selector) => event.target.closest?.(selector);
    const enter = event.key === "Enter" || event.key === " ";
    if (event.key === "Escape") {
      if (panel) close(); else if (has("overview") || has("presenting")) only("");
    } else if (enter && at(TRACED)) {
      open(at(TRACED));
      event.preventDefault();
    } else if (enter && has("overview") && at(".slide")) {
      choose(at(".slide"));
      event.preventDefault();
    } else if (!phone() && !panel && !at("button,summary,.rows")) {
      const moves = { ...MOVES, " ": event.shiftKey ? -1 : 1, Home: -slides.length, End: slides.length };
      if (event.key in moves) { show(current + moves[event.key]); event.preventDefault(); }
      else commands[event.key]?.();
    } else if (!panel && !at("summary,.rows")) commands[event.key]?.();
  });

  let touch = null;
  document.addEventListener("touchstart", (event) => { touch = event.changedTouches[0]; }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!touch || phone() || panel || has("overview")) return;
    const dx = event.changedTouches[0].clientX - touch.clientX, dy = event.changedTouches[0].clientY - touch.clientY;
    if (Math.abs(dx) > 50 && Math.abs(dx) > 2 * Math.abs(dy)) show(current + (dx < 0 ? 1 : -1));
  }, { passive: true });

  function choose(slide) {
    current = slides.indexOf(slide);
    only("overview");
    show(current);
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (has("overview") && at(".slide")) choose(at(".slide"));
    else if (at(TRACED)) open(at(TRACED));
    else if (panel && !at(".panel")) close();
    for (const shown of document.querySelectorAll(".data[open]")) if (!shown.contains(event.target)) shown.open = false;
  });

  // ---- Evidence: the trace of a figure of the text, or of a cell behind a mark or a table.
  function close() {
    panel?.remove();
    panel = null;
    opener?.focus();
    opener = null;
  }

  function trace(node) {
    const { ref } = node.dataset;
    if (ref) return figures[ref] && { ref, ...figures[ref] };
    const { row, rows } = node.closest("[data-row],[data-rows]")?.dataset ?? {};
    const read = (rows ?? row ?? "").split(" ").filter(Boolean);
    // Marks and cells leave what they share to the elements around them.
    const { column } = node.closest("[data-column]").dataset;
    const { result } = node.closest("[data-result]").dataset;
    const formula = read.length > 1 || row === "total" ? `sum(${column})` : column;
    return { shown: node.textContent || node.closest("[data-tip]")?.dataset.tip || "", label: column, formula, result, rows: read, of: read.length };
  }

  function open(node) {
    const found = trace(node);
    if (!found) return;
    panel?.remove();
    opener = node;
    const from = results[found.result] ?? { columns: [], rows: {} };
    const list = make("dl");
    const pair = (term, ...content) => list.append(make("dt", {}, term), make("dd", {}, ...content));
    const rows = (found.rows ?? []).filter((row) => from.rows[row]);
    const cells = (row, kind) => make("tr", {}, ...row.map((cell) => make(kind, {}, cell)));
    const asOf = from.asOf ? `, ${from.asOf.slice(0, 16).replace("T", " ")} UTC` : "";
    pair(words.formula, make("code", {}, found.formula));
    pair(words.question, from.question ?? "");
    pair(words.space, (from.space ?? "") + asOf);
    if (rows.length) {
      const shown = found.of > rows.length ? ` (${rows.length} / ${found.of})` : "";
      pair(words.rows + shown, make("table", {}, make("thead", {}, cells(from.columns, "th")),
        make("tbody", {}, ...rows.map((row) => cells(from.rows[row], "td")))));
    }
    pair("SQL", make("pre", {}, make("code", {}, from.sql ?? "")));
    const shut = make("button", { class: "tool", type: "button" }, words.close);
    shut.addEventListener("click", close);
    panel = make("div", { class: "panel", role: "dialog", "aria-label": `${words.evidence}: ${found.shown}`, tabindex: "-1" },
      make("h2", {}, found.shown), make("p", {}, found.label + (found.ref ? ` (${found.ref})` : "")), list, shut);
    document.body.append(panel);
    panel.focus();
  }

  for (const cell of document.querySelectorAll("td[data-column]")) cell.tabIndex = 0;

  // ---- Tooltips on marks; the browser's own would come late and never by touch.
  const tip = make("div", { class: "tip", "aria-hidden": "true", hidden: "" });
  document.body.append(tip);
  for (const title of document.querySelectorAll(".chart g title")) {
    title.parentNode.dataset.tip = title.textContent;
    title.remove();
  }
  for (const kind of ["pointerover", "pointerdown"]) {
    document.addEventListener(kind, (event) => {
      const mark = event.target.closest?.("[data-tip]");
      tip.hidden = !mark || has("overview");
      if (tip.hidden) return;
      tip.textContent = mark.dataset.tip;
      const left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8);
      tip.style.transform = `translate(${Math.max(8, left)}px,${Math.max(8, event.clientY - tip.offsetHeight - 12)}px)`;
    });
  }

  // ---- Begin where the address says.
  const asked = () => slides.findIndex((slide) => `#${slide.id}` === location.hash);
  root.classList.add("live");
  window.addEventListener("resize", fit);
  window.addEventListener("hashchange", () => { if (asked() >= 0) show(asked()); });
  current = Math.max(0, asked());
  fit();
})();
