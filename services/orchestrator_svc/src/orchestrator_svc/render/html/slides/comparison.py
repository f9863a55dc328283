"""Two exhibits side by side, each with its own caption, and what joins them below."""

from __future__ import annotations

from orchestrator_svc.render.errors import RenderError
from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.html.exhibits import exhibit
from orchestrator_svc.render.html.slides.readings import strip
from orchestrator_svc.render.layout import box
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene


def comparison(scene: Scene, fitted: Fitted) -> Markup:
    """Both exhibits. Raises RenderError for a slide that has not just two."""
    slide = fitted.slide
    if len(slide.exhibits) != 2:
        fault = f"a comparison needs two exhibits, and there are {len(slide.exhibits)}"
        raise RenderError.at(slide.id, "exhibits", fault)
    sides = []
    for position, name in enumerate(("left", "right")):
        place = box(fitted.kind, name, lines=fitted.lines, bare=fitted.bare)
        drawn = exhibit(scene, slide, position, place)
        sides.append(tag("div", drawn, class_=f"box exhibit {name}"))
    return join(*sides, strip(scene, slide.points))
