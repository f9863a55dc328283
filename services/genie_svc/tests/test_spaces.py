"""Spaces are remembered for a moment, for each identity, and never hold rows up."""

from __future__ import annotations

import grpc.aio
import pytest
from aislides.genie.v1 import genie_service_pb2 as pb
from genie_client import reason
from genie_clock import HandClock
from genie_http import error
from genie_svc.background import Background
from genie_svc.domain.errors import AccessDenied, SpaceNotFound
from genie_svc.domain.space import Space
from genie_svc.readiness import WorkspaceCheck
from genie_svc.spaces import Spaces


class FakeWorkspace:
    """Answers `get_space` from a script; fails the test when asked more often."""

    def __init__(self, owner: str, *replies) -> None:
        self.owner = owner
        self.replies = list(replies)

    async def get_space(self, space_id):
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    async def list_spaces(self, size, token):
        return [await self.get_space("")], ""

    async def workspace(self, token):
        return self


async def test_space_is_read_once_a_minute_for_each_identity():
    clock = HandClock()
    spaces = Spaces(clock, kept_seconds=60)
    alice, bob = (
        FakeWorkspace("a", Space("s", "A"), Space("s", "B")),
        FakeWorkspace("b", Space("s")),
    )
    assert (await spaces.get(alice, "s")).title == (await spaces.get(alice, "s")).title == "A"
    assert (await spaces.get(bob, "s")).title == ""
    await clock.advance(61)
    assert (await spaces.get(alice, "s")).title == "B"


async def test_space_that_may_not_be_seen_is_not_asked_for_with_every_result():
    clock = HandClock()
    spaces = Spaces(clock, kept_seconds=60)
    alice = FakeWorkspace("a", AccessDenied(), Space("s", "A"))
    assert await spaces.known(alice, "s") is None and await spaces.known(alice, "s") is None
    await clock.advance(61)
    assert (await spaces.known(alice, "s")).title == "A"


async def test_rows_come_although_the_space_cannot_be_read(genie, serve):
    refused = error(400, "BAD_REQUEST")
    genie.extra = lambda call: refused if call.path.endswith("/spaces/space1") else None
    async with serve() as client:
        events = await client.ask()
    assert events[-1][0] == "rows" and events[-2][1].space_title == ""


async def test_unknown_space_and_empty_one(genie, serve):
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.stub.GetSpace(pb.GetSpaceRequest(space_id="nowhere"))
        assert reason(caught.value) == "GENIE_SPACE_NOT_FOUND"


async def test_readiness_follows_the_workspace_and_asks_rarely():
    clock, background = HandClock(), Background()
    workspace = FakeWorkspace("service", SpaceNotFound(), Space("s"))
    check = WorkspaceCheck(workspace, clock, background, space_id="s", kept_seconds=30)
    for _ in range(3):
        with pytest.raises(SpaceNotFound):
            await check()
    await clock.advance(31)
    await check()
    await check()
    assert not workspace.replies
    await background.drain()


async def test_readiness_without_a_space_lists_spaces():
    workspace = FakeWorkspace("service", Space("s"))
    await WorkspaceCheck(workspace, HandClock(), Background(), space_id="")()
    assert not workspace.replies


async def test_health_is_not_serving_while_the_token_is_refused(genie, serve):
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    genie.users.clear()
    async with serve() as client:
        health = health_pb2_grpc.HealthStub(client.channel)
        ready = await health.Check(health_pb2.HealthCheckRequest(service=""))
        live = await health.Check(health_pb2.HealthCheckRequest(service="live"))
    assert ready.status == health_pb2.HealthCheckResponse.NOT_SERVING
    assert live.status == health_pb2.HealthCheckResponse.SERVING
