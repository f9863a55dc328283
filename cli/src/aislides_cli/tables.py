"""Rows on a terminal: no number is ever cut; a wide table becomes several below each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from textwrap import wrap
from typing import Any

from aislides.deck.v1.table_pb2 import Column
from rich import box
from rich.table import Table
from rich.text import Text

NUMBERS = frozenset({2, 3, 4})
"""INTEGER, NUMBER, DECIMAL."""
GAP = 3
CURRENCIES = frozenset({"usd", "eur", "gbp", "chf", "jpy", "sek", "nok", "dkk", "pln", "czk"})
LONGEST_TEXT = 32
PERIODS: dict[str, Callable[[date], str]] = {
    "year": lambda day: f"{day:%Y}",
    "quarter": lambda day: f"{day:%Y} Q{(day.month + 2) // 3}",
    "month": lambda day: f"{day:%Y-%m}",
}


def tables(columns: Sequence[Column], rows: Sequence[Sequence[Any]], width: int) -> list[Table]:
    """The rows as tables no wider than `width`; each repeats the columns that name its rows."""
    cells = [
        written([row[place] for row in rows], column.name) for place, column in enumerate(columns)
    ]
    heads = [plain(title(column)) for column in columns]
    widths = [
        min(max(_longest_word(head), *map(len, texts), 1), _most(column), width - 2)
        for head, column, texts in zip(heads, columns, cells, strict=True)
    ]
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


def title(column: Column) -> str:
    """A header for people: `total_revenue_usd` in USD is "total revenue (USD)"."""
    words = column.name.replace("_", " ")
    last = words.split(" ")[-1]
    unit = column.unit or (last.upper() if last in CURRENCIES else "")
    return f"{words.removesuffix(f' {unit.lower()}')} ({unit})" if unit else words


def written(values: Sequence[Any], name: str) -> list[str]:
    """The cells of one column, with equally many decimals."""
    fractions = [v for v in values if isinstance(v, float)]
    small = all(abs(v) < 1 for v in fractions)
    form = ",.4f" if small else ",.2f"
    period = PERIODS.get(name) if all(_first(v) for v in values if v is not None) else None
    return [
        period(value) if period and value is not None else _cell(value, form) for value in values
    ]


def plain(text: str) -> str:
    """Without control characters: data must not steer the terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)


def _cell(value: Any, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time.min else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, float):
        return format(value, form)
    return f"{value:,}" if isinstance(value, int | Decimal) else plain(str(value))


def _first(value: Any) -> bool:
    if isinstance(value, datetime) and value.time() != time.min:
        return False
    return isinstance(value, date) and value.day == 1


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
