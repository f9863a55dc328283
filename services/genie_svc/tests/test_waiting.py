"""Waiting for Genie: whatever statuses come, as long as it takes, and not longer."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import grpc.aio
import pytest
from aislides.genie.v1 import genie_service_pb2 as pb
from aislides_runtime.deadlines import Deadline
from genie_client import GenieClient, kinds, reason
from genie_clock import HandClock
from genie_http import Reply, error
from genie_script import Script, query
from genie_svc.bootstrap import running_genie
from genie_svc.domain.message import read_message
from genie_svc.waiting import Waiting, WaitPolicy


async def until(condition, seconds: float = 5.0) -> None:
    ends = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < ends, "it did not happen"
        await asyncio.sleep(0.01)


async def test_unknown_statuses_count_as_running_and_are_reported(genie, serve):
    genie.default = Script(polls=["IN_PROGRESS", "PONDERING", "ASKING_AI"])
    async with serve() as client:
        events = await client.ask()
    changes = [(e.status, e.raw_status) for kind, e in events if kind == "status_changed"]
    assert changes[1] == (pb.MESSAGE_STATUS_RUNNING, "PONDERING") and events[-1][0] == "rows"


async def test_genie_may_go_back_and_write_other_sql(genie, serve):
    genie.default = Script(polls=["EXECUTING_QUERY", "ASKING_AI", "EXECUTING_QUERY"])

    def rewrite(message):
        if message.polls == 2:
            message.script = Script(
                polls=message.script.polls, attachments=[query(sql="SELECT 2", statement_id="st-1")]
            )

    genie.on_poll = rewrite
    async with serve() as client:
        events = await client.ask()
    assert [e.sql for kind, e in events if kind == "sql"] == ["SELECT 1", "SELECT 2"]


@pytest.mark.parametrize(
    "fault",
    [
        Reply(503, b""),
        Reply(500, {"error_code": "INTERNAL_ERROR", "message": "x"}),
        Reply(act="reset"),
        Reply(200, b"<html>login</html>"),
        Reply(200, {"status": "COMPLETED"}, act="cut"),
        error(429, "REQUEST_LIMIT_EXCEEDED", Retry_After="0"),
    ],
)
async def test_passing_fault_while_waiting_is_sat_out(genie, serve, fault):
    genie.default = Script(polls=["ASKING_AI"])
    genie.server.fault("GET", r"/messages/m1$", fault, times=3)
    async with serve() as client:
        assert (await client.ask())[-1][0] == "rows"


async def test_workspace_that_stays_away_ends_the_wait_and_the_id_goes_on(genie, serve):
    genie.default = Script(polls=["ASKING_AI"] * 3)
    down = Reply(503, b"")
    genie.extra = lambda call: down if call.path.endswith("/messages/m1") else None
    async with serve(patience_seconds=0.2) as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(request_id="r1")
        assert reason(caught.value) == "GENIE_WORKSPACE_UNREACHABLE"
        genie.extra = lambda call: None
        events = await client.ask(request_id="r1")
    assert events[-1][0] == "rows" and len(genie.asked) == 1


async def test_answer_that_takes_too_long_is_a_typed_error_and_the_id_goes_on(genie, serve):
    genie.default = Script(seconds=3600)
    async with serve(timeout_seconds=0.7) as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.ask(request_id="r1")
        assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        assert reason(caught.value) == "GENIE_TIMED_OUT"
        genie.default.seconds = 0.001
        events = await client.ask(request_id="r1")
    assert events[0][1].resumed and events[-1][0] == "rows"


async def test_caller_that_leaves_stops_the_polling_and_the_sql(genie, serve):
    genie.default = Script(polls=["EXECUTING_QUERY"] * 10_000)
    async with serve() as client:
        asking = asyncio.create_task(client.ask())
        await until(lambda: len(genie.server.made("GET", r"/messages/m1$")) > 2)
        asking.cancel()
        await until(lambda: genie.cancelled == ["st-1"])
        polls = len(genie.server.made("GET", r"/messages/m1$"))
        await asyncio.sleep(0.3)
        assert len(genie.server.made("GET", r"/messages/m1$")) <= polls + 1


async def test_sql_of_a_left_question_goes_on_where_so_configured(genie, serve):
    genie.default = Script(polls=["EXECUTING_QUERY"] * 10_000)
    async with serve(cancel_abandoned_sql=False) as client:
        with pytest.raises(grpc.aio.AioRpcError):
            await client.ask(timeout=0.3)
    assert genie.cancelled == []


async def test_sql_goes_on_while_another_caller_waits_for_it(genie, serve):
    genie.default = Script(polls=["EXECUTING_QUERY"] * 15)
    async with serve() as client:
        leaving = asyncio.create_task(client.ask(request_id="r1"))
        staying = asyncio.create_task(client.ask(request_id="r1"))
        await until(lambda: len(genie.server.made("GET", r"/messages/m1$")) > 4)
        leaving.cancel()
        assert (await staying)[-1][0] == "rows"
    assert genie.cancelled == []


async def test_cancel_releases_waiters_and_stops_the_sql(genie, serve):
    genie.default = Script(polls=["EXECUTING_QUERY"] * 10_000)
    async with serve(poll_most_seconds=60, poll_first_seconds=0.2) as client:
        asking = asyncio.create_task(client.ask(request_id="r1"))
        await until(lambda: len(genie.server.made("GET", r"/messages/m1$")) >= 1)
        reply = await client.stub.CancelMessage(
            pb.CancelMessageRequest(conversation_id="c1", message_id="m1")
        )
        events = await asking
        again = await client.ask(request_id="r1")
    assert reply.statement_cancelled and reply.released_waiters == 1
    assert events[-1][0] == "failed" and events[-1][1].reason == "GENIE_CANCELLED"
    assert kinds(again) == ["accepted", "failed"] and "st-1" in genie.cancelled


async def test_cancel_of_a_finished_message_stops_nothing(genie, serve):
    async with serve() as client:
        await client.ask()
        reply = await client.stub.CancelMessage(
            pb.CancelMessageRequest(conversation_id="c1", message_id="m1")
        )
    assert not reply.statement_cancelled and reply.released_waiters == 0


async def test_drain_hands_waiting_questions_back_at_once(genie, serve, settings):
    genie.default = Script(seconds=30.0)
    async with AsyncExitStack() as server, AsyncExitStack() as channel:
        target = (await server.enter_async_context(running_genie(settings()))).target
        client = await channel.enter_async_context(GenieClient(target))
        asking = asyncio.create_task(client.ask(request_id="r1"))
        await until(lambda: bool(genie.server.made("GET", r"/messages/m1$")))
        leaving = asyncio.get_running_loop().time()
        await server.aclose()
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await asking
    assert reason(caught.value) == "GENIE_DRAINING"
    assert asyncio.get_running_loop().time() - leaving < 10
    genie.default.seconds = 0.1
    async with serve() as client:
        events = await client.ask(request_id="r1")
    assert events[0][1].resumed and len(genie.asked) == 1 and genie.cancelled == []


async def test_feedback_is_passed_on(genie, serve):
    async with serve() as client:
        await client.ask()
        ids = {"conversation_id": "c1", "message_id": "m1"}
        await client.stub.SendFeedback(
            pb.SendFeedbackRequest(**ids, rating=pb.RATING_POSITIVE, comment="good")
        )
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.stub.SendFeedback(pb.SendFeedbackRequest(**ids))
    assert genie.feedback == [{"rating": "POSITIVE", "comment": "good"}]
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_gaps_grow_from_one_second_to_five():
    gaps = [WaitPolicy().gap(number) for number in range(40)]
    assert 0.9 <= gaps[0] <= 1.0 and all(4.5 <= gap <= 5.0 for gap in gaps[4:])


class Polled:
    """A workspace whose message has a status by time; it notes when it was read."""

    owner = "me"

    def __init__(self, clock: HandClock, statuses: dict[float, str]) -> None:
        self._clock, self._statuses, self._began = clock, statuses, clock.monotonic()
        self.read_at: list[float] = []

    async def poll_message(self, space_id, conversation_id, message_id):
        at = self._clock.monotonic() - self._began
        self.read_at.append(at)
        status = [word for begins, word in self._statuses.items() if begins <= at][-1]
        return read_message({"status": status, "message_id": message_id}, space_id=space_id)


async def looks_at(statuses: dict[float, str]) -> list[float]:
    clock = HandClock()
    workspace = Polled(clock, statuses)

    async def wait():
        waiting = Waiting(clock).changes(workspace, ("s", "c", "m"), Deadline(600), asked_now=True)
        return [message async for message in waiting]

    task = asyncio.create_task(wait())
    for _ in range(600):
        if task.done():
            break
        await clock.advance(0.1)
    assert (await task)[-1].status.terminal
    return workspace.read_at


async def test_end_of_short_sql_is_seen_sooner_than_the_longest_gap():
    for _ in range(20):
        read_at = await looks_at({0: "ASKING_AI", 20: "EXECUTING_QUERY", 26: "COMPLETED"})
        seen = next(at for at in read_at if at >= 20)
        assert next(at for at in read_at if at > seen) - seen <= 1.5**2 + 0.2
        assert read_at[-1] - 26 <= 5.0


async def test_twenty_seconds_of_thinking_cost_at_most_eight_looks():
    for _ in range(20):
        read_at = await looks_at({0: "ASKING_AI", 20: "COMPLETED"})
        assert 6 <= len(read_at) <= 8 and 20 <= read_at[-1] <= 25
