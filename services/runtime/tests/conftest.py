"""A real server with generic handlers, and a channel to it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio
import pytest
import structlog
from aislides_runtime.channels import open_channel
from aislides_runtime.serve import RunningServer, running_server
from google.protobuf.wrappers_pb2 import StringValue

SERVICE = "test.v1.Test"


def registering(
    unary: Mapping[str, Any], stream: Mapping[str, Any], arities: Mapping[str, Any]
) -> Callable[[grpc.aio.Server], None]:
    codecs = (StringValue.FromString, StringValue.SerializeToString)
    methods: dict[str, Any] = {
        **{name: grpc.unary_unary_rpc_method_handler(f, *codecs) for name, f in unary.items()},
        **{name: grpc.unary_stream_rpc_method_handler(f, *codecs) for name, f in stream.items()},
        **{name: make(f, *codecs) for name, (make, f) in arities.items()},
    }

    def add(server: grpc.aio.Server) -> None:
        handler = grpc.method_handlers_generic_handler(SERVICE, methods)
        server.add_generic_rpc_handlers((handler,))

    return add


@dataclass
class Served:
    server: RunningServer
    channel: grpc.aio.Channel

    def unary(self, name: str, text: str = "", **options: Any) -> Any:
        return self.channel.unary_unary(
            f"/{SERVICE}/{name}", StringValue.SerializeToString, StringValue.FromString
        )(StringValue(value=text), **options)

    def stream(self, name: str, text: str = "", **options: Any) -> Any:
        return self.channel.unary_stream(
            f"/{SERVICE}/{name}", StringValue.SerializeToString, StringValue.FromString
        )(StringValue(value=text), **options)

    def raw(self, name: str, body: bytes, **options: Any) -> Any:
        return self.channel.unary_unary(f"/{SERVICE}/{name}")(body, **options)


Serve = Callable[..., AbstractAsyncContextManager[Served]]


@pytest.fixture
def serve() -> Serve:
    """`async with serve(unary={"Echo": handler}, **options) as served`."""

    @asynccontextmanager
    async def start(
        *,
        unary: Mapping[str, Any] | None = None,
        stream: Mapping[str, Any] | None = None,
        arities: Mapping[str, Any] | None = None,
        channel: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> AsyncIterator[Served]:
        add = registering(unary or {}, stream or {}, arities or {})
        async with running_server(add, **options) as server:
            opened = open_channel(server.target, **(channel or {}))
            try:
                yield Served(server, opened)
            finally:
                await opened.close()

    return start


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()
