// Slides as small pictures of themselves: sandboxed frames without script, drawn by the service.

import { $, make } from "./view.js";

// A frame of 1280 x 720 is shown as wide as its box.
const boxes = new ResizeObserver((changes) => {
  for (const { target, contentRect } of changes) target.style.setProperty("--scale", contentRect.width / 1280);
});

export function still(path, lazy = false) {
  const frame = make("iframe", { sandbox: "", src: path, tabindex: "-1", "aria-hidden": "true", title: "Slide", scrolling: "no", loading: lazy ? "lazy" : "eager" });
  const box = make("span", { class: "still" }, frame);
  frame.addEventListener("load", () => box.classList.add("here"));
  boxes.observe(box);
  return box;
}

const number = (id) => Number(id.slice(1));

function add(deck, id, text) {
  $("slides-box").hidden = false;
  const known = $(`thumb-${id}`);
  if (known) {
    if (text) known.querySelector("a").lastChild.textContent = text;
    return known;
  }
  const path = `/v1/decks/${deck}/slides/${id}`;
  const link = make("a", { href: path, target: "_blank", rel: "noopener" }, make("span", { class: "number" }), text || "The queries behind the numbers");
  link.addEventListener("click", (event) => {
    if ($("deck-box").hidden) return;
    event.preventDefault();
    // The same document with another fragment: the frame's own script turns to the slide.
    $("deck").src = `/v1/decks/${deck}/html#${id}`;
    $("deck-box").scrollIntoView({ behavior: "smooth", block: "start" });
  });
  const item = make("li", { id: `thumb-${id}` }, still(path), link);
  const after = [...$("thumbs").children].find((other) => other.className === "next" || number(other.id.slice(6)) > number(id));
  $("thumbs").insertBefore(item, after || null);
  count();
  return item;
}

export function thumb(deck, slide) {
  add(deck, slide.slide_id, slide.headline);
}

// The slide that is being written.
export function writing(yes) {
  $("thumbs").querySelector(".next")?.remove();
  if (!yes) return;
  $("slides-box").hidden = false;
  $("thumbs").append(make("li", { class: "next" }, make("span", { class: "still" }), make("p", { class: "words" }, "Writing ...")));
}

// The slides as the finished deck has them: some may have gone, the appendix has come. Pictures that
// were drawn while the deck was at work are drawn again: the cover has its title now.
export function settle(deck, ids, wasAtWork) {
  writing(false);
  for (const item of [...$("thumbs").children]) {
    const id = item.id.slice(6);
    if (!ids.includes(id)) item.remove();
    else if (wasAtWork) item.querySelector("iframe").src = `/v1/decks/${deck}/slides/${id}`;
  }
  for (const id of ids) add(deck, id);
  count();
}

function count() {
  let position = 0;
  for (const shown of $("thumbs").querySelectorAll(".number")) shown.textContent = String(++position);
}
