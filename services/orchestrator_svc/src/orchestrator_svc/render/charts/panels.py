"""Small multiples: the same small chart for each group, on equal scales."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.kinds import Kind
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.svg import label
from orchestrator_svc.render.markup import join, number, tag
from orchestrator_svc.render.measure import BOLD, shorten

_GAP: Final = (36.0, 22.0)
"""Between panels, across and down."""
_LOWEST: Final = 112.0
"""Least height of a panel below its name."""
_ACROSS: Final = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3}


def panels_chart(
    data: ChartData, look: Look, charts: Mapping[Kind, Callable[[ChartData, Look], Drawing]]
) -> Drawing:
    """The panels in reading order, each with its group's name above it."""
    count = len(data.panels)
    across = 1 if look.narrow else _ACROSS.get(count, 4)
    down = math.ceil(count / across)
    wide = (look.width - _GAP[0] * (across - 1)) / across
    name = look.label * 1.6
    high = (look.height - _GAP[1] * (down - 1)) / down - name
    if look.narrow:
        high = max(high, _LOWEST)
    loud = any(panel.emphasised for panel in data.panels)
    drawn = []
    for index, panel in enumerate(data.panels):
        x = (wide + _GAP[0]) * (index % across)
        y = (high + name + _GAP[1]) * (index // across)
        kind = "label on accent" if panel.emphasised else "label on"
        muted = loud and not panel.emphasised
        title = label(shorten(panel.name, wide, look.label, BOLD), 0, look.label, kind)
        small = Look(wide, high, look.label, look.axis, compact=True, muted=muted)
        inner = charts[panel.chart.kind](panel.chart, small)
        moved = f"translate({number(x)} {number(y)})"
        below = tag("g", inner.content, transform=f"translate(0 {number(name)})")
        drawn.append(tag("g", title, below, transform=moved))
    total = down * (high + name) + _GAP[1] * (down - 1)
    return Drawing(look.width, total, join(*drawn))
