"""Actions with their reasons, in the order in which to take them."""

from __future__ import annotations

from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.html.slides.readings import claim
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene


def recommendation(scene: Scene, fitted: Fitted) -> Markup:
    """One row an action. The style sheet counts them, so that no figure is typed."""
    rows = [
        tag(
            "li",
            claim(scene, point),
            tag("p", scene.rich(point.text), class_="reason"),
            class_="action",
        )
        for point in fitted.slide.points
    ]
    return tag("ol", join(*rows), class_="box actions")
