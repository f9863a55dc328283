"""Makes everything fit before it is drawn: shorter wording, then the smaller step, then another
slide. Never under the smallest size, never clipped, never scrolled.

A text that is longer than a whole slide ends with an ellipsis and stands in full in the notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aislides.deck.v1 import deck_pb2

from orchestrator_svc.deck.gaps import gap_points
from orchestrator_svc.render.fit.headline import fit_headline
from orchestrator_svc.render.fit.points import arrangement, split_points
from orchestrator_svc.render.fit.queries import fit_queries
from orchestrator_svc.render.layout import BOXES
from orchestrator_svc.render.references import require_references
from orchestrator_svc.render.scene import Scene

MOST_CARDS: Final = 4


@dataclass(frozen=True, slots=True)
class Fitted:
    """A slide that fits: what is drawn, and how.

    `kind` names its boxes. `bare` gives the room of an absent strip to the exhibits, `step`
    names a smaller step of its points (`close`, `dense`), `continued` goes on with the one before.
    """

    slide: deck_pb2.Slide
    kind: str
    lines: int = 1
    small_headline: bool = False
    step: str = ""
    bare: bool = False
    continued: bool = False


def fit_slides(scene: Scene, slides: Sequence[deck_pb2.Slide]) -> list[Fitted]:
    """The slides with what did not fit on further ones, in order."""
    fitted: list[Fitted] = []
    for given in slides:
        slide = deck_pb2.Slide()
        slide.CopyFrom(given)
        require_references(scene, slide)
        fitted += _fit(scene, slide)
    return fitted


def kind_of(slide: deck_pb2.Slide) -> str:
    """The boxes that a slide is drawn in; `unknown` for a layout that there is not.

    Without readings an exhibit takes the whole width.
    """
    if slide.layout not in deck_pb2.Layout.values():
        return "unknown"
    name = deck_pb2.Layout.Name(slide.layout)
    kind = name.removeprefix("LAYOUT_").lower().replace("_", "-")
    if "readings" in BOXES.get(kind, ()) and not slide.points:
        return "full-width"
    return kind


def _fit(scene: Scene, slide: deck_pb2.Slide) -> list[Fitted]:
    kind = kind_of(slide)
    if kind == "appendix":
        return [
            Fitted(part, kind, continued=position > 0)
            for position, part in enumerate(fit_queries(scene, slide))
        ]
    if kind == "no-data":
        slide.points.extend(gap_points(scene.bundle.deck))
    lines, small = fit_headline(scene, slide)
    if kind == "cover" or kind not in BOXES:
        return [Fitted(slide, kind, lines, small)]
    if kind == "summary" and not slide.kpis:
        return _rows(scene, slide, lines, small, continued=False)
    del slide.kpis[MOST_CARDS:]
    stand = arrangement(scene, kind, lines, len(slide.points))
    has_more = bool(slide.exhibits or slide.kpis)
    step, rest = split_points(scene, slide, stand, may_be_empty=has_more)
    kind = kind_of(slide)
    bare = "strip" in BOXES[kind] and not slide.points
    first = Fitted(slide, kind, lines, small, step, bare)
    if not rest:
        return [first]
    more = deck_pb2.Slide()
    more.CopyFrom(slide)
    del more.exhibits[:], more.kpis[:], more.footnotes[:], more.points[:]
    more.notes.Clear()
    more.points.extend(rest)
    return [first, *_rows(scene, more, lines, small, continued=True)]


def _rows(
    scene: Scene, slide: deck_pb2.Slide, lines: int, small: bool, *, continued: bool
) -> list[Fitted]:
    """The points as rows, on as many slides as they need."""
    fitted: list[Fitted] = []
    stand = arrangement(scene, "words", lines, len(slide.points))
    while True:
        step, rest = split_points(scene, slide, stand, may_be_empty=False)
        fitted.append(Fitted(slide, "words", lines, small, step, continued=continued))
        if not rest:
            return fitted
        more = deck_pb2.Slide()
        more.CopyFrom(slide)
        del more.points[:], more.footnotes[:], more.exhibits[:]
        more.notes.Clear()
        more.points.extend(rest)
        slide, continued = more, True
