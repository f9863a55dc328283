"""Days between two dates of a row, and how old rows are on the last date in the data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from local_workspace.spaces.computed import span
from local_workspace.translate.binding import Unbound
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.doers import is_of_people
from local_workspace.translate.forms import family, regular
from local_workspace.translate.lexicon import stem
from local_workspace.translate.ordering import ordered
from local_workspace.translate.plan import Aggregation, Metric, Plan, Ref
from local_workspace.translate.senses import Sense
from local_workspace.translate.shapes.reading import keyword
from local_workspace.translate.things import things

if TYPE_CHECKING:
    from local_workspace.translate.shapes.reading import Reading

TELLING = ("avg", "median", "max", "min")
_TIME = frozenset({"time", "gap", "lag", "interval", "days", "day", "duration"})


def plan(found: list[Chunk], reading: Reading) -> Plan | None:
    """The plan of a mean (or median, longest, shortest) number of days; None for other words."""
    return _between(found, reading) or _old(found, reading)


def _between(found: list[Chunk], reading: Reading) -> Plan | None:
    """ "average days between order and delivery", "how long from opening to closing"."""
    for at, chunk in enumerate(found[:-3]):
        joined = found[at + 2]
        linked = chunk.text.lower() in ("between", "from", "difference between")
        linked = linked and joined.text.lower() in ("and", "to", "until", "till")
        first, second = dates_of(found[at + 1], reading), dates_of(found[at + 3], reading)
        pairs = [(a, b) for a in first for b in second if a.table == b.table and a != b]
        if not linked or not pairs:
            continue
        if len({(a.table, a.column, b.column) for a, b in pairs}) > 1:
            raise Unbound("which two dates are meant is not clear; name them as their columns are")
        start = _opens(found, at)
        if start is None:
            return None
        rest = [*found[: start[0]], *found[at + 4 :]]
        means = [c for c in rest if c.key("agg") and c.value in TELLING]
        if len(means) > 1 or (means and found[start[0]].key("agg")):
            return None
        told = cast("Aggregation", means[0].value) if means else start[1]
        said = any(c.value == "day" for c in found[start[0] : at])
        rest = [c for c in rest if c not in means]
        return told_in_days(rest, pairs[0], told, reading, "days" if said else "")
    return None


def dates_of(chunk: Chunk, reading: Reading) -> list[Ref]:
    """The time columns that the word names, by itself or by what was done."""
    said = stem(chunk.text.lower())
    found: list[Ref] = []
    for table in reading.catalog.tables.values():
        for column in table.columns.values():
            if column.role != "time" or column.family not in ("date", "timestamp"):
                continue
            names = (name.lower().split()[0] for name in (column.label, *column.synonyms))
            named = any(
                s.kind in ("column", "event") and (s.table, s.name) == (table.name, column.name)
                for s in chunk.senses
            )
            forms = (form for first in names for form in (first, *family(first), *regular(first)))
            if named or said in {stem(word) for word in forms}:
                found.append(Ref((), table.name, column.name))
    return found


def _opens(found: list[Chunk], at: int) -> tuple[int, Aggregation] | None:
    """Where "average number of days" begins, and what is made of the days; None for other words."""
    start, told, timed = at, None, False
    while start > 0:
        chunk, said = found[start - 1], found[start - 1].text.lower()
        if chunk.key("agg") and chunk.value in TELLING and told is None:
            told = chunk.value
        elif chunk.key("howquality") and said == "how long":
            told, timed = told or "avg", True
        elif said in _TIME and (chunk.kind in ("unknown", "unit") or chunk.value == "day"):
            timed = True
        elif chunk.key("count", "in") and said in ("number of", "of", "in"):
            pass
        else:
            break
        start -= 1
    return (start, cast("Aggregation", told)) if told and timed else None


def told_in_days(
    rest: list[Chunk],
    pair: tuple[Ref, Ref],
    aggregation: Aggregation,
    reading: Reading,
    unit: str = "",
) -> Plan:
    """The time between the dates of the rows that the other words keep, by what they break down.

    unit: the one that was said; without one, the usual one of these two dates.
    """
    first, second = pair
    catalog = reading.catalog
    pairs = catalog.tables[first.table].elapsed
    usual = [p.unit for p in pairs if (p.start, p.end) == (first.column, second.column)]
    name = span(first.column, second.column, unit or (*usual, "days")[0])
    label = catalog.column(first.table, name).label
    time = Chunk("sense", label, -1, -1, senses=(Sense("column", first.table, name),))
    return reading.plan([keyword("agg", aggregation, aggregation), time, *rest], first.table)


def counted(rest: list[Chunk], table: str, reading: Reading) -> Plan:
    """The plan that counts the rows of the table which the other words keep."""
    rows = Chunk("sense", "rows", -1, -1, senses=(Sense("table", table),), plural=True)
    named = any(s.kind == "table" and s.table == table for c in rest for s in c.senses)
    while rest and rest[0].key("in", "for", "with"):
        rest = rest[1:]
    count = keyword("count", "how many")
    plain = reading.plan([count, *rest] if named else [count, rows, *rest], table)
    if plain.metrics != (Metric("count"),) or plain.having or plain.limit or plain.change:
        raise Unbound("days between two dates are told without a ranking or a limit")
    return plain


def with_days(plain: Plan, metric: Metric, reading: Reading) -> Plan:
    """The plan with that metric in place of the count."""
    metrics = (metric,)
    order = ordered(metrics, plain.groups, reading.catalog)
    return replace(plain, metrics=metrics, order=order)


def _old(found: list[Chunk], reading: Reading) -> Plan | None:
    """ "how old are our open tickets": days from their date to the last one in the data."""
    for at, chunk in enumerate(found):
        aged = chunk.kind == "unknown" and chunk.text.lower() == "age"
        told = at and found[at - 1].key("agg") and found[at - 1].value in TELLING
        if not (chunk.key("howquality") and chunk.text.lower() == "how old") and not (
            aged and told
        ):
            continue
        rest = [*found[: at - 1 if aged else at], *found[at + 1 :]]
        ones = things(reading.catalog)
        tables = {s.table for c in rest for s in c.senses if s.kind == "table"} - ones
        dated = [t for t in tables if reading.catalog.tables[t].time]
        if len(dated) != 1:
            return None
        return _age(rest, dated[0], found[at - 1].value if aged else "avg", reading)
    return None


def _age(rest: list[Chunk], table: str, aggregation: str, reading: Reading) -> Plan | None:
    time = reading.catalog.tables[table].time
    column = reading.catalog.column(table, time or "")
    if column.family not in ("date", "timestamp") or column.last is None:
        return None
    if is_of_people(reading.catalog.tables[table]):
        raise Unbound(f"the age of people is not told by their {column.label}", ambiguous=True)
    others = [
        c
        for c in reading.catalog.tables[table].columns.values()
        if c.role == "time" and not c.nulls and c.family in ("date", "timestamp") and c != column
    ]
    if others:
        labels = " or ".join(c.label for c in (column, *others))
        raise Unbound(f"how old they are could be told from {labels}; say “between … and …”")
    ref = Ref((), table, column.name)
    metric = Metric(cast("Aggregation", aggregation), since=ref, until=column.last)
    return with_days(counted(rest, table, reading), metric, reading)
