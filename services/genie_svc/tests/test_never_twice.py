"""Genie has no idempotency key: whatever happens on the wire, one request id is one question."""

from __future__ import annotations

import asyncio

import grpc.aio
import pytest
from genie_client import details, kinds, reason
from genie_http import Reply, error
from genie_script import Script

START = "start-conversation"
CONVERSATIONS = r"/conversations$"
LOST = [
    Reply(act="reset"),
    Reply(503, {"error_code": "TEMPORARILY_UNAVAILABLE", "message": "later"}),
    Reply(500, b"<html><body>Internal</body></html>"),
    Reply(502, b""),
    Reply(200, b"<html>proxy</html>"),
    Reply(200, {"conversation_id": "c1"}),
    Reply(200, {"message_id": "m1", "conversation_id": "c1"}, act="cut"),
    Reply(act="hang"),
]
IDS = ["reset", "503", "500 html", "502 empty", "200 html", "no message id", "cut", "hang"]


def taken(reply: Reply) -> Reply:
    return Reply(reply.status, reply.body, act=reply.act, after_effect=True)


def patience(lost: Reply) -> dict[str, float]:
    """Short only where it has to run out: any other call that is slow counts as lost too."""
    return {"http_timeout_seconds": 0.7 if lost.act == "hang" else 10.0}


@pytest.mark.parametrize("lost", LOST, ids=IDS)
async def test_lost_reply_to_a_taken_question_is_found_not_asked_again(genie, serve, lost):
    genie.server.fault("POST", START, taken(lost))
    async with serve(**patience(lost)) as client:
        events = await client.ask()
    assert events[-1][0] == "rows" and len(genie.asked) == 1
    assert len(genie.server.made("POST", START)) == 1


@pytest.mark.parametrize("lost", [LOST[0], LOST[1], LOST[7]], ids=["reset", "503", "hang"])
async def test_question_that_genie_does_not_show_is_asked_again_once(genie, serve, lost):
    genie.server.fault("POST", START, lost)
    async with serve(**patience(lost)) as client:
        events = await client.ask()
    assert events[-1][0] == "rows" and len(genie.asked) == 1
    assert len(genie.server.made("POST", START)) == 2
    assert genie.server.made("GET", CONVERSATIONS), "Genie was looked at first"


async def test_lost_reply_to_a_follow_up_is_found_in_the_conversation(genie, serve):
    async with serve() as client:
        first = (await client.ask("first"))[0][1]
        genie.server.fault("POST", r"/messages$", Reply(act="reset", after_effect=True))
        events = await client.ask("and then?", conversation_id=first.conversation_id)
    assert events[-1][0] == "rows" and genie.asked == ["first", "and then?"]


async def test_unknown_outcome_is_told_and_the_same_id_settles_it(genie, serve):
    genie.server.fault("POST", START, Reply(act="reset", after_effect=True))
    genie.server.fault("GET", CONVERSATIONS, error(400, "BAD_REQUEST"))
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(request_id="r1")
        assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
        assert reason(caught.value) == "GENIE_OUTCOME_UNKNOWN"
        events = await client.ask(request_id="r1")
    assert events[0][1].resumed and events[-1][0] == "rows" and len(genie.asked) == 1


async def test_equal_question_of_another_request_is_not_taken_for_the_lost_one(genie, serve):
    async with serve() as client:
        first = (await client.ask(request_id="r1"))[0][1]
        genie.server.fault("POST", START, Reply(act="reset"))
        second = (await client.ask(request_id="r2"))[0][1]
    assert first.conversation_id != second.conversation_id and len(genie.asked) == 2


async def test_same_request_id_returns_the_recorded_outcome(genie, serve):
    async with serve() as client:
        await client.ask(request_id="r1")
        polls = len(genie.server.made("GET", r"/messages/m1$"))
        events = await client.ask(request_id="r1")
    assert kinds(events) == ["accepted", "rows_ready", "rows"] and events[0][1].resumed
    assert len(genie.server.made("GET", r"/messages/m1$")) == polls
    assert len(genie.asked) == 1


async def test_recorded_outcome_survives_a_restart(genie, serve):
    async with serve() as client:
        await client.ask(request_id="r1")
    async with serve() as client:
        events = await client.ask(request_id="r1")
    assert kinds(events) == ["accepted", "rows_ready", "rows"] and len(genie.asked) == 1


async def test_request_id_of_another_question_is_refused(genie, serve):
    async with serve() as client:
        await client.ask("one", request_id="r1")
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask("two", request_id="r1")
    assert caught.value.code() is grpc.StatusCode.ALREADY_EXISTS
    assert reason(caught.value) == "GENIE_REQUEST_ID_REUSED" and genie.asked == ["one"]


async def test_parallel_calls_with_one_request_id_ask_once(genie, serve):
    genie.default = Script(seconds=0.3)
    async with serve() as client:
        outcomes = await asyncio.gather(*(client.ask(request_id="r1") for _ in range(20)))
    assert {events[-1][0] for events in outcomes} == {"rows"}
    assert len({events[0][1].message_id for events in outcomes}) == 1 and len(genie.asked) == 1


async def test_caller_that_leaves_while_asking_finds_the_question_later(genie, serve):
    genie.server.fault("POST", START, Reply(act="reset", delay=0.3, after_effect=True))
    async with serve() as client:
        leaving = asyncio.create_task(client.ask(request_id="r1"))
        async with asyncio.timeout(20):
            while not genie.server.made("POST", START):
                await asyncio.sleep(0.01)
        leaving.cancel()
        events = await client.ask(request_id="r1")
    assert events[0][1].resumed and events[-1][0] == "rows" and len(genie.asked) == 1


async def test_refused_question_may_be_asked_again_under_its_id(genie, serve):
    genie.server.fault("POST", START, error(403, "PERMISSION_DENIED", "You need CAN RUN."))
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(request_id="r1")
        assert reason(caught.value) == "GENIE_ACCESS_DENIED"
        events = await client.ask(request_id="r1")
    assert events[-1][0] == "rows" and not events[0][1].resumed


async def test_throttled_question_waits_as_long_as_genie_says_and_is_asked_once(genie, serve):
    genie.server.fault("POST", START, error(429, "RESOURCE_EXHAUSTED", Retry_After="0.3"))
    async with serve() as client:
        events = await client.ask()
    posts = genie.server.made("POST", START)
    assert events[-1][0] == "rows" and len(posts) == 2 and len(genie.asked) == 1


async def test_throttling_beyond_the_deadline_is_a_typed_refusal(genie, serve):
    genie.server.fault("POST", START, error(429, "RESOURCE_EXHAUSTED", Retry_After="120"))
    async with serve() as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(timeout=5)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    info, retry, _ = details(caught.value)
    assert info.reason == "GENIE_RATE_LIMITED" and retry.retry_delay.seconds == 120


async def test_unary_calls_are_exactly_once_too(genie, serve):
    from aislides.genie.v1 import genie_service_pb2 as pb

    create = pb.CreateConversationRequest(question="first", request_id="r1")
    async with serve() as client:
        first = (await client.stub.CreateConversation(create)).message
        again = (await client.stub.CreateConversation(create)).message
        send = pb.SendMessageRequest(
            conversation_id=first.conversation_id, question="then", request_id="r2"
        )
        second = (await client.stub.SendMessage(send)).message
        await client.stub.SendMessage(send)
        got = await client.stub.GetMessage(
            pb.GetMessageRequest(
                conversation_id=first.conversation_id, message_id=second.message_id
            )
        )
    assert first.message_id == again.message_id and first.question == "first"
    assert got.message.question == "then" and genie.asked == ["first", "then"]


async def test_repeated_request_gets_the_same_rows_although_the_data_changed(genie, serve):
    async with serve() as client:
        first = await client.ask(request_id="r1")
        genie.default.results = [Reply(500, b"")]
        again = await client.ask(request_id="r1")
    assert again[-1][1] == first[-1][1]
    assert list(again[-2][1].columns) == list(first[-2][1].columns)
    assert len(genie.server.made("GET", "query-result")) == 1


async def test_repeated_request_that_wants_more_rows_reads_them(genie, serve):
    from genie_script import column, table

    rows = [[str(n)] for n in range(50)]
    genie.default = Script(results=[table([column("n", "BIGINT", "LONG")], rows)])
    async with serve() as client:
        assert len((await client.ask(request_id="r1", max_rows=10))[-1][1].rows) == 10
        assert len((await client.ask(request_id="r1", max_rows=5))[-1][1].rows) == 5
        assert len((await client.ask(request_id="r1", max_rows=30))[-1][1].rows) == 30
    assert len(genie.server.made("GET", "query-result")) == 2
