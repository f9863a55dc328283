"""What every answer carries, whatever becomes of the request; and how bodies travel."""

from __future__ import annotations

import asyncio
import gzip

import brotli
import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from gateway.middleware.body_limit import BodyLimit
from gateway.middleware.compress import accepted_coding
from gateway.middleware.frame import SECURITY_HEADERS

from fakes.orchestrator import ID, html_parts, info

ANSWERS = {
    "200": ("GET", "/health/live", {}),
    "304": ("GET", f"/v1/decks/{ID}", {"If-None-Match": "*"}),
    "401": ("GET", "/v1/usage", {"Authorization": "Bearer wrong"}),
    "404": ("GET", "/nope", {}),
    "405": ("PUT", "/v1/decks", {}),
    "413": ("POST", "/v1/decks", {"Content-Type": "application/json"}),
    "422": ("POST", "/v1/decks", {"Content-Type": "application/json"}),
    "500": ("GET", "/broken", {}),
}


@pytest.mark.parametrize("status", ANSWERS)
async def test_every_answer_has_the_security_headers_and_a_request_id(gateway, fake, status):
    method, path, headers = ANSWERS[status]
    keys = ("0" * 64,) if status == "401" else ()
    if status == "304":
        fake.script("GetDeck", pb.GetDeckResponse(deck=info()))
    async with gateway(fake, key_hashes=keys, broken=status == "500") as client:
        body = b"x" * 100_000 if status == "413" else b""
        headers = headers | {"X-Request-Id": "mine"}
        got = await client.request(method, path, headers=headers, content=body)
    assert got.status_code == int(status)
    assert {name: got.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert got.headers["x-request-id"] == "mine"
    if got.status_code >= 400:
        assert got.headers["content-type"] == "application/problem+json"
        assert got.json()["instance"].endswith("mine")
        assert "secret" not in got.text


async def test_answers_come_in_the_coding_that_the_caller_takes(gateway, fake):
    content = b"<!DOCTYPE html>" + b"deck " * 2000
    fake.script("ExportDeck", *[html_parts(content)] * 3)
    path, seen = f"/v1/decks/{ID}/html", {}
    async with gateway(fake) as client:
        for coding in ("br, gzip", "gzip, br;q=0", "identity"):
            request = client.build_request("GET", path, headers={"Accept-Encoding": coding})
            got = await client.send(request, stream=True)
            seen[coding] = (got.headers, b"".join([part async for part in got.aiter_raw()]))
    headers, packed = seen["br, gzip"]
    assert headers["content-encoding"] == "br" and brotli.decompress(packed) == content
    assert headers["vary"] == "Accept-Encoding" and headers["etag"].startswith('W/"')
    headers, packed = seen["gzip, br;q=0"]
    assert headers["content-encoding"] == "gzip" and gzip.decompress(packed) == content
    headers, plain = seen["identity"]
    assert "content-encoding" not in headers and plain == content
    assert accepted_coding("deflate") == ""


async def test_head_is_get_without_the_body(gateway, fake):
    fake.script("GetDeck", *[pb.GetDeckResponse(deck=info())] * 2)
    async with gateway(fake) as client:
        got = await client.get(f"/v1/decks/{ID}", headers={"Accept-Encoding": "identity"})
        head = await client.head(f"/v1/decks/{ID}", headers={"Accept-Encoding": "identity"})
    assert head.content == b""
    for name in ("etag", "last-modified", "content-length", "content-type"):
        assert head.headers[name] == got.headers[name]


async def test_a_finished_deck_that_did_not_change_since_is_304(gateway, fake):
    done, busy = info(), info(pb.STATE_RUNNING)
    for deck in (done, busy):
        deck.updated_at.FromJsonString("2026-11-21T10:00:01.5Z")
    fake.script("GetDeck", *(pb.GetDeckResponse(deck=deck) for deck in (done, done, done, busy)))
    statuses = []
    async with gateway(fake) as client:
        for since in ("10:00:01", "10:00:00", "noon", "10:00:01"):
            date = {"If-Modified-Since": f"Sat, 21 Nov 2026 {since} GMT"}
            statuses.append((await client.get(f"/v1/decks/{ID}", headers=date)).status_code)
    assert statuses == [304, 200, 200, 200]


async def test_a_body_that_stalls_is_given_up():
    sent = []

    async def reads_all(scope, receive, send):
        while (await receive())["more_body"]:
            pass

    async def stalls():
        await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    limit = BodyLimit(reads_all, limit=10, patience=0.05)
    await limit({"type": "http", "headers": []}, stalls, send)
    assert sent[0]["status"] == 408
    assert b"BODY_TOO_SLOW" in sent[1]["body"]


ODD = [
    ('{"question": "a\\ud800b"}', "question"),
    ('{"question": "a", "locale": "\\ud800"}', "locale"),
]


@pytest.mark.parametrize(("body", "field"), ODD)
async def test_halves_of_characters_are_refused(gateway, fake, body, field):
    async with gateway(fake) as client:
        got = await client.post(
            "/v1/decks", content=body, headers={"Content-Type": "application/json"}
        )
    assert (got.status_code, got.json()["errors"][0]["field"]) == (422, field)


async def test_lists_are_filtered_sorted_and_refuse_unknown_choices(gateway, fake):
    fake.script("ListDecks", pb.ListDecksResponse())
    async with gateway(fake) as client:
        path = "/v1/decks?state=failed&state=cancelled&space=sales&order=oldest"
        assert (await client.get(path)).status_code == 200
        for wrong in ("state=nope", "order=best", "space=a%20b", "page_size=0"):
            assert (await client.get(f"/v1/decks?{wrong}")).status_code == 422
    asked = fake.requests[0]
    assert list(asked.states) == [pb.STATE_FAILED, pb.STATE_CANCELLED]
    assert (asked.space_id, asked.order) == ("sales", pb.DECK_ORDER_CREATED_ASCENDING)
