"""The same days of an earlier year: "year to date compared with the same period last year"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.chunks import Chunk
from local_workspace.translate.shapes.reading import keyword
from local_workspace.translate.spans import Span

if TYPE_CHECKING:
    from datetime import date

_SAME = frozenset({"period", "time", "days", "span", "stretch", "window", "timeframe", "dates"})
_EARLIER = frozenset({"earlier", "before", "ago", "back", "prior", "previously"})
_GRAINS = frozenset({"year", "quarter", "month", "week", "day"})


def same_period(found: list[Chunk]) -> list[Chunk]:
    """The question with both periods side by side; unchanged where no such pair is named."""
    for at, chunk in enumerate(found):
        if chunk.key("compare"):
            told = _year_before(found, at + 1)
        elif chunk.key("change") and chunk.value == "year" and _to_date(found, at + 1):
            told = at + 3, None
        else:
            continue
        dated = [n for n, c in enumerate(found[:at]) if c.kind == "date"]
        if told is None or len(dated) != 1:
            return found
        end, year = told
        now = found[dated[0]]
        if now.span is None or (now.span.kind == "relative" and now.span.unit == "year"):
            return found
        said = f"the same period of {year.year}" if year else f"{now.text} a year before"
        before = Span("earlier", said, low=now.span, start=year)
        then = Chunk("date", before.words, -1, -1, span=before)
        rest = [c for n, c in enumerate(found[:at]) if n != dated[0]]
        return [*rest, now, keyword("compare", "vs"), then, *found[end:]]
    return found


def _year_before(found: list[Chunk], at: int) -> tuple[int, date | None] | None:
    """Where the words for the same days of an earlier year end, and that year where it is named."""
    words = [chunk.text.lower() for chunk in found]
    if words[at : at + 1] == ["same"]:
        place = at + 1
        named = found[place : place + 1]
        if not named or not (words[place] in _SAME or named[0].value in _GRAINS):
            return None
        place += 1
        place += bool(found[place : place + 1]) and found[place].key("in", "from")
        return _which_year(found, place)
    if _last_year(found, at) and _to_date(found, at + 1):
        return at + 3, None
    if _last_year(found, at) and words[at + 1 : at + 2] == ["ytd"]:
        return at + 2, None
    return None


def _which_year(found: list[Chunk], at: int) -> tuple[int, date | None] | None:
    if _last_year(found, at):
        return at + 1, None
    chunk = found[at] if at < len(found) else None
    if chunk is None:
        return None
    span, after = chunk.span, found[at + 1 : at + 2]
    if span is not None and span.kind == "abs" and span.unit == "year":
        return at + 1, span.start
    year = chunk.kind == "grain" and chunk.value == "year" and not chunk.plural
    if year and after and after[0].text.lower() in _EARLIER:
        return at + 2, None
    return None


def _last_year(found: list[Chunk], at: int) -> bool:
    span = found[at].span if at < len(found) else None
    year = span is not None and span.kind == "relative" and span.unit == "year"
    return year and span is not None and span.numbers == (1,)


def _to_date(found: list[Chunk], at: int) -> bool:
    return [chunk.text.lower() for chunk in found[at : at + 2]] == ["to", "date"]
