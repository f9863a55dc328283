"""Spaces by their title: people say "Sales", services know ids."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Protocol

ID: Final = re.compile(r"[0-9a-f]{32}")


class Titled(Protocol):
    """A space as a service lists it."""

    @property
    def space_id(self) -> str:
        """Its id."""
        ...

    @property
    def title(self) -> str:
        """Its title."""
        ...


async def space_id(named: str, listed: Callable[[], Awaitable[Iterable[Titled]]]) -> str:
    """The id of the space with this title, whatever its case; else `named` itself.

    Ids and the empty name (the configured space) cost no listing.
    """
    if not named or ID.fullmatch(named):
        return named
    for space in await listed():
        if space.title.casefold() == named.casefold():
            return space.space_id
    return named
