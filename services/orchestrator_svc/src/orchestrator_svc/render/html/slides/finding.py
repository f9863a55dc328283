"""A finding: one exhibit with its caption, and what to read from it."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.html.exhibits import exhibit
from orchestrator_svc.render.html.slides.readings import readings
from orchestrator_svc.render.layout import (
    BODY_TOP,
    CHART_FULL,
    CHART_NARROW,
    CHART_WIDE,
)
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene


def finding(scene: Scene, slide: deck_pb2.Slide, lines: int) -> Markup:
    """Exhibit at the left, readings at the right; full width without readings."""
    if not slide.points:
        return full_width(scene, slide, lines)
    shown = exhibit(scene, slide, _less(CHART_WIDE, lines), CHART_NARROW)
    return join(
        tag("div", shown, class_="box exhibit"),
        tag("div", readings(scene, slide.points), class_="box readings"),
    )


def full_width(scene: Scene, slide: deck_pb2.Slide, lines: int) -> Markup:
    """The exhibit over the whole width."""
    shown = exhibit(scene, slide, _less(CHART_FULL, lines), CHART_NARROW)
    return tag("div", shown, class_="box exhibit wide-box")


def _less(size: tuple[int, int], lines: int) -> tuple[float, float]:
    lost = BODY_TOP[1] - BODY_TOP[0] if lines > 1 else 0
    return size[0], size[1] - lost
