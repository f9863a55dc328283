"""A table over the full width, with readings below where there is room."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.html.exhibits import exhibit
from orchestrator_svc.render.html.slides.readings import readings
from orchestrator_svc.render.layout import CHART_NARROW, CHART_WIDE
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene


def table_slide(scene: Scene, slide: deck_pb2.Slide, lines: int) -> Markup:
    """The table at the left with its readings, or over the whole width without them."""
    del lines
    shown = exhibit(scene, slide, CHART_WIDE, CHART_NARROW)
    if not slide.points:
        return tag("div", shown, class_="box exhibit wide-box")
    return join(
        tag("div", shown, class_="box exhibit"),
        tag("div", readings(scene, slide.points), class_="box readings"),
    )
