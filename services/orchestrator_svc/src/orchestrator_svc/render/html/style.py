"""The style sheet: fonts, tokens, boxes from the geometry table, rules that name only tokens."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import Final

from orchestrator_svc.render.fit import STATEMENT_LEAD
from orchestrator_svc.render.layout import (
    BOXES,
    CAPTION_HEIGHT,
    CARD_GAP,
    FRAME,
    HEIGHT,
    WIDTH,
    Box,
    shifted,
)
from orchestrator_svc.render.themes import Theme

CAPTION_STEP: Final = 20
THUMB_SCALE: Final = 0.25
PANEL_WIDTH: Final = 560


@cache
def stylesheet(theme: Theme) -> str:
    """The whole style sheet of a theme."""
    rules = files("orchestrator_svc.render.html").joinpath("deck.css").read_text("utf-8")
    return "".join([_fonts(), theme.variables(), _geometry(theme), rules]).strip()


@cache
def _fonts() -> str:
    folder = files("orchestrator_svc.render").joinpath("fonts")
    faces = []
    for weight in (400, 600):
        data = folder.joinpath(f"inter-latin-{weight}-normal.woff2").read_bytes()
        encoded = base64.b64encode(data).decode()
        faces.append(
            f"@font-face{{font-family:Inter;font-weight:{weight};font-style:normal;"
            f"src:url(data:font/woff2;base64,{encoded}) format('woff2')}}"
        )
    return "".join(faces)


def _geometry(theme: Theme) -> str:
    """Positions of all boxes, on screens that are no phone and on paper."""
    rules = [".canvas{width:var(--canvas-width);height:var(--canvas-height)}"]
    rules += [_place(f".{name}", box) for name, box in FRAME.items()]
    kinds = {
        "cover": ["cover"],
        "summary": ["summary"],
        "finding": ["finding", "table"],
        "text": ["recommendation", "limits", "no-data"],
        "appendix": ["appendix"],
    }
    for layout, slides in kinds.items():
        for slide in slides:
            for name, box in BOXES[layout].items():
                rules.append(_place(f".{slide} .{name}", box))
                if layout != "cover":
                    rules.append(_place(f".{slide}.two-line .{name}", shifted(box, 2)))
    full = BOXES["full"]["exhibit"]
    rules.append(_place(".slide .wide-box", full))
    rules.append(_place(".slide.two-line .wide-box", shifted(full, 2)))
    headline = BOXES["cover"]["headline"]
    for step in ("cover", "kpi", "headline"):
        size = theme.size(step)
        rules.append(f".cover .step-{step}{{font-size:{size:g}px}}")
        for lines in (1, 2, 3):
            top = headline.top + lines * size * 1.12 + 22
            rules.append(f".cover .after-{step}-{lines}{{top:{top:g}px}}")
    for layout in ("summary", "finding", "table", "full-width"):
        rules.append(_place(f".{layout}.continued .statements", BOXES["text"]["statements"]))
        moved = shifted(BOXES["text"]["statements"], 2)
        rules.append(_place(f".{layout}.continued.two-line .statements", moved))
    return f"{_lengths()}@media (min-width:761px),print{{{''.join(rules)}}}"


def _lengths() -> str:
    """Lengths of the geometry that the rules name."""
    lengths = {
        "canvas-width": WIDTH,
        "canvas-height": HEIGHT,
        "thumb-width": WIDTH * THUMB_SCALE,
        "thumb-height": HEIGHT * THUMB_SCALE,
        "panel-width": PANEL_WIDTH,
        "lead-width": STATEMENT_LEAD,
        "number-width": FRAME["number"].width,
        "card-width": (BOXES["summary"]["cards"].width - 3 * CARD_GAP) / 4,
        "caption-one": CAPTION_HEIGHT,
        "caption-two": CAPTION_HEIGHT + CAPTION_STEP,
    }
    named = "".join(f"--{name}:{value:g}px;" for name, value in lengths.items())
    page = f"@media print{{@page{{size:{WIDTH}px {HEIGHT}px;margin:0}}}}"
    return f":root{{{named}--thumb-scale:{THUMB_SCALE:g}}}{page}"


def _place(selector: str, box: Box) -> str:
    return (
        f"{selector}{{left:{box.left:g}px;top:{box.top:g}px;"
        f"width:{box.width:g}px;height:{box.height:g}px}}"
    )
