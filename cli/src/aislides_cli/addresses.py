"""Where the five services listen, when each is a process of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where each of the five listens, as `host:port`."""

    workspace: str = "127.0.0.1:8090"
    genie: str = "127.0.0.1:50051"
    llm: str = "127.0.0.1:50052"
    orchestrator: str = "127.0.0.1:50053"
    gateway: str = "127.0.0.1:8080"
