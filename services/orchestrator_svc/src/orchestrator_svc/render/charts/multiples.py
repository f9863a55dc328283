"""Small multiples from the charts of single groups: one kind, one value axis, a few panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.charts.data import ChartData, Panel
from orchestrator_svc.render.charts.kinds import AREA, BAR, COLUMN, LINE, Kind
from orchestrator_svc.render.charts.shape import only_series
from orchestrator_svc.render.phrases import phrases

MOST_PANELS: Final = 9
MOST_BARS: Final = 5
"""Bars of one panel."""
_LEGIBLE: Final = (LINE, AREA, COLUMN, BAR)
"""Kinds that stay legible as a panel."""


def small_multiples(panels: Sequence[Panel], spec: deck_pb2.Chart) -> ChartData:
    """One chart of all panels: the largest groups, and those emphasised, on equal scales."""
    largest = max((panel.chart for panel in panels), key=lambda chart: len(chart.points))
    kind = _kind(largest)
    shown = [panel for panel in panels if any(True for _ in panel.chart.numbers())]
    if spec.sort != deck_pb2.SORT_NONE:
        shown.sort(key=lambda panel: -sum(abs(n) for n in panel.chart.numbers()))
    must = [panel for panel in shown[MOST_PANELS:] if panel.emphasised]
    kept = [*shown[: MOST_PANELS - len(must)], *must][:MOST_PANELS]
    charts = [_legible(panel.chart, kind) for panel in kept]
    numbers = [number for chart in charts for number in chart.numbers()]
    domain = (min(numbers, default=0.0), max(numbers, default=0.0))
    equal = tuple(
        replace(panel, chart=replace(chart, domain=domain))
        for panel, chart in zip(kept, charts, strict=True)
    )
    words = phrases(largest.locale)
    remarks = dict.fromkeys(remark for chart in charts for remark in chart.remarks)
    if len(kept) < len(panels):
        remarks[words["groups-shown"].format(count=len(kept), total=len(panels))] = None
    return replace(largest, kind=kind, panels=equal, left_out=0, remarks=tuple(remarks))


def _kind(chart: ChartData) -> Kind:
    if chart.kind in _LEGIBLE:
        return chart.kind
    return LINE if chart.is_time and len(chart.points) > 1 else BAR


def _legible(chart: ChartData, kind: Kind) -> ChartData:
    """The panel's chart as this kind, with one series and few bars where it must."""
    words = phrases(chart.locale)
    if kind in (BAR, COLUMN, AREA) and len(chart.series) > 1:
        said = words["one-series"].format(name=chart.names[0])
        chart = replace(only_series(chart, [0]).with_remark(said), compare=False)
    if kind == BAR and len(chart.points) > MOST_BARS:
        said = words["first-of-each"].format(count=MOST_BARS)
        chart = replace(chart, points=chart.points[:MOST_BARS]).with_remark(said)
    return replace(chart, kind=kind)
