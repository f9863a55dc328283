"""Text against the room it has."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2

from orchestrator_svc.render.measure import wrap
from orchestrator_svc.render.scene import Scene

SLACK: Final = 0.97
"""Part of a width that is used, for fonts that fall back to another."""


def height(text: str, room: float, size: float, weight: int, leading: float) -> float:
    """Height in px of a text in a column."""
    return len(wrap(text, room * SLACK, size, weight)) * size * leading if text else 0.0


def cut_to_lines(text: str, room: float, size: float, weight: int, lines: int) -> str:
    """The text, or as much of it as these lines hold, with an ellipsis."""
    wrapped = wrap(text, room * SLACK, size, weight)
    if len(wrapped) <= lines:
        return text
    kept = " ".join(wrapped[:lines])
    while kept and len(wrap(kept + "…", room * SLACK, size, weight)) > lines:
        kept = kept[: int(len(kept) * 0.95)]
    return kept.rstrip(" ,.;:–-") + "…"


def cut_in_place(
    scene: Scene,
    slide: deck_pb2.Slide,
    text: fact_pb2.Text,
    room: float,
    size: float,
    weight: int,
    lines: int,
) -> None:
    """Cuts the text to these lines; the whole of it goes to the slide's notes."""
    plain = scene.plain(text)
    cut = cut_to_lines(plain, room, size, weight, lines)
    if cut == plain:
        return
    if slide.notes.spans:
        slide.notes.spans.add(text=" ")
    slide.notes.spans.extend(text.spans)
    del text.spans[:]
    text.spans.add(text=cut)
