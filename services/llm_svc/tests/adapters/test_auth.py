"""Who we are to a provider: keys, workspace tokens, OAuth."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aislides_runtime.settings import Secret
from llm_svc.adapters.databricks_auth import DatabricksAuth
from llm_svc.adapters.key_auth import KeyAuth
from llm_svc.adapters.openai_compatible import OpenAICompatible, _retry_after
from llm_svc.domain.completion import Message, Role
from llm_svc.domain.errors import CredentialsRefused
from llm_svc.ports import Ask
from scripted import body, says, scripted_server

ASK = Ask("m", (Message(Role.USER, "x"),), 10, 5.0, 10_000)


async def asked_with(auth):
    async with scripted_server([says("ok")]) as server:
        provider = OpenAICompatible("p", server.url, auth)
        pieces = [piece async for piece in provider.answer(ASK)]
        await provider.close()
        assert pieces
        return server.received[0].headers


async def test_a_key_goes_as_bearer_or_in_its_own_header():
    assert (await asked_with(KeyAuth(Secret("k"))))["authorization"] == "Bearer k"
    headers = await asked_with(KeyAuth(Secret("k"), "api-key"))
    assert headers["api-key"] == "k" and "k" not in headers.get("authorization", "").split()[1:]


async def test_no_key_is_fine_for_local_servers():
    assert "api-key" not in await asked_with(KeyAuth(None))


async def test_a_workspace_token_needs_no_probe_of_the_host():
    auth = DatabricksAuth("http://127.0.0.1:9", Secret("dapi"))
    assert await auth() == {"Authorization": "Bearer dapi"}


async def test_without_a_token_the_sdk_finds_credentials_and_renews_them(monkeypatch):
    """Machine-to-machine OAuth against a workspace that hands out short-lived tokens."""
    tokens = []

    async def workspace(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split()[1]
        lines = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        await reader.readexactly(int(lines.get("content-length", "0")))
        if path.endswith("databricks-config"):
            reply = {"oidc_endpoint": f"{url}/oidc"}
        elif path.endswith("oauth-authorization-server"):
            reply = {"authorization_endpoint": f"{url}/a", "token_endpoint": f"{url}/token"}
        else:
            tokens.append(f"t{len(tokens)}")
            reply = {"access_token": tokens[-1], "token_type": "Bearer", "expires_in": 3600}
        raw = json.dumps(reply).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(raw)}"
        writer.write(f"{head}\r\nconnection: close\r\n\r\n".encode() + raw)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(workspace, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    for name in ("DATABRICKS_TOKEN", "DATABRICKS_HOST", "DATABRICKS_CONFIG_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    auth = DatabricksAuth(url, None, "id", Secret("secret"))
    assert await auth() == {"Authorization": "Bearer t0"}
    assert await auth() == {"Authorization": "Bearer t0"}
    server.close()


async def test_credentials_that_cannot_be_had_are_refused_without_their_story():
    async def broken():
        raise ValueError("host=https://secret token=abc")

    provider = OpenAICompatible("p", "http://127.0.0.1:9", broken)
    with pytest.raises(CredentialsRefused) as refused:
        _ = [piece async for piece in provider.answer(ASK)]
    assert "secret" not in refused.value.message
    await provider.close()


async def test_redirects_are_not_followed():
    async with scripted_server([body(302, b"", location="http://127.0.0.1:9/x")]) as server:
        provider = OpenAICompatible("p", server.url, KeyAuth(Secret("k")))
        with pytest.raises(Exception, match="not available"):
            _ = [piece async for piece in provider.answer(ASK)]
        await provider.close()


def test_waiting_times_are_read_from_seconds_and_dates():
    assert _retry_after("7") == 7.0 and _retry_after("0.5") == 0.5
    assert _retry_after("99999") is None and _retry_after("-1") is None
    assert _retry_after(None) is None and _retry_after("soon") is None
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert 50 < _retry_after(later) <= 60
    assert _retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
