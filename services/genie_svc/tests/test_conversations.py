"""Listing conversations, over the real SDK."""

from __future__ import annotations

import asyncio

import grpc.aio
import pytest
from aislides.genie.v1 import genie_service_pb2 as pb
from genie_client import details, reason
from genie_http import error

LIST = r"/conversations$"


async def test_conversations_come_newest_first_and_page_by_page(genie, serve):
    async with serve() as client:
        for number in range(3):
            await client.ask(f"question {number}")
        first = await client.stub.ListConversations(pb.ListConversationsRequest(page_size=2))
        second = await client.stub.ListConversations(
            pb.ListConversationsRequest(page_size=2, page_token=first.next_page_token)
        )
    assert [c.title for c in first.conversations] == ["question 2", "question 1"]
    assert [c.title for c in second.conversations] == ["question 0"]
    assert second.conversations[0].conversation_id == "c1" and not second.next_page_token
    created = genie.conversations["c1"]["created_timestamp"]
    assert second.conversations[0].created_at.ToMilliseconds() == created


async def test_page_size_has_a_default_and_a_most(genie, serve):
    async with serve() as client:
        for size in (0, 5_000):
            await client.stub.ListConversations(pb.ListConversationsRequest(page_size=size))
    assert [c.query["page_size"] for c in genie.server.made("GET", LIST)] == ["50", "100"]


async def test_each_identity_sees_its_own_conversations(genie, serve):
    genie.users |= {"token-ann": "ann", "token-bob": "bob"}
    async with serve(trust_user_token=True) as client:
        await asyncio.gather(
            client.ask("ann's", token="token-ann"), client.ask("bob's", token="token-bob")
        )
        for name in ("ann", "bob"):
            reply = await client.stub.ListConversations(
                pb.ListConversationsRequest(), metadata=(("x-databricks-token", f"token-{name}"),)
            )
            assert [c.title for c in reply.conversations] == [f"{name}'s"]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.ListConversationsRequest(page_size=-1), "page_size"),
        (pb.ListConversationsRequest(page_token="x" * 5_000), "page_token"),
        (pb.ListConversationsRequest(space_id="a/b"), "space_id"),
    ],
)
async def test_wrong_request_is_refused_before_any_call(genie, serve, request_, field):
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.stub.ListConversations(request_)
    assert details(caught.value)[2].field_violations[0].field == field
    assert not genie.server.made("GET", LIST)


async def test_space_that_is_gone_is_told(genie, serve):
    genie.server.fault("GET", LIST, error(404, "RESOURCE_DOES_NOT_EXIST"))
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.stub.ListConversations(pb.ListConversationsRequest())
    assert reason(caught.value) == "GENIE_SPACE_NOT_FOUND"


async def test_entries_that_are_no_conversations_are_left_out(genie, serve):
    odd = [{"title": "no id"}, None, {"conversation_id": "c9", "created_timestamp": "soon"}]
    genie.conversations = {str(i): c for i, c in enumerate(odd)}
    genie.owners = dict.fromkeys(genie.conversations, "service")
    async with serve() as client:
        reply = await client.stub.ListConversations(pb.ListConversationsRequest())
    assert [c.conversation_id for c in reply.conversations] == ["c9"]
    assert not reply.conversations[0].HasField("created_at")
