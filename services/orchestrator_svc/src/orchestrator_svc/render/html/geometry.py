"""The geometry table as CSS: where each box stands on screens that are no phone, and on paper."""

from __future__ import annotations

from typing import Final

from orchestrator_svc.render.fit.points import LEAD_WIDTH
from orchestrator_svc.render.layout import (
    BOXES,
    CAPTION_HEIGHT,
    CAPTION_STEP,
    CARD_GAP,
    DATA_BUTTON,
    FRAME,
    HEIGHT,
    WIDTH,
    Box,
    box,
)
from orchestrator_svc.render.themes import Theme

COVER_STEPS: Final = ("cover", "kpi", "headline")
THUMB_SCALE: Final = 0.25
PANEL_WIDTH: Final = 560
DATA_HEIGHT: Final = 400


def geometry(theme: Theme) -> str:
    """Rules that place every box of every kind of slide."""
    rules = [".canvas{width:var(--canvas-width);height:var(--canvas-height)}"]
    rules += [_place(f".box.{name}", place) for name, place in FRAME.items()]
    rules += [_place(f".cover .{name}", place) for name, place in BOXES["cover"].items()]
    for kind, boxes in BOXES.items():
        if kind == "cover":
            continue
        slide = ".continued" if kind == "words" else f".{kind}"
        for name in boxes:
            for lines, two in ((1, ""), (2, ".two-line")):
                rules.append(_place(f".slide{slide}{two} .{name}", box(kind, name, lines=lines)))
                if "strip" in boxes and name != "strip":
                    bare = box(kind, name, lines=lines, bare=True)
                    rules.append(_place(f".slide{slide}.bare{two} .{name}", bare))
    return f"{_lengths()}@media (min-width:761px),print{{{''.join(rules)}{_cover(theme)}}}"


def _lengths() -> str:
    """Lengths of the geometry that the rules name."""
    lengths = {
        "canvas-width": WIDTH,
        "canvas-height": HEIGHT,
        "thumb-width": WIDTH * THUMB_SCALE,
        "thumb-height": HEIGHT * THUMB_SCALE,
        "panel-width": PANEL_WIDTH,
        "data-height": DATA_HEIGHT,
        "data-button": DATA_BUTTON,
        "lead-width": LEAD_WIDTH,
        "card-width": (BOXES["summary"]["cards"].width - 3 * CARD_GAP) / 4,
        "caption-one": CAPTION_HEIGHT,
        "caption-two": CAPTION_HEIGHT + CAPTION_STEP,
    }
    named = "".join(f"--{name}:{value:g}px;" for name, value in lengths.items())
    page = f"@media print{{@page{{size:{WIDTH}px {HEIGHT}px;margin:0}}}}"
    return f":root{{{named}--thumb-scale:{THUMB_SCALE:g}}}{page}"


def _cover(theme: Theme) -> str:
    """The cover's line below its headline, by the headline's step and lines."""
    headline = BOXES["cover"]["headline"]
    rules = []
    for step in COVER_STEPS:
        size = theme.size(step)
        rules.append(f".cover .step-{step}{{font-size:{size:g}px}}")
        for lines in (1, 2, 3):
            top = headline.top + lines * size * 1.12 + 22
            rules.append(f".cover .after-{step}-{lines}{{top:{top:g}px}}")
    return "".join(rules)


def _place(selector: str, place: Box) -> str:
    return (
        f"{selector}{{left:{place.left:g}px;top:{place.top:g}px;"
        f"width:{place.width:g}px;height:{place.height:g}px}}"
    )
