"""Rows on a terminal: no number is ever cut; a wide table becomes several below each other."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from aislides.deck.v1.table_pb2 import Column
from orchestrator_svc.deck.labels import label_for_column
from rich import box
from rich.table import Table
from rich.text import Text

from aislides_cli.cells import format_of, is_percent, plain, table_of, written

NUMBERS = frozenset({2, 3, 4})
"""INTEGER, NUMBER, DECIMAL."""
GAP = 3
LONGEST_TEXT = 32


def tables(columns: Sequence[Column], rows: Sequence[Sequence[Any]], width: int) -> list[Table]:
    """The rows as tables no wider than `width`; each repeats the columns that name its rows."""
    values = [[row[place] for row in rows] for place in range(len(columns))]
    values = [[row[place] for row in rows] for place in range(len(columns))]
    cells = [written(column, found) for column, found in zip(columns, values, strict=True)]
    heads = [title(column, found) for column, found in zip(columns, values, strict=True)]
    narrow = [
        min(max(_longest_word(head), *map(len, texts), 1), _most(column), width - 2)
        for head, column, texts in zip(heads, columns, cells, strict=True)
    ]
    widths = _roomier(narrow, heads, width)
    made = []
    for part in _parts(columns, widths, width):
        table = Table(box=box.SIMPLE, pad_edge=False)
        for place in part:
            table.add_column(
                Text("\n".join(wrap(heads[place], widths[place]))),
                justify="right" if columns[place].type in NUMBERS else "left",
                width=widths[place],
                overflow="fold",
            )
        for line in range(len(rows)):
            table.add_row(*(Text(cells[place][line]) for place in part))
        made.append(table)
    return made


def title(column: Column, values: Sequence[Any] = ()) -> str:
    """A header for people, in the words of a deck: `total_revenue_usd` is "total revenue (USD)".

    Where the cells carry the unit, it does not.
    """
    fmt = format_of(column, values)
    label = label_for_column(table_of(column, values), column.name)
    unit = "" if is_percent(fmt) or fmt.unit in label else fmt.unit
    return plain(f"{label} ({unit})" if unit else label)


def _roomier(widths: Sequence[int], heads: Sequence[str], width: int) -> list[int]:
    """Wider columns where there is room, so that headers are read in one line, or in two."""
    for lines in (1, 2):
        wanted = [max(own, _width_of(head, lines)) for own, head in zip(widths, heads, strict=True)]
        if sum(wanted) + GAP * len(wanted) <= width - 2 + GAP:
            return wanted
    return list(widths)


def _width_of(head: str, lines: int) -> int:
    """How wide a header is in so many lines."""
    return next(wide for wide in range(1, len(head) + 2) if len(wrap(head, wide)) <= lines)


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=1)


def _most(column: Column) -> int:
    return 10_000 if column.type in NUMBERS else LONGEST_TEXT


def _parts(columns: Sequence[Column], widths: Sequence[int], width: int) -> list[list[int]]:
    """Which columns stand together: those that name a row, then as many as there is room for."""
    names = []
    for place, column in enumerate(columns):
        if column.type in NUMBERS:
            break
        names.append(place)
    rest = range(len(names), len(columns))
    room = width - 2 + GAP
    taken = sum(widths[place] + GAP for place in names)
    if taken + max((widths[place] + GAP for place in rest), default=0) > room:
        names, rest, taken = [], range(len(columns)), 0
    parts: list[list[int]] = [[*names]]
    used = taken
    for place in rest:
        if used + widths[place] + GAP > room and len(parts[-1]) > len(names):
            parts.append([*names])
            used = taken
        parts[-1].append(place)
        used += widths[place] + GAP
    return parts
