"""One slide as a picture of itself: the same drawing, no script, nothing to click."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.brand import Brand
from orchestrator_svc.render.fit import fit_slides
from orchestrator_svc.render.html.frame import slide_html
from orchestrator_svc.render.html.page import FINDINGS, digest
from orchestrator_svc.render.html.style import stylesheet
from orchestrator_svc.render.markup import Markup, tag, void
from orchestrator_svc.render.scene import Scene

ALONE: Final = "html{overflow:hidden}.slide{margin:0!important}"


def render_still(
    bundle: deck_pb2.DeckBundle,
    slide_id: str,
    *,
    theme: str | None = None,
    brand: Brand | None = None,
) -> bytes:
    """A page of 1280 x 720 with this slide of the bundle. Same input, same bytes.

    What does not fit on the slide and would continue on another is left out. Raises ValueError for
    an unknown slide, RenderError for one that cannot be drawn, InvalidRequest for an unknown theme.
    """
    slides = list(bundle.deck.slides)
    position = [slide.id for slide in slides].index(slide_id)
    scene = Scene.of(bundle, theme, brand)
    finding = sum(slide.layout in FINDINGS for slide in slides[: position + 1])
    fitted = fit_slides(scene, [slides[position]])[0]
    drawn = slide_html(scene, fitted, position + 1, len(slides), finding)
    style = stylesheet(scene.theme) + ALONE
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        # As wide as the slide on every screen, so that a phone shows the slide and not its reflow.
        void("meta", name="viewport", content="width=1280"),
        tag("title", scene.plain(slides[position].headline) or f"Slide {position + 1}"),
        tag("style", Markup(style)),
    )
    body = tag("body", tag("main", drawn, id="deck"), inert=True)
    language = bundle.deck.language or "en"
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=language)}\n".encode()
