"""Points in the room they have: shorter wording, then the smaller step, then the next slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.deck.gaps import other_remarks
from orchestrator_svc.render.fit.text import cut_in_place, height
from orchestrator_svc.render.layout import BOXES, box
from orchestrator_svc.render.measure import BOLD, REGULAR
from orchestrator_svc.render.scene import Scene

STRIP_GAP: Final = 44.0
STRIP_COLUMNS: Final = 3
LEAD_WIDTH: Final = 260.0
ACTION_NUMBER: Final = 52.0


@dataclass(frozen=True, slots=True)
class Step:
    """A size of points: its token, px above and below each point together, and its class."""

    size: str
    padding: float = 0.0
    name: str = ""


BESIDE: Final = (Step("body"), Step("body-small", name="dense"))
ROWS: Final = (Step("statement", 41), Step("body", 29, "close"), Step("body-small", 21, "dense"))
ACTIONS: Final = (Step("statement", 57), Step("body", 41, "close"), Step("body-small", 29, "dense"))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How points stand: px of room, widths of claim and sentence, and what surrounds a point."""

    room: float
    text_width: float
    lead_width: float
    leading: float
    steps: tuple[Step, ...]
    """The usual one first."""
    gap: float = 0.0
    beside: bool = False
    """Whether the sentence stands beside its claim instead of below."""
    across: int = 1
    """Points next to each other, in one row."""

    def heights(self, scene: Scene, points: Sequence[deck_pb2.Point], step: Step) -> list[float]:
        """Height of each point at a step."""
        size = scene.theme.size(step.size)
        found = []
        for point in points:
            words = scene.plain(point.lead)
            lead = height(f"{words}." if words else "", self.lead_width, size, BOLD, self.leading)
            text = height(scene.plain(point.text), self.text_width, size, REGULAR, self.leading)
            found.append((max(lead, text) if self.beside else lead + text) + step.padding)
        return found

    def fitting(self, heights: Sequence[float]) -> int:
        """How many of the points, from the first, have room."""
        if self.across > 1:
            tall = [at for at, value in enumerate(heights) if value > self.room]
            return min([self.across, len(heights), *tall])
        used = 0.0
        for position, value in enumerate(heights):
            used += value + (self.gap if position else 0.0)
            if used > self.room:
                return position
        return len(heights)


def arrangement(scene: Scene, kind: str, lines: int, points: int) -> Arrangement:
    """How the points of a kind of slide stand below a headline of so many lines."""
    if "readings" in BOXES[kind]:
        place = box(kind, "readings", lines=lines)
        wide = place.width - 33
        return Arrangement(place.height - 8, wide, wide, 1.45, BESIDE, gap=26.0)
    if "strip" in BOXES[kind]:
        place = box(kind, "strip")
        columns = min(max(points, 1), STRIP_COLUMNS)
        wide = (place.width - STRIP_GAP * (columns - 1)) / columns
        return Arrangement(place.height - 16, wide, wide, 1.45, BESIDE, across=columns)
    if "actions" in BOXES[kind]:
        place = box(kind, "actions", lines=lines)
        wide = place.width - ACTION_NUMBER - LEAD_WIDTH - 40
        return _rows(place.height - 6, wide, ACTIONS)
    place = box(kind, "statements", lines=lines)
    wide = place.width - LEAD_WIDTH - 40
    return _rows(place.height - 6 - _remarks(scene, kind), wide, ROWS)


def split_points(
    scene: Scene, slide: deck_pb2.Slide, stand: Arrangement, *, may_be_empty: bool
) -> tuple[str, list[deck_pb2.Point]]:
    """Leaves on the slide, in place, what has room there.

    Gives the name of the step that they take, and the points for the next slide. A point that has
    no room on a slide of its own ends with an ellipsis; `may_be_empty` says that there is another
    kind of slide to try first.
    """
    rest = _taken_off(slide, stand.across) if stand.across > 1 else []
    usual, smallest = stand.steps[0], stand.steps[-1]
    heights = stand.heights(scene, slide.points, usual)
    while stand.fitting(heights) < len(heights) and _shorten_one(scene, slide.points, heights):
        heights = stand.heights(scene, slide.points, usual)
    for step in stand.steps:
        kept = stand.fitting(stand.heights(scene, slide.points, step))
        if kept == len(slide.points):
            return step.name, rest
    if kept == 0 and not may_be_empty:
        _cut(scene, slide, stand)
        kept = 1
    return smallest.name, _taken_off(slide, kept) + rest


def _taken_off(slide: deck_pb2.Slide, kept: int) -> list[deck_pb2.Point]:
    """The points after the first `kept`, which leave the slide."""
    taken = []
    for point in slide.points[kept:]:
        copy = deck_pb2.Point()
        copy.CopyFrom(point)
        taken.append(copy)
    del slide.points[kept:]
    return taken


def _rows(room: float, wide: float, steps: tuple[Step, ...]) -> Arrangement:
    return Arrangement(room, wide, LEAD_WIDTH, 1.35, steps, beside=True)


def _shorten_one(scene: Scene, points: Sequence[deck_pb2.Point], heights: Sequence[float]) -> bool:
    """Takes the next alternate of the tallest point that has a shorter one; False for none."""
    for position in sorted(range(len(points)), key=lambda at: (-heights[at], at)):
        point = points[position]
        while point.text_alternates:
            shorter = point.text_alternates.pop(0)
            if len(scene.plain(shorter)) < len(scene.plain(point.text)):
                point.text.CopyFrom(shorter)
                return True
    return False


def _cut(scene: Scene, slide: deck_pb2.Slide, stand: Arrangement) -> None:
    """Cuts the first point to the room there is."""
    smallest = stand.steps[-1]
    point, size = slide.points[0], scene.theme.size(smallest.size)
    line = size * stand.leading
    lines = max(2, int((stand.room - smallest.padding) / line))
    wide = stand.lead_width - size
    cut_in_place(scene, slide, point.lead, wide, size, BOLD, lines if stand.beside else 3)
    if not stand.beside:
        words = scene.plain(point.lead)
        taken = height(f"{words}." if words else "", stand.lead_width, size, BOLD, stand.leading)
        lines = max(1, lines - round(taken / line))
    cut_in_place(scene, slide, point.text, stand.text_width, size, REGULAR, lines)


def _remarks(scene: Scene, kind: str) -> float:
    if kind != "limits":
        return 0.0
    size, wide = scene.theme.size("caption"), BOXES["limits"]["statements"].width
    return sum(
        14 + height(scene.plain(text), wide, size, REGULAR, 1.45)
        for text in other_remarks(scene.bundle.deck)
    )
