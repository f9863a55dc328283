"""The headline: the wording and the step at which it takes two lines, three on a cover."""

from __future__ import annotations

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.render.fit.text import SLACK, cut_in_place
from orchestrator_svc.render.layout import BOXES, FRAME
from orchestrator_svc.render.measure import BOLD, wrap
from orchestrator_svc.render.scene import Scene


def fit_headline(scene: Scene, slide: deck_pb2.Slide) -> tuple[int, bool]:
    """Chooses the wording, in place; its lines, and whether it takes the smaller step."""
    if slide.layout == deck_pb2.LAYOUT_COVER:
        return _fit_cover(scene, slide), False
    room = FRAME["headline"].width
    track = scene.theme.tracking["headline"]
    wordings = [slide.headline, *slide.headline_alternates]
    for step in ("headline", "headline-small"):
        for wording in wordings:
            plain = scene.plain(wording)
            lines = wrap(plain, room * SLACK, scene.theme.size(step), BOLD, tracking=track)
            if len(lines) <= 2:
                slide.headline.CopyFrom(wording)
                return len(lines), step != "headline"
    slide.headline.CopyFrom(wordings[-1])
    small = scene.theme.size("headline-small")
    cut_in_place(scene, slide, slide.headline, room, small, BOLD, 2)
    return 2, True


def cover_size(scene: Scene, headline: str) -> str:
    """The step at which a cover's headline takes at most three lines."""
    room = BOXES["cover"]["headline"].width * SLACK
    track = scene.theme.tracking["cover"]
    for step in ("cover", "kpi", "headline"):
        if len(wrap(headline, room, scene.theme.size(step), BOLD, tracking=track)) <= 3:
            return step
    return "headline"


def _fit_cover(scene: Scene, slide: deck_pb2.Slide) -> int:
    room = BOXES["cover"]["headline"].width
    for wording in [slide.headline, *slide.headline_alternates]:
        if cover_size(scene, scene.plain(wording)) == "cover":
            slide.headline.CopyFrom(wording)
            break
    step = cover_size(scene, scene.plain(slide.headline))
    cut_in_place(scene, slide, slide.headline, room, scene.theme.size(step), BOLD, 3)
    plain = scene.plain(slide.headline)
    return min(3, len(wrap(plain, room * SLACK, scene.theme.size(step), BOLD)))
