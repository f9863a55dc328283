"""Points: a claim in bold and one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.markup import Markup, join, tag
from orchestrator_svc.render.scene import Scene


def readings(scene: Scene, points: Sequence[deck_pb2.Point]) -> Markup:
    """Points below each other, as beside an exhibit."""
    return join(*(_point(scene, point, "reading") for point in points))


def strip(scene: Scene, points: Sequence[deck_pb2.Point]) -> Markup | None:
    """Points next to each other below an exhibit; None without any."""
    return tag("div", readings(scene, points), class_="box strip") if points else None


def statements(scene: Scene, points: Sequence[deck_pb2.Point]) -> Markup:
    """Points as rows, claim at the left."""
    return join(*(_point(scene, point, "statement") for point in points))


def claim(scene: Scene, point: deck_pb2.Point) -> Markup | None:
    """The claim with its full stop; None where there is none."""
    lead = scene.rich(point.lead)
    if lead and not scene.plain(point.lead).endswith((".", "?", "!", "…")):
        lead = Markup(lead + ".")
    return tag("h3", lead, class_="lead") if lead else None


def _point(scene: Scene, point: deck_pb2.Point, kind: str) -> Markup:
    return tag("div", claim(scene, point), tag("p", scene.rich(point.text)), class_=kind)
