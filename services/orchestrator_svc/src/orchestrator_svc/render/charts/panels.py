"""Small multiples: the same small chart for each group, on equal scales."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.kinds import BAR, Kind
from orchestrator_svc.render.charts.look import Drawing, Look
from orchestrator_svc.render.charts.svg import label
from orchestrator_svc.render.markup import join, number, tag
from orchestrator_svc.render.measure import BOLD, shorten
from orchestrator_svc.render.phrases import phrases

_GAP: Final = (36.0, 22.0)
"""Between panels, across and down."""
_LOWEST: Final = 112.0
"""Least height of a panel of narrow charts, which grow downwards."""
_LEAST: Final = (150.0, 84.0)
"""Least width and height of a panel where the room is given."""
_LEAST_BARS: Final = (200.0, 100.0)
_ACROSS: Final = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3}


def panels_chart(
    data: ChartData, look: Look, charts: Mapping[Kind, Callable[[ChartData, Look], Drawing]]
) -> Drawing:
    """The panels in reading order, each with its group's name above it.

    Where there is no room for all, the first are drawn, and the chart says how many there are.
    """
    name = look.label * 1.6
    across, down, shown = _arranged(data, look, name)
    below = 0.0 if shown == len(data.panels) else look.axis * 1.6
    wide = (look.width - _GAP[0] * (across - 1)) / across
    high = (look.height - below - _GAP[1] * (down - 1)) / down - name
    if look.narrow:
        high = max(high, _LOWEST)
    loud = any(panel.emphasised for panel in data.panels)
    drawn = []
    for index, panel in enumerate(data.panels[:shown]):
        x = (wide + _GAP[0]) * (index % across)
        y = (high + name + _GAP[1]) * (index // across)
        kind = "label on accent" if panel.emphasised else "label on"
        muted = loud and not panel.emphasised
        title = label(shorten(panel.name, wide, look.label, BOLD), 0, look.label, kind)
        small = Look(wide, high, look.label, look.axis, compact=True, muted=muted)
        inner = charts[panel.chart.kind](panel.chart, small)
        moved = f"translate({number(x)} {number(y)})"
        body = tag("g", inner.content, transform=f"translate(0 {number(name)})")
        drawn.append(tag("g", title, body, transform=moved))
    total = down * (high + name) + _GAP[1] * (down - 1) + below
    if below:
        said = phrases(data.locale)["groups-shown"]
        told = said.format(count=shown, total=len(data.panels))
        drawn.append(label(told, 0, total - 3, "tick"))
    return Drawing(look.width, total, join(*drawn))


def _arranged(data: ChartData, look: Look, name: float) -> tuple[int, int, int]:
    """Panels across and down, and how many are drawn."""
    count = len(data.panels)
    if look.narrow:
        return 1, count, count
    least = _LEAST_BARS if data.kind == BAR else _LEAST
    most_across = max(1, int((look.width + _GAP[0]) / (least[0] + _GAP[0])))
    most_down = max(1, int((look.height + _GAP[1]) / (least[1] + name + _GAP[1])))
    across = min(most_across, _ACROSS.get(count, 4))
    across = min(most_across, max(across, math.ceil(count / most_down)))
    down = min(most_down, math.ceil(count / across))
    return across, down, min(count, across * down)
