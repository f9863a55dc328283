"""A deck's events as server-sent events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import ServiceError
from sse_starlette import ServerSentEvent

from gateway.mapping import json_of
from gateway.upstream import Upstream


async def server_sent(
    upstream: Upstream, deck_id: str, after: int
) -> AsyncIterator[ServerSentEvent]:
    """One message an event: its id is the sequence number, its name the kind of event."""
    try:
        async for event in upstream.watch(deck_id, after):
            yield ServerSentEvent(comment="alive") if event is None else _message(event)
    except ServiceError as error:
        # The status is out already; the browser learns why, and reconnects where it was.
        body = {"reason": error.reason, "detail": error.message}
        yield ServerSentEvent(event="stream_error", data=json.dumps(body))


def _message(event: pb.DeckEvent) -> ServerSentEvent:
    kind = event.WhichOneof("body") or "unknown"
    data = json.dumps(json_of(event), ensure_ascii=False, separators=(",", ":"))
    return ServerSentEvent(id=str(event.sequence), event=kind, data=data)
