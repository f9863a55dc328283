"""What there is now, of counts that are taken at moments: "current stock by depot"."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from local_workspace.translate.binding import Unbound
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.shapes.reading import AskedBack, keyword
from local_workspace.translate.spans import Span
from local_workspace.translate.stocks import has_stocks

if TYPE_CHECKING:
    from local_workspace.translate.plan import Plan
    from local_workspace.translate.shapes.reading import Reading

_NOW = frozenset({"current", "latest", "present", "today", "presently", "most recent"})


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of the last count; None where "now" adds nothing or nothing is counted so."""
    rest = [chunk for chunk in found if not _is_now(chunk)]
    if len(rest) == len(found) or not rest or any(chunk.kind == "date" for chunk in found):
        return None
    plain = [chunk for chunk in found if not chunk.key("now")]
    plans = []
    for table in reading.catalog.tables.values():
        time = table.columns[table.time] if table.time else None
        if time is None or time.last is None or not has_stocks(table):
            continue
        day = Span("abs", f"{time.last}", time.last, time.last + timedelta(1), unit="day")
        dated = [keyword("in", "on"), Chunk("date", day.words, -1, -1, span=day)]
        try:
            plans.append((reading.plan([*rest, *dated], table.name), time.last))
        except (AskedBack, Unbound):
            continue
    counted = [(told, last) for told, last in plans if told.metrics]
    if len(counted) == 1 and _needs(rest, reading):
        told, last = counted[0]
        reading.notes.append(f"now is {last}, the date of the last count in the data")
        return told
    return reading.plan(plain) if len(plain) < len(found) else None


def _needs(rest: list[Chunk], reading: Reading) -> bool:
    """Whether the question has no answer without a date."""
    try:
        reading.plan(rest)
    except (AskedBack, Unbound):
        return True
    return False


def _is_now(chunk: Chunk) -> bool:
    return chunk.key("now") or (chunk.kind in ("unknown", "key") and chunk.text.lower() in _NOW)
