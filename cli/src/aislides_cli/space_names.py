"""Spaces by their title: people say "Sales", services know ids."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Protocol

from aislides_runtime.errors import Kind, ServiceError

ID: Final = re.compile(r"[0-9a-f]{32}")
LIKE_ID: Final = re.compile(r"[0-9A-Za-z_-]+")


class SpaceUnknown(ServiceError):
    """No space has this title."""

    kind = Kind.NOT_FOUND
    reason = "SPACE_NOT_FOUND"


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
    """The id of the space with this title, whatever its case, or of the only one whose title has
    the word; else `named` itself.

    Ids and the empty name (the configured space) cost no listing. Raises SpaceUnknown for a name
    that can be no id either.
    """
    if not named or ID.fullmatch(named):
        return named
    spaces = list(await listed())
    for space in spaces:
        if space.title.casefold() == named.casefold():
            return space.space_id
    word = re.compile(rf"\b{re.escape(named)}\b", re.IGNORECASE)
    having = [space for space in spaces if word.search(space.title)]
    if len(having) == 1:
        return having[0].space_id
    if not LIKE_ID.fullmatch(named):
        known = ", ".join(f"“{space.title}”" for space in spaces[:10]) or "none"
        raise SpaceUnknown(f"There is no space called “{named}”. You may use: {known}")
    return named
