// Puts state on the page. Text from data is only ever set as text.

export const $ = (id) => document.getElementById(id);

export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") node.addEventListener("click", value);
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

const STAGES = [
  ["STAGE_INTENT", "Plan"],
  ["STAGE_RETRIEVAL", "Ask"],
  ["STAGE_ANALYSIS", "Facts"],
  ["STAGE_NARRATIVE", "Write"],
  ["STAGE_VERIFICATION", "Prove"],
  ["STAGE_RENDERING", "Draw"],
];

export function resetWork(question) {
  $("work").hidden = false;
  $("work-title").textContent = question;
  $("stages").replaceChildren(...STAGES.map(([id, name]) => make("li", { id }, name)));
  for (const id of ["queries", "facts", "thumbs", "suggestions", "call-list"]) $(id).replaceChildren();
  for (const id of ["queries-box", "facts-box", "slides-box", "deck-box", "problem", "clarify", "calls"]) $(id).hidden = true;
  $("deck").removeAttribute("src");
  $("cancel").hidden = false;
  say("Starting ...");
}

export function say(text) {
  $("status").textContent = text;
}

export function stage(id, state) {
  const item = $(id);
  if (item) item.className = state;
}

export function fail(text, reason) {
  $("problem").hidden = false;
  $("problem").replaceChildren(make("strong", {}, text), make("p", { class: "said" }, reason));
  $("cancel").hidden = true;
  say("");
}

export function questions(list) {
  $("queries-box").hidden = false;
  for (const text of list) {
    const number = $("queries").children.length + 1;
    $("queries").append(make("li", { id: `q-r${number}` }, make("div", {}, text), make("div", { class: "said" }, "waiting")));
  }
}

export function query(id, text, sql) {
  const item = $(`q-${id}`);
  if (!item) return;
  if (text) item.querySelector(".said").textContent = text;
  if (sql && !item.querySelector("details")) {
    item.append(make("details", {}, make("summary", {}, "SQL"), make("pre", {}, sql)));
  }
}

export function facts(list) {
  $("facts-box").hidden = list.length === 0;
  $("facts").replaceChildren(...list.map((text) => make("li", {}, text)));
}

const KINDS = {
  LAYOUT_COVER: "Cover", LAYOUT_SUMMARY: "Summary", LAYOUT_FINDING: "Finding", LAYOUT_TABLE: "Table",
  LAYOUT_RECOMMENDATION: "What to look into", LAYOUT_LIMITS: "Limits",
};

export function thumb(slide) {
  $("slides-box").hidden = false;
  $("thumbs").append(make("li", {}, make("span", { class: "kind" }, KINDS[slide.layout] || "Slide"), make("span", { class: "said" }, slide.headline)));
}

export function showDeck(deck) {
  $("deck-box").hidden = false;
  $("deck-title").textContent = deck.title;
  const used = deck.usage;
  const proved = deck.verdict ? `${deck.verdict.proved} of ${deck.verdict.proved + deck.verdict.repaired + deck.verdict.replaced + deck.verdict.removed} sentences proved as written · ` : "";
  const cost = used.cost_usd ? ` · USD ${used.cost_usd.toFixed(4)}` : "";
  $("cost").textContent = `${deck.slide_count} slides · ${proved}${used.genie_questions} Genie questions · ${used.model_calls} model calls · ${used.output_tokens.toLocaleString("en")} output tokens · ${used.seconds.toFixed(1)} s${cost}`;
  $("deck").src = `/v1/decks/${deck.id}/html`;
  $("open").href = `/v1/decks/${deck.id}/html`;
  $("download").href = `/v1/decks/${deck.id}/export?format=html`;
  $("cancel").hidden = true;
}

export function calls(list) {
  $("calls").hidden = false;
  $("call-list").replaceChildren(...list.flatMap(([name, text]) => {
    const copy = make("button", { type: "button", class: "link", onclick: async () => {
      await navigator.clipboard?.writeText(text);
      copy.textContent = "Copied";
      setTimeout(() => { copy.textContent = "Copy"; }, 1500);
    } }, "Copy");
    return [make("h4", {}, name, copy), make("pre", {}, text)];
  }));
}
