"""Which parts of a chart are taken, so that no label lies on another or on a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from orchestrator_svc.render.measure import REGULAR, width

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
ASCENT: Final = 0.8
DESCENT: Final = 0.24
"""Parts of the font size that text takes above and below its baseline."""


def text_box(
    text: str, x: float, y: float, size: float, weight: int = REGULAR, anchor: str = "start"
) -> Box:
    """The box of a text whose baseline is at `y`."""
    wide = width(text, size, weight)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left, y - size * ASCENT, left + wide, y + size * DESCENT


class Taken:
    """Boxes that hold something already."""

    def __init__(self, look_width: float, look_height: float, boxes: Iterable[Box] = ()) -> None:
        self._bounds = (0.0, 0.0, look_width, look_height)
        self._boxes: list[Box] = list(boxes)

    def add(self, box: Box) -> None:
        """Takes the box, whatever is there."""
        self._boxes.append(box)

    def free(self, box: Box, margin: float = 1.0) -> bool:
        """Whether the box is inside the chart and touches nothing."""
        left, top, right, bottom = box
        low_x, low_y, high_x, high_y = self._bounds
        if left < low_x or top < low_y or right > high_x or bottom > high_y:
            return False
        return not any(
            left < other[2] + margin
            and other[0] < right + margin
            and top < other[3] + margin
            and other[1] < bottom + margin
            for other in self._boxes
        )

    def take(self, box: Box, margin: float = 1.0) -> bool:
        """Takes the box if it is free."""
        if not self.free(box, margin):
            return False
        self._boxes.append(box)
        return True


def spread(
    places: Sequence[float], weights: Sequence[float], gap: float, low: float, high: float
) -> list[float | None]:
    """The places moved to be `gap` apart within bounds; those of least weight left out as None."""
    room = int((high - low) / gap + 1e-9) + 1 if high >= low else 0
    order = sorted(range(len(places)), key=lambda index: -weights[index])
    kept = set(order[:room])
    moved: list[float | None] = [None] * len(places)
    inside = sorted(kept, key=lambda index: places[index])
    floor = low
    for index in inside:
        floor = max(places[index], floor)
        moved[index] = floor
        floor += gap
    ceiling = high
    for index in reversed(inside):
        ceiling = min(moved[index] or 0.0, ceiling)
        moved[index] = ceiling
        ceiling -= gap
    return moved
