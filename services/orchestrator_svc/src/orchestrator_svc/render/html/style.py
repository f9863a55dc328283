"""The style sheet: fonts, tokens, boxes from the geometry table, rules that name only tokens."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

from orchestrator_svc.render.html.geometry import geometry
from orchestrator_svc.render.themes import Theme


@cache
def stylesheet(theme: Theme) -> str:
    """The whole style sheet of a theme."""
    charts = files("orchestrator_svc.render.charts").joinpath("charts.css").read_text("utf-8")
    rules = files("orchestrator_svc.render.html").joinpath("deck.css").read_text("utf-8")
    return "".join([_fonts(), theme.variables(), geometry(theme), charts, rules]).strip()


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
