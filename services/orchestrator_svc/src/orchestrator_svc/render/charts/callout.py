"""The one call-out of a chart: a short remark in the accent with a thin leader (DR4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from orchestrator_svc.render.charts.boxes import Taken, text_box
from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.look import Look
from orchestrator_svc.render.charts.svg import label, rule
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import BOLD, shorten

_ROOM: Final = 0.4
_REACHES: Final = (26.0, 44.0, 66.0, 92.0, 120.0)
"""Distances of the remark from its mark, in px; the nearest free one is taken."""


def draw_callout(
    data: ChartData, look: Look, taken: Taken, at: Callable[[int, int], tuple[float, float]]
) -> Markup:
    """The remark beside its mark where nothing lies under it; none on narrow charts.

    `at` gives the place of a mark by series and point.
    """
    callout = data.callout
    if callout is None or look.narrow or look.compact:
        return Markup("")
    x, y = at(callout.series, callout.point)
    size = look.axis
    text = shorten(callout.text, look.width * _ROOM, size, BOLD)
    for reach in _REACHES:
        for up in (-1, 1):
            end = y + up * reach
            base = end + (0 if up < 0 else size * 0.8)
            for side, anchor in ((-7, "end"), (7, "start")):
                if not taken.take(text_box(text, x + side, base, size, BOLD, anchor), 3):
                    continue
                tip = y + up * 7
                far = end - (size * 0.9 if up < 0 else -size * 0.9)
                return join(
                    rule(x, tip, x, far, "leader"),
                    label(text, x + side, base, "callout", anchor=anchor),
                )
    return Markup("")
