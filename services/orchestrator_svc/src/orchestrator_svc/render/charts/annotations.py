"""Reference lines and the one call-out of a chart, read from facts."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.formats import display
from orchestrator_svc.deck.values import number_of, to_python
from orchestrator_svc.render.charts.data import Callout, ChartData, Reference
from orchestrator_svc.render.charts.rows import value_of
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.scene import Scene

_FIELD: Final = "exhibits.chart"
MOST_REFERENCES: Final = 2


def references_of(
    scene: Scene, slide: deck_pb2.Slide, spec: deck_pb2.Chart
) -> tuple[Reference, ...]:
    """The lines across the chart. Raises RenderError for a value that is no number."""
    found = []
    for line in spec.reference_lines[:MOST_REFERENCES]:
        value = value_of(scene, line.value)
        number = number_of(to_python(value.value)) if value is not None else None
        if value is None or number is None:
            fault = f"{_named(line.value)} is no number of a fact"
            raise RenderError.at(slide.id, f"{_FIELD}.reference_lines.value", fault)
        found.append(Reference(number, scene.plain(line.label) or value.label))
    return tuple(found)


def callout_of(
    scene: Scene, slide: deck_pb2.Slide, spec: deck_pb2.Chart, data: ChartData
) -> Callout | None:
    """The call-out at the mark that its value names; None when that mark is not drawn."""
    if not spec.HasField("callout"):
        return None
    at, text = value_of(scene, spec.callout.at), scene.plain(spec.callout.text)
    if at is None:
        fault = f"there is no value {_named(spec.callout.at)}"
        raise RenderError.at(slide.id, f"{_FIELD}.callout.at", fault)
    shown = display(at.value, at.format, scene.locale)
    for index, point in enumerate(data.points):
        if shown in (point.label, point.short):
            return Callout(index, _loudest(data, index), text) if text else None
    if shown in data.names and data.points and text:
        return Callout(len(data.points) - 1, data.names.index(shown), text)
    return None


def _loudest(data: ChartData, index: int) -> int:
    """The emphasised series there, else the first with a number."""
    numbers = data.points[index].numbers
    known = [place for place in range(len(data.series)) if numbers[place] is not None]
    loud = [place for place in known if data.series[place].emphasised]
    return next(iter(loud or known), 0)


def _named(ref: fact_pb2.ValueRef) -> str:
    return f"{ref.fact_id}.{ref.name}"
