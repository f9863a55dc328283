"""Points alone, as rows: what goes on from a slide before, and summaries without key figures."""

from __future__ import annotations

from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.html.slides.readings import statements
from orchestrator_svc.render.markup import Markup, tag
from orchestrator_svc.render.scene import Scene


def words(scene: Scene, fitted: Fitted) -> Markup:
    """The points as rows."""
    return tag("div", statements(scene, fitted.slide.points), class_="box statements")
