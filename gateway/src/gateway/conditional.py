"""Conditional reads: validators of an answer, and whether the caller has it already."""

from __future__ import annotations

from email.utils import formatdate, parsedate_to_datetime

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from fastapi import Response


def deck_tag(info: pb.DeckInfo) -> str:
    """The ETag of a deck as a job: changes whenever anything happens to it."""
    return f'W/"{info.deck_id[:8]}-{info.last_sequence}-{info.updated_at.ToMicroseconds()}"'


def last_modified(info: pb.DeckInfo) -> str:
    """When the deck last changed, as an HTTP date."""
    return formatdate(info.updated_at.ToMicroseconds() / 1e6, usegmt=True)


def has_it(if_none_match: str, tag: str) -> bool:
    """Whether one of the caller's tags is this one."""
    offered = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return "*" in offered or tag.removeprefix("W/") in offered


def is_unchanged(
    info: pb.DeckInfo, if_none_match: str, if_modified_since: str, *, settled: bool
) -> bool:
    """Whether the caller has the deck as it stands. A tag decides alone where one is sent.

    Dates know seconds only, so they decide about decks that change no more (`settled`).
    """
    if if_none_match:
        return has_it(if_none_match, deck_tag(info))
    if not if_modified_since or not settled:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since).timestamp()
    except (ValueError, OverflowError):
        return False
    return info.updated_at.seconds <= since


def not_modified(headers: dict[str, str]) -> Response:
    """The answer to a caller that has it."""
    return Response(status_code=304, headers=headers)
