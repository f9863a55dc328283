"""genie_svc and llm_svc over real gRPC that do what a script says, call by call."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import aislides_analyst
import grpc
from aislides.deck.v1 import result_pb2
from aislides.genie.v1 import genie_service_pb2 as genie_pb
from aislides.genie.v1 import genie_service_pb2_grpc as genie_grpc
from aislides.llm.v1 import llm_service_pb2 as llm_pb
from aislides.llm.v1 import llm_service_pb2_grpc as llm_grpc
from aislides_runtime.serve import running_server

Act = Callable[[Any, Any], AsyncIterator[Any]]
"""What one call does: yields answers, given request and context."""
USAGE = llm_pb.Usage(calls=1, input_tokens=900, output_tokens=300)


@dataclass(frozen=True, slots=True)
class Always:
    """Does the same at every call from here on; need not be called at all."""

    act: Act


@dataclass(slots=True)
class Span:
    """One call as its service saw it, on the monotonic clock."""

    kind: str
    request_id: str
    began: float
    ended: float | None = None
    """None while it is at work."""


@dataclass(slots=True)
class Script:
    """Acts by kind of call: `space`, `ask`, or a model's purpose. Each is used once, in order."""

    acts: Mapping[str, Sequence[Act | Always]]
    genie: str = ""
    llm: str = ""
    calls: list[tuple[str, str]] = field(default_factory=list)
    """Kind and request id of each call."""
    finished: list[tuple[str, str]] = field(default_factory=list)
    """The calls that were answered to their end."""
    asked: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    """Every call with its time."""
    at_work: int = 0

    def __post_init__(self) -> None:
        self.restart(self.acts)

    def restart(self, acts: Mapping[str, Sequence[Act | Always]]) -> None:
        """Begins another script; what the last one saw is forgotten."""
        told = {"space": [Always(space)], **acts}
        self.acts = {kind: list(these) for kind, these in told.items()}
        for seen in (self.calls, self.finished, self.asked, self.spans):
            seen.clear()

    def left_over(self) -> dict[str, int]:
        """How many acts nobody called, by kind."""
        left = {
            kind: sum(not isinstance(act, Always) for act in acts)
            for kind, acts in self.acts.items()
        }
        return {kind: count for kind, count in left.items() if count}

    async def play(self, kind: str, request_id: str, request: Any, context: Any) -> Any:
        """Yields what the next act of this kind answers."""
        self.calls.append((kind, request_id))
        acts = self.acts.get(kind, ())
        assert acts, f"nobody scripted another {kind}"
        act = acts[0].act if isinstance(acts[0], Always) else acts.pop(0)
        with self._working(kind, request_id):
            async for answer in act(request, context):
                yield answer
            self.finished.append((kind, request_id))

    @contextmanager
    def _working(self, kind: str, request_id: str) -> Any:
        self.at_work += 1
        self.spans.append(span := Span(kind, request_id, time.monotonic()))
        try:
            yield
        finally:
            self.at_work -= 1
            span.ended = time.monotonic()


class _Genie(genie_grpc.GenieServiceServicer):
    def __init__(self, script: Script) -> None:
        self._script = script

    async def GetSpace(self, request: Any, context: Any) -> Any:
        async for answer in self._script.play("space", "", request, context):
            return answer
        return None

    async def Ask(self, request: Any, context: Any) -> AsyncIterator[Any]:
        self._script.asked.append(request.question)
        async for answer in self._script.play("ask", request.request_id, request, context):
            yield answer


class _Llm(llm_grpc.LlmServiceServicer):
    def __init__(self, script: Script) -> None:
        self._script = script

    async def GenerateCompletion(self, request: Any, context: Any) -> Any:
        spec = request.spec
        async for answer in self._script.play(spec.purpose, spec.request_id, request, context):
            return answer
        return None

    async def StreamCompletion(self, request: Any, context: Any) -> AsyncIterator[Any]:
        spec = request.spec
        async for answer in self._script.play(spec.purpose, spec.request_id, request, context):
            yield answer


@asynccontextmanager
async def scripted(acts: Mapping[str, Sequence[Act | Always]]) -> AsyncIterator[Script]:
    """Both services, serving on loopback. Fails when an act is left over."""
    script = Script(acts)

    def genie(server: Any) -> None:
        genie_grpc.add_GenieServiceServicer_to_server(_Genie(script), server)

    def llm(server: Any) -> None:
        llm_grpc.add_LlmServiceServicer_to_server(_Llm(script), server)

    async with (
        running_server(genie, drain_seconds=0.0) as one,
        running_server(llm, drain_seconds=0.0) as two,
    ):
        script.genie, script.llm = one.target, two.target
        yield script
    assert not script.left_over(), f"acts left over: {script.left_over()}"


async def space(request: Any, context: Any) -> AsyncIterator[Any]:
    """The one space."""
    yield genie_pb.GetSpaceResponse(space=genie_pb.Space(space_id="s1", title="Test space"))


def plans(*questions: str, arguments: Sequence[str] = ()) -> Act:
    """A model that calls `query_genie` for each question; `arguments` are sent as they are."""

    async def act(request: Any, context: Any) -> AsyncIterator[Any]:
        sent = [json.dumps({"question": item}) for item in questions] or list(arguments)
        calls = [
            llm_pb.ToolCall(id=f"c{number}", name="query_genie", arguments_json=item)
            for number, item in enumerate(sent)
        ]
        completion = llm_pb.Completion(tool_calls=calls, model="stub", usage=USAGE)
        yield llm_pb.GenerateCompletionResponse(completion=completion)

    return act


def says(text: str) -> Act:
    """A planning model that answers in words."""

    async def act(request: Any, context: Any) -> AsyncIterator[Any]:
        completion = llm_pb.Completion(text=text, model="stub", usage=USAGE)
        yield llm_pb.GenerateCompletionResponse(completion=completion)

    return act


def answers(result: result_pb2.Result) -> Act:
    """A question answered with rows."""

    async def act(request: Any, context: Any) -> AsyncIterator[Any]:
        yield genie_pb.AskResponse(accepted=genie_pb.Accepted(space_id="s1"))
        query = genie_pb.Query(sql=result.source.sql, attachment_id="a1", statement_id="q1")
        header = genie_pb.RowsReady(
            message=genie_pb.Message(space_id="s1", message_id="m1", query=query),
            columns=result.columns,
            row_count=result.row_count,
            truncated=result.truncated,
        )
        yield genie_pb.AskResponse(rows_ready=header)
        yield genie_pb.AskResponse(rows=genie_pb.RowChunk(rows=result.rows, last=True))

    return act


def writes(change: Callable[[dict[str, Any]], Any] = lambda deck: deck) -> Act:
    """A model that writes what the analyst would, after `change`; a repair repeats its slides."""

    async def act(request: Any, context: Any) -> AsyncIterator[Any]:
        data = json.loads(request.spec.prompt.data_json)
        deck = {"slides": data["slides"]} if "slides" in data else aislides_analyst.write(data)
        deck = change(deck)
        for index, slide in enumerate(deck["slides"] if isinstance(deck, dict) else ()):
            yield element(index, json.dumps(slide))
        yield completed(json.dumps(deck))

    return act


def streams(*answers: Any) -> Act:
    """A model whose stream is just these messages."""

    async def act(request: Any, context: Any) -> AsyncIterator[Any]:
        for answer in answers:
            yield answer

    return act


def element(index: int, text: str) -> Any:
    """One streamed element."""
    return llm_pb.StreamCompletionResponse(element=llm_pb.StructuredElement(index=index, json=text))


def completed(text: str) -> Any:
    """The end of a stream, with the whole answer."""
    completion = llm_pb.Completion(text=text, model="stub", usage=USAGE)
    return llm_pb.StreamCompletionResponse(completed=completion)


async def unavailable(request: Any, context: Any) -> AsyncIterator[Any]:
    """The service is down."""
    await context.abort(grpc.StatusCode.UNAVAILABLE, "down for a test")
    yield


async def hangs(request: Any, context: Any) -> AsyncIterator[Any]:
    """The service never answers."""
    await asyncio.Event().wait()
    yield


def cut_off(act: Act, after: int) -> Act:
    """The connection breaks after so many messages."""

    async def broken(request: Any, context: Any) -> AsyncIterator[Any]:
        sent = 0
        async for answer in act(request, context):
            if sent == after:
                break
            yield answer
            sent += 1
        await context.abort(grpc.StatusCode.UNAVAILABLE, "reset for a test")

    return broken
