// Decks made earlier: search, filter, page by page.

import { call } from "./api.js";
import { still } from "./thumbs.js";
import { $, make } from "./view.js";

const STATES = {
  queued: "in line", running: "at work", succeeded: "", failed: "failed", cancelled: "cancelled",
  needs_clarification: "waiting for an answer",
};
const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

let open = () => {};
let reachable = () => {};
let token = "";
let wanted = 0;

export function earlier(onOpen, onReachable) {
  open = onOpen;
  reachable = onReachable;
  let typing;
  $("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(list, 200); });
  $("state").addEventListener("change", () => list());
  $("more").addEventListener("click", () => list(token));
}

export async function list(from = "") {
  const mine = ++wanted;
  const query = new URLSearchParams({ page_size: "12" });
  if ($("search").value) query.set("text", $("search").value);
  if ($("state").value) query.set("state", $("state").value);
  if (from) query.set("page_token", from);
  $("decks").setAttribute("aria-busy", "true");
  try {
    const page = await call("GET", `/v1/decks?${query}`);
    // An answer that a later question overtook is of no use.
    if (mine !== wanted) return;
    reachable(true);
    const items = page.decks.map(item);
    if (from) $("decks").append(...items);
    else $("decks").replaceChildren(...items);
    token = page.next_page_token;
    $("more").hidden = !token;
    $("no-decks").hidden = $("decks").children.length > 0;
    $("no-decks").textContent = query.has("text") || query.has("state") ? "No deck matches." : "No deck yet. Ask a question above.";
  } catch (problem) {
    if (mine === wanted) reachable(false, problem);
  } finally {
    if (mine === wanted) $("decks").setAttribute("aria-busy", "false");
  }
}

function item(deck) {
  const done = deck.state === "succeeded";
  const state = STATES[deck.state] ?? deck.state;
  const picture = done ? still(`/v1/decks/${deck.id}/slides/s1`, true) : make("span", { class: "still" }, state);
  const told = [WHEN.format(new Date(deck.created_at)), done ? `${deck.slide_count} slides` : state].filter(Boolean);
  return make("li", {}, picture,
    make("button", { type: "button", onclick: () => open(deck) }, deck.title || deck.question),
    make("span", { class: "when" }, told.join(" · ")));
}
