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

const FORMATS = [["html", "HTML"], ["json", "JSON"]];

export function resetWork(question) {
  $("work").hidden = false;
  $("work").classList.remove("done");
  $("work-title").textContent = question;
  $("stages").replaceChildren(...STAGES.map(([id, name]) => make("li", { id }, name)));
  for (const id of ["queries", "facts", "thumbs", "suggestions", "call-list", "downloads", "cost", "intent"]) $(id).replaceChildren();
  for (const id of ["queries-box", "facts-box", "slides-box", "deck-box", "problem", "clarify", "calls"]) $(id).hidden = true;
  $("deck").removeAttribute("src");
  $("made").open = true;
  $("cancel").hidden = true;
  say("Starting ...");
}

export function say(text) {
  $("status").textContent = text;
}

export function stage(id, state) {
  const item = $(id);
  if (!item) return;
  item.className = state;
  if (state === "now") item.setAttribute("aria-current", "step");
  else item.removeAttribute("aria-current");
}

export function fail(text, reason) {
  $("problem").hidden = false;
  $("problem").replaceChildren(make("strong", {}, text), make("p", { class: "said" }, reason));
  quietly();
  say("");
}

// Nothing moves any more.
export function quietly() {
  $("cancel").hidden = true;
  $("thumbs").querySelector(".next")?.remove();
  for (const item of $("stages").querySelectorAll(".now")) stage(item.id, "");
}

// A run that begins anew asks anew.
export function forgetQueries() {
  for (const id of ["queries", "facts", "intent"]) $(id).replaceChildren();
}

export function questions(planned) {
  $("queries-box").hidden = false;
  $("intent").textContent = planned.intent || "";
  for (const text of planned.questions) {
    const number = $("queries").children.length + 1;
    $("queries").append(make("li", { id: `q-r${number}` }, make("div", {}, text), make("div", { class: "said" }, "in line")));
  }
}

export function query(id, text, sql) {
  const item = $(`q-${id}`);
  if (!item) return;
  if (text) item.querySelector(".said").textContent = text;
  if (sql && !item.querySelector("details")) {
    item.append(make("details", {}, make("summary", {}, "SQL"), make("pre", { tabindex: "0" }, sql)));
  }
}

export function facts(list) {
  $("facts-box").hidden = list.length === 0;
  $("facts").replaceChildren(...list.map((text) => make("li", {}, text)));
}

const some = (count, one, more = `${one}s`) => `${Number(count).toLocaleString("en")} ${Number(count) === 1 ? one : more}`;

// What was used so far; `seconds` is the time that the work took or takes.
export function cost({ questions: asked, calls: made, tokens, usd, seconds }, before = []) {
  const parts = [...before, some(asked, "Genie question"), some(made, "model call"), some(tokens, "output token"), `${seconds.toFixed(1)} s`];
  if (usd) parts.push(`USD ${usd.toFixed(4)}`);
  $("cost").textContent = parts.join(" · ");
}

export function showDeck(deck) {
  $("deck-box").hidden = false;
  $("work").classList.add("done");
  $("made").open = false;
  $("deck-title").textContent = deck.title;
  const used = deck.usage;
  const before = [some(deck.slide_count, "slide")];
  if (deck.verdict) {
    const { proved, repaired, replaced, removed } = deck.verdict;
    before.push(`${proved} of ${some(proved + repaired + replaced + removed, "sentence")} proved as written`);
  }
  cost({ questions: used.genie_questions, calls: used.model_calls, tokens: used.output_tokens, usd: used.cost_usd, seconds: used.seconds }, before);
  const html = `/v1/decks/${deck.id}/html`;
  $("deck").src = html;
  $("downloads").replaceChildren(
    make("a", { id: "open", class: "button quiet", href: html, target: "_blank", rel: "noopener" }, "Open"),
    ...FORMATS.map(([format, name]) => make("a", { id: `download-${format}`, class: "button quiet", href: `/v1/decks/${deck.id}/export?format=${format}` }, `Download ${name}`)));
  quietly();
}

export function calls(list) {
  $("calls").hidden = false;
  $("call-list").replaceChildren(...list.flatMap(([name, text]) => {
    const copy = make("button", { type: "button", class: "link", "aria-label": `Copy the ${name} call`, onclick: async () => {
      await navigator.clipboard?.writeText(text);
      copy.textContent = "Copied";
      setTimeout(() => { copy.textContent = "Copy"; }, 1500);
    } }, "Copy");
    return [make("h4", {}, name, copy), make("pre", { tabindex: "0" }, text)];
  }));
}
