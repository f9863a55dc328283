// Calls of the REST API. Every failure is a Problem with the service's reason.

export class Problem extends Error {
  constructor(body) {
    super(body.detail || "The request failed.");
    this.reason = body.reason || "UNKNOWN";
    this.status = body.status || 0;
  }
}

export async function call(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem({ reason: "OFFLINE", detail: "The gateway cannot be reached. Is it running?" });
  }
  if (response.status === 401) location.assign("/sign-in");
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(answer);
  return answer;
}

// Follows a deck's events until its run ends; a broken stream is resumed where it was.
export async function watch(id, after, onEvent, signal) {
  let gap = 300;
  let broken = false;
  for (;;) {
    try {
      const response = await fetch(`/v1/decks/${id}/events`, {
        headers: { "Last-Event-ID": String(after) },
        signal,
      });
      if (!response.ok) throw new Problem(await response.json().catch(() => ({ status: response.status })));
      if (broken) onEvent("reconnected", {});
      broken = false;
      for await (const event of messages(response.body)) {
        if (event.name === "stream_error") throw new Error(event.data);
        gap = 300;
        after = Number(event.id);
        onEvent(event.name, JSON.parse(event.data));
      }
      // The service ends the stream with the run; a proxy may have cut it, so the deck is asked.
      const deck = await call("GET", `/v1/decks/${id}`);
      if (!["queued", "running"].includes(deck.state) && deck.last_sequence <= after) return;
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
      broken = true;
      onEvent("reconnecting", {});
    }
    await new Promise((done) => setTimeout(done, gap));
    gap = Math.min(gap * 2, 5000);
  }
}

// What waiting can mend: no connection, a service that starts again, too many requests.
function mayPass(error) {
  return !(error instanceof Problem) || error.status === 0 || error.status === 429 || error.status >= 500;
}

async function* messages(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text = (text + value).replaceAll("\r\n", "\n");
    let cut;
    while ((cut = text.indexOf("\n\n")) >= 0) {
      const lines = text.slice(0, cut).split("\n");
      text = text.slice(cut + 2);
      const field = (name) => lines.filter((l) => l.startsWith(name + ": ")).map((l) => l.slice(name.length + 2)).join("\n");
      if (field("data")) yield { id: field("id"), name: field("event"), data: field("data") };
    }
  }
}
