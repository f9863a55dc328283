"""Which rows of a result an exhibit keeps, in which order, and which of them it emphasises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.formats import display, format_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import PythonValue, from_python, number_of, to_python
from orchestrator_svc.render.scene import Scene

_RANGE: Final = re.compile(
    r"\s*(?:[<≤>≥]=?|under|over|up to|below|above)?\s*[A-Za-z$€£]{0,9}\s*([-−]?\d+(?:[.,]\d+)?)"
    r"\s*(?:[-–—+]|to\b|and\b|or\b|[A-Za-z%$€£°]{0,9}\s*$)",
    re.IGNORECASE,
)
_LADDERS: Final = tuple(
    words.split("|")
    for words in (
        "xxs|xs|s|m|l|xl|xxl|xxxl",
        "very low|low|medium|high|very high|critical",
        "small|medium|large|extra large",
        "poor|fair|good|very good|excellent",
        "bronze|silver|gold|platinum",
        "never|rarely|sometimes|often|always",
        "night|early morning|morning|noon|afternoon|evening|late evening",
        "winter|spring|summer|autumn",
        "economy|premium economy|business|first",
    )
)
_FEWEST: Final = 3
_WIDEST_WHOLE: Final = 24


def kept_rows(table: Table, filters: Sequence[fact_pb2.RowFilter]) -> list[int]:
    """Positions of the rows for which all filters hold."""
    return [row for row in range(len(table)) if all(_holds(table, item, row) for item in filters)]


def _holds(table: Table, item: fact_pb2.RowFilter, row: int) -> bool:
    cell, wanted = table.column(item.column)[row], to_python(item.value)
    if cell is None:
        return False
    number, bound = number_of(cell), number_of(wanted)
    if number is not None and bound is not None:
        return {
            fact_pb2.FILTER_OPERATOR_EQUAL: number == bound,
            fact_pb2.FILTER_OPERATOR_NOT_EQUAL: number != bound,
            fact_pb2.FILTER_OPERATOR_AT_LEAST: number >= bound,
            fact_pb2.FILTER_OPERATOR_AT_MOST: number <= bound,
        }.get(item.operator, True)
    one, other = str(cell), str(wanted)
    return {
        fact_pb2.FILTER_OPERATOR_EQUAL: one == other,
        fact_pb2.FILTER_OPERATOR_NOT_EQUAL: one != other,
        fact_pb2.FILTER_OPERATOR_AT_LEAST: one >= other,
        fact_pb2.FILTER_OPERATOR_AT_MOST: one <= other,
    }.get(item.operator, True)


def highlighted_rows(
    scene: Scene, table: Table, column: str, highlights: Sequence[deck_pb2.Highlight]
) -> set[int]:
    """Rows whose cell in the column a highlight names, through its value or its text."""
    if not highlights:
        return set()
    cells = table.column(column)
    fmt = format_for_column(table, column)
    wanted_values: list[object] = []
    wanted_texts: set[str] = set()
    for highlight in highlights:
        if highlight.HasField("value"):
            found = value_of(scene, highlight.value)
            if found is not None:
                wanted_values.append(to_python(found.value))
                wanted_texts.add(display(found.value, found.format, scene.locale))
        else:
            wanted_texts.add(highlight.label)
    return {
        row
        for row, cell in enumerate(cells)
        if cell is not None
        and (
            cell in wanted_values
            or str(cell) in wanted_texts
            or display(from_python(cell), fmt, scene.locale) in wanted_texts
        )
    }


def value_of(scene: Scene, ref: fact_pb2.ValueRef) -> fact_pb2.FactValue | None:
    """The fact value that a reference names; None when there is none."""
    fact = scene.facts.get(ref.fact_id)
    for value in fact.values if fact else ():
        if value.name == ref.name:
            return value
    return None


def own_order(table: Table, column: str, cells: Sequence[PythonValue]) -> list[float] | None:
    """Positions of categories that have an order of their own; None when they have none.

    Time, whole numbers close together, ranges such as `18–24`, and ladders such as low to high.
    """
    if all(isinstance(cell, bool) for cell in cells):
        return None
    if all(isinstance(cell, int) for cell in cells):
        whole = [cell for cell in cells if isinstance(cell, int)]
        near = bool(whole) and max(whole) - min(whole) <= _WIDEST_WHOLE
        return [float(cell) for cell in whole] if near else None
    words = [cell.strip().lower() for cell in cells if isinstance(cell, str)]
    if len(words) < len(cells) or len(set(words)) < _FEWEST:
        return None
    for ladder in _LADDERS:
        if all(word in ladder for word in words):
            return [float(ladder.index(word)) for word in words]
    return _ranges(words)


def _ranges(words: Sequence[str]) -> list[float] | None:
    found = [_RANGE.match(word) for word in words]
    if not all(found) or not any(re.search(r"\d\s*[-–—+]|[<≤>≥]|\bto\b", w) for w in words):
        return None
    starts = []
    for match, word in zip(found, words, strict=True):
        start = float(match[1].replace(",", ".").replace("−", "-")) if match else 0.0
        below = word.lstrip().startswith(("<", "≤", "under", "up to", "below"))
        starts.append(start - 0.5 if below else start)
    return starts
