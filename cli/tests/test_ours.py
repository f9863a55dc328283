"""Commands use the services of their own folder, and no others that happen to listen."""

from __future__ import annotations

import grpc
import pytest
from aislides_cli import ours as ours_module
from aislides_cli.ours import OtherVersion, ours
from aislides_runtime import health
from aislides_runtime.identity import Identity, here
from aislides_runtime.serve import running_server


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Goes to one of two folders; one has a name that is not ASCII."""
    places = {
        "one": tmp_path / "one",
        "two": tmp_path / "zwei und \N{LATIN SMALL LETTER U WITH DIAERESIS}",
    }
    for place in places.values():
        place.mkdir()

    def go(name):
        monkeypatch.chdir(places[name])
        return str(places[name])

    return go


async def test_services_of_this_folder_are_used(folders, capsys):
    folders("two")
    async with running_server(lambda server: None) as server:
        assert await ours(server.target)
    assert not await ours(server.target), "it is gone"
    assert not await ours("127.0.0.1:0")
    assert capsys.readouterr().err == ""


async def test_services_of_another_folder_are_left_alone_and_named(folders, capsys):
    elsewhere = folders("two")
    async with running_server(lambda server: None) as server:
        folders("one")
        assert not await ours(server.target)
    told = capsys.readouterr().err
    assert f"belong to {elsewhere}," in told
    assert f"--target {server.target}" in told


async def test_services_of_this_folder_in_another_version_stop_the_command(folders, monkeypatch):
    folders("one")
    monkeypatch.setattr(health, "here", lambda: Identity(here().home, "0.0.1"))
    async with running_server(lambda server: None) as server:
        with pytest.raises(OtherVersion, match=r"version 0\.0\.1, this command is"):
            await ours(server.target)


async def test_what_does_not_say_whose_it_is_is_not_ours(folders, monkeypatch, capsys):
    folders("one")
    monkeypatch.setattr(ours_module, "identity_of", lambda _: Identity("", ""))
    assert not await ours("127.0.0.1:50053")
    assert "another program" in capsys.readouterr().err


async def test_a_health_check_of_any_client_is_answered_as_before():
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    async with (
        running_server(lambda server: None) as server,
        grpc.aio.insecure_channel(server.target) as channel,
    ):
        stub = health_pb2_grpc.HealthStub(channel)
        assert (await stub.Check(health_pb2.HealthCheckRequest())).status == 1
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.Check(health_pb2.HealthCheckRequest(service="nobody"))
    assert raised.value.code() is grpc.StatusCode.NOT_FOUND
