// The same request as a program would make it.

const quote = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;

// Of a deck or of a request for one.
export function equivalents(deck) {
  const origin = location.origin;
  const body = { question: deck.question, genie_space_id: deck.genie_space_id || deck.space_id };
  for (const name of ["max_slides", "depth", "theme"]) if (deck[name]) body[name] = deck[name];
  const json = JSON.stringify(body);
  const cli = ["aislides", "generate", quote(body.question)];
  if (body.genie_space_id) cli.push("--space", body.genie_space_id);
  if (body.max_slides) cli.push("--max-slides", body.max_slides);
  if (body.depth) cli.push("--depth", body.depth);
  if (body.theme) cli.push("--theme", body.theme);
  const message = { question: body.question, space_id: body.genie_space_id };
  if (body.max_slides) message.max_slides = body.max_slides;
  if (body.depth) message.depth = `DEPTH_${body.depth.toUpperCase()}`;
  if (body.theme) message.theme = body.theme;
  return [
    ["curl", `curl -s ${origin}/v1/decks -H 'Content-Type: application/json' \\\n  -d ${quote(json)}`],
    ["aislides", cli.join(" ")],
    ["gRPC", `grpcurl -plaintext -import-path protos -proto aislides/orchestrator/v1/orchestrator_service.proto \\\n  -d ${quote(JSON.stringify(message))} 127.0.0.1:50053 aislides.orchestrator.v1.DeckService/CreateDeck`],
  ];
}
