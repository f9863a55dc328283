"""Who asks: the service or a user, never one for the other, and never a token in the open."""

from __future__ import annotations

import asyncio

import grpc.aio
import pytest
from aislides_runtime.settings import Secret
from genie_client import GenieClient, reason
from genie_http import Reply, error
from genie_script import TOKEN, Script
from genie_svc.adapters.calls import Calls, Threads
from genie_svc.adapters.databricks import Connection, Credentials, DatabricksClient
from genie_svc.adapters.identities import Identities
from genie_svc.adapters.retries import RetryBudget, RetryPolicy
from genie_svc.bootstrap import running_genie
from genie_svc.domain.errors import WorkspaceUnreachable
from genie_svc.settings import DatabricksSection

ALICE, BOB = "dapi-alice-0123456789abcdef", "dapi-bob-0123456789abcdef"
PROBE = "/.well-known/databricks-config"


@pytest.fixture(autouse=True)
def users(genie):
    genie.users |= {ALICE: "alice", BOB: "bob"}


def tokens(genie) -> set[str]:
    return {
        call.headers.get("authorization", "") for call in genie.server.calls if call.path != PROBE
    }


async def test_every_call_carries_the_callers_token(genie, serve):
    async with serve(trust_user_token=True, ready_cache_seconds=3600) as client:
        genie.server.calls.clear()
        await client.ask(token=ALICE)
    assert tokens(genie) == {f"Bearer {ALICE}"}
    assert {c.headers.get("x-databricks-workspace-id") for c in genie.server.made("GET", "m1")} == {
        "123"
    }


async def test_token_is_ignored_where_it_is_not_trusted(genie, serve):
    async with serve() as client:
        await client.ask(token=ALICE)
    assert tokens(genie) == {f"Bearer {TOKEN}"}


async def test_conversation_of_one_user_is_not_found_by_another(genie, serve):
    async with serve(trust_user_token=True) as client:
        mine = (await client.ask(token=ALICE, request_id="r1"))[0][1]
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask("and?", token=BOB, conversation_id=mine.conversation_id)
        assert reason(caught.value) == "GENIE_CONVERSATION_NOT_FOUND"
        # The same request id of another user is another question.
        events = await client.ask(token=BOB, request_id="r1")
    assert not events[0][1].resumed and len(genie.asked) == 2


async def test_refreshed_token_is_still_the_same_user(genie, serve):
    async with serve(trust_user_token=True) as client:
        await client.ask(token=ALICE, request_id="r1")
        genie.users["dapi-alice-fresh-0123456789"] = "alice"
        events = await client.ask(token="dapi-alice-fresh-0123456789", request_id="r1")
    assert events[0][1].resumed and len(genie.asked) == 1


async def test_token_without_the_scope_to_say_who_it_is_owns_what_it_does(genie, serve):
    genie.server.fault("GET", "scim", error(403, "PERMISSION_DENIED", "missing scope"), times=2)
    async with serve(trust_user_token=True) as client:
        await client.ask(token=ALICE, request_id="r1")
        events = await client.ask(token=BOB, request_id="r1")
    assert not events[0][1].resumed


async def test_one_client_a_user_is_built_once_and_lazily(genie, serve):
    async with serve(trust_user_token=True) as client:
        before = len(genie.server.made("GET", PROBE))
        await asyncio.gather(*(client.ask(f"q{n}", token=ALICE) for n in range(10)))
        assert len(genie.server.made("GET", PROBE)) == before + 1


REJECTED = [
    (error(401, "UNAUTHENTICATED", "no"), "GENIE_CREDENTIALS_REJECTED"),
    (error(403, 403, "Invalid access token."), "GENIE_CREDENTIALS_REJECTED"),
    (error(403, "PERMISSION_DENIED", "token expired token"), "GENIE_CREDENTIALS_REJECTED"),
    (
        error(403, "PERMISSION_DENIED", "Source IP address: 10.1.2.3 is blocked"),
        "GENIE_ACCESS_DENIED",
    ),
]


@pytest.mark.parametrize(("reply", "expected"), REJECTED)
async def test_refusal_says_why_without_the_clients_configuration(genie, serve, reply, expected):
    genie.server.fault("POST", "start-conversation", reply)
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask()
    told = str(caught.value) + repr(caught.value.trailing_metadata())
    assert reason(caught.value) == expected
    assert "Config" not in told and TOKEN not in told and genie.server.host not in told


async def test_token_that_expires_in_the_middle_ends_the_wait_and_is_never_replaced(genie, serve):
    genie.default = Script(polls=["ASKING_AI"] * 50)
    async with serve(trust_user_token=True, ready_cache_seconds=3600) as client:
        genie.on_poll = lambda message: genie.users.pop(ALICE, None)
        genie.server.calls.clear()
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(token=ALICE, request_id="r1")
        assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED
        genie.on_poll = lambda message: None
        genie.default.polls = []
        genie.users["dapi-alice-fresh-0123456789"] = "alice"
        events = await client.ask(token="dapi-alice-fresh-0123456789", request_id="r1")
    assert events[0][1].resumed and events[-1][0] == "rows"
    assert f"Bearer {TOKEN}" not in tokens(genie)


async def test_no_token_is_logged_or_stored(genie, serve, capfd, tmp_path):
    genie.server.fault("POST", "start-conversation", error(500, "INTERNAL", f"boom {ALICE}"))
    async with serve(trust_user_token=True) as client:
        await client.ask(token=ALICE)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask("q2", token="dapi-wrong-0123456789")
    output = capfd.readouterr()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("genie.db*"))
    for token in (TOKEN, ALICE, "dapi-wrong-0123456789"):
        assert token not in output.out + output.err + str(caught.value)
        assert token.encode() not in stored


def identities(host: str, clock, **changes) -> tuple[Identities, Threads]:
    threads = Threads(4)
    policy = RetryPolicy(attempts=1)
    calls = Calls(threads, clock, policy, RetryBudget())
    connection = Connection(host, http_timeout_seconds=10, connect_timeout_seconds=5)
    return Identities(connection, Credentials(Secret(TOKEN)), calls, clock, **changes), threads


async def test_dead_host_fails_fast():
    from genie_svc.adapters.clock import SystemClock

    known, threads = identities("http://127.0.0.1:9", SystemClock())
    started = asyncio.get_running_loop().time()
    with pytest.raises(WorkspaceUnreachable):
        await known.workspace(None)
    # The SDK's own patience would be five minutes.
    assert asyncio.get_running_loop().time() - started < 30
    threads.close()


async def test_idle_clients_are_dropped_and_the_number_is_bounded(genie):
    from genie_clock import HandClock

    clock = HandClock()
    known, threads = identities(genie.server.host, clock, kept=2, idle_seconds=60)
    first = await known.workspace(Secret(ALICE))
    assert await known.workspace(Secret(ALICE)) is first
    await known.workspace(Secret(BOB))
    await known.workspace(None)
    assert await known.workspace(Secret(ALICE)) is not first, "the oldest made room"
    service = await known.workspace(None)
    await clock.advance(61)
    assert await known.workspace(None) is not service
    threads.close()


@pytest.mark.parametrize("accepted", [True, False])
async def test_service_principal_signs_in_with_its_secret(genie, settings, accepted):
    oidc = {
        "/oidc/.well-known/oauth-authorization-server": Reply(
            body={
                "authorization_endpoint": f"{genie.server.host}/oidc/v1/authorize",
                "token_endpoint": f"{genie.server.host}/oidc/v1/token",
            }
        ),
        "/oidc/v1/token": Reply(
            body={"access_token": "m2m-token", "token_type": "Bearer", "expires_in": 3600}
        )
        if accepted
        else Reply(401, {"error": "invalid_client", "error_description": "shh-secret"}),
    }
    answer = genie.answer
    genie.server.handler = lambda call: oidc.get(call.path) or answer(call)
    genie.users["m2m-token"] = "principal"
    principal = DatabricksSection(
        host=genie.server.host, client_id="sp", client_secret=Secret("shh-secret")
    )
    made = settings().model_copy(update={"databricks": principal})
    async with running_genie(made) as server, GenieClient(server.target) as client:
        if accepted:
            assert (await client.ask())[-1][0] == "rows"
            return
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask()
    assert reason(caught.value) == "GENIE_CREDENTIALS_REJECTED"
    assert "DATABRICKS_CLIENT_SECRET" in str(caught.value) and "shh" not in str(caught.value)
    assert genie.asked == []


def test_proxy_of_the_environment_is_used_and_its_exceptions_are_kept(genie, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", genie.server.host)
    credentials = Credentials(token=Secret(TOKEN))
    proxied = DatabricksClient(Connection(host="http://workspace.invalid"), credentials)
    assert proxied.call("GET", "/api/2.0/preview/scim/v2/Me")["id"] == "service"
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    direct = DatabricksClient(Connection(host=genie.server.host), credentials)
    assert direct.call("GET", "/api/2.0/preview/scim/v2/Me")["id"] == "service"
