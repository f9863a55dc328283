// Asks, follows, shows. State is the deck at hand; its id is in the address, so a reload goes on.

import { call, Problem, watch } from "./api.js";
import { equivalents } from "./calls.js";
import { $, calls, fail, facts, make, query, questions, resetWork, say, showDeck, stage, thumb } from "./view.js";

let current = null;
let following = new AbortController();

const DOING = {
  STAGE_INTENT: "Planning the questions ...",
  STAGE_RETRIEVAL: "Asking Genie ...",
  STAGE_ANALYSIS: "Computing facts ...",
  STAGE_NARRATIVE: "Writing slides ...",
  STAGE_VERIFICATION: "Proving every sentence ...",
  STAGE_RENDERING: "Drawing ...",
};

function seconds(duration) {
  return `${Number.parseFloat(duration || "0").toFixed(1)} s`;
}

const ON = {
  stage_started: ({ stage_started: { stage: id } }) => { stage(id, "now"); say(DOING[id] || ""); },
  stage_completed: ({ stage_completed: { stage: id } }) => stage(id, "done"),
  queries_planned: ({ queries_planned: planned }) => questions(planned.questions),
  query_progress: ({ query_progress: p }) => {
    const wait = p.status === "waiting" ? `waiting about ${seconds(p.expected_wait)} for Genie's quota` : p.status.replaceAll("_", " ");
    query(p.result_id, p.status === "sql" ? "" : wait, p.sql);
  },
  query_answered: ({ query_answered: a }) => query(a.result_id, `${Number(a.row_count).toLocaleString("en")} rows${a.truncated ? ", cut" : ""} in ${seconds(a.duration)}`),
  query_failed: ({ query_failed: f }) => query(f.result_id, `no answer: ${f.error.message}`),
  facts_computed: ({ facts_computed: found }) => facts(found.highlights),
  slide_ready: ({ slide_ready: slide }) => thumb(slide),
  remark: ({ remark }) => say(remark.text),
  reconnecting: () => say("Connection lost; trying again ..."),
};

async function follow(id) {
  following.abort();
  following = new AbortController();
  const signal = following.signal;
  current = id;
  history.replaceState(null, "", `#${id}`);
  try {
    await watch(id, 0, (name, data) => ON[name]?.(data), signal);
    if (!signal.aborted) await ended(await call("GET", `/v1/decks/${id}`));
  } catch (error) {
    if (!signal.aborted) fail(error.message, error.reason || "");
  }
}

async function ended(deck) {
  $("cancel").hidden = true;
  if (deck.state === "succeeded") { say("Done."); showDeck(deck); }
  else if (deck.state === "needs_clarification") clarify(deck);
  else if (deck.state === "cancelled") say("Cancelled.");
  else fail(deck.error.message, deck.error.reason);
  list();
}

function clarify(deck) {
  say("The question needs an answer.");
  $("clarify").hidden = false;
  $("clarify-text").textContent = deck.clarification.text;
  $("suggestions").replaceChildren(...deck.clarification.suggestions.map((text) =>
    make("li", {}, make("button", { type: "button", onclick: () => answer(deck.id, text) }, text))));
  $("answer").focus();
}

async function answer(id, text) {
  try {
    const deck = await call("POST", `/v1/decks/${id}:revise`, { clarification_answer: text });
    resetWork(deck.question);
    await follow(id);
  } catch (error) { fail(error.message, error.reason || ""); }
}

$("ask-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = {
    question: $("ask").value,
    genie_space_id: $("space").value,
    max_slides: Number($("slides").value),
    depth: $("depth").value,
    theme: $("theme").value,
  };
  resetWork(body.question);
  calls(equivalents(body));
  $("go").disabled = true;
  $("work").scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  try {
    const deck = await call("POST", "/v1/decks", body, { "Idempotency-Key": crypto.randomUUID?.() ?? String(Date.now()) });
    $("go").disabled = false;
    await follow(deck.id);
  } catch (error) {
    $("go").disabled = false;
    fail(error.message, error.reason || "");
  }
});

$("ask").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("ask-form").requestSubmit();
});

$("clarify").addEventListener("submit", (event) => {
  event.preventDefault();
  answer(current, $("answer").value);
});

$("cancel").addEventListener("click", async () => {
  try { await call("POST", `/v1/decks/${current}:cancel`); } catch (error) { fail(error.message, error.reason || ""); }
});

function showSpace() {
  const chosen = $("space").selectedOptions[0];
  $("about").textContent = chosen?.dataset.about || "";
  const samples = (chosen?.dataset.samples || "").split("\n").filter(Boolean).slice(0, 4);
  $("samples").replaceChildren(...samples.map((text) => make("li", {}, make("button", { type: "button", onclick: () => { $("ask").value = text; $("ask").focus(); } }, text))));
}

async function list() {
  const query = new URLSearchParams({ page_size: "12" });
  if ($("search").value) query.set("text", $("search").value);
  if ($("state").value) query.set("state", $("state").value);
  try {
    const page = await call("GET", `/v1/decks?${query}`);
    $("no-decks").hidden = page.decks.length > 0;
    $("decks").replaceChildren(...page.decks.map((deck) => make("li", {},
      make("button", { type: "button", onclick: () => { resetWork(deck.question); follow(deck.id); scrollTo(0, $("work").offsetTop - 20); } }, deck.title || deck.question),
      make("span", { class: "when" }, `${deck.state.replaceAll("_", " ")} · ${new Date(deck.created_at).toLocaleString()}`))));
  } catch (error) {
    offline(error instanceof Problem);
  }
}

function offline(yes) {
  document.querySelector(".offline").hidden = !yes;
}

let typing;
$("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(list, 200); });
$("state").addEventListener("change", list);
$("space").addEventListener("change", showSpace);
$("retry").addEventListener("click", () => location.reload());

showSpace();
if ("offline" in document.body.dataset) offline(true);
else list();
const open = location.hash.slice(1);
if (/^[0-9a-f]{32}$/.test(open)) {
  call("GET", `/v1/decks/${open}`).then((deck) => { resetWork(deck.question); follow(open); }, () => {});
}
