"""Who may call, from programs, from our page, from other pages."""

from __future__ import annotations

import hashlib

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from gateway.sessions import SECONDS, holder, issue

from fakes.orchestrator import ID, info

KEY, OTHER = "a-long-secret-key", "another-secret-key"
HASHES = tuple(hashlib.sha256(key.encode()).hexdigest() for key in (KEY, OTHER))
HTML = {"Accept": "text/html"}


def test_a_session_ends_with_its_time_and_with_its_key():
    cookie = issue(HASHES[0], now=1_000)
    assert holder(cookie, HASHES, now=1_000 + SECONDS) == HASHES[0]
    assert holder(cookie, HASHES, now=1_001 + SECONDS) == ""
    assert holder(cookie, HASHES[1:], now=1_000) == ""
    until, _, signature = cookie.partition(".")
    assert holder(f"{int(until) + 1}.{signature}", HASHES, now=1_000) == ""
    for odd in ("", ".", "x.y", "٣.y", "9" * 5_000 + ".y", f"{until}.\u00e9"):
        assert holder(odd, HASHES, now=1_000) == ""


async def test_a_browser_shows_its_key_once(gateway, fake):
    fake.script("ListSpaces", pb.ListSpacesResponse())
    fake.script("ListThemes", pb.ListThemesResponse())
    fake.script("CancelDeck", pb.CancelDeckResponse(deck=info()))
    async with gateway(fake, key_hashes=HASHES) as client:
        sent_away = await client.get("/", headers=HTML)
        assert (sent_away.status_code, sent_away.headers["location"]) == (303, "/sign-in")
        assert "API key" in (await client.get("/sign-in")).text
        assert (await client.get("/assets/page.css")).status_code == 200
        wrong = await client.post("/sign-in", data={"key": "guess"})
        assert wrong.status_code == 401 and "set-cookie" not in wrong.headers
        right = await client.post("/sign-in", data={"key": KEY})
        assert (right.status_code, right.headers["location"]) == (303, "/")
        cookie = right.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=strict" in cookie and KEY not in cookie
        assert (await client.get("/", headers=HTML)).status_code == 200
        # The session may change things from our own page, and from no other.
        path, own = f"/v1/decks/{ID}:cancel", str(client.base_url).rstrip("/")
        assert (await client.post(path, headers={"Origin": own})).status_code == 200
        for foreign in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {}):
            refused = await client.post(path, headers=foreign)
            assert (refused.status_code, refused.json()["reason"]) == (403, "FOREIGN_PAGE")
        # A key that is sent is judged alone: the session does not help a wrong one.
        bad = await client.post(path, headers={"Origin": own, "Authorization": "Bearer no"})
        assert bad.status_code == 401


async def test_a_preflight_needs_no_key_and_refusals_can_be_read_by_allowed_pages(gateway, fake):
    page = "http://app.example"
    async with gateway(fake, key_hashes=HASHES, cors_origins=(page,)) as client:
        asks = {
            "Origin": page,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,idempotency-key",
        }
        preflight = await client.options("/v1/decks", headers=asks)
        foreign = await client.options("/v1/decks", headers=asks | {"Origin": "http://evil"})
        refused = await client.get("/v1/decks", headers={"Origin": page})
        quiet = await client.get("/v1/decks", headers={"Origin": "http://evil"})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == page
    assert "access-control-allow-origin" not in foreign.headers
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == page
    assert "ETag" in refused.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in quiet.headers


async def test_callers_are_limited_by_the_key_they_have(gateway, fake):
    fake.script("GetUsage", *[pb.GetUsageResponse()] * 3)
    first, second = ({"Authorization": f"Bearer {key}"} for key in (KEY, OTHER))
    async with gateway(fake, key_hashes=HASHES, requests_per_minute=2) as client:
        answers = [await client.get("/v1/usage", headers=first) for _ in range(3)]
        other = await client.get("/v1/usage", headers=second)
        health = await client.get("/health/live")
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["ratelimit"].startswith('"default";r=1')
    refused = answers[2]
    assert refused.json()["reason"] == "TOO_MANY_REQUESTS"
    assert int(refused.headers["retry-after"]) >= 1
    assert other.status_code == health.status_code == 200
