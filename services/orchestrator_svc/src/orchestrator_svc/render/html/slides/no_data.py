"""What was asked, and why nothing came back."""

from __future__ import annotations

from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.fit.text import cut_to_lines
from orchestrator_svc.render.html.slides.readings import statements
from orchestrator_svc.render.layout import BOXES
from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.measure import REGULAR
from orchestrator_svc.render.scene import Scene


def no_data(scene: Scene, fitted: Fitted) -> Markup:
    """The question as it was asked, then the reasons and what could help as rows."""
    room = BOXES["no-data"]["asked"].width - 60
    size = scene.theme.size("statement")
    question = cut_to_lines(scene.bundle.deck.question, room, size, REGULAR, 2)
    asked = scene.say("quoted", text=question)
    return join(
        tag(
            "blockquote",
            asked,
            class_="box asked",
            data_source="question",
        ),
        tag("div", statements(scene, fitted.slide.points), class_="box statements"),
    )
