// Makes a deck from a question over gRPC, shows what happens, saves the HTML file.
// Usage: node deck.mjs "QUESTION" [TARGET] [FILE]

import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const [question, target = "127.0.0.1:50053", file = "deck.html"] = process.argv.slice(2);
const protos = join(dirname(fileURLToPath(import.meta.url)), "../../protos");
const definition = loader.loadSync("aislides/orchestrator/v1/orchestrator_service.proto", {
  includeDirs: [protos],
  keepCase: true,
  longs: String,
  enums: String,
  oneofs: true,
});
const { DeckService } = grpc.loadPackageDefinition(definition).aislides.orchestrator.v1;
const decks = new DeckService(target, grpc.credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });

const call = (name, request) =>
  new Promise((resolve, reject) =>
    decks[name](request, (error, answer) => (error ? reject(error) : resolve(answer))));

const { deck } = await call("CreateDeck", { question });
for await (const { event } of decks.WatchDeck({ deck_id: deck.deck_id })) {
  if (event?.body === "slide_ready") console.log(`slide ${event.slide_ready.position}. ${event.slide_ready.headline}`);
  if (event?.body === "failed") throw new Error(`${event.failed.message} [${event.failed.reason}]`);
  if (event?.body === "clarification_needed") throw new Error(event.clarification_needed.text);
}

const chunks = [];
for await (const part of decks.ExportDeck({ deck_id: deck.deck_id })) {
  if (part.part === "chunk") chunks.push(part.chunk);
}
await writeFile(file, Buffer.concat(chunks));
console.log(`saved ${file}`);
decks.close();
