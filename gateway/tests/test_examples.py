from __future__ import annotations

import json
from itertools import pairwise

import pytest
from aislides.deck.v1 import verdict_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from google.protobuf.json_format import ParseDict

from gateway import examples, schemas

MESSAGES = {
    "get_evidence": verdict_pb2.Evidence,
    "list_revisions": pb.ListRevisionsResponse,
    "get_revision": pb.GetRevisionResponse,
    "diff_revisions": pb.DiffRevisionsResponse,
    "list_spaces": pb.ListSpacesResponse,
    "list_themes": pb.ListThemesResponse,
    "get_usage": pb.GetUsageResponse,
}
DECKS = ["create_deck", "get_deck", "cancel_deck", "revise_deck", "refresh_deck"]


async def test_every_route_has_an_example_of_its_answer_and_of_its_body(gateway, fake):
    async with gateway(fake) as client:
        described = (await client.get("/openapi.json")).json()
        people = await client.get("/docs")
    names = []
    for operations in described["paths"].values():
        for operation in operations.values():
            names.append(operation["operationId"])
            if body := operation.get("requestBody"):
                assert body["content"]["application/json"]["example"]
            shown = [
                content.get("example")
                for code, answer in operation["responses"].items()
                if code.startswith("2") and code != "204"
                for content in answer["content"].values()
            ]
            assert all(shown) and (shown or names[-1] == "delete_deck")
    assert all(a != b for a, b in pairwise(sorted(names)))
    assert "departure delays" in people.text and "POST /v1/decks" in people.text


@pytest.mark.parametrize("name", MESSAGES)
def test_examples_are_messages_that_the_services_know(name):
    ParseDict(examples.ANSWERS[name], MESSAGES[name]())


def test_examples_of_decks_bodies_and_events_are_valid():
    for name in DECKS:
        schemas.Deck.model_validate(examples.ANSWERS[name])
    schemas.GenerateSlides.model_validate(examples.BODIES["generate_slides"])
    schemas.CreateDeck.model_validate(examples.BODIES["create_deck"])
    schemas.ReviseDeck.model_validate(examples.BODIES["revise_deck"])
    ParseDict(json.loads(examples.EVENT.split("data: ")[1]), pb.DeckEvent())
