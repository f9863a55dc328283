"""Slides, one file a layout; `BODIES` says which draws what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.html.slides.finding import finding, full_width
from orchestrator_svc.render.html.slides.summary import summary
from orchestrator_svc.render.html.slides.table import table_slide
from orchestrator_svc.render.html.slides.words import words
from orchestrator_svc.render.markup import Markup
from orchestrator_svc.render.scene import Scene

Body = Callable[[Scene, deck_pb2.Slide, int], Markup]
"""Draws the body of a slide below a headline of so many lines."""

BODIES: Final[dict[int, Body]] = {
    deck_pb2.LAYOUT_SUMMARY: summary,
    deck_pb2.LAYOUT_FINDING: finding,
    deck_pb2.LAYOUT_FULL_WIDTH: full_width,
    deck_pb2.LAYOUT_TABLE: table_slide,
    deck_pb2.LAYOUT_RECOMMENDATION: words,
    deck_pb2.LAYOUT_LIMITS: words,
    deck_pb2.LAYOUT_NO_DATA: words,
}

KICKERS: Final = {
    deck_pb2.LAYOUT_SUMMARY: "Executive summary",
    deck_pb2.LAYOUT_RECOMMENDATION: "What to look into",
    deck_pb2.LAYOUT_LIMITS: "Method and limits",
    deck_pb2.LAYOUT_APPENDIX: "Appendix",
    deck_pb2.LAYOUT_NO_DATA: "No data",
}
"""Lines above headlines where the spec gives none; findings are numbered."""
