"""Who may read which deck over REST: a real gateway before a real orchestrator, with keys."""

from __future__ import annotations

import hashlib
import re
from contextlib import asynccontextmanager

import aislides_analyst
import httpx
import pytest
from aislides_runtime.settings import SettingsError
from gateway.server import running_gateway
from gateway.settings import ApiSection, read_settings
from gateway.settings import Settings as GatewaySettings
from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.settings import OrchestratorSection, Settings

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import monthly_delays

QUESTION = "How did departure delays develop in 2013?"
RESULT = monthly_delays("r1")
DIGEST = {
    name: hashlib.sha256(name.encode()).hexdigest() for name in ("ann", "bob", "sales-1", "sales-2")
}
KEYS = {
    "key_hashes": (DIGEST["ann"], DIGEST["bob"]),
    "tenants": {"sales": (DIGEST["sales-1"], DIGEST["sales-2"])},
}
SAME = {"X-Request-Id": "the-same"}
BODIES = {":revise": {"instruction": "Remove slide 3"}}


@asynccontextmanager
async def serving(tmp_path, decks=1, **api):
    """An address at which decks can be made, and a client of it for any key."""
    asked = [f"delay by month, for deck {number}" for number in range(decks)]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, [RESULT], find_facts([RESULT])))
    section = OrchestratorSection(
        listen="127.0.0.1:0", database_url=f"sqlite+aiosqlite:///{tmp_path}/decks.sqlite"
    )
    llm = FakeLlm([[question] for question in asked], [deck] * decks)
    async with running_orchestrator(
        Settings(orchestrator=section), genie=FakeGenie(dict.fromkeys(asked, RESULT)), llm=llm
    ) as server:
        settings = GatewaySettings(api=ApiSection(port=0, orchestrator_target=server.target, **api))
        async with (
            running_gateway(settings) as gateway,
            httpx.AsyncClient(base_url=gateway.url, timeout=30) as client,
        ):
            yield client


def of(key):
    return {"Authorization": f"Bearer {key}"}


async def made(client, headers=None):
    wait = {"Prefer": "wait=20"} | (headers or {})
    answer = await client.post("/v1/decks", json={"question": QUESTION}, headers=wait)
    assert answer.json()["state"] == "succeeded", answer.text
    return answer.json()["id"]


async def ids(client, headers=None):
    listed = (await client.get("/v1/decks", headers=headers)).json()
    return [deck["id"] for deck in listed["decks"]]


async def calls_about_a_deck(client, key):
    """Method and path of every call about one deck that the gateway describes."""
    paths = (await client.get("/openapi.json", headers=of(key))).json()["paths"]
    places = {"slide_id": "s1", "number": "1", "ref": "f1.change"}
    for path, described in paths.items():
        for method in described if "{deck_id}" in path else ():
            filled = re.sub(r"{(\w+)}", lambda m: places.get(m[1], m[0]), path)
            yield method, filled + ("?from=1" if filled.endswith(":diff") else "")


async def test_a_key_opens_its_own_decks_and_no_other(tmp_path):
    async with serving(tmp_path, decks=2, **KEYS) as client:
        anns, sales = await made(client, of("ann")), await made(client, of("sales-1"))
        assert await ids(client, of("ann")) == [anns]
        assert await ids(client, of("bob")) == []
        # Keys of one tenant share its decks: that is how a key is replaced.
        assert await ids(client, of("sales-2")) == [sales]
        assert (await client.get(f"/v1/decks/{sales}/html", headers=of("sales-2"))).is_success
        calls = [call async for call in calls_about_a_deck(client, "bob")]
        assert len(calls) >= 14
        for method, path in calls:
            body = next((BODIES[end] for end in BODIES if path.endswith(end)), None)
            told = []
            for deck_id in (anns, "0" * 32):
                url = path.replace("{deck_id}", deck_id)
                answer = await client.request(method, url, json=body, headers=of("bob") | SAME)
                told.append((answer.status_code, answer.text.replace(deck_id, "ID")))
            # Nothing tells a deck of somebody else from one that never was.
            assert told[0][0] == 404 and "DECK_NOT_FOUND" in told[0][1], (method, path, told[0])
            assert told[0] == told[1]
        usage = {
            key: (await client.get("/v1/usage", headers=of(key))).json() for key in ("ann", "bob")
        }
        assert (usage["ann"]["decks"], usage["bob"].get("decks", 0)) == (1, 0)
        events = (await client.get(f"/v1/decks/{anns}/events", headers=of("ann"))).text
        assert "event: completed" in events
        assert (await client.delete(f"/v1/decks/{anns}", headers=of("ann"))).status_code == 204


async def test_a_signed_in_browser_sees_the_decks_of_its_key(tmp_path):
    async with serving(tmp_path, **KEYS) as client:
        sales = await made(client, of("sales-1"))
        assert (await client.post("/sign-in", data={"key": "sales-2"})).status_code == 303
        assert await ids(client) == [sales]
        client.cookies.clear()
        await client.post("/sign-in", data={"key": "bob"})
        assert await ids(client) == []


async def test_without_keys_everything_is_everybodys(tmp_path):
    async with serving(tmp_path, decks=1) as client:
        deck_id = await made(client)
        # A key that nobody asked for changes nothing.
        assert await ids(client) == await ids(client, of("any")) == [deck_id]


async def test_whom_a_proxy_names_sees_their_own_decks(tmp_path):
    def named(*names):
        return [("X-Forwarded-Email", name) for name in names]

    async with serving(tmp_path, person_header="X-Forwarded-Email") as client:
        anns = await made(client, dict(named("Ann+decks@example.com")))
        assert await ids(client, named("ann+decks@EXAMPLE.com")) == [anns]
        assert await ids(client, named("bob@example.com")) == []
        seen = await client.get(f"/v1/decks/{anns}", headers=named("bob@example.com"))
        assert seen.json()["reason"] == "DECK_NOT_FOUND"
        # Nobody, and two at once, is nobody; a name of a tenant is only a name.
        for wrong in ([], named(""), named("ann+decks@example.com", "bob@example.com")):
            refused = await client.get("/v1/decks", headers=wrong)
            assert (refused.status_code, refused.json()["reason"]) == (401, "CALLER_NOT_NAMED")
        assert await ids(client, named("*")) == await ids(client, named("default")) == []
        assert (await client.get("/health/ready")).status_code == 200


def test_callers_are_known_by_a_key_or_by_a_proxy():
    hashes = f'["{DIGEST["ann"]}"]'
    environ = {"AISLIDES_API__KEY_HASHES": hashes, "AISLIDES_API__PERSON_HEADER": "X-Email"}
    with pytest.raises(SettingsError, match="not by both"):
        read_settings(environ=environ)


def test_a_key_of_two_tenants_stops_the_start():
    both = f'{{"a": ["{DIGEST["ann"]}"], "b": ["{DIGEST["ann"]}"]}}'
    with pytest.raises(SettingsError, match="one tenant"):
        read_settings(environ={"AISLIDES_API__TENANTS": both})
    with pytest.raises(SettingsError, match="TENANTS"):
        read_settings(environ={"AISLIDES_API__TENANTS": '{"*": []}'})
