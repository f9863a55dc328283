// Asks, follows, shows. State is the deck at hand; its id is in the address, so a reload goes on.

import { call, watch } from "./api.js";
import { equivalents } from "./calls.js";
import { earlier, list } from "./earlier.js";
import { settle, thumb, writing } from "./thumbs.js";
import { $, calls, cost, facts, fail, forgetQueries, make, query, questions, quietly, resetWork, say, showDeck, stage } from "./view.js";

let current = null;
let following = new AbortController();
let atWork = false;
let changing = false;
let doing = "";

const DOING = {
  STAGE_INTENT: "Planning the questions ...",
  STAGE_RETRIEVAL: "Asking Genie ...",
  STAGE_ANALYSIS: "Computing facts ...",
  STAGE_NARRATIVE: "Writing slides ...",
  STAGE_VERIFICATION: "Proving every sentence ...",
  STAGE_RENDERING: "Drawing ...",
};

const STATUS = { sql: "", accepted: "asked", asking_ai: "Genie is writing SQL", running: "running the SQL", rows_ready: "reading rows" };

const seconds = (duration) => Number.parseFloat(duration || "0");

function now(text) {
  doing = text;
  say(text);
}

const ON = {
  stage_started: ({ stage_started: { stage: id } }) => {
    if (id === "STAGE_INTENT") forgetQueries();
    stage(id, "now");
    now(DOING[id] || "");
    if (id === "STAGE_NARRATIVE") writing(true);
  },
  stage_completed: ({ stage_completed: { stage: id } }) => {
    stage(id, "done");
    if (id === "STAGE_NARRATIVE") writing(false);
  },
  queries_planned: ({ queries_planned: planned }) => questions(planned),
  query_progress: ({ query_progress: p }) => {
    const wait = p.status === "waiting" ? `waits about ${seconds(p.expected_wait).toFixed(0)} s for Genie's quota` : STATUS[p.status] ?? p.status.replaceAll("_", " ");
    query(p.result_id, wait, p.sql);
  },
  query_answered: ({ query_answered: a }) => query(a.result_id, `${Number(a.row_count).toLocaleString("en")} rows${a.truncated ? ", cut" : ""} in ${seconds(a.duration).toFixed(1)} s`),
  query_failed: ({ query_failed: f }) => query(f.result_id, `no answer: ${f.error.message}`),
  facts_computed: ({ facts_computed: found }) => facts(found.highlights),
  slide_ready: ({ slide_ready: slide }) => thumb(current, slide),
  usage_reported: ({ usage_reported: { usage } }) => cost({ questions: usage.genie_questions, calls: usage.model_calls, tokens: usage.output_tokens, usd: usage.cost_micro_usd / 1e6, seconds: seconds(usage.wall_time) }),
  remark: ({ remark }) => now(remark.text),
  completed: ({ completed }) => settle(current, completed.slide_ids, atWork),
  reconnecting: () => say("Connection lost; trying again ..."),
  reconnected: () => say(doing),
};

async function follow(deck) {
  following.abort();
  following = new AbortController();
  const signal = following.signal;
  current = deck.id;
  atWork = ["queued", "running"].includes(deck.state);
  history.replaceState(null, "", `#${deck.id}`);
  // Only now: before the deck has its number there is nothing to cancel, or another deck.
  $("cancel").hidden = !atWork;
  calls(equivalents(deck));
  try {
    await watch(deck.id, 0, (name, data) => ON[name]?.(data), signal);
    const ended = await call("GET", `/v1/decks/${deck.id}`);
    if (!signal.aborted) show(ended);
  } catch (error) {
    if (!signal.aborted) fail(error.message, error.reason || "");
  }
}

function show(deck) {
  quietly();
  if (deck.state === "succeeded") {
    now("Done. Every figure can be opened.");
    showDeck(deck);
    if (deck.change_error) fail(`Not changed: ${deck.change_error.message}.`, deck.change_error.reason);
  }
  else if (deck.state === "needs_clarification") clarify(deck);
  else if (deck.state === "cancelled") now("Cancelled. What was made stays readable.");
  else fail(deck.error?.message || "The deck failed.", deck.error?.reason || "");
  list();
}

function clarify(deck) {
  now("The question needs an answer.");
  $("clarify").hidden = false;
  $("clarify-text").textContent = deck.clarification.text;
  $("suggestions").replaceChildren(...deck.clarification.suggestions.map((text) =>
    make("li", {}, make("button", { type: "button", onclick: () => answer(deck.id, text) }, text))));
  $("answer").value = "";
  $("answer").focus();
}

function answer(id, text) {
  again(() => call("POST", `/v1/decks/${id}:revise`, { clarification_answer: text }));
}

function begin(deck) {
  resetWork(deck.question);
  return follow(deck);
}

function scrollToWork() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  $("work").scrollIntoView({ behavior: calm ? "auto" : "smooth" });
  $("work-title").focus({ preventScroll: true });
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
  following.abort();
  const before = following;
  resetWork(body.question);
  $("go").disabled = true;
  scrollToWork();
  try {
    const deck = await call("POST", "/v1/decks", body, { "Idempotency-Key": crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` });
    // Who has opened another deck meanwhile finds this one in the list.
    if (following === before) follow({ ...deck, ...body });
    else list();
  } catch (error) {
    if (following === before) fail(error.message, error.reason || "");
  } finally {
    $("go").disabled = false;
  }
});

$("ask").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("ask-form").requestSubmit();
});

$("clarify").addEventListener("submit", (event) => {
  event.preventDefault();
  answer(current, $("answer").value);
});

// A further run of a deck, whose events follow those that are there. One change at a time: the
// second click of a double click asks for nothing.
async function again(change) {
  if (changing) return;
  changing = true;
  try {
    begin(await change());
    scrollToWork();
  } catch (error) {
    fail(error.message, error.reason || "");
  } finally {
    changing = false;
  }
}

$("change").addEventListener("submit", (event) => {
  event.preventDefault();
  const instruction = $("instruction").value;
  again(() => call("POST", `/v1/decks/${current}:revise`, { instruction }));
  $("instruction").value = "";
});

$("refresh").addEventListener("click", () => again(() => call("POST", `/v1/decks/${current}:refresh`)));

$("cancel").addEventListener("click", async () => {
  try { await call("POST", `/v1/decks/${current}:cancel`); } catch (error) { fail(error.message, error.reason || ""); }
});

function showSpace() {
  const chosen = $("space").selectedOptions[0];
  $("about").textContent = chosen?.dataset.about || "";
  const samples = (chosen?.dataset.samples || "").split("\n").filter(Boolean).slice(0, 4);
  $("samples").replaceChildren(...samples.map((text) => make("li", {}, make("button", { type: "button", onclick: () => { $("ask").value = text; $("ask").focus(); } }, text))));
}

function reachable(yes, problem) {
  $("offline").hidden = yes;
  if (!yes) $("offline-text").textContent = problem?.message || "The service cannot be reached.";
  // A page that came without its spaces gets them once the service is back.
  if (yes && "offline" in document.body.dataset) location.reload();
}

$("space").addEventListener("change", showSpace);
$("retry").addEventListener("click", () => list());
addEventListener("online", () => list());
addEventListener("offline", () => reachable(false, { message: "This device is offline." }));

showSpace();
earlier((deck) => { begin(deck); scrollToWork(); }, reachable);
list();
const open = location.hash.slice(1);
if (/^[0-9a-f]{32}$/.test(open)) call("GET", `/v1/decks/${open}`).then((deck) => { if (!current && !following.signal.aborted) begin(deck); }, () => {});
