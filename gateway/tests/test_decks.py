from __future__ import annotations

import asyncio
import hashlib
import json
import socket

import pytest
from aislides.deck.v1 import verdict_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Kind, ServiceError
from aislides_runtime.listening import PortInUse
from aislides_runtime.settings import SettingsError
from gateway.errors import OpenToAll
from gateway.server import _bound, running_gateway
from gateway.settings import ApiSection, Settings, read_settings

from fakes.orchestrator import ID, event, html_parts, info


class Missing(ServiceError):
    kind = Kind.NOT_FOUND
    reason = "DECK_NOT_FOUND"


async def test_creating_answers_202_with_its_place_and_passes_the_key_on(gateway, fake):
    fake.script("CreateDeck", pb.CreateDeckResponse(deck=info(pb.STATE_QUEUED)))
    fake.script(
        "CreateDeck", pb.CreateDeckResponse(deck=info(pb.STATE_RUNNING), already_existed=True)
    )
    async with gateway(fake) as client:
        body, key = {"question": "Q?", "depth": "deep"}, {"Idempotency-Key": "k-1"}
        first = await client.post("/v1/decks", json=body, headers=key)
        again = await client.post("/v1/decks", json=body, headers=key)
    assert first.status_code == 202
    assert first.headers["location"] == f"/v1/decks/{ID}"
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (fake.requests[0].request_id, fake.requests[0].depth) == ("k-1", pb.DEPTH_DEEP)


async def test_a_deck_is_read_listed_cancelled_and_deleted(gateway, fake):
    fake.script("GetDeck", pb.GetDeckResponse(deck=info(error=pb.JobError(reason="X"))))
    fake.script("ListDecks", pb.ListDecksResponse(decks=[info()], next_page_token="more"))
    fake.script("CancelDeck", pb.CancelDeckResponse(deck=info(pb.STATE_CANCELLED)))
    fake.script("DeleteDeck", pb.DeleteDeckResponse())
    async with gateway(fake) as client:
        assert (await client.get(f"/v1/decks/{ID}")).json()["title"] == "Many"
        listed = (await client.get("/v1/decks?state=succeeded&text=many&page_size=5")).json()
        assert [deck["id"] for deck in listed["decks"]] == [ID]
        assert listed["next_page_token"] == "more"
        cancelled = await client.post(f"/v1/decks/{ID}:cancel")
        assert cancelled.json()["state"] == "cancelled"
        assert (await client.delete(f"/v1/decks/{ID}")).status_code == 204
    asked = fake.requests[1]
    assert list(asked.states) == [pb.STATE_SUCCEEDED]
    assert (asked.text, asked.page_size) == ("many", 5)


async def test_a_deck_whose_change_failed_stays_good_and_says_why(gateway, fake):
    why = pb.JobError(reason="SERVICE_UNAVAILABLE", message="genie_svc is away", retryable=True)
    fake.script("GetDeck", pb.GetDeckResponse(deck=info(change_error=why)))
    async with gateway(fake) as client:
        deck = (await client.get(f"/v1/decks/{ID}")).json()
    assert (deck["state"], deck["error"]) == ("succeeded", None)
    assert deck["change_error"] == {
        "reason": "SERVICE_UNAVAILABLE",
        "message": "genie_svc is away",
        "retryable": True,
    }


async def test_html_is_shown_in_a_sandbox_and_exports_are_downloads(gateway, fake):
    fake.script("ExportDeck", html_parts(), html_parts())
    async with gateway(fake) as client:
        shown = await client.get(f"/v1/decks/{ID}/html")
        kept = await client.get(f"/v1/decks/{ID}/export?format=html")
    assert shown.text == "<!DOCTYPE html>deck"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert shown.headers["content-disposition"].startswith("inline")
    assert kept.headers["content-disposition"] == 'attachment; filename="many.html"'


async def test_one_slide_is_a_page_without_script(gateway, fake):
    fake.script("ExportDeck", html_parts(), html_parts())
    async with gateway(fake) as client:
        shown = await client.get(f"/v1/decks/{ID}/slides/s2")
        tag = {"If-None-Match": shown.headers["etag"]}
        same = await client.get(f"/v1/decks/{ID}/slides/s2", headers=tag)
        wrong = await client.get(f"/v1/decks/{ID}/slides/s2x")
    assert shown.headers["content-security-policy"] == "sandbox; frame-ancestors 'self'"
    assert shown.headers["x-frame-options"] == "SAMEORIGIN"
    assert (same.status_code, wrong.status_code) == (304, 422)
    assert fake.requests[0].slide_id == "s2"


async def test_unknown_decks_and_formats_are_problems(gateway, fake):
    fake.script("GetDeck", Missing("there is no deck"))
    async with gateway(fake) as client:
        missing = await client.get(f"/v1/decks/{ID}")
        wrong_id = await client.get("/v1/decks/nope")
        wrong_format = await client.get(f"/v1/decks/{ID}/export?format=doc")
        no_route = await client.get("/v2/decks")
        no_method = await client.put("/v1/decks")
    assert (missing.status_code, missing.json()["reason"]) == (404, "DECK_NOT_FOUND")
    assert wrong_id.status_code == wrong_format.status_code == 422
    assert (no_route.status_code, no_route.json()["reason"]) == (404, "NOT_FOUND")
    assert (no_method.status_code, no_method.json()["reason"]) == (405, "METHOD_NOT_ALLOWED")


async def test_events_are_sent_with_ids_and_resume_after_the_last_one(gateway, fake):
    fake.script("GetDeck", pb.GetDeckResponse(deck=info()))
    seen_alive = asyncio.Event()
    fake.script(
        "WatchDeck",
        [
            event(8, remark=pb.Remark(text="line\nbreak")),
            pb.WatchDeckResponse(),
            seen_alive.wait,
            event(9, completed=pb.DeckCompleted(title="Many")),
        ],
    )
    lines, path = [], f"/v1/decks/{ID}/events"
    async with (
        gateway(fake) as client,
        client.stream("GET", path, headers={"Last-Event-ID": "7"}) as got,
    ):
        async for line in got.aiter_lines():
            lines.append(line)
            if line == ": alive":
                seen_alive.set()
    assert got.headers["content-type"].startswith("text/event-stream")
    assert fake.requests[1].after_sequence == 7
    messages = [part for part in "\n".join(lines).split("\n\n") if "id:" in part]
    assert [m[m.index("id:") :].split("\n")[0] for m in messages] == ["id: 8", "id: 9"]
    assert json.loads(messages[0].split("data: ")[1])["remark"]["text"] == "line\nbreak"


async def test_a_browser_that_leaves_ends_the_stream_upstream(gateway, fake):
    fake.script("GetDeck", pb.GetDeckResponse(deck=info()))
    fake.script("WatchDeck", [event(1, accepted=pb.DeckAccepted()), asyncio.Event().wait])
    async with gateway(fake) as client:
        async with client.stream("GET", f"/v1/decks/{ID}/events") as stream:
            async for line in stream.aiter_lines():
                if line.startswith("id:"):
                    break
        async with asyncio.timeout(20):
            while not fake.cancelled:
                await asyncio.sleep(0.01)


async def test_a_stream_that_breaks_says_why_before_it_ends(gateway, fake):
    fake.script("GetDeck", pb.GetDeckResponse(deck=info()))
    fake.script("WatchDeck", [event(1, accepted=pb.DeckAccepted()), Missing("gone")])
    async with gateway(fake) as client:
        got = await client.get(f"/v1/decks/{ID}/events")
    assert "event: stream_error" in got.text
    assert "DECK_NOT_FOUND" in got.text


async def test_evidence_spaces_themes_usage_and_revise(gateway, fake):
    fake.script("GetEvidence", pb.GetEvidenceResponse(evidence=verdict_pb2.Evidence(ref="f1.a")))
    fake.script("ListSpaces", pb.ListSpacesResponse(spaces=[pb.SpaceInfo(space_id="s")]))
    fake.script(
        "ListThemes",
        pb.ListThemesResponse(
            themes=[pb.Theme(name="professional", title="Professional", swatches=["#ffffff"])]
        ),
    )
    fake.script("GetUsage", pb.GetUsageResponse(decks=3))
    fake.script("ReviseDeck", pb.ReviseDeckResponse(deck=info(pb.STATE_QUEUED)))
    async with gateway(fake) as client:
        assert (await client.get(f"/v1/decks/{ID}/evidence/f1.a")).json()["ref"] == "f1.a"
        assert (await client.get("/v1/spaces")).json()["spaces"][0]["space_id"] == "s"
        theme = (await client.get("/v1/themes")).json()["themes"][0]
        assert (theme["name"], theme["title"]) == ("professional", "Professional")
        assert theme["swatches"] == ["#ffffff"]
        assert (await client.get("/v1/usage")).json()["decks"] == 3
        revised = await client.post(
            f"/v1/decks/{ID}:revise", json={"clarification_answer": "in 2013"}
        )
        assert revised.status_code == 202


async def test_health_tells_whether_decks_can_be_made(gateway, fake):
    async with gateway(fake) as client:
        assert (await client.get("/health/live")).json() == {"status": "ok", "dependencies": {}}
        ready = await client.get("/health")
        assert (ready.status_code, ready.json()["dependencies"]) == (200, {"orchestrator": "ok"})
    alone = ApiSection(port=0, orchestrator_target="127.0.0.1:1")
    async with running_gateway(Settings(api=alone)) as gateway_alone:
        import httpx

        async with httpx.AsyncClient(base_url=gateway_alone.url) as client:
            assert (await client.get("/health/live")).status_code == 200
            assert (await client.get("/health/ready")).status_code == 503


async def test_every_answer_has_its_security_headers_and_echoes_the_request_id(gateway, fake):
    async with gateway(fake) as client:
        for path in ("/health/live", "/nope", "/openapi.json"):
            got = await client.get(path, headers={"X-Request-Id": "abc-1"})
            assert got.headers["x-request-id"] == "abc-1"
            assert got.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in got.headers["content-security-policy"]
        forged = await client.get("/health/live", headers={"X-Request-Id": "a b"})
        assert forged.headers["x-request-id"] != "a b"


async def test_configured_keys_are_required(gateway, fake):
    digest = hashlib.sha256(b"secret-key").hexdigest()
    fake.script("GetUsage", pb.GetUsageResponse())
    async with gateway(fake, key_hashes=(digest,)) as client:
        refused = await client.get("/v1/usage")
        wrong = await client.get("/v1/usage", headers={"Authorization": "Bearer other"})
        right = await client.get("/v1/usage", headers={"Authorization": "Bearer secret-key"})
        assert (await client.get("/health/live")).status_code == 200
    assert refused.status_code == wrong.status_code == 401
    assert refused.json()["reason"] == "API_KEY_REQUIRED"
    assert refused.headers["www-authenticate"] == "Bearer"
    assert right.status_code == 200


async def test_a_deck_is_made_for_whoever_holds_the_key(gateway, fake):
    digests = [hashlib.sha256(key).hexdigest() for key in (b"one", b"two")]
    for _ in digests:
        fake.script("CreateDeck", pb.CreateDeckResponse(deck=info(pb.STATE_QUEUED)))
    async with gateway(fake, key_hashes=tuple(digests)) as client:
        for key in ("one", "two"):
            caller = {"Authorization": f"Bearer {key}"}
            await client.post("/v1/decks", json={"question": "How many?"}, headers=caller)
    assert [item.tenant for item in fake.requests] == [f"key-{each[:12]}" for each in digests]


async def test_an_open_address_without_keys_refuses_to_start():
    section = ApiSection(host="0.0.0.0", port=0)
    with pytest.raises(OpenToAll, match="key_hashes"):
        async with running_gateway(Settings(api=section)):
            pass


async def test_a_port_in_use_says_how_to_choose_another():
    async with running_gateway(Settings(api=ApiSection(port=0))) as first:
        port = int(first.url.rsplit(":", 1)[1])
        with pytest.raises(PortInUse, match="API_PORT"):
            async with running_gateway(Settings(api=ApiSection(port=port))):
                pass


def test_plan_names_and_faults_of_settings():
    assert read_settings(environ={"API_PORT": "9999"}).api.port == 9999
    with pytest.raises(SettingsError, match=r"api\.port|API_PORT"):
        read_settings(environ={"API_PORT": "many"})


async def test_openapi_describes_every_route(gateway, fake):
    async with gateway(fake) as client:
        paths = (await client.get("/openapi.json")).json()["paths"]
    assert {"/generate-slides", "/v1/decks", "/v1/decks/{deck_id}/events", "/health"} <= set(paths)


def test_answers_on_a_kept_connection_do_not_wait_for_an_acknowledgement():
    # asyncio switches Nagle's algorithm off only for sockets that say they are TCP.
    with _bound(ApiSection(port=0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP
