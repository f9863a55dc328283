"""The columns that a chart's spec names, checked: each exists and holds what it must."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.phrases import phrases
from orchestrator_svc.render.scene import require_column

_FIELD: Final = "exhibits.chart"


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of result columns by their part in the chart; empty where the spec has none."""

    x: str
    measures: tuple[str, ...]
    series: str
    facet: str
    remarks: tuple[str, ...]
    """What the reader must know of columns that are not drawn."""


def chart_columns(
    slide: deck_pb2.Slide, spec: deck_pb2.Chart, table: Table, locale: str
) -> Columns:
    """The columns of the chart. Raises RenderError naming the field and what is wrong."""
    x = require_column(slide, f"{_FIELD}.x", table, spec.x or (spec.y[0] if spec.y else ""))
    measures, remarks = _measures(slide, spec, table, x, locale)
    optional = {
        name: getattr(spec, name)
        and require_column(slide, f"{_FIELD}.{name}", table, getattr(spec, name))
        for name in ("series", "facet")
    }
    return Columns(x, tuple(measures), optional["series"], optional["facet"], tuple(remarks))


def _measures(
    slide: deck_pb2.Slide, spec: deck_pb2.Chart, table: Table, x: str, locale: str
) -> tuple[list[str], list[str]]:
    names = list(spec.y) or ([x] if table.is_numeric(x) else [])
    if not names:
        raise RenderError.at(slide.id, f"{_FIELD}.y", "name a measured column")
    for name in names:
        _require_numbers(slide, "y", table, name)
    if spec.compare:
        _require_numbers(slide, "compare", table, spec.compare)
        names = [names[0], spec.compare]
    if spec.series and len(names) > 1:
        # The series column makes the series already.
        only = label_for_column(table, names[0])
        return names[:1], [phrases(locale)["one-series"].format(name=only)]
    if spec.kind == deck_pb2.CHART_KIND_SCATTER:
        return names, []
    formats = [format_for_column(table, name) for name in names]
    same = [n for n, fmt in zip(names, formats, strict=True) if _comparable(formats[0], fmt)]
    if spec.compare and len(same) < len(names):
        fault = f"{spec.compare!r} has another unit than {names[0]!r}"
        raise RenderError.at(slide.id, f"{_FIELD}.compare", fault)
    other = ", ".join(label_for_column(table, name) for name in names if name not in same)
    said = phrases(locale)["unit-differs"].format(names=other)
    return same, [said] if other else []


def _require_numbers(slide: deck_pb2.Slide, field: str, table: Table, name: str) -> None:
    require_column(slide, f"{_FIELD}.{field}", table, name)
    if table.is_numeric(name) or all(value is None for value in table.column(name)):
        return
    fault = f"column {name!r} of {table.id} holds no numbers"
    raise RenderError.at(slide.id, f"{_FIELD}.{field}", fault)


def _comparable(one: fact_pb2.Format, other: fact_pb2.Format) -> bool:
    """Whether two measures may share an axis (CH6: there is no second one)."""
    exact = (fact_pb2.FORMAT_KIND_PERCENT, fact_pb2.FORMAT_KIND_CURRENCY)
    if one.kind in exact or other.kind in exact:
        return one.kind == other.kind and one.unit == other.unit
    if one.kind == other.kind == fact_pb2.FORMAT_KIND_COUNT:
        return True
    return one.unit == other.unit or not one.unit or not other.unit
