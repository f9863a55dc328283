"""Slides of words alone: recommendations, limits, no data."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.html.slides.readings import statements
from orchestrator_svc.render.markup import Markup, tag
from orchestrator_svc.render.scene import Scene


def words(scene: Scene, slide: deck_pb2.Slide, lines: int) -> Markup:
    """The points as rows."""
    del lines
    remarks = ""
    if slide.layout == deck_pb2.LAYOUT_LIMITS:
        remarks = "".join(
            tag("p", scene.rich(remark), class_="remark") for remark in scene.bundle.deck.remarks
        )
    body = Markup(statements(scene, slide.points) + remarks)
    return tag("div", body, class_="box statements words")
