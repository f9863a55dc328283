from __future__ import annotations

import asyncio

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import FieldViolation, InvalidRequest, Kind, ServiceError, Unavailable

from fakes.orchestrator import ID, event, html_parts, info


class Broken(ServiceError):
    kind = Kind.NOT_FOUND
    reason = "GENIE_SPACE_NOT_FOUND"


def created(**extra):
    return pb.CreateDeckResponse(deck=info(pb.STATE_QUEUED), **extra)


async def test_the_simple_call_waits_and_returns_html_and_metadata(gateway, fake):
    fake.script("CreateDeck", created())
    fake.script("WatchDeck", [event(1, completed=pb.DeckCompleted(revision=1))])
    fake.script("GetDeck", pb.GetDeckResponse(deck=info(usage=pb.JobUsage(model_calls=2))))
    fake.script("ExportDeck", html_parts())
    async with gateway(fake) as client:
        got = await client.post(
            "/generate-slides",
            json={"question": "  How many?  ", "max_slides": 5, "genie_space_id": "flights"},
        )
    assert got.status_code == 200, got.text
    assert got.json()["html"] == "<!DOCTYPE html>deck"
    deck = got.json()["metadata"]["deck"]
    assert (deck["id"], deck["state"], deck["usage"]["model_calls"]) == (ID, "succeeded", 2)
    request = fake.requests[0]
    assert (request.question, request.max_slides, request.space_id) == ("How many?", 5, "flights")


async def test_a_failed_deck_is_a_problem_with_its_reason(gateway, fake):
    failed = info(
        pb.STATE_FAILED,
        error=pb.JobError(reason="GENIE_SPACE_NOT_FOUND", message="there is no space 'x'"),
    )
    fake.script("CreateDeck", created())
    fake.script("WatchDeck", [])
    fake.script("GetDeck", pb.GetDeckResponse(deck=failed))
    async with gateway(fake) as client:
        got = await client.post("/generate-slides", json={"question": "How many?"})
    assert got.status_code == 404
    assert got.headers["content-type"] == "application/problem+json"
    assert got.json()["reason"] == "GENIE_SPACE_NOT_FOUND"
    assert got.json()["detail"] == "there is no space 'x'"


async def test_a_question_back_is_422_with_what_could_be_asked(gateway, fake):
    asked = pb.DeckClarification(text="The data covers 2013.", suggestions=["Delays in 2013?"])
    fake.script("CreateDeck", created())
    fake.script("WatchDeck", [])
    fake.script(
        "GetDeck",
        pb.GetDeckResponse(deck=info(pb.STATE_NEEDS_CLARIFICATION, clarification=asked)),
    )
    async with gateway(fake) as client:
        got = await client.post("/generate-slides", json={"question": "CEO?"})
    assert (got.status_code, got.json()["reason"]) == (422, "CLARIFICATION_NEEDED")
    assert got.json()["suggestions"] == ["Delays in 2013?"]
    assert got.json()["deck_id"] == ID


async def test_a_deck_that_takes_longer_can_be_read_later(gateway, fake):
    fake.script("CreateDeck", created())
    fake.script("WatchDeck", [asyncio.Event().wait])
    async with gateway(fake, wait_seconds=0.7) as client:
        got = await client.post("/generate-slides", json={"question": "How many?"})
    assert (got.status_code, got.json()["reason"]) == (504, "STILL_WORKING")
    assert f"/v1/decks/{ID}" in got.json()["detail"]


KEY = {"Idempotency-Key": "monday-deck"}


async def test_a_repeated_call_gets_the_same_deck(gateway, fake):
    done = pb.CreateDeckResponse(deck=info(), already_existed=True)
    fake.script("CreateDeck", done)
    fake.script("WatchDeck", [event(1, completed=pb.DeckCompleted(revision=1))])
    fake.script("GetDeck", pb.GetDeckResponse(deck=info()))
    fake.script("ExportDeck", html_parts())
    async with gateway(fake) as client:
        got = await client.post("/generate-slides", json={"question": "How many?"}, headers=KEY)
    assert (got.status_code, got.headers["idempotency-replayed"]) == (200, "true")
    assert fake.requests[0].request_id == "monday-deck"


async def test_a_repeated_call_in_flight_is_409_and_says_when(gateway, fake):
    fake.script("CreateDeck", created(already_existed=True))
    async with gateway(fake) as client:
        got = await client.post("/generate-slides", json={"question": "How many?"}, headers=KEY)
    assert (got.status_code, got.json()["reason"]) == (409, "REQUEST_IN_FLIGHT")
    assert (got.headers["retry-after"], got.json()["deck_id"]) == ("5", ID)


class KeyReused(ServiceError):
    kind = Kind.ALREADY_EXISTS
    reason = "REQUEST_ID_REUSED"


async def test_a_key_with_another_body_is_422(gateway, fake):
    fake.script("CreateDeck", KeyReused("used before"))
    async with gateway(fake) as client:
        got = await client.post("/generate-slides", json={"question": "Why?"}, headers=KEY)
    assert (got.status_code, got.json()["reason"]) == (422, "REQUEST_ID_REUSED")


BAD = [
    ({}, "question"),
    ({"question": ""}, "question"),
    ({"question": " \n\t "}, "question"),
    ({"question": "x" * 4001}, "question"),
    ({"question": 5}, "question"),
    ({"question": "Q?", "max_slides": 0}, "max_slides"),
    ({"question": "Q?", "max_slides": -1}, "max_slides"),
    ({"question": "Q?", "max_slides": 1000}, "max_slides"),
    ({"question": "Q?", "max_slides": "many"}, "max_slides"),
    ({"question": "Q?", "genie_space_id": "../x"}, "genie_space_id"),
    ({"question": "Q?", "surprise": 1}, "surprise"),
]


@pytest.mark.parametrize(("body", "field"), BAD)
async def test_bad_bodies_name_their_field(gateway, fake, body, field):
    async with gateway(fake) as client:
        got = await client.post("/generate-slides", json=body)
    assert got.status_code == 422
    assert got.json()["reason"] == "INVALID_REQUEST"
    assert [item["field"] for item in got.json()["errors"]] == [field]
    assert field in got.json()["detail"]


async def test_a_body_over_the_limit_is_refused_while_it_is_read(gateway, fake):
    async def chunks():
        for _ in range(200):
            yield b'"' + b"x" * 1000

    async with gateway(fake) as client:
        declared = await client.post("/generate-slides", content=b"x" * 100_000)
        chunked = await client.post("/generate-slides", content=chunks())
    for got in (declared, chunked):
        assert (got.status_code, got.json()["reason"]) == (413, "BODY_TOO_LARGE")


async def test_text_that_is_no_json_is_a_problem(gateway, fake):
    async with gateway(fake) as client:
        got = await client.post(
            "/generate-slides", content="{oops", headers={"Content-Type": "application/json"}
        )
    assert got.status_code == 422
    assert "JSON" in got.json()["detail"]


async def test_the_orchestrators_field_faults_come_through(gateway, fake):
    fault = InvalidRequest("theme: is unknown", field_violations=[FieldViolation("theme", "x")])
    fake.script("CreateDeck", fault)
    async with gateway(fake) as client:
        got = await client.post("/v1/decks", json={"question": "Q?", "theme": "neon"})
    assert got.status_code == 422
    assert got.json()["errors"] == [{"field": "theme", "detail": "x"}]


async def test_an_orchestrator_that_is_away_is_503_and_named(gateway, fake):
    fake.script("CreateDeck", *[Unavailable("no")] * 3)
    async with gateway(fake) as client:
        got = await client.post("/v1/decks", json={"question": "Q?"})
    assert (got.status_code, got.json()["reason"]) == (503, "SERVICE_UNAVAILABLE")


async def test_unexpected_errors_show_an_id_and_nothing_else(gateway, fake):
    fake.script("CreateDeck", RuntimeError("the secret is 42"))
    async with gateway(fake) as client:
        got = await client.post("/v1/decks", json={"question": "Q?"})
    assert got.status_code == 500
    assert "secret" not in got.text
    assert "error id" in got.json()["detail"]
