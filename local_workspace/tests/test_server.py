"""The server around the routes: start, stop, ports, errors, and its own process."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from aislides_runtime.settings import SettingsError, load_settings
from local_workspace.__main__ import main
from local_workspace.server import running_workspace
from local_workspace.settings import (
    OTHER_SECTIONS,
    AddressInUse,
    LocalWorkspaceSettings,
    Settings,
)


async def test_stopping_ends_questions_and_processes(shop_directory: Path) -> None:
    settings = LocalWorkspaceSettings(
        port=0, data_directory=shop_directory, demo_spaces=(), pace={"genie": {"median": 60}}
    )
    async with running_workspace(settings) as running:
        headers = {"Authorization": f"Bearer {running.token}"}
        async with httpx.AsyncClient(base_url=running.host, headers=headers) as client:
            path = "/api/2.0/genie/spaces/shop/start-conversation"
            assert (await client.post(path, json={"content": "q"})).status_code == 200
        assert running.workspace.background._tasks
    assert not running.workspace.background._tasks
    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient() as client:
            await client.get(running.host)


async def test_taken_port_says_what_to_change(start: Any, shop_directory: Path) -> None:
    running = await start()
    port = int(running.host.rsplit(":", 1)[1])
    settings = LocalWorkspaceSettings(port=port, data_directory=shop_directory)
    with pytest.raises(AddressInUse, match=r"local_workspace\.port"):
        async with running_workspace(settings):
            pass


async def test_signal_handlers_are_left_alone(start: Any) -> None:
    before = signal.getsignal(signal.SIGTERM)
    await start()
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/api/2.0/nope", None, 404, "ENDPOINT_NOT_FOUND"),
        ("DELETE", "/api/2.0/genie/spaces", None, 404, "ENDPOINT_NOT_FOUND"),
        ("POST", "/api/2.0/genie/spaces/shop/start-conversation", b"{", 400, "INVALID_PARAMETER_VALUE"),
        ("POST", "/api/2.0/genie/spaces/shop/start-conversation", b'{"content": 1}', 400, "INVALID_PARAMETER_VALUE"),
        ("POST", "/api/2.0/sql/statements", b"[]", 400, "INVALID_PARAMETER_VALUE"),
        ("POST", "/api/2.0/sql/statements", b"{", 400, "INVALID_PARAMETER_VALUE"),
        ("GET", "/api/2.0/genie/spaces?page_size=-1", None, 400, "INVALID_PARAMETER_VALUE"),
        ("GET", "/api/2.0/genie/spaces?page_token=x", None, 400, "INVALID_PARAMETER_VALUE"),
    ],
)  # fmt: skip
async def test_bad_requests_have_the_apis_error_format(
    start: Any, http: Any, method: str, path: str, body: Any, status: int, code: str
) -> None:
    client = await http(await start())
    answer = await client.request(method, path, content=body)
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    assert answer.json()["message"]
    assert "content-length" in answer.headers


async def test_unexpected_error_says_nothing_of_itself(start: Any, http: Any) -> None:
    running = await start()
    running.workspace.registry._files = lambda: [Path("/secret/path")]
    client = await http(running)
    answer = await client.get("/api/2.0/genie/spaces")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_settings_come_from_the_section_and_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "local_workspace:\n  port: 1\n  pace:\n    genie: {median: 8, p99: 20}\nllm: {}\n"
    )
    environ = {"AISLIDES_LOCAL_WORKSPACE__PORT": "0", "AISLIDES_LOCAL_WORKSPACE__TOKEN": "t"}
    settings = load_settings(
        Settings, other_sections=OTHER_SECTIONS, path=path, environ=environ
    ).local_workspace
    assert settings.port == 0
    assert settings.pace.genie.p99 == 20
    assert settings.token is not None
    assert settings.token.reveal() == "t"
    path.write_text("local_workspace:\n  prot: 1\n")
    with pytest.raises(SettingsError, match="did you mean 'port'"):
        load_settings(Settings, other_sections=OTHER_SECTIONS, path=path, environ={})


def test_main_reports_bad_settings_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AISLIDES_LOCAL_WORKSPACE__PORT", "many")
    assert main([]) == 2
    assert "whole number" in capsys.readouterr().err


async def test_own_process_tells_where_it_is_and_ends_on_sigterm(
    shop_directory: Path, tmp_path: Path
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "local_workspace",
        cwd=tmp_path,
        env={
            **os.environ,
            "AISLIDES_LOCAL_WORKSPACE__PORT": "0",
            "AISLIDES_LOCAL_WORKSPACE__DATA_DIRECTORY": str(shop_directory),
        },
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        first = (await process.stdout.readline()).decode()
        second = (await process.stdout.readline()).decode()
    host, token = re.findall(r"DATABRICKS_(?:HOST|TOKEN)=(\S+)", second)
    assert host in first
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as client:
        spaces = (await client.get(f"{host}/api/2.0/genie/spaces")).json()["spaces"]
    assert "Shop" in [space["title"] for space in spaces]
    process.terminate()
    async with asyncio.timeout(10):
        assert await process.wait() == 0
