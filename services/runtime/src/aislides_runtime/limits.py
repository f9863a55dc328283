"""What one message, one call's metadata and one connection may cost, on both ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

MESSAGE_BYTES: Final = 8 * 1024 * 1024
"""Largest message sent or received."""

METADATA_BYTES: Final = 16 * 1024
"""Most metadata that one call may carry."""

Options = Sequence[tuple[str, str | int]]


def shared_options(message_bytes: int, metadata_bytes: int) -> list[tuple[str, str | int]]:
    """The gRPC options that servers and channels have in common."""
    return [
        ("grpc.max_receive_message_length", message_bytes),
        ("grpc.max_send_message_length", message_bytes),
        # Between the soft and the absolute limit grpc refuses at random; equal, it is a border.
        ("grpc.max_metadata_size", metadata_bytes),
        ("grpc.absolute_max_metadata_size", metadata_bytes),
    ]
