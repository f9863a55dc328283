"""The line that names series above a chart, for kinds whose marks have no end to write at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestrator_svc.render.charts.data import ChartData
from orchestrator_svc.render.charts.look import Look
from orchestrator_svc.render.charts.svg import label
from orchestrator_svc.render.markup import Markup, join, shape
from orchestrator_svc.render.measure import BOLD, shorten, width

_LONGEST: Final = 0.46
_SPACE: Final = 18.0


@dataclass(frozen=True, slots=True)
class Key:
    """The names, each beside a swatch of its colour, and the height they take."""

    content: Markup
    height: float


def key_line(data: ChartData, look: Look, kinds: Sequence[str]) -> Key:
    """Names in the colours of their series, in as many lines as they need."""
    size = look.label
    swatch = size * 0.72
    x, line, written = 0.0, 0, []
    for name, kind in zip(data.names, kinds, strict=True):
        text = shorten(name, look.width * _LONGEST, size, BOLD)
        wide = swatch + 6 + width(text, size, BOLD)
        if x and x + wide > look.width:
            x, line = 0.0, line + 1
        baseline = size + line * look.gap
        written.append(
            shape(
                "rect",
                x=x,
                y=baseline - swatch,
                width=swatch,
                height=swatch,
                class_=f"bar {kind}",
            )
        )
        written.append(label(text, x + swatch + 6, baseline, f"value {kind}"))
        x += wide + _SPACE
    return Key(join(*written), size + line * look.gap + size * 0.6)
