"""Rows to categories by series, each number with the rows it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import PythonValue


@dataclass(frozen=True, slots=True)
class Place:
    """One category: its first row, and for each series its rows and their sum."""

    row: int
    rows: tuple[tuple[int, ...], ...]
    numbers: tuple[float | None, ...]


def by_measures(
    table: Table, x: str, measures: Sequence[str], rows: Sequence[int], *, additive: bool
) -> list[Place]:
    """Categories in order of appearance, a series for each measure.

    Rows of one category are summed where that means something, else each stands for itself.
    """
    cells = table.column(x)
    columns = [table.numbers(name) for name in measures]
    groups = list(grouped(cells, rows).values()) if additive else [[row] for row in rows]
    return [_place([(column, group) for column in columns], group[0]) for group in groups]


def by_series(
    table: Table, x: str, measure: str, splits: Sequence[Sequence[int]], rows: Sequence[int]
) -> list[Place]:
    """Categories in order of appearance, a series for each split of the rows."""
    cells, column = table.column(x), table.numbers(measure)
    of = {row: position for position, split in enumerate(splits) for row in split}
    places = []
    for group in grouped(cells, rows).values():
        members: list[list[int]] = [[] for _ in splits]
        for row in group:
            members[of[row]].append(row)
        places.append(_place([(column, member) for member in members], group[0]))
    return places


def grouped(cells: Sequence[PythonValue], rows: Sequence[int]) -> dict[object, list[int]]:
    """Rows by the value of their cell, in order of appearance."""
    groups: dict[object, list[int]] = {}
    for row in rows:
        value = cells[row]
        # True equals 1 in Python; in data it does not.
        key = (bool, value) if isinstance(value, bool) else value
        groups.setdefault(key, []).append(row)
    return groups


def _place(parts: Sequence[tuple[Sequence[float | None], Sequence[int]]], first: int) -> Place:
    sources, numbers = [], []
    for column, rows in parts:
        known = [row for row in rows if column[row] is not None]
        total = sum(column[row] or 0.0 for row in known)
        sources.append(tuple(known) or tuple(rows[:1]))
        numbers.append(drawable(total) if known else None)
    return Place(first, tuple(sources), tuple(numbers))


def drawable(value: float | None) -> float | None:
    """The number, if a scale can hold it."""
    return value if value is None or value == 0 or 1e-150 < abs(value) < 1e150 else None
