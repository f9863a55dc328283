"""How old people are and how long they have been there, in years on the last date in the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from local_workspace.spaces.endings import end_of
from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.main_time import is_birth
from local_workspace.spaces.names import spoken
from local_workspace.translate.plan import Aggregation, Metric, Plan, Ref
from local_workspace.translate.shapes.ages import TELLING, counted, with_days

if TYPE_CHECKING:
    from datetime import date

    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.shapes.reading import Reading

_AGES = frozenset({"age", "ages"})
_STAYS = frozenset({"tenure", "seniority", "length of service", "years of service"})
_BEGUN = re.compile(r"\b(?:hire|hired|start|started|join|joined|joining|joiner)\b")
_AHEAD = re.compile(r"\b(?:due|expir\w*|planned|expected|target|deadline|next)\b")
"""Dates that may lie after the last day the data know of."""


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of "average age by team" or "tenure of managers"; None for other words."""
    for at, chunk in enumerate(found):
        said = chunk.text.lower()
        aged = said in _AGES or (chunk.key("howquality") and said == "how old")
        stayed = said in _STAYS
        if not (aged or stayed) or (chunk.senses and not chunk.key("howquality")):
            continue
        start = _only(reading.catalog, is_birth if aged else _is_begun)
        until = _last_day(reading.catalog)
        if start is None or until is None:
            return None
        return _years(found, at, start, until, reading)
    return None


def _years(
    found: list[Chunk], at: int, start: ColumnInfo, until: date, reading: Reading
) -> Plan | None:
    lead = found[at - 1] if at else None
    told = lead is not None and lead.key("agg") and lead.value in TELLING
    aggregation = cast("Aggregation", lead.value if lead is not None and told else "avg")
    before = found[: at - 1 if told else at]
    rest = [c for c in (*before, *found[at + 1 :]) if not (c.key("which") or _on_average(c))]
    if any(c.key("super", "cmp", "share", "change") for c in rest):
        return None
    end = None if is_birth(start) else end_of(reading.catalog.tables[start.table])
    ref = Ref((), end.table, end.name) if end else None
    since = Ref((), start.table, start.name)
    metric = Metric(aggregation, ref, since=since, until=until, in_years=True)
    plain = counted(rest, start.table, reading)
    return with_days(plain, metric, reading)


def _on_average(chunk: Chunk) -> bool:
    return chunk.key("agg") and chunk.value == "avg"


def _only(catalog: Catalog, wanted: object) -> ColumnInfo | None:
    """The one column of that kind in all tables."""
    assert callable(wanted)
    found = [c for table in catalog.tables.values() for c in table.columns.values() if wanted(c)]
    return found[0] if len(found) == 1 else None


def _is_begun(column: ColumnInfo) -> bool:
    named = _BEGUN.search(in_english(spoken(column.name)))
    return column.role == "time" and column.family != "integer" and bool(named)


def _last_day(catalog: Catalog) -> date | None:
    days = [day for table in catalog.tables.values() for day in _days(table)]
    return max(days, default=None)


def _days(table: TableInfo) -> list[date]:
    return [
        column.last
        for column in table.columns.values()
        if column.role == "time" and column.last and column.family != "integer"
        and not is_birth(column) and not _AHEAD.search(in_english(spoken(column.name)))
    ]  # fmt: skip
