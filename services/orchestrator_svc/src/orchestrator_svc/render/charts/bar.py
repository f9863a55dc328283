"""Horizontal bars: items compared, sorted, from zero, value at the end of each bar."""

from __future__ import annotations

from orchestrator_svc.render.charts.data import ChartData, Point, cell
from orchestrator_svc.render.charts.items import Items, items_for
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.reference import upright_references
from orchestrator_svc.render.charts.scale import Scale, scale_for
from orchestrator_svc.render.charts.svg import block, empty, label, mark
from orchestrator_svc.render.charts.variance import Variances, variances_for
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import BOLD, width

_LEAST = 24.0
"""Room that bars have at least."""


def bar_chart(data: ChartData, look: Look) -> Drawing:
    """The chart. Below 420 px names stand above their bars.

    Where the data has a plan or an earlier period, each row ends with its variance; a bullet chart
    marks the plan itself too.
    """
    if not data.points:
        return empty(look, data.locale)
    variances = variances_for(data, look) if data.compare else None
    named = look.axis * 1.7 if data.references or variances else 0.0
    value_room = max(width(data.shown(p.numbers[0]), look.label, BOLD) for p in data.points) + 12
    sides = 2 if min(data.numbers(), default=0.0) < 0 else 1
    aside = variances.room if variances else 0.0
    items = items_for(data, look, top=named, reserved=sides * value_room + aside + _LEAST)
    right = look.width - (variances.room if variances else 0.0)
    numbers = [*data.numbers(), *(line.value for line in data.references)]
    scale = scale_for(numbers, items.column, right, value_room, data.domain)
    rows = [
        _row(data, point, index, items, scale, right, variances)
        for index, point in enumerate(data.points)
    ]
    axis = items.axis(scale.zero)
    lines = upright_references(data, look, scale, items, right)
    head = variances.head(look) if variances else None
    return Drawing(look.width, items.height, join(*rows, axis, lines, head))


def _row(
    data: ChartData,
    point: Point,
    index: int,
    items: Items,
    scale: Scale,
    right: float,
    variances: Variances | None,
) -> Markup:
    number, middle = point.numbers[0], items.middle(index)
    baseline = middle + items.label * 0.35
    name = items.name(point, index, right)
    shown = data.shown(number)
    change = variances.cell(data, point, baseline) if variances else None
    if number is None:
        outside = scale.zero + 8 + width(shown, items.label) > right
        at, anchor = (scale.zero - 8, "end") if outside else (scale.zero + 8, "start")
        return join(name, label(shown, at, baseline, "label quiet", anchor=anchor), change)
    left, length = scale.bar(number)
    weight = " on" if point.emphasised else ""
    bar = block(left, middle - items.thick / 2, length, items.thick, f"bar{weight}")
    plan = variances.pin(point, scale, middle, items.thick) if variances else None
    beyond = max(left + length, plan[0] if plan and number >= 0 else 0.0)
    at, anchor = (beyond + 8, "start") if number >= 0 else (left - 8, "end")
    if plan and number < 0:
        at = min(at, plan[0] - 8)
    value = label(shown, at, baseline, "value", anchor=anchor, **cell(data, point))
    return mark(f"{point.label}: {shown}", name, bar, plan and plan[1], value, change)
