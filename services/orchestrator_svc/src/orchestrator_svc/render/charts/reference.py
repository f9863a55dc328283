"""Reference lines of horizontal charts: upright, named above the rows."""

from __future__ import annotations

from orchestrator_svc.render.charts.boxes import Taken, text_box
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.items import Items
from orchestrator_svc.render.charts.look import Look
from orchestrator_svc.render.charts.scale import Scale
from orchestrator_svc.render.charts.svg import label, mark, rule
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import shorten, width


def upright_references(
    data: ChartData, look: Look, scale: Scale, items: Items, right: float
) -> Markup:
    """Dashed lines down the rows, each named at its top where there is room."""
    taken = Taken(right, items.height)
    drawn = []
    for line in data.references:
        x = scale.x(line.value)
        text = shorten(f"{line.label} {data.shown(line.value)}", right * 0.5, look.axis)
        half = width(text, look.axis) / 2
        at = min(max(x, half), right - half)
        free = taken.take(text_box(text, at, look.axis, look.axis, anchor="middle"), 4)
        said = label(text, at, look.axis, "tick reference", anchor="middle") if free else None
        drawn.append(mark(text, rule(x, items.top - 4, x, items.height, "reference"), said))
    return join(*drawn)
