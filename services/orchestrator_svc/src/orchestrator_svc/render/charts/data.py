"""What a chart draws, read from the result once: categories, series, numbers, and their rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2, table_pb2

from orchestrator_svc.deck.formats import display, format_for_column, refine
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import from_python, number_of, to_python
from orchestrator_svc.render.scene import Scene, require_column

DEFAULT_CATEGORIES: Final = 7


@dataclass(frozen=True, slots=True)
class Point:
    """One category with its numbers, one for each measure; None where there is no number."""

    label: str
    row: int
    numbers: tuple[float | None, ...]
    shown: tuple[str, ...]
    emphasised: bool = False


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart draws."""

    table: Table
    x: str
    measures: tuple[str, ...]
    names: tuple[str, ...]
    """Measures in words, for labels and descriptions."""
    format: fact_pb2.Format
    points: tuple[Point, ...]
    left_out: int
    """Categories that are not drawn."""
    is_time: bool

    @property
    def unit(self) -> str:
        """Unit of the numbers as the caption names it."""
        if self.format.kind == fact_pb2.FORMAT_KIND_PERCENT:
            return "%"
        return self.format.unit


def read_chart(scene: Scene, slide: deck_pb2.Slide, exhibit: deck_pb2.Exhibit) -> ChartData:
    """The data of an exhibit's chart. Raises RenderError naming slide and field."""
    chart = exhibit.chart
    field = "exhibits.chart"
    table = scene.table(slide, f"{field}.result_id", chart.result_id)
    x = require_column(slide, f"{field}.x", table, chart.x)
    measures = [require_column(slide, f"{field}.y", table, name) for name in chart.y]
    shown_format = (
        chart.format if chart.HasField("format") else format_for_column(table, measures[0])
    )
    kept = kept_rows(table, exhibit.filters)
    ordered = _ordered(table, x, measures[0], kept, chart.sort)
    emphasised = highlighted_rows(scene, table, x, chart.highlights)
    time = table.is_time(x)
    if time:
        shown = _without_empty_ends(ordered, [table.numbers(name) for name in measures])
    else:
        shown = _limited(ordered, emphasised, chart.max_categories)
    x_format = format_for_column(table, x)
    cells = table.column(x)
    return ChartData(
        table=table,
        x=x,
        measures=tuple(measures),
        names=tuple(label_for_column(table, name) for name in measures),
        format=shown_format,
        points=tuple(
            Point(
                label=display(from_python(cells[row]), x_format, scene.locale),
                row=row,
                numbers=tuple(_drawable(table.numbers(name)[row]) for name in measures),
                shown=tuple(
                    show_number(table.numbers(name)[row], shown_format, scene.locale)
                    for name in measures
                ),
                emphasised=row in emphasised,
            )
            for row in shown
        ),
        left_out=0 if time else len(ordered) - len(shown),
        is_time=time,
    )


def _drawable(value: float | None) -> float | None:
    """The number, if a scale can hold it; it is printed in any case."""
    return value if value is None or value == 0 or 1e-150 < abs(value) < 1e150 else None


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


def _ordered(
    table: Table, x: str, measure: str, rows: list[int], sort: deck_pb2.Sort.ValueType
) -> list[int]:
    axis = table.axis(x)
    if axis is not None:
        keyed = [(key, row) for row in rows if (key := axis.keys[row]) is not None]
        return [row for _, row in sorted(keyed)]
    if sort == deck_pb2.SORT_NONE:
        return rows
    numbers = table.numbers(measure)
    sign = 1 if sort == deck_pb2.SORT_ASCENDING else -1
    with_number = [row for row in rows if numbers[row] is not None]
    with_number.sort(key=lambda row: (sign * (numbers[row] or 0.0), row))
    return with_number + [row for row in rows if numbers[row] is None]


def _without_empty_ends(rows: list[int], columns: Sequence[Sequence[float | None]]) -> list[int]:
    """The rows from the first that has a number to the last; gaps between stay."""
    filled = [place for place, row in enumerate(rows) if any(c[row] is not None for c in columns)]
    return rows[filled[0] : filled[-1] + 1] if filled else []


def _limited(rows: list[int], emphasised: set[int], limit: int) -> list[int]:
    """The first rows, and those emphasised wherever they stand, in order."""
    room = min(limit or DEFAULT_CATEGORIES, 20)
    if len(rows) <= room + 1:
        return rows
    must = [row for row in rows[room:] if row in emphasised]
    first = rows[: max(0, room - len(must))]
    return first + must


def highlighted_rows(
    scene: Scene, table: Table, x: str, highlights: Sequence[deck_pb2.Highlight]
) -> set[int]:
    """Rows whose category a highlight names, through its value or its text."""
    cells = table.column(x)
    x_format = format_for_column(table, x)
    wanted_values: list[object] = []
    wanted_texts: set[str] = set()
    for highlight in highlights:
        if highlight.HasField("value"):
            fact = scene.facts.get(highlight.value.fact_id)
            for value in fact.values if fact else ():
                if value.name == highlight.value.name:
                    wanted_values.append(to_python(value.value))
                    wanted_texts.add(display(value.value, value.format, scene.locale))
        else:
            wanted_texts.add(highlight.label)
    return {
        row
        for row, cell in enumerate(cells)
        if cell is not None
        and (
            cell in wanted_values
            or str(cell) in wanted_texts
            or display(from_python(cell), x_format, scene.locale) in wanted_texts
        )
    }


def tick_format(fmt: fact_pb2.Format, ticks: Sequence[float]) -> fact_pb2.Format:
    """The format with no more decimals than the ticks need."""
    fine = fact_pb2.Format()
    fine.CopyFrom(fmt)
    for decimals in range(fmt.decimals + 1):
        fine.decimals = decimals
        printed = {show_number(tick, fine, "en-GB") for tick in ticks}
        steps = [b - a for a, b in itertools.pairwise(ticks)]
        whole = all(abs(round(step, decimals) - step) < 1e-9 for step in steps)
        percent = fmt.kind == fact_pb2.FORMAT_KIND_PERCENT
        exact = all(abs(round(100 * s, decimals) - 100 * s) < 1e-7 for s in steps)
        scaled = fmt.scale != fact_pb2.SCALE_UNSPECIFIED
        if len(printed) == len(ticks) and (exact if percent else whole or scaled):
            break
    return fine


def show_number(value: float | None, fmt: fact_pb2.Format, locale: str) -> str:
    """A number on a chart: the caption names the unit, so the label does not."""
    if value is None:
        return "no data"
    bare = refine(fmt, value)
    if bare.kind in (
        fact_pb2.FORMAT_KIND_COUNT,
        fact_pb2.FORMAT_KIND_NUMBER,
        fact_pb2.FORMAT_KIND_CURRENCY,
    ):
        bare.kind = fact_pb2.FORMAT_KIND_NUMBER
        bare.unit = ""
    return display(table_pb2.Value(number=value), bare, locale)
