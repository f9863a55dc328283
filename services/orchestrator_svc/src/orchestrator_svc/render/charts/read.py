"""Reads an exhibit's chart from its result, and names the field at fault where that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.deck.formats import display, format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import PythonValue, from_python
from orchestrator_svc.facts.roles import adds_up
from orchestrator_svc.render.charts.annotations import callout_of, references_of
from orchestrator_svc.render.charts.choose import settle, wants_single_rows
from orchestrator_svc.render.charts.columns import Columns, chart_columns
from orchestrator_svc.render.charts.data import ChartData, Panel, Point, Series
from orchestrator_svc.render.charts.edges import partial_edges
from orchestrator_svc.render.charts.kinds import HISTOGRAM
from orchestrator_svc.render.charts.multiples import small_multiples
from orchestrator_svc.render.charts.numbers import short_period
from orchestrator_svc.render.charts.pivot import Place, by_measures, by_series, drawable, grouped
from orchestrator_svc.render.charts.rows import highlighted_rows, kept_rows, own_order
from orchestrator_svc.render.charts.shape import shaped
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.phrases import phrases
from orchestrator_svc.render.scene import Scene

_FIELD: Final = "exhibits.chart"
MOST_NAMED: Final = 150
"""Rows that are each a mark with a name; of more only the first and the emphasised have one."""
MOST_LISTED: Final = 60


def read_chart(scene: Scene, slide: deck_pb2.Slide, exhibit: deck_pb2.Exhibit) -> ChartData:
    """What the exhibit's chart draws. Raises RenderError naming slide and field."""
    table = scene.table(slide, f"{_FIELD}.result_id", exhibit.chart.result_id)
    columns = chart_columns(slide, exhibit.chart, table, scene.locale)
    reading = _Reading(scene, slide, exhibit.chart, table, columns)
    rows = kept_rows(table, exhibit.filters)
    return reading.panels(rows) if columns.facet else reading.chart(rows)


class _Reading:
    """One exhibit being read: its columns checked, its formats decided once."""

    def __init__(
        self,
        scene: Scene,
        slide: deck_pb2.Slide,
        spec: deck_pb2.Chart,
        table: Table,
        columns: Columns,
    ) -> None:
        self.scene, self.slide, self.spec, self.table = scene, slide, spec, table
        self.columns = columns
        self.axis = table.axis(columns.x)
        self.edges = partial_edges(scene.facts.values(), table, columns.x)
        self.x_format = format_for_column(table, columns.x)
        self.additive = all(adds_up(table, name) for name in columns.measures)
        self.emphasised = highlighted_rows(scene, table, columns.x, spec.highlights)
        given = spec.HasField("format")
        self.format = spec.format if given else format_for_column(table, columns.measures[0])

    def chart(self, rows: list[int]) -> ChartData:
        """The chart of these rows, with the kind that suits it."""
        single = wants_single_rows(self.spec, self.table, self.columns)
        data = self._single(rows) if single else self._pivoted(rows)
        data = replace(data, kind=settle(data, self.spec, self.slide, self.scene))
        data = shaped(data, self.spec)
        return replace(data, callout=callout_of(self.scene, self.slide, self.spec, data))

    def panels(self, rows: list[int]) -> ChartData:
        """Small multiples: the same chart for each value of the facet column."""
        facet = self.columns.facet
        fmt = format_for_column(self.table, facet)
        on = highlighted_rows(self.scene, self.table, facet, self.spec.highlights)
        cells = self.table.column(facet)
        panels = []
        for group in grouped(cells, rows).values():
            name = display(from_python(cells[group[0]]), fmt, self.scene.locale)
            panels.append(Panel(name, self.chart(group), bool(on & set(group))))
        return small_multiples(panels, self.spec) if panels else self.chart(rows)

    def _frame(self, series: Sequence[Series], points: Sequence[Point]) -> ChartData:
        return ChartData(
            kind=deck_pb2.CHART_KIND_UNSPECIFIED,
            table=self.table,
            x=self.columns.x,
            series=tuple(series),
            format=self.format,
            points=tuple(points),
            locale=self.scene.locale,
            is_time=self.axis is not None,
            remarks=(*self.columns.remarks, *self._cut_start(points)),
            references=references_of(self.scene, self.slide, self.spec),
            compare=bool(self.spec.compare) and len(series) == 2 and not self.columns.series,
            partial=self.axis is not None
            and (self.spec.last_period_partial or self._is_of(points[-1:], self.edges.last)),
            cut=self.spec.cut_baseline,
            additive=self.additive,
            x_format=self.x_format,
        )

    def _is_of(self, points: Sequence[Point], cell: PythonValue) -> bool:
        """Whether the points are of a period."""
        cells = self.table.column(self.columns.x)
        rows = {row for point in points for own in point.rows for row in own}
        return cell is not None and any(cells[row] == cell for row in rows)

    def _cut_start(self, points: Sequence[Point]) -> Iterator[str]:
        """Says that the first period is not complete; the last one is drawn so."""
        if self.axis is not None and self._is_of(points[:1], self.edges.first):
            said = phrases(self.scene.locale)["partial-period"]
            yield said.format(period=points[0].label)

    def _single(self, rows: list[int]) -> ChartData:
        """Every row as a point of its own: for scatters and distributions."""
        names = list(self.columns.measures)
        if self.table.is_numeric(self.columns.x) and self.columns.x not in names:
            names.insert(0, self.columns.x)
        named, emphasised = self._names_of_rows()
        columns = [self.table.numbers(name) for name in names]
        few = self.spec.kind != HISTOGRAM and len(rows) <= MOST_NAMED
        points = [
            Point(
                label=named(row) if few or place < MOST_LISTED or row in emphasised else "",
                numbers=tuple(drawable(column[row]) for column in columns),
                rows=((row,),) * len(names),
                emphasised=row in emphasised,
            )
            for place, row in enumerate(rows)
        ]
        series = [Series(label_for_column(self.table, name), name) for name in names]
        data = replace(self._frame(series, points), single_rows=True)
        if len(names) < 2 or self.spec.HasField("format"):
            return data
        across, up = (format_for_column(self.table, name) for name in names[:2])
        return replace(data, x_format=across, format=up)

    def _names_of_rows(self) -> tuple[Callable[[int], str], set[int]]:
        """How rows are named, by the first column of names, and which are emphasised."""
        texts = (n for n in self.table.names if not self.table.is_numeric(n))
        by = self.columns.series or next(texts, "")
        if not by:
            return (lambda row: f"row {row + 1}"), self.emphasised
        fmt, cells = format_for_column(self.table, by), self.table.column(by)
        on = highlighted_rows(self.scene, self.table, by, self.spec.highlights)
        return (
            lambda row: display(from_python(cells[row]), fmt, self.scene.locale)
        ), self.emphasised | on

    def _pivoted(self, rows: list[int]) -> ChartData:
        """Categories by series, time ascending."""
        table, x, measures = self.table, self.columns.x, self.columns.measures
        if self.axis is not None:
            keys = self.axis.keys
            known = [(key, row) for row in rows if (key := keys[row]) is not None]
            rows = [row for _, row in sorted(known)]
        by = self.columns.series or self._implied_series(rows)
        if by:
            splits, series = self._splits(rows, by)
            places = by_series(table, x, measures[0], splits, rows)
        else:
            wanted = {highlight.label for highlight in self.spec.highlights}
            named = [(name, label_for_column(table, name)) for name in measures]
            series = [Series(said, name, bool({name, said} & wanted)) for name, said in named]
            places = by_measures(table, x, measures, rows, additive=self.additive)
        cells = table.column(x)
        order = None if self.axis else own_order(table, x, [cells[p.row] for p in places])
        points = [self._point(place, order, index) for index, place in enumerate(places)]
        ordered = self.axis is not None or order is not None
        return replace(self._frame(series, points), is_ordered=ordered)

    def _point(self, place: Place, order: Sequence[float] | None, index: int) -> Point:
        value = self.table.column(self.columns.x)[place.row]
        key = self.axis.keys[place.row] if self.axis else (order[index] if order else None)
        return Point(
            label=display(from_python(value), self.x_format, self.scene.locale),
            numbers=place.numbers,
            rows=place.rows,
            emphasised=place.row in self.emphasised,
            short=short_period(value, self.x_format, self.scene.locale) if self.axis else "",
            key=key,
        )

    def _splits(self, rows: list[int], by: str) -> tuple[list[list[int]], list[Series]]:
        """The rows of each value of the series column, time ascending."""
        table, measure = self.table, self.columns.measures[0]
        cells = table.column(by)
        splits = list(grouped(cells, rows).values())
        if not splits:
            return [[]], [Series(label_for_column(table, measure), measure)]
        axis = table.axis(by)
        if axis is not None:
            splits.sort(key=lambda split: axis.keys[split[0]] or 0.0)
        if not self.additive:
            self._require_one_row_each(rows, by)
        fmt = format_for_column(table, by)
        on = highlighted_rows(self.scene, table, by, self.spec.highlights)
        locale = self.scene.locale
        return splits, [
            Series(
                display(from_python(cells[split[0]]), fmt, locale), measure, bool(on & set(split))
            )
            for split in splits
        ]

    def _require_one_row_each(self, rows: list[int], by: str) -> None:
        """Means cannot be summed, so that each category of each series must be one row."""
        x = self.columns.x
        pairs = len(self._pairs(rows, by))
        if pairs < len(rows):
            fault = (
                f"{len(rows)} rows for {pairs} pairs of {x!r} and {by!r}, and sums of "
                f"{self.columns.measures[0]!r} mean nothing; filter to one row each"
            )
            raise RenderError.at(self.slide.id, f"{_FIELD}.series", fault)

    def _implied_series(self, rows: list[int]) -> str:
        """The one column that tells apart the rows of a period, where the spec names none."""
        measured = self.columns.measures
        if self.axis is None or self.additive or len(measured) > 1:
            return ""
        if len(self._pairs(rows, self.columns.x)) == len(rows):
            return ""
        for name in self.table.names:
            spare = name not in (self.columns.x, self.columns.facet, *measured)
            if (
                spare
                and not self.table.is_numeric(name)
                and len(self._pairs(rows, name)) == len(rows)
            ):
                return name
        return ""

    def _pairs(self, rows: list[int], by: str) -> set[tuple[object, object]]:
        cells, splits = self.table.column(self.columns.x), self.table.column(by)
        return {(cells[row], splits[row]) for row in rows}
