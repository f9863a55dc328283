"""Horizontal bars: items compared, sorted, from zero, value at the end of each bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from orchestrator_svc.render.charts.data import ChartData, Point, source_of
from orchestrator_svc.render.charts.items import Items, items_for
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.reference import upright_references
from orchestrator_svc.render.charts.scale import Scale, scale_for
from orchestrator_svc.render.charts.svg import block, empty, label, mark
from orchestrator_svc.render.charts.variance import Variances, variances_for
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import BOLD, width

_LEAST: Final = 24.0
"""Room that bars have at least."""
_LEAST_NAME: Final = 40.0
"""Room that names have at least; a panel with less leaves its values to tooltips."""


def bar_chart(data: ChartData, look: Look) -> Drawing:
    """The chart. Below 420 px names stand above their bars.

    Where the data has a plan or an earlier period, each row ends with its variance; a bullet chart
    marks the plan itself too.
    """
    if not data.points:
        return empty(look, data.locale)
    variances = variances_for(data, look) if data.compare else None
    aside = variances.room if variances else 0.0
    top = look.axis * 1.7 if data.references or variances else 0.0
    value_room = max(width(data.shown(p.numbers[0]), look.label, BOLD) for p in data.points) + 12
    low = data.domain[0] if data.domain else min(data.numbers(), default=0.0)
    sides = 2 if low < 0 else 1
    reserved = sides * value_room + aside + _LEAST
    valued = not look.compact or look.width - reserved >= _LEAST_NAME
    if not valued:
        value_room, reserved = 0.0, _LEAST
    items = items_for(data, look, top=top, reserved=reserved)
    right = look.width - aside
    numbers = [*data.numbers(), *(line.value for line in data.references)]
    scale = scale_for(numbers, items.column, right, value_room, data.domain)
    rows = _Rows(data, items, scale, right, variances, valued)
    content = join(
        *(rows.row(point, index) for index, point in enumerate(data.points)),
        items.axis(scale.zero),
        upright_references(data, look, scale, items, right),
        variances.head(look) if variances else None,
    )
    return Drawing(look.width, items.height, content)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What all rows of one chart share."""

    data: ChartData
    items: Items
    scale: Scale
    right: float
    variances: Variances | None
    valued: bool

    def row(self, point: Point, index: int) -> Markup:
        """The name of a category, its bar, its value, and what it is compared with."""
        data, items, number = self.data, self.items, point.numbers[0]
        middle = items.middle(index)
        baseline = middle + items.label * 0.35
        name = items.name(point, index, self.right)
        shown = data.shown(number)
        change = self.variances.cell(data, point, baseline) if self.variances else None
        if number is None:
            return join(name, self._nothing(shown, baseline) if self.valued else None, change)
        left, length = self.scale.bar(number)
        kind = "bar on" if point.emphasised else "bar"
        source = source_of(data, point)
        bar = block(left, middle - items.thick / 2, length, items.thick, kind, **source)
        pin = self.variances.pin(point, self.scale, middle, items.thick) if self.variances else None
        ends = [left, left + length, *([pin[0]] if pin else ())]
        at, anchor = (max(ends) + 8, "start") if number >= 0 else (min(ends) - 8, "end")
        value = label(shown, at, baseline, "value", anchor=anchor, **source)
        said = value if self.valued else None
        return mark(f"{point.label}: {shown}", name, bar, pin and pin[1], said, change)

    def _nothing(self, shown: str, baseline: float) -> Markup:
        zero = self.scale.zero
        outside = zero + 8 + width(shown, self.items.label) > self.right
        at, anchor = (zero - 8, "end") if outside else (zero + 8, "start")
        return label(shown, at, baseline, "label quiet", anchor=anchor)
