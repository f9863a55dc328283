"""A finding: one exhibit with its caption, and what to read from it beside it.

Tables and bridges are findings as well: only what the exhibit is differs.
"""

from __future__ import annotations

from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.html.exhibits import exhibit
from orchestrator_svc.render.html.slides.readings import readings
from orchestrator_svc.render.layout import box
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene


def finding(scene: Scene, fitted: Fitted) -> Markup:
    """Exhibit at the left, readings at the right."""
    place = box(fitted.kind, "exhibit", lines=fitted.lines)
    return join(
        tag("div", exhibit(scene, fitted.slide, 0, place), class_="box exhibit"),
        tag("div", readings(scene, fitted.slide.points), class_="box readings"),
    )
