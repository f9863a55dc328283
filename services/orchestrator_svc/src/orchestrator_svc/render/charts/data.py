"""What a chart draws: categories, series, their numbers, and the rows these come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.table import Table
from orchestrator_svc.render.charts.numbers import show_number
from orchestrator_svc.render.phrases import phrases


@dataclass(frozen=True, slots=True)
class Series:
    """One run of numbers across the categories: a measure, or a value of the series column."""

    name: str
    column: str
    """Result column that its numbers come from."""
    emphasised: bool = False
    rest: bool = False
    """Whether it holds what is left of the others, summed."""


@dataclass(frozen=True, slots=True)
class Point:
    """One category with a number for each series; None where there is no number."""

    label: str
    numbers: tuple[float | None, ...]
    rows: tuple[tuple[int, ...], ...]
    """For each series the result rows of its number; several where code summed them."""
    emphasised: bool = False
    short: str = ""
    """The label on an axis, where it is shorter."""
    key: float | None = None
    """Position in time, or among ordered classes."""
    rest: bool = False
    """Whether it is what is left of the others."""

    @property
    def tick(self) -> str:
        """The label on an axis."""
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class Reference:
    """A line across the chart."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark at one mark."""

    point: int
    series: int
    text: str


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart draws, with the kind that suits it."""

    kind: deck_pb2.ChartKind.ValueType
    table: Table
    x: str
    series: tuple[Series, ...]
    format: fact_pb2.Format
    points: tuple[Point, ...]
    locale: str
    is_time: bool = False
    is_ordered: bool = False
    """Whether categories have an order of their own, such as time or age bands."""
    single_rows: bool = False
    """Whether every row is a point of its own."""
    left_out: int = 0
    """Categories that are not drawn."""
    remarks: tuple[str, ...] = ()
    """What the footer must say of what was left out or changed, each a short phrase."""
    references: tuple[Reference, ...] = ()
    callout: Callout | None = None
    compare: bool = False
    """Whether the second series is the plan or earlier period of the first."""
    partial: bool = False
    """Whether the last period is not complete."""
    cut: bool = False
    """Whether the value axis may start elsewhere than zero."""
    additive: bool = False
    """Whether sums of the numbers mean something."""
    x_format: fact_pb2.Format = field(default_factory=fact_pb2.Format)
    domain: tuple[float, float] | None = None
    """Range of the value axis, where several charts share it."""
    panels: tuple[Panel, ...] = ()
    """Small multiples; the chart itself is then that of the largest group."""
    printed: dict[float | None, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def note(self) -> str:
        """What a reader must know of what is not drawn; empty when there is nothing."""
        total = self.left_out + len(self.points)
        words = phrases(self.locale)["groups-shown"]
        counted = words.format(count=len(self.points), total=total)
        return "; ".join((*((counted,) if self.left_out else ()), *self.remarks))

    def listed(self) -> list[tuple[str, Point]]:
        """All points by name, those of small multiples with their group's name before."""
        if not self.panels:
            return [(point.label, point) for point in self.points]
        return [
            (f"{panel.name}, {point.label}", point)
            for panel in self.panels
            for point in panel.chart.points
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """The series in words."""
        return tuple(item.name for item in self.series)

    @property
    def unit(self) -> str:
        """Unit of the numbers as the caption names it."""
        if self.format.kind == fact_pb2.FORMAT_KIND_PERCENT:
            return "%"
        return self.format.unit

    def shown(self, value: float | None) -> str:
        """A number as the chart's labels print it."""
        found = self.printed.get(value)
        if found is None:
            found = self.printed[value] = show_number(value, self.format, self.locale)
        return found

    def numbers(self) -> Iterator[float]:
        """All numbers there are."""
        return (n for point in self.points for n in point.numbers if n is not None)

    def column(self, series: int) -> list[float | None]:
        """The numbers of one series, by category."""
        return [point.numbers[series] for point in self.points]

    def with_remark(self, remark: str) -> ChartData:
        """The same data with one more thing for the footer."""
        return replace(self, remarks=(*self.remarks, remark))


@dataclass(frozen=True, slots=True)
class Panel:
    """One group of small multiples with its chart."""

    name: str
    chart: ChartData
    emphasised: bool = False


def cell(data: ChartData, point: Point, series: int = 0) -> dict[str, Any]:
    """Attributes that tell which cell of which result a mark shows, or which cells it sums."""
    rows = point.rows[series]
    return {
        "data_result": data.table.id,
        "data_row": rows[0] if len(rows) == 1 else None,
        "data_rows": " ".join(map(str, rows)) if len(rows) > 1 else None,
        "data_column": data.series[series].column,
    }


def source_of(data: ChartData, point: Point, series: int = 0) -> dict[str, Any]:
    """The same inside a chart, whose frame tells the result and the first series' column."""
    rows, column = point.rows[series], data.series[series].column
    own = column if column != data.series[0].column else None
    if len(rows) == 1:
        return {"data_row": rows[0], "data_column": own}
    return {"data_rows": " ".join(map(str, rows)), "data_column": own}
