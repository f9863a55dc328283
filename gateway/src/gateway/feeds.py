"""One stream from the orchestrator for all who follow a deck, each of its events written once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Final

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import ServiceError
from sse_starlette import ServerSentEvent

from gateway.mapping import json_of

Watch = Callable[[int], AsyncIterator[pb.DeckEvent | None]]
"""Events of a deck after a sequence number, None as heartbeat; ends with the deck's run."""

Followed = tuple[str, str]
"""The tenant that follows, and the deck: no stream is shared by several tenants."""

AT_ONCE: Final = 50
"""Messages in one piece."""
SECONDS_A_FOLLOWER: Final = 0.0001
"""What it takes to send one piece to one follower."""
ALIVE: Final = ServerSentEvent(comment="alive").encode()


class Feeds:
    """The decks that are followed in this process."""

    def __init__(self) -> None:
        self._feeds: dict[Followed, _Feed] = {}

    async def follow(self, deck: Followed, after: int, watch: Watch) -> AsyncIterator[bytes]:
        """Messages as they go to a browser, some at a time. A slow reader holds up nobody.

        The stream from the orchestrator ends with its last follower.
        """
        feed = self._feeds.get(deck)
        if feed is None or feed.ended or after < feed.start:
            feed = self._feeds[deck] = _Feed(after)
            feed.begin(watch(after))
        feed.followers += 1
        try:
            async with aclosing(feed.messages(after)) as messages:
                async for message in messages:
                    yield message
        finally:
            feed.followers -= 1
            if not feed.followers:
                feed.end()
                if self._feeds.get(deck) is feed:
                    del self._feeds[deck]


class _Feed:
    """What one stream has brought so far."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.followers = 0
        self.ended = False
        self._messages: list[bytes] = []
        self._beats = 0
        self._changed = asyncio.Event()
        self._telling: asyncio.TimerHandle | None = None

    def begin(self, events: AsyncIterator[pb.DeckEvent | None]) -> None:
        """Reads the events, for as long as somebody follows."""
        self._reading = asyncio.create_task(self._read(events))

    def end(self) -> None:
        """Reads no more."""
        self._reading.cancel()

    async def messages(self, after: int) -> AsyncGenerator[bytes, None]:
        """Those behind a sequence number, and a sign of life in silence."""
        position, beats = after - self.start, self._beats
        while True:
            changed = self._changed
            while some := self._messages[position : position + AT_ONCE]:
                yield b"".join(some)
                position += len(some)
            if self.ended and changed is self._changed:
                return
            if beats != self._beats:
                beats = self._beats
                yield ALIVE
            await changed.wait()

    async def _read(self, events: AsyncIterator[pb.DeckEvent | None]) -> None:
        try:
            async for event in events:
                if event is None:
                    self._beats += 1
                else:
                    self._messages.append(_written(event))
                self._tell_soon()
        except ServiceError as error:
            # The status is out already; the browser learns why, and reconnects where it was.
            body = json.dumps({"reason": error.reason, "detail": error.message})
            self._messages.append(ServerSentEvent(event="stream_error", data=body).encode())
        finally:
            self.ended = True
            self._tell()

    def _tell_soon(self) -> None:
        if self._telling is None:
            # Events come in bursts. To wait as long as it takes to send to all costs an event at
            # most that much time, and spares everybody a message for each that comes meanwhile.
            loop, wait = asyncio.get_running_loop(), self.followers * SECONDS_A_FOLLOWER
            self._telling = loop.call_later(wait, self._tell)

    def _tell(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


def _written(event: pb.DeckEvent) -> bytes:
    """One message an event: its id is the sequence number, its name the kind of event."""
    kind = event.WhichOneof("body") or "unknown"
    data = json.dumps(json_of(event), ensure_ascii=False, separators=(",", ":"))
    return ServerSentEvent(id=str(event.sequence), event=kind, data=data).encode()
