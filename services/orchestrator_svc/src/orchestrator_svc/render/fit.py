"""Makes everything fit before it is drawn: shorter wording, then the smaller step, then another
slide. Never under the smallest size, never clipped, never scrolled.

A text that is longer than a whole slide ends with an ellipsis and stands in full in the notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aislides.deck.v1 import deck_pb2, fact_pb2, result_pb2

from orchestrator_svc.render.layout import BODY_BOTTOM, BODY_TOP, BOXES, FRAME
from orchestrator_svc.render.measure import BOLD, REGULAR, width, wrap
from orchestrator_svc.render.scene import Scene

LEADING: Final = 1.45
STATEMENT_LEADING: Final = 1.35
READING_GAP: Final = 26.0
READING_WIDTH: Final = BOXES["finding"]["readings"].width - 33
STATEMENT_LEAD: Final = 300.0
STATEMENT_GAP: Final = 20.0
MONO: Final = 0.602
"""Width of a character of the monospaced fonts, in em."""
SLACK: Final = 0.97
"""Part of a width that is used, for fonts that fall back to another."""

_WITH_READINGS: Final = {
    deck_pb2.LAYOUT_FINDING,
    deck_pb2.LAYOUT_TABLE,
    deck_pb2.LAYOUT_FULL_WIDTH,
}


@dataclass(frozen=True, slots=True)
class Fitted:
    """A slide that fits. `dense` is the smaller step; `continued` goes on with the one before."""

    slide: deck_pb2.Slide
    lines: int
    small_headline: bool = False
    dense: bool = False
    continued: bool = False


def fit_slides(scene: Scene, slides: Sequence[deck_pb2.Slide]) -> list[Fitted]:
    """The slides with what did not fit on further ones, in order."""
    fitted: list[Fitted] = []
    for given in slides:
        slide = deck_pb2.Slide()
        slide.CopyFrom(given)
        if slide.layout == deck_pb2.LAYOUT_APPENDIX:
            fitted += _appendix(scene, slide)
            continue
        lines, small = _fit_headline(scene, slide)
        if slide.layout == deck_pb2.LAYOUT_COVER:
            fitted.append(Fitted(slide, lines, small))
        elif slide.layout in _WITH_READINGS and slide.points:
            fitted += _readings(scene, slide, lines, small)
        else:
            fitted += _statements(scene, slide, lines, small)
    return fitted


def cover_size(scene: Scene, headline: str) -> str:
    """The step at which a cover's headline takes at most three lines."""
    box = BOXES["cover"]["headline"]
    track = scene.theme.tracking["cover"]
    for step in ("cover", "kpi", "headline"):
        if (
            len(wrap(headline, box.width * SLACK, scene.theme.size(step), BOLD, tracking=track))
            <= 3
        ):
            return step
    return "headline"


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


def _fit_headline(scene: Scene, slide: deck_pb2.Slide) -> tuple[int, bool]:
    """Chooses the wording that fits; gives its lines and whether it takes the smaller step."""
    if slide.layout == deck_pb2.LAYOUT_COVER:
        text = scene.plain(slide.headline)
        step = cover_size(scene, text)
        box = BOXES["cover"]["headline"].width
        _shorten(scene, slide, slide.headline, box, scene.theme.size(step), BOLD, 3)
        return min(3, len(wrap(text, box * SLACK, scene.theme.size(step), BOLD))), False
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
    _shorten(scene, slide, slide.headline, room, small, BOLD, 2)
    return 2, True


def _shorten(
    scene: Scene,
    slide: deck_pb2.Slide,
    text: fact_pb2.Text,
    room: float,
    size: float,
    weight: int,
    lines: int,
) -> None:
    """Cuts the text in place; the whole of it goes to the notes."""
    plain = scene.plain(text)
    cut = cut_to_lines(plain, room, size, weight, lines)
    if cut == plain:
        return
    if slide.notes.spans:
        slide.notes.spans.add(text=" ")
    slide.notes.spans.extend(text.spans)
    del text.spans[:]
    text.spans.add(text=cut)


def _readings(scene: Scene, slide: deck_pb2.Slide, lines: int, small: bool) -> list[Fitted]:
    room = BODY_BOTTOM - BODY_TOP[lines > 1] - 8.0
    for step in ("body", "body-small"):
        for point in slide.points:
            _shorter_wording(scene, point)
        heights = [_reading(scene, point, step) for point in slide.points]
        if sum(heights) + READING_GAP * (len(heights) - 1) <= room:
            return [Fitted(slide, lines, small, dense=step != "body")]
    keep = _fitting(heights, READING_GAP, room)
    rest = deck_pb2.Slide()
    rest.CopyFrom(slide)
    del rest.exhibits[:], rest.points[:keep], rest.footnotes[:]
    del slide.points[keep:]
    first = Fitted(slide, lines, small, dense=True)
    return [first, *_statements(scene, rest, lines, small, continued=True)]


def _reading(scene: Scene, point: deck_pb2.Point, step: str) -> float:
    size = scene.theme.size(step)
    lead = height(scene.plain(point.lead), READING_WIDTH, size, BOLD, LEADING)
    return lead + height(scene.plain(point.text), READING_WIDTH, size, REGULAR, LEADING)


def _shorter_wording(scene: Scene, point: deck_pb2.Point) -> None:
    """Takes the first alternate that is shorter, for the next try."""
    if point.text_alternates:
        shorter = point.text_alternates[0]
        if len(scene.plain(shorter)) < len(scene.plain(point.text)):
            longer_than = READING_WIDTH * 4
            size = scene.theme.size("body")
            if width(scene.plain(point.text), size) > longer_than:
                point.text.CopyFrom(shorter)
                del point.text_alternates[0]


def _statements(
    scene: Scene,
    slide: deck_pb2.Slide,
    lines: int,
    small: bool,
    *,
    continued: bool = False,
) -> list[Fitted]:
    top: float = BODY_TOP[lines > 1]
    if slide.kpis and not continued:
        top += BOXES["summary"]["statements"].top - BODY_TOP[0]
    room = BODY_BOTTOM - top - 6.0
    if slide.layout == deck_pb2.LAYOUT_LIMITS:
        room -= _remarks(scene)
    fitted: list[Fitted] = []
    while True:
        for step in ("statement", "body-small"):
            heights = [_statement(scene, point, step) for point in slide.points]
            if sum(heights) <= room:
                return [
                    *fitted,
                    Fitted(slide, lines, small, dense=step != "statement", continued=continued),
                ]
        keep = _fitting(heights, 0.0, room)
        if keep == 0 and (continued or not slide.kpis):
            _cut_point(scene, slide, slide.points[0], room)
            keep = 1
        rest = deck_pb2.Slide()
        rest.CopyFrom(slide)
        del rest.points[:keep], rest.kpis[:], rest.exhibits[:], rest.footnotes[:]
        rest.notes.Clear()
        del slide.points[keep:]
        fitted.append(Fitted(slide, lines, small, dense=True, continued=continued))
        if not rest.points:
            return fitted
        slide, continued = rest, True
        room = BODY_BOTTOM - BODY_TOP[lines > 1] - 6.0


def _statement(scene: Scene, point: deck_pb2.Point, step: str) -> float:
    size = scene.theme.size(step)
    full = BOXES["text"]["statements"].width
    lead = height(scene.plain(point.lead), STATEMENT_LEAD, size, BOLD, STATEMENT_LEADING)
    text = height(
        scene.plain(point.text),
        full - STATEMENT_LEAD - STATEMENT_GAP - 20,
        size,
        REGULAR,
        STATEMENT_LEADING,
    )
    padding = 41.0 if step == "statement" else 21.0
    return max(lead, text) + padding


def _cut_point(scene: Scene, slide: deck_pb2.Slide, point: deck_pb2.Point, room: float) -> None:
    size = scene.theme.size("body-small")
    lines = max(1, int((room - 24) / (size * STATEMENT_LEADING)))
    full = BOXES["text"]["statements"].width - STATEMENT_LEAD - STATEMENT_GAP - 20
    _shorten(scene, slide, point.text, full, size, REGULAR, lines)
    _shorten(scene, slide, point.lead, STATEMENT_LEAD, size, BOLD, lines)


def _remarks(scene: Scene) -> float:
    size = scene.theme.size("caption")
    return sum(
        14 + height(scene.plain(text), 1152, size, REGULAR, LEADING)
        for text in scene.bundle.deck.remarks
    )


def _fitting(heights: Sequence[float], gap: float, room: float) -> int:
    used = 0.0
    for position, value in enumerate(heights):
        used += value + (gap if position else 0.0)
        if used > room:
            return position
    return len(heights)


def _appendix(scene: Scene, slide: deck_pb2.Slide) -> list[Fitted]:
    """Queries side by side when both fit, else each on slides of its own."""
    wanted = list(slide.source_result_ids) or [result.id for result in scene.bundle.results]
    results = [result for result in scene.bundle.results if result.id in wanted]
    if len(results) <= 2 and all(sql_fits(scene, r, len(results)) for r in results):
        return [Fitted(slide, 1)]
    fitted: list[Fitted] = []
    for result in results:
        single = deck_pb2.Slide()
        single.CopyFrom(slide)
        del single.source_result_ids[:]
        single.source_result_ids.append(result.id)
        fitted.append(Fitted(single, 1, continued=bool(fitted)))
    return fitted


def sql_lines(text: str, room: float, size: float) -> int:
    """Lines of SQL in a column."""
    characters = max(1, int(room * SLACK / (size * MONO)))
    return sum(max(1, -(-len(line) // characters)) for line in text.split("\n"))


def sql_step(scene: Scene, result: result_pb2.Result, beside: int) -> str:
    """The step at which the SQL fits, `code` or `footer`; the smaller one if neither does."""
    return "code" if _sql_height(scene, result, beside, "code") <= _sql_room() else "footer"


def sql_fits(scene: Scene, result: result_pb2.Result, beside: int) -> bool:
    """Whether the SQL fits at the smaller step."""
    return _sql_height(scene, result, beside, "footer") <= _sql_room()


def _sql_room() -> float:
    return BOXES["appendix"]["queries"].height - 110.0


def _sql_height(scene: Scene, result: result_pb2.Result, beside: int, step: str) -> float:
    full = BOXES["appendix"]["queries"].width
    room = ((full - 26) / 2 if beside > 1 else full) - 44
    size = scene.theme.size(step)
    return sql_lines(result.source.sql, room, size) * size * (1.5 if step == "code" else 1.4)


def sql_columns(scene: Scene, result: result_pb2.Result) -> int:
    """Columns that very long SQL of a slide of its own is set in, 1 to 3."""
    if sql_fits(scene, result, 1):
        return 1
    # A column breaks lines that the full width does not, so two are seldom enough.
    return 3


def shown_sql(scene: Scene, result: result_pb2.Result, beside: int) -> str:
    """The SQL, or as much as three columns hold; the whole of it is behind each figure."""
    sql = result.source.sql
    if beside > 1 or sql_columns(scene, result) == 1:
        return sql
    size = scene.theme.size("footer")
    room = (BOXES["appendix"]["queries"].width - 44 - 2 * 20) / 3
    most = int(3 * _sql_room() / (size * 1.4)) - 6
    kept: list[str] = []
    used = 0
    for line in sql.split("\n"):
        taken = sql_lines(line, room, size)
        if used + taken > most:
            characters = max(0, most - used) * int(room * SLACK / (size * MONO))
            return "\n".join([*kept, f"{line[:characters]} …"])
        kept.append(line)
        used += taken
    return sql
