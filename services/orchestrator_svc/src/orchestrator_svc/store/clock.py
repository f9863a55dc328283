"""The wall clock of the store, in one place so that tests can hold it."""

from __future__ import annotations

import time
from collections.abc import Callable

from google.protobuf.timestamp_pb2 import Timestamp

WallClock = Callable[[], int]
"""Microseconds since 1970."""


def wall_clock() -> int:
    """Microseconds since 1970, now."""
    return time.time_ns() // 1000


def timestamp(microseconds: int) -> Timestamp:
    """The protobuf form of a store time."""
    moment = Timestamp()
    moment.FromMicroseconds(microseconds)
    return moment
