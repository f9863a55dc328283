"""One exhibit over the whole width, readings in a strip below it."""

from __future__ import annotations

from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.html.exhibits import exhibit
from orchestrator_svc.render.html.slides.readings import strip
from orchestrator_svc.render.layout import box
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene


def full_width(scene: Scene, fitted: Fitted) -> Markup:
    """The exhibit, down to the foot of the body where there are no readings."""
    place = box(fitted.kind, "exhibit", lines=fitted.lines, bare=fitted.bare)
    return join(
        tag("div", exhibit(scene, fitted.slide, 0, place), class_="box exhibit"),
        strip(scene, fitted.slide.points),
    )
