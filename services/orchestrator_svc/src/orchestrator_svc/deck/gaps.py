"""Questions of a deck that brought nothing: remarks of the deck, told on a slide of their own.

The remarks are ours and hold what was asked and why nothing came back, in words of others; so they
are no sentences of the slide, which would have to be proved from facts.
"""

from __future__ import annotations

import re
from typing import Final

from aislides.deck.v1 import deck_pb2
from aislides.deck.v1.fact_pb2 import Text

from orchestrator_svc.deck.text import parse_text, template

HEADLINE: Final = "A part of the question brought no data"
NOT_ANSWERED: Final = "Not answered"
NO_ROWS: Final = "Without any rows"
_GAP = re.compile(rf"^({NOT_ANSWERED}|{NO_ROWS}): (.+)$", re.DOTALL)
_REASON = re.compile(r"^(“.+”) \((.+)\)$", re.DOTALL)


def gap_slide(slide_id: str) -> deck_pb2.Slide:
    """The slide that says so; what was asked is drawn from the deck's remarks."""
    return deck_pb2.Slide(
        id=slide_id, layout=deck_pb2.LAYOUT_NO_DATA, headline=parse_text(HEADLINE)
    )


def is_gap(remark: str) -> bool:
    """Whether a remark tells of a question that brought nothing."""
    return bool(_GAP.match(remark))


def gap_points(deck: deck_pb2.Deck) -> list[deck_pb2.Point]:
    """Each question that brought nothing, with the reason, in the order asked."""
    points = []
    for remark in deck.remarks:
        found = _GAP.match(template(remark))
        if found:
            asked = _REASON.match(found[2])
            text = f"{asked[1]}: {asked[2]}" if asked else found[2]
            points.append(deck_pb2.Point(lead=parse_text(found[1]), text=parse_text(text)))
    return points


def other_remarks(deck: deck_pb2.Deck) -> list[Text]:
    """Remarks that no slide of their own tells; all where the deck has none."""
    told = any(slide.layout == deck_pb2.LAYOUT_NO_DATA for slide in deck.slides)
    return [text for text in deck.remarks if not (told and is_gap(template(text)))]
