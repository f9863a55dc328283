(function () {
  "use strict";
  var root = document.documentElement;
  var deck = document.getElementById("deck");
  var slides = Array.prototype.slice.call(deck.querySelectorAll(".slide"));
  var proof = JSON.parse(document.getElementById("evidence").textContent);
  var current = 0;
  var panel = null;
  var opener = null;

  function make(name, attributes, children) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) {
      node.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return node;
  }

  var live = make("div", { class: "quiet-live", "aria-live": "polite" });
  var tools = make("div", { class: "tools" });
  [["Overview", "o"], ["Notes", "n"], ["Dark", "d"], ["Full screen", "f"]].forEach(function (tool) {
    var button = make("button", { class: "tool", type: "button", title: tool[0] + " (" + tool[1] + ")" }, [tool[0]]);
    button.addEventListener("click", function () { command(tool[1]); });
    tools.appendChild(button);
  });
  document.body.appendChild(live);
  document.body.appendChild(tools);

  function phone() { return window.innerWidth <= 760; }

  function show(index, silent) {
    current = Math.max(0, Math.min(slides.length - 1, index));
    slides.forEach(function (slide, at) {
      var on = at === current;
      slide.classList.toggle("current", on);
      slide.inert = !on && !phone() && !root.classList.contains("overview");
    });
    if (silent) { return; }
    live.textContent = slides[current].getAttribute("aria-label");
    try { history.replaceState(null, "", "#" + slides[current].id); } catch (refused) { /* a sandboxed frame has no history */ }
    close();
  }

  function fit() {
    if (phone() || root.classList.contains("overview")) { deck.style.transform = ""; show(current, true); return; }
    var scale = Math.min(window.innerWidth / 1280, window.innerHeight / 720);
    deck.style.transform = "scale(" + scale + ") translate(-50%,-50%)";
    show(current, true);
  }

  function command(key) {
    if (key === "o") {
      root.classList.toggle("overview");
      fit();
      if (root.classList.contains("overview")) { slides[current].scrollIntoView({ block: "center" }); }
    } else if (key === "n") {
      root.classList.toggle("noted");
      var noted = root.classList.contains("noted");
      slides.forEach(function (slide) { var notes = slide.querySelector(".notes"); if (notes) { notes.hidden = !noted; } });
    } else if (key === "d") {
      var dark = getComputedStyle(root).colorScheme === "dark";
      root.classList.toggle("dark", !dark);
      root.classList.toggle("light", dark);
    } else if (key === "f" && document.fullscreenEnabled) {
      if (document.fullscreenElement) { document.exitFullscreen(); } else { root.requestFullscreen(); }
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape") {
      if (panel) { close(); } else if (root.classList.contains("overview")) { command("o"); }
      return;
    }
    var figure = event.target.closest && event.target.closest(".figure");
    if (figure && (event.key === "Enter" || event.key === " ")) { open(figure); event.preventDefault(); return; }
    if (phone() || panel) { return; }
    var onControl = event.target.closest && event.target.closest("button");
    var move = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key];
    if (event.key === " " && !onControl) { move = event.shiftKey ? -1 : 1; }
    if (move) { show(current + move); event.preventDefault(); }
    else if (event.key === "Home") { show(0); event.preventDefault(); }
    else if (event.key === "End") { show(slides.length - 1); event.preventDefault(); }
    else if (event.key === "Enter" && root.classList.contains("overview") && !onControl) { command("o"); }
    else { command(event.key); }
  });

  var touch = null;
  document.addEventListener("touchstart", function (event) { touch = event.changedTouches[0]; }, { passive: true });
  document.addEventListener("touchend", function (event) {
    if (!touch || phone() || panel) { return; }
    var dx = event.changedTouches[0].clientX - touch.clientX;
    var dy = event.changedTouches[0].clientY - touch.clientY;
    if (Math.abs(dx) > 50 && Math.abs(dx) > 2 * Math.abs(dy)) { show(current + (dx < 0 ? 1 : -1)); }
  }, { passive: true });

  document.addEventListener("click", function (event) {
    var figure = event.target.closest(".figure");
    if (figure && !root.classList.contains("overview")) { open(figure); return; }
    var slide = event.target.closest(".slide");
    if (slide && root.classList.contains("overview")) { current = slides.indexOf(slide); command("o"); show(current); return; }
    if (panel && !event.target.closest(".panel")) { close(); }
  });

  function close() {
    if (!panel) { return; }
    panel.remove();
    panel = null;
    if (opener) { opener.focus(); opener = null; }
  }

  function pair(list, term, content) {
    list.appendChild(make("dt", {}, [term]));
    list.appendChild(make("dd", {}, [content]));
  }

  function open(figure) {
    var ref = figure.getAttribute("data-ref");
    var found = proof.figures[ref];
    if (!found) { return; }
    if (panel) { panel.remove(); }
    opener = figure;
    var result = proof.results[found.result] || { columns: [], rows: {} };
    var list = make("dl");
    pair(list, "Formula", make("code", {}, [found.formula]));
    pair(list, "Question", result.question || "");
    pair(list, "Space", (result.space || "") + (result.asOf ? ", " + result.asOf.slice(0, 16).replace("T", " ") + " UTC" : ""));
    pair(list, "SQL", make("pre", {}, [make("code", {}, [result.sql || ""])]));
    var head = make("tr", {}, result.columns.map(function (name) { return make("th", { scope: "col" }, [name]); }));
    var rows = (found.rows || []).filter(function (row) { return result.rows[row]; }).map(function (row) {
      return make("tr", {}, result.rows[row].map(function (cell) { return make("td", {}, [cell]); }));
    });
    var shown = "Rows" + (found.of > rows.length ? " (" + rows.length + " of " + found.of + ")" : "");
    pair(list, shown, make("table", {}, [make("thead", {}, [head]), make("tbody", {}, rows)]));
    var shut = make("button", { class: "tool", type: "button" }, ["Close"]);
    shut.addEventListener("click", close);
    panel = make("div", { class: "panel", role: "dialog", "aria-label": "Evidence for " + found.shown, tabindex: "-1" },
      [make("h2", {}, [found.shown]), make("p", {}, [found.label + " (" + ref + ")"]), list, shut]);
    document.body.appendChild(panel);
    panel.focus();
  }

  root.classList.add("live");
  window.addEventListener("resize", fit);
  window.addEventListener("hashchange", function () {
    var at = slides.findIndex(function (slide) { return "#" + slide.id === location.hash; });
    if (at >= 0) { show(at); }
  });
  var first = slides.findIndex(function (slide) { return "#" + slide.id === location.hash; });
  show(first < 0 ? 0 : first, true);
  fit();
}());
