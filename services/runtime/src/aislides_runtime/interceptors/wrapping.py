"""How an interceptor puts its own code around a handler of any arity."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

import grpc
import grpc.aio

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
Behaviour = Callable[[Any, Any], Any]
Continuation = Callable[[grpc.HandlerCallDetails], Awaitable[Any]]


class WrappingInterceptor(grpc.aio.ServerInterceptor):
    """Base of our interceptors: `wrap` is asked once for each method."""

    def __init__(self) -> None:
        self._wrapped: dict[str, tuple[Handler, Handler]] = {}

    def wrap(self, method: str, handler: Handler) -> Handler:
        """The handler to use instead; by default one that runs inside `around`."""

        async def answer(request: Any, context: Context) -> Any:
            async with self.around(method, context) as inner:
                return await respond(handler, request, inner)

        return rebuild(handler, answer, handler.request_deserializer, handler.response_serializer)

    def around(self, method: str, context: Context) -> AbstractAsyncContextManager[Context]:
        """What happens around one call; gives the context that the handler shall see."""
        raise NotImplementedError

    async def intercept_service(
        self, continuation: Continuation, handler_call_details: grpc.HandlerCallDetails
    ) -> Any:
        """The wrapped handler; None (unknown method) stays None."""
        handler: Handler | None = await continuation(handler_call_details)
        if handler is None:
            return None
        method = str(handler_call_details.method)
        known = self._wrapped.get(method)
        if known is None or known[0] is not handler:
            known = (handler, self.wrap(method, handler))
            self._wrapped[method] = known
        return known[1]


class ContextProxy:
    """A servicer context that passes everything on; subclasses change a part."""

    def __init__(self, inner: Context) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


async def respond(handler: Handler, request: Any, context: Context) -> Any:
    """Runs a handler: its response, or None after it has written its stream of responses."""
    result = behaviour_of(handler)(request, context)
    if not hasattr(result, "__aiter__"):
        return await result
    # Written here, not handed to grpc: so a time limit or an error covers the writing too.
    try:
        async for message in result:
            await context.write(message)
    finally:
        close = getattr(result, "aclose", None)
        if close is not None:
            await close()
    return None


def behaviour_of(handler: Handler) -> Behaviour:
    """The one of a handler's four functions that is set."""
    behaviour: Behaviour | None = (
        handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream
    )
    if behaviour is None:
        raise TypeError("a method handler without a function")
    return behaviour


def has_refused(context: Context) -> bool:
    """Whether the handler has set a code other than OK, so that its response is dropped."""
    code: grpc.StatusCode | None = context.code()
    return code is not None and code is not grpc.StatusCode.OK


def rebuild(
    handler: Handler,
    behaviour: Behaviour,
    deserialise: Callable[[bytes], Any] | None,
    serialise: Callable[[Any], bytes] | None,
) -> Handler:
    """A handler of the same arity with another function and other codecs."""
    arity = (bool(handler.request_streaming), bool(handler.response_streaming))
    make: Callable[..., Handler] = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }[arity]
    return make(behaviour, deserialise, serialise)
