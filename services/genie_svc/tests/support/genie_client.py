"""A bare gRPC client, as another backend would write it."""

from __future__ import annotations

from typing import Any

import grpc.aio
from aislides.genie.v1 import genie_service_pb2 as pb
from aislides.genie.v1.genie_service_pb2_grpc import GenieServiceStub
from google.rpc import error_details_pb2, status_pb2


class GenieClient:
    def __init__(self, target: str) -> None:
        self.target = target

    async def __aenter__(self) -> GenieClient:
        self.channel = grpc.aio.insecure_channel(self.target)
        self.stub: Any = GenieServiceStub(self.channel)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.channel.close()

    async def ask(
        self,
        question: str = "Revenue by region",
        *,
        token: str = "",
        timeout: float = 45,
        **more: Any,
    ) -> list[Any]:
        """The events as (kind, message) pairs."""
        metadata = (("x-databricks-token", token),) if token else ()
        request = pb.AskRequest(question=question, **more)
        events = []
        async for reply in self.stub.Ask(request, timeout=timeout, metadata=metadata):
            kind = reply.WhichOneof("event")
            events.append((kind, getattr(reply, kind)))
        return events


def kinds(events: list[Any]) -> list[str]:
    return [kind for kind, _ in events]


def reason(error: grpc.aio.AioRpcError) -> str:
    return details(error)[0].reason


def details(error: grpc.aio.AioRpcError) -> tuple[Any, Any, Any]:
    """ErrorInfo, RetryInfo, BadRequest; empty messages where absent."""
    found = (
        error_details_pb2.ErrorInfo(),
        error_details_pb2.RetryInfo(),
        error_details_pb2.BadRequest(),
    )
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = status_pb2.Status.FromString(value)
            for packed in status.details:
                for message in found:
                    packed.Unpack(message)
    return found
