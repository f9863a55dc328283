"""Slides, one file a kind; `BODIES` says which draws what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.fit import Fitted
from orchestrator_svc.render.html.appendix import appendix
from orchestrator_svc.render.html.slides.comparison import comparison
from orchestrator_svc.render.html.slides.finding import finding
from orchestrator_svc.render.html.slides.full_width import full_width
from orchestrator_svc.render.html.slides.limits import limits
from orchestrator_svc.render.html.slides.no_data import no_data
from orchestrator_svc.render.html.slides.recommendation import recommendation
from orchestrator_svc.render.html.slides.summary import summary
from orchestrator_svc.render.html.slides.words import words
from orchestrator_svc.render.markup import Markup
from orchestrator_svc.render.scene import Scene

Body = Callable[[Scene, Fitted], Markup]
"""Draws the body of a slide."""

BODIES: Final[dict[str, Body]] = {
    "summary": summary,
    "finding": finding,
    "table": finding,
    "bridge": finding,
    "full-width": full_width,
    "small-multiples": full_width,
    "comparison": comparison,
    "recommendation": recommendation,
    "limits": limits,
    "no-data": no_data,
    "appendix": appendix,
    "words": words,
}
"""By kind of slide, as `fit.kind_of` and the geometry table name it."""

KICKERS: Final = {
    deck_pb2.LAYOUT_SUMMARY: "executive-summary",
    deck_pb2.LAYOUT_RECOMMENDATION: "recommendation",
    deck_pb2.LAYOUT_LIMITS: "limits",
    deck_pb2.LAYOUT_APPENDIX: "appendix",
    deck_pb2.LAYOUT_NO_DATA: "no-data",
}
"""Phrases for the line above headlines where the spec gives none; findings are numbered."""
