"""genie_svc and llm_svc as scripted stubs over real gRPC. Like the real ones they keep an outcome by
its request id before they answer; every call and every real execution goes to a log in memory."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import aislides_analyst
from aislides.deck.v1 import result_pb2
from aislides.genie.v1 import genie_service_pb2 as genie_pb
from aislides.genie.v1 import genie_service_pb2_grpc as genie_grpc
from aislides.llm.v1 import llm_service_pb2 as llm_pb
from aislides.llm.v1 import llm_service_pb2_grpc as llm_grpc
from aislides_runtime.serve import running_server

from fakes.results import (
    cancellations_by_month,
    delays_by_carrier,
    delays_by_origin,
    monthly_delays,
)

QUESTIONS = {
    "delays by month": monthly_delays,
    "delays by origin": delays_by_origin,
    "delays by airline": delays_by_carrier,
    "cancellations by month": cancellations_by_month,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a stub saw: a `call`, or work `done` for the first time."""

    at: int
    what: str
    request_id: str
    body: str = ""


@dataclass(slots=True)
class Delays:
    """How long the stubs take, in seconds."""

    plan: float = 0.05
    ask: float = 0.1
    first_token: float = 0.02
    slide: float = 0.02


@dataclass(slots=True)
class Upstreams:
    """Where the stubs listen, and what they saw."""

    delays: Delays = field(default_factory=Delays)
    log: list[Entry] = field(default_factory=list)
    outcomes: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    genie: str = ""
    llm: str = ""
    slide_times: dict[str, float] = field(default_factory=dict)
    """When the first slide of a deck's answer was complete, by deck id, on the monotonic clock."""

    slides_written: set[str] = field(default_factory=set)
    """Deck id and position of each slide that a model has written."""

    async def once(self, request_id: str, request: Any, work: Callable[[], Awaitable[Any]]) -> Any:
        """The outcome kept under the id, or that of work begun now, which nobody interrupts."""
        body = hashlib.sha256(request.SerializeToString(deterministic=True)).hexdigest()
        self.log.append(Entry(_now(), "call", request_id, body))
        if request_id not in self.outcomes:

            async def execute() -> Any:
                outcome = await work()
                self.log.append(Entry(_now(), "done", request_id))
                return outcome

            self.outcomes[request_id] = asyncio.create_task(execute())
        return await asyncio.shield(self.outcomes[request_id])


def _now() -> int:
    return time.time_ns() // 1000


class Genie(genie_grpc.GenieServiceServicer):
    """One space, four questions."""

    def __init__(self, upstreams: Upstreams) -> None:
        self._upstreams = upstreams

    async def GetSpace(self, request: Any, context: Any) -> Any:
        space = genie_pb.Space(space_id="s1", title="Flights")
        return genie_pb.GetSpaceResponse(space=space)

    async def Ask(self, request: Any, context: Any) -> AsyncIterator[Any]:
        yield genie_pb.AskResponse(accepted=genie_pb.Accepted(space_id="s1"))

        async def work() -> result_pb2.Result:
            await asyncio.sleep(self._upstreams.delays.ask)
            return QUESTIONS[request.question]()

        result = await self._upstreams.once(request.request_id, request, work)
        query = genie_pb.Query(sql=result.source.sql, attachment_id="a1")
        message = genie_pb.Message(space_id="s1", message_id="m1", query=query)
        header = genie_pb.RowsReady(
            message=message, columns=result.columns, row_count=result.row_count
        )
        yield genie_pb.AskResponse(rows_ready=header)
        yield genie_pb.AskResponse(rows=genie_pb.RowChunk(rows=result.rows, last=True))


class Llm(llm_grpc.LlmServiceServicer):
    """Plans the first of the questions; writes, from the facts it is given, what the analyst would."""

    def __init__(self, upstreams: Upstreams, questions: int = 2) -> None:
        self._upstreams = upstreams
        self._questions = questions

    async def GenerateCompletion(self, request: Any, context: Any) -> Any:
        async def work() -> Any:
            await asyncio.sleep(self._upstreams.delays.plan)
            calls = [
                llm_pb.ToolCall(
                    id=f"c{number}",
                    name="query_genie",
                    arguments_json=json.dumps({"question": name}),
                )
                for number, name in enumerate(islice(QUESTIONS, self._questions))
            ]
            return llm_pb.Completion(
                tool_calls=calls, model="stub", usage=llm_pb.Usage(calls=1, output_tokens=60)
            )

        completion = await self._upstreams.once(request.spec.request_id, request, work)
        return llm_pb.GenerateCompletionResponse(completion=completion)

    async def StreamCompletion(self, request: Any, context: Any) -> AsyncIterator[Any]:
        request_id = request.spec.request_id
        delays = self._upstreams.delays
        slides: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

        async def work() -> Any:
            deck = aislides_analyst.write(json.loads(request.spec.prompt.data_json))
            await asyncio.sleep(delays.first_token)
            for slide in deck["slides"]:
                await asyncio.sleep(delays.slide)
                self._upstreams.slide_times.setdefault(request_id[:32], time.monotonic())
                self._upstreams.slides_written.add(
                    f"{request_id[:32]}/{slides.qsize()}/{id(slide)}"
                )
                slides.put_nowait(slide)
            slides.put_nowait(None)
            text = json.dumps(deck)
            usage = llm_pb.Usage(calls=1, output_tokens=len(text) // 4)
            return llm_pb.Completion(text=text, model="stub", usage=usage)

        outcome = asyncio.create_task(self._upstreams.once(request_id, request, work))
        try:
            # A second caller of the same id gets the whole answer at its end, as from llm_svc.
            index = 0
            while not outcome.done() or not slides.empty():
                getting = asyncio.create_task(slides.get())
                await asyncio.wait({getting, outcome}, return_when=asyncio.FIRST_COMPLETED)
                if not getting.done():
                    getting.cancel()
                    continue
                slide = getting.result()
                if slide is None:
                    break
                element = llm_pb.StructuredElement(index=index, json=json.dumps(slide))
                yield llm_pb.StreamCompletionResponse(element=element)
                index += 1
            yield llm_pb.StreamCompletionResponse(completed=await outcome)
        finally:
            outcome.cancel()


@asynccontextmanager
async def running_upstreams(
    delays: Delays | None = None, *, questions: int = 2
) -> AsyncIterator[Upstreams]:
    """Both stubs, serving on loopback."""
    upstreams = Upstreams(delays or Delays())

    def genie(server: Any) -> None:
        genie_grpc.add_GenieServiceServicer_to_server(Genie(upstreams), server)

    def llm(server: Any) -> None:
        llm_grpc.add_LlmServiceServicer_to_server(Llm(upstreams, questions), server)

    async with (
        running_server(genie, drain_seconds=0.1, max_calls=5_000) as one,
        running_server(llm, drain_seconds=0.1, max_calls=5_000) as two,
    ):
        upstreams.genie, upstreams.llm = one.target, two.target
        try:
            yield upstreams
        finally:
            for task in upstreams.outcomes.values():
                task.cancel()
