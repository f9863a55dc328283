from __future__ import annotations

import asyncio

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from gateway.middleware.rate_limit import RateLimit

from fakes.orchestrator import ID, event, html_parts, info


async def test_a_deck_that_did_not_change_is_304(gateway, fake):
    made = info(last_sequence=4)
    made.updated_at.FromJsonString("2026-11-21T10:00:01Z")
    later = info(last_sequence=5)
    fake.script("GetDeck", *(pb.GetDeckResponse(deck=one) for one in (made, made, later)))
    async with gateway(fake) as client:
        first = await client.get(f"/v1/decks/{ID}")
        tag = {"If-None-Match": f'"other", {first.headers["etag"]}'}
        same = await client.get(f"/v1/decks/{ID}", headers=tag)
        changed = await client.get(f"/v1/decks/{ID}", headers=tag)
    assert first.headers["last-modified"] == "Sat, 21 Nov 2026 10:00:01 GMT"
    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200


async def test_a_page_that_the_browser_has_is_304_and_large_answers_are_compressed(gateway, fake):
    content = b"<!DOCTYPE html>" + b"deck " * 2000
    fake.script("ExportDeck", html_parts(content), html_parts(content))
    async with gateway(fake) as client:
        first = await client.get(f"/v1/decks/{ID}/html")
        again = await client.get(
            f"/v1/decks/{ID}/html", headers={"If-None-Match": first.headers["etag"]}
        )
    assert first.content == content
    assert first.headers["content-encoding"] in {"br", "gzip"}
    assert again.status_code == 304


async def test_prefer_wait_waits_for_the_end_and_no_longer_than_asked(gateway, fake):
    queued = pb.CreateDeckResponse(deck=info(pb.STATE_QUEUED))
    fake.script("CreateDeck", queued, queued)
    fake.script("WatchDeck", [event(1, completed=pb.DeckCompleted())])
    fake.script("WatchDeck", [asyncio.Event().wait])
    fake.script("GetDeck", pb.GetDeckResponse(deck=info()))
    fake.script("GetDeck", pb.GetDeckResponse(deck=info(pb.STATE_RUNNING)))
    async with gateway(fake) as client:
        body = {"question": "Q?"}
        done = await client.post("/v1/decks", json=body, headers={"Prefer": "wait=10"})
        slow = await client.post("/v1/decks", json=body, headers={"Prefer": "x, wait=1"})
    assert (done.json()["state"], done.headers["preference-applied"]) == ("succeeded", "wait=10")
    assert slow.json()["state"] == "running"


async def test_metrics_count_by_route_and_never_by_path(gateway, fake):
    fake.script("GetDeck", pb.GetDeckResponse(deck=info()))
    async with gateway(fake) as client:
        await client.get(f"/v1/decks/{ID}")
        for number in range(5):
            await client.get(f"/odd/{number}")
        text = (await client.get("/metrics")).text
    assert 'route="/v1/decks/{deck_id}",status="200"} 1.0' in text
    assert 'route="unknown",status="404"} 5.0' in text
    assert "/odd/" not in text


def test_a_bucket_fills_with_time():
    now = [0.0]
    limit = RateLimit(None, per_minute=60, clock=lambda: now[0])
    assert all(limit._take("a") >= 0 for _ in range(60))
    assert limit._take("a") < 0
    now[0] += 1.1
    assert limit._take("a") >= 0
    assert limit._take("a") < 0
