"""Asks a service whether it can take work: `python -m aislides_runtime.probe HOST:PORT`.

For container health checks. Exit code 0 when it serves, 1 when it does not, 2 for a wrong call.
"""

from __future__ import annotations

import sys
from typing import Final

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc  # type: ignore[import-untyped]

from aislides_runtime.identity import Identity, told

SECONDS: Final = 2.0


def serving(target: str) -> bool:
    """Whether the service at `target` answers SERVING within two seconds."""
    return identity_of(target) is not None


def identity_of(target: str) -> Identity | None:
    """Whose service answers SERVING at `target` within two seconds, None when none does."""
    with grpc.insecure_channel(target, options=[("grpc.enable_http_proxy", 0)]) as channel:
        try:
            answer, call = health_pb2_grpc.HealthStub(channel).Check.with_call(
                health_pb2.HealthCheckRequest(), timeout=SECONDS
            )
        except grpc.RpcError:
            return None
        if answer.status != health_pb2.HealthCheckResponse.SERVING:
            return None
        return told(call.initial_metadata())


def main(arguments: list[str]) -> int:
    """The exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m aislides_runtime.probe HOST:PORT\n")
        return 2
    return 0 if serving(arguments[0]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
