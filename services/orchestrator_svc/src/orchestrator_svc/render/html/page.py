"""The whole file: policy first, then style, slides, evidence and the viewer's script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.brand import Brand
from orchestrator_svc.render.fit import fit_slides
from orchestrator_svc.render.html.evidence import evidence_json
from orchestrator_svc.render.html.frame import slide_html
from orchestrator_svc.render.html.style import stylesheet
from orchestrator_svc.render.markup import Markup, join, tag, void
from orchestrator_svc.render.scene import Scene

FINDINGS: Final = {
    deck_pb2.LAYOUT_FINDING,
    deck_pb2.LAYOUT_TABLE,
    deck_pb2.LAYOUT_FULL_WIDTH,
    deck_pb2.LAYOUT_COMPARISON,
    deck_pb2.LAYOUT_SMALL_MULTIPLES,
    deck_pb2.LAYOUT_BRIDGE,
}
"""Layouts that are numbered as findings."""


def render_html(
    bundle: deck_pb2.DeckBundle, *, theme: str | None = None, brand: Brand | None = None
) -> bytes:
    """One self-contained HTML file that requests nothing. Same input, same bytes.

    Every digit that a reader sees is inside an element that says where it comes from: `data-ref`
    (a fact value), `data-result`/`data-row`/`data-column` (a result cell), `data-tick` (an axis),
    `data-slide-number`, `data-source` (ids, times and counts of a query), `data-sql`, `data-count`
    (rows shown), or stands in words that the verifier let pass. Raises RenderError for a spec that
    cannot be drawn, InvalidRequest for an unknown theme.
    """
    scene = Scene.of(bundle, theme, brand)
    slides = join(*_slides(scene))
    title = scene.plain(bundle.deck.title) or bundle.deck.question
    style, script = stylesheet(scene.theme), viewer()
    head = tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Markup(style)),
    )
    body = tag(
        "body",
        tag("main", slides, id="deck"),
        tag("script", evidence_json(scene), type="application/json", id="evidence"),
        tag("script", Markup(script)),
    )
    language = bundle.deck.language or "en"
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=language)}\n".encode()


def _slides(scene: Scene) -> list[Markup]:
    drawn, finding = [], 0
    fitted = fit_slides(scene, scene.bundle.deck.slides)
    for position, item in enumerate(fitted, start=1):
        if item.slide.layout in FINDINGS and not item.continued:
            finding += 1
        drawn.append(slide_html(scene, item, position, len(fitted), finding))
    return drawn


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; "
        f"script-src 'sha256-{digest(script)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """SHA-256 of a style or script, as a content security policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def viewer() -> str:
    """The one script that a deck runs."""
    return files("orchestrator_svc.render.html").joinpath("viewer.js").read_text("utf-8").strip()
