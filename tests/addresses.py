"""Loopback addresses for processes that must be told where to listen."""

from __future__ import annotations

import random
import socket

from aislides_cli.addresses import Addresses


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, below those that the system gives to whoever asks for any."""
    found: list[int] = []
    while len(found) < count:
        port = random.SystemRandom().randrange(20_000, 30_000)
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in found:
            found.append(port)
    return found


def free_addresses() -> Addresses:
    """Where five processes can listen."""
    return Addresses(*(f"127.0.0.1:{port}" for port in free_ports(5)))
