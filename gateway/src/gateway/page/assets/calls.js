// The same request as a program would make it.

const quote = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;

export function equivalents(body) {
  const origin = location.origin;
  const json = JSON.stringify(body);
  const cli = ["aislides", "generate", quote(body.question)];
  if (body.genie_space_id) cli.push("--space", body.genie_space_id);
  if (body.max_slides) cli.push("--max-slides", body.max_slides);
  if (body.depth) cli.push("--depth", body.depth);
  if (body.theme) cli.push("--theme", body.theme);
  const message = { question: body.question, max_slides: body.max_slides, space_id: body.genie_space_id, theme: body.theme };
  return [
    ["curl", `curl -s ${origin}/v1/decks -H 'Content-Type: application/json' \\\n  -d ${quote(json)}`],
    ["aislides", cli.join(" ")],
    ["gRPC", `grpcurl -plaintext -import-path protos -proto aislides/orchestrator/v1/orchestrator_service.proto \\\n  -d ${quote(JSON.stringify(message))} 127.0.0.1:50053 aislides.orchestrator.v1.DeckService/CreateDeck`],
  ];
}
