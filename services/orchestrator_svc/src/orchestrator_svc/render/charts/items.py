"""Rows of a horizontal chart: a band for each category, its name at the left or above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from orchestrator_svc.render.charts.data import ChartData, Point
from orchestrator_svc.render.charts.look import Look
from orchestrator_svc.render.charts.svg import label, rule
from orchestrator_svc.render.markup import Markup, join
from orchestrator_svc.render.measure import BOLD, REGULAR, shorten, width

LABEL_SHARE: Final = 0.36
"""Most of the width that names take (DR7)."""
TALLEST_BAND: Final = 72.0
THICKEST: Final = 34.0
FILL: Final = 0.62
_ABOVE: Final = 2.75
"""Height of a narrow band in font sizes: a name, and the mark below it."""


@dataclass(frozen=True, slots=True)
class Items:
    """Where rows and their names are."""

    band: float
    column: float
    """Width of the names at the left; 0 where they stand above."""
    thick: float
    top: float
    """Room above the first row."""
    height: float
    label: float
    count: int

    def middle(self, index: int) -> float:
        """Height at which the marks of a row are centred."""
        above = self.label * 0.62 if not self.column else 0.0
        return self.top + self.band * (index + 0.5) + above

    def name(self, point: Point, index: int, room: float) -> Markup:
        """The name of a row; bold where it is emphasised."""
        weight, kind = (BOLD, "label on") if point.emphasised else (REGULAR, "label")
        if self.column:
            text = shorten(point.label, self.column - 14, self.label, weight)
            return label(text, 0, self.middle(index) + self.label * 0.35, kind)
        text = shorten(point.label, room, self.label, weight)
        return label(text, 0, self.middle(index) - self.thick / 2 - 6, kind)

    def axis(self, x: float) -> Markup:
        """The line that bars start from; where names stand above, it is broken for them."""
        if self.column or self.count == 0:
            return rule(x, self.top, x, self.height, "axis")
        reach = self.thick / 2 + 2
        middles = [self.middle(index) for index in range(self.count)]
        return join(*(rule(x, at - reach, x, at + reach, "axis") for at in middles))


def items_for(data: ChartData, look: Look, *, top: float = 0.0, reserved: float = 0.0) -> Items:
    """Rows as high as there is room for; narrow charts grow instead of crowding.

    `reserved` is the width that names must leave to marks and values.
    """
    count = len(data.points)
    if look.narrow and not look.compact:
        band = max(look.label * _ABOVE, min(TALLEST_BAND, (look.height - top) / count))
        thick = min(THICKEST, band - look.label * 1.5, band * 0.42)
        return Items(band, 0.0, thick, top, top + band * count, look.label, count)
    band = min(TALLEST_BAND, (look.height - top) / count)
    widest = max(width(p.label, look.label, BOLD if p.emphasised else REGULAR) for p in data.points)
    column = min(widest + 14, look.width * LABEL_SHARE, look.width - reserved)
    return Items(
        band, column, min(THICKEST, band * FILL), top, top + band * count, look.label, count
    )
