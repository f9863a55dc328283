"""The client for code without asyncio: the same calls, run on a loop of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

import grpc
from aislides.deck.v1 import deck_pb2, verdict_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from aislides_client.asynchronous import AsyncClient, OnEvent
from aislides_client.decks import Deck, File

T = TypeVar("T")


class Client:
    """As AsyncClient, without `await`. Use it from one thread, and not inside an event loop."""

    def __init__(
        self,
        target: str = "127.0.0.1:50053",
        *,
        timeout: float = 900.0,
        read_timeout: float = 30.0,
        credentials: grpc.ChannelCredentials | None = None,
        tenant: str = "",
    ) -> None:
        self._runner = asyncio.Runner()

        async def connect() -> AsyncClient:
            return AsyncClient(
                target,
                timeout=timeout,
                read_timeout=read_timeout,
                credentials=credentials,
                tenant=tenant,
            )

        self._client = self._run(connect())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection."""
        self._run(self._client.close())
        self._runner.close()

    def generate(
        self,
        question: str,
        *,
        max_slides: int | None = None,
        space: str = "",
        theme: str = "",
        depth: str = "",
        locale: str = "",
        request_id: str = "",
        on_event: OnEvent | None = None,
    ) -> Deck:
        """The finished deck. See AsyncClient.generate."""
        return self._run(
            self._client.generate(
                question,
                max_slides=max_slides,
                space=space,
                theme=theme,
                depth=depth,
                locale=locale,
                request_id=request_id,
                on_event=on_event,
            )
        )

    def revise(self, deck_id: str, instruction: str, **options: Any) -> Deck:
        """The deck changed as instructed. See AsyncClient.revise."""
        return self._run(self._client.revise(deck_id, instruction, **options))

    def refresh(self, deck_id: str, **options: Any) -> Deck:
        """The deck on today's data. See AsyncClient.refresh."""
        return self._run(self._client.refresh(deck_id, **options))

    def create(self, question: str, **options: Any) -> pb.DeckInfo:
        """The accepted deck, at once. Options as for `generate`."""
        return self._run(self._client.create(question, **options))

    def watch(self, deck_id: str, after: int = 0) -> Iterator[pb.DeckEvent]:
        """Events after the sequence number `after`, until the run ends."""
        events = self._client.watch(deck_id, after)
        try:
            while True:
                try:
                    yield self._run(_next(events))
                except StopAsyncIteration:
                    return
        finally:
            self._run(events.aclose())  # type: ignore[attr-defined]

    def finished(self, deck_id: str) -> Deck:
        """The deck of a job that ended. Raises DeckFailed or ClarificationNeeded."""
        return self._run(self._client.finished(deck_id))

    def answer(self, deck_id: str, text: str) -> pb.DeckInfo:
        """The deck, at work again with this answer to its clarification."""
        return self._run(self._client.answer(deck_id, text))

    def get(self, deck_id: str) -> pb.DeckInfo:
        """The job as it stands."""
        return self._run(self._client.get(deck_id))

    def bundle(self, deck_id: str) -> deck_pb2.DeckBundle:
        """Spec, facts and results of the current revision."""
        return self._run(self._client.bundle(deck_id))

    def evidence(self, deck_id: str, ref: str) -> verdict_pb2.Evidence:
        """SQL, rows and formula behind a figure such as `f3.change`."""
        return self._run(self._client.evidence(deck_id, ref))

    def export(self, deck_id: str, format: str = "html") -> File:  # noqa: A002
        """The deck as a file."""
        return self._run(self._client.export(deck_id, format))

    def revisions(self, deck_id: str) -> list[pb.RevisionInfo]:
        """The deck's revisions, newest first."""
        return self._run(self._client.revisions(deck_id))

    def diff(self, deck_id: str, from_revision: int, to_revision: int = 0) -> list[pb.Change]:
        """What changed between two revisions; 0 is the current one."""
        return self._run(self._client.diff(deck_id, from_revision, to_revision))

    def restore(self, deck_id: str, revision: int) -> pb.DeckInfo:
        """The deck with an earlier revision current again."""
        return self._run(self._client.restore(deck_id, revision))

    def cancel(self, deck_id: str) -> pb.DeckInfo:
        """The deck after cancelling."""
        return self._run(self._client.cancel(deck_id))

    def delete(self, deck_id: str) -> None:
        """Deletes the deck with all that belongs to it."""
        self._run(self._client.delete(deck_id))

    def list_decks(self, text: str = "", limit: int = 20) -> list[pb.DeckInfo]:
        """The newest decks whose question or title holds the text."""
        return self._run(self._client.list_decks(text, limit))

    def spaces(self) -> list[pb.SpaceInfo]:
        """The Genie spaces that decks can be made from."""
        return self._run(self._client.spaces())

    def themes(self) -> list[pb.Theme]:
        """The themes that decks can wear, default first."""
        return self._run(self._client.themes())

    def _run(self, call: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(call)


async def _next(events: Any) -> pb.DeckEvent:
    event: pb.DeckEvent = await anext(events)
    return event
