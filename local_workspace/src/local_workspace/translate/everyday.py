"""Everyday words for columns that databases name tersely: what is measured, what kind, who."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.translate.forms import is_participle
from local_workspace.translate.senses import Sense
from local_workspace.translate.thesaurus import narrower, nouns_like, quantities_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_IN_UNITS = {
    "kg": ("kilo", "kilogram", "tonne", "ton"),
    "km": ("kilometre",),
    "t": ("tonne", "ton"),
    "litres": ("litre",),
    "kWh": ("kilowatt hour",),
}
"""Words that say how much by the unit alone: "kilos by route"."""
_LENGTHS = ("minutes", "hours", "seconds", "days")
_SPANS = ("days", "nights", "hours", "minutes", "day", "night")
_KINDS = ("type", "kind")
_KEYS = ("no", "nr", "number", "id", "code", "key", "ref")
_PEOPLE = ("person", "people", "staff member", "staff", "employee", "colleague")
_SORTS = frozenset({"type", "kind", "class", "category", "sort", "format", "medium"})
_DEEDS = ("application", "claim", "complaint")
PERSONS = frozenset(
    {"applicant", "candidate", "person", "customer", "user", "member", "claimant", "client"}
    | {"patient", "student", "complainant", "guest", "donor", "passenger", "subscriber", "employee"}
    | {"driver", "visitor", "player", "pupil", "resident", "volunteer", "participant", "learner"}
)
"""People whom tables are kept about."""
WORKERS = frozenset(
    {"agent", "vet", "rep", "sales rep", "nurse", "technician", "engineer", "consultant"}
    | {"teacher", "officer", "adviser", "advisor", "instructor", "worker", "operator", "clerk"}
    | {
        "employee",
        "staff member",
        "mechanic",
        "doctor",
        "driver",
        "seller",
        "salesperson",
        "trainer",
        "adjuster",
        "lawyer",
    }
)
"""People who work for whoever keeps the tables."""
_CLOCK = re.compile(r"\d{1,2}:\d\d(:\d\d)?")
_FEW = 40


_SPENDS = ("spend", "ad spend", "amount spent")
_COSTS = ("cost", "costs", "ad spend", "ad cost", "advertising cost")


def everyday(table: TableInfo, column: ColumnInfo) -> Iterator[tuple[str, Sense]]:
    """Words that may mean the column and that its name does not hold."""
    sense = Sense("column", table.name, column.name, weak=True)
    words = column.label.lower().split()
    if column.role == "measure":
        yield from _measured(table, column, words, sense)
    elif column.family == "text":
        yield from _told(table, column, words, sense)


def everyday_rows(table: TableInfo) -> Iterator[tuple[str, Sense]]:
    """ "lorries" of vehicles, "applicants" of applications, unless sorts or people are told."""
    if {table.row, *table.synonyms} & PERSONS:
        for person in ("person", "people"):
            yield person, Sense("table", table.name, weak=True)
    if {table.row, *table.synonyms} & WORKERS:
        for worker in ("staff", "staff member", "employee"):
            yield worker, Sense("table", table.name, weak=True)
    labels = {word for c in table.columns.values() for word in c.label.lower().split()}
    if labels & _SORTS:
        return
    people = any(PERSONS & set(c.label.lower().split()) for c in table.columns.values())
    for noun in (table.row, *table.synonyms):
        for other in narrower(noun):
            if not (people and noun in _DEEDS):
                yield other, Sense("table", table.name, weak=True)


def _measured(
    table: TableInfo, column: ColumnInfo, words: list[str], sense: Sense
) -> Iterator[tuple[str, Sense]]:
    yield from ((cost, sense) for cost in _COSTS if column.label.lower() in _SPENDS)
    if column.aggregate == "sum":
        for unit in _IN_UNITS.get(column.unit or "", ()):
            yield unit, sense
    yield from _in_its_unit(column, sense)
    base = column.label.lower()
    if column.unit in _LENGTHS and words[-1] != "time":
        for phrase in (
            *_lengths(table, column),
            f"{base} time",
            f"time on {base}",
            f"time at {base}",
            f"time of {base}",
        ):
            yield phrase, sense
    if len(words) > 1 and words[0] in _IN_UNITS:
        for unit in _IN_UNITS[words[0]]:
            yield " ".join((unit, *words[1:])), sense
    if words[-1] == "rate" and column.aggregate == "avg":
        yield "average rate", sense
    if len(words) == 1 and words[0] in _SPANS:
        for noun in (table.row, *table.synonyms):
            for length in ("length", "duration"):
                yield f"{noun} {length}", sense
                yield f"{length} of {noun}", sense
    if len(words) > 1 and words[-1] in ("percent", "percentage"):
        base = " ".join(words[:-1])
        for name in (base, *quantities_like(base)):
            yield f"{name} rate", sense
            yield f"{name} percentage", sense


def _in_its_unit(column: ColumnInfo, sense: Sense) -> Iterator[tuple[str, Sense]]:
    """ "fuel litres" of fuel in l, "run minutes" of a run in minutes."""
    base = column.label.lower()
    for unit in (*_IN_UNITS.get(column.unit or "", ()), *({column.unit} & {*_LENGTHS})):
        yield f"{base} {unit}", sense
        yield f"{unit} of {base}", sense


def _lengths(table: TableInfo, column: ColumnInfo) -> tuple[str, ...]:
    """ "call length" of calls whose only time is the minutes talked."""
    units = ("minutes", "hours", "days", "seconds")
    times = [c for c in table.columns.values() if c.role == "measure" and c.unit in units]
    if times != [column]:
        return ()
    return tuple(f"{table.row} {length}" for length in ("length", "duration"))


def _told(
    table: TableInfo, column: ColumnInfo, words: list[str], sense: Sense
) -> Iterator[tuple[str, Sense]]:
    labels = {c.label.lower() for c in table.columns.values()}
    if len(words) > 1 and words[-1] in _KEYS and column.name != table.key:
        base = " ".join(words[:-1])
        for name in (base, *nouns_like(base), *narrower(base)):
            yield name, sense
        if words[-1] == "code" and f"{base} type" not in labels:
            yield f"{base} type", sense
    elif column.name != table.label and 1 < column.distinct <= _FEW:
        clocks = all(_CLOCK.fullmatch(value) for value in column.values)
        for kind in ("time",) if clocks and column.values else _KINDS:
            if f"{column.label.lower()} {kind}" not in labels and words[-1] not in _KINDS:
                yield f"{column.label.lower()} {kind}", sense
    if len(words) == 2 and words[1] == "by" and is_participle(words[0]):
        for person in _PEOPLE:
            yield person, sense
