"""Loopback addresses for processes that must be told where to listen."""

from __future__ import annotations

import contextlib
import socket

from aislides_cli.addresses import Addresses


def free_addresses() -> Addresses:
    """Five ports that were free a moment ago."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(5)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return Addresses(*(f"127.0.0.1:{one.getsockname()[1]}" for one in sockets))
