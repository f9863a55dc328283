"""What a table can be broken down by, the most telling first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aislides_analyst.planning.links import link, linked_phrase, reachable
from aislides_analyst.planning.samples import Samples
from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import singular_phrase

_DISCRETE = re.compile(r"\b(?:rooms|bedrooms|bathrooms|floors|stars|doors|children)$")
_REMARKS = re.compile(r"\b(?:remark|comment|note|description|memo|feedback)s?\b")
"""Free text, which splits nothing unless somebody asks for it."""
# Breakdowns that tell most in many businesses, the most telling first.
_TELLING = (  # noqa: SIM905
    "region category segment channel type country product team department brand status priority "
    "state city market class group kind plan tier source industry method store customer"
).split()


def extra_groups(table: Table, space: Space, named: Sequence[str] = ()) -> list[str]:
    """Breakdowns of the table worth seeing, the most telling first, without those named."""
    found: dict[str, None] = {}
    if table.of_role("hour"):
        found.setdefault("hour of day")
    for group in Samples(space).groups:
        if _belongs(group, table, space):
            found.setdefault(group)
    told = [c for c in table.of_role("group") if not _REMARKS.search(c.label)]
    own = [_own_phrase(c, table, space) for c in told]
    others = _other_groups(table, space)
    entities = [
        linked_phrase(column, other)
        for other in reachable(table, space)
        if (column := link(table, other)) and column.role == "key"
    ]
    flags = [
        f"has {c.label}" if c.name.lower().startswith("has") else c.label
        for c in table.of_role("flag")
    ]
    counted = [c.label for c in table.of_role("measure") if _is_discrete(c)]
    # What a row is called names single rows, unless the space tells the few values it takes.
    single = {phrase for c, phrase in zip(told, own, strict=True) if not c.values}
    split = sorted(
        [*own, *others],
        key=lambda group: (
            group == table.row and group in single,
            group.endswith(" code"),
            _telling(group),
        ),
    )
    for group in [*split, *entities, *flags, *counted]:
        found.setdefault(group)
    taken = {group.split()[-1] for group in named}
    return [g for g in found if g not in named and g.split()[-1] not in taken]


def _other_groups(table: Table, space: Space) -> list[str]:
    """Columns of linked tables; where two tables share a name, it is told whose it is."""
    columns = [
        (c, other)
        for other in reachable(table, space)
        for c in other.of_role("group")
        if len(other.columns) > 2 and not _is_label(c, other)
    ]
    labels = [c.label for c, _ in columns]
    return [
        c.label if labels.count(c.label) == 1 else f"{other.row} {c.label}" for c, other in columns
    ]


def _own_phrase(column: Column, table: Table, space: Space) -> str:
    for other in reachable(table, space):
        found = link(table, other)
        if found and found.name == column.name:
            return linked_phrase(column, other)
        noun = other.row.split()[-1]
        if noun in column.description.lower().split() and noun not in column.label:
            return linked_phrase(column, other)
    return column.label if column.label.startswith("number ") else singular_phrase(column.label)


def _is_label(column: Column, table: Table) -> bool:
    """True for the column that names the rows: splitting by it is splitting by row."""
    return column.label in ("name", "title", table.row) or column.label.endswith(" name")


def _telling(group: str) -> int:
    ranks = [_TELLING.index(word) for word in group.split() if word in _TELLING]
    if group.startswith("year "):
        return len(_TELLING)
    return min(ranks) if ranks else len(_TELLING) - 1


def _is_discrete(column: Column) -> bool:
    """True for a number that takes few values, such as rooms, and so can split rows."""
    return bool(_DISCRETE.search(column.label))


def _belongs(group: str, table: Table, space: Space) -> bool:
    """True when the breakdown is one of this table's or of a table it points at."""
    tables = [table, *reachable(table, space)]
    labels = {w for t in tables for c in t.columns if c.role != "text" for w in c.label.split()}
    return set(group.split()) <= labels | {t.row for t in tables}
