"""Themes: tokens read from `theme_files/`, the only place that knows a colour, a size or a font."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from aislides_runtime.errors import FieldViolation, InvalidRequest

from orchestrator_svc.render.colour import contrast, mixed, shades
from orchestrator_svc.render.palette import SERIES, TEXT

NAMES: Final = ("professional", "ibcs", "dark", "warm")
"""Themes that ship, default first; each is a file in `theme_files/`."""
SWATCHES: Final = ("surface", "ink", "accent", "mute", "series-2", "series-3", "series-4")


# Compared by identity: a theme is read once, and style sheets are kept by it.
@dataclass(frozen=True, eq=False)
class Theme:
    """Tokens by name: colours for light and dark, sizes, spaces and strokes in px, tracking in em,
    depths of a shade as opacity.

    `mode` is the look on a screen whose reader has not chosen: the reader's own (`auto`), or dark.
    Paper is always light.
    """

    name: str
    title: str
    description: str
    light: dict[str, str]
    dark: dict[str, str]
    sizes: dict[str, float]
    tracking: dict[str, float]
    space: dict[str, float]
    strokes: dict[str, float]
    depths: dict[str, float]
    fonts: dict[str, str]
    mode: Literal["auto", "dark"] = "auto"
    _kept: dict[str, str] = field(default_factory=dict, repr=False)

    def size(self, token: str) -> float:
        """A font size in px."""
        return self.sizes[token]

    @property
    def swatches(self) -> list[str]:
        """Colours that show a person what the theme looks like, ground and ink first."""
        shown = self.dark if self.mode == "dark" else self.light
        return [shown[token] for token in SWATCHES]

    def variables(self) -> str:
        """The tokens as CSS custom properties, light first, dark where it is asked for."""
        if "css" not in self._kept:
            self._kept["css"] = self._variables()
        return self._kept["css"]

    def _variables(self) -> str:
        lengths = {"size": self.sizes, "space": self.space, "stroke": self.strokes}
        fixed = "".join(
            f"--{kind}-{name}:{value:g}px;"
            for kind, tokens in lengths.items()
            for name, value in tokens.items()
        )
        fixed += "".join(f"--track-{name}:{value:g}em;" for name, value in self.tracking.items())
        fixed += "".join(f"--depth-{name}:{value:g};" for name, value in self.depths.items())
        fixed += "".join(f"--font-{name}:{value};" for name, value in self.fonts.items())
        light = _colours(self.light, "light", self.depths)
        dark = _colours(self.dark, "dark", self.depths)
        asked = "" if self.mode == "dark" else " and (prefers-color-scheme:dark)"
        return (
            f":root{{{light}{fixed}}}"
            f"@media screen{asked}{{:root:not(.light){{{dark}}}}}"
            f"@media screen{{:root.dark{{{dark}}}}}"
        )


def _colours(tokens: dict[str, str], scheme: str, depths: dict[str, float]) -> str:
    other = "dark" if scheme == "light" else "light"
    shown = f"color-scheme:{scheme};--for-{scheme}:inline-block;--for-{other}:none;"
    return shown + "".join(
        f"--{name}:{value};"
        for name, value in {**tokens, **series_labels(tokens), **_over(tokens, depths)}.items()
    )


def series_labels(tokens: dict[str, str]) -> dict[str, str]:
    """`label-1` and so on: each data colour in a shade that words can be written in."""
    return {
        f"label-{token.removeprefix('series-')}": next(
            shade for shade in shades(tokens[token]) if contrast(shade, tokens["surface"]) >= TEXT
        )
        for token in SERIES
    }


def _over(tokens: dict[str, str], depths: dict[str, float]) -> dict[str, str]:
    """What words on a colour are written in: `over-1` on the first data colour, `over-mute`,
    `over-q1` and `over-n1` on the lightest shades of accent and negative, and so on.

    Ground or ink, whichever is easier to read, in a shade far enough from the colour.
    """
    on = {token.removeprefix("series-"): tokens[token] for token in (*SERIES, "mute")}
    for letter, token in (("q", "accent"), ("n", "negative")):
        for name, depth in depths.items():
            on[f"{letter}{name}"] = mixed(tokens["surface"], tokens[token], depth)
    return {f"over-{name}": _readable_on(colour, tokens) for name, colour in on.items()}


def _readable_on(colour: str, tokens: dict[str, str]) -> str:
    near = sorted(("surface", "ink"), key=lambda token: -contrast(tokens[token], colour))
    tried = [shade for token in near for shade in shades(tokens[token])]
    return next(shade for shade in tried if contrast(shade, colour) >= TEXT)


@cache
def load_theme(name: str) -> Theme:
    """The theme of this name. Raises InvalidRequest listing those there are."""
    if name not in NAMES:
        raise InvalidRequest(
            f"theme {name!r} is unknown; choose one of {', '.join(NAMES)}",
            field_violations=[FieldViolation("theme", f"one of {', '.join(NAMES)}")],
        )
    return Theme(**(_tokens("scale") | _tokens(name)))


def _tokens(file: str) -> dict[str, Any]:
    path = files("orchestrator_svc.render").joinpath(f"theme_files/{file}.json")
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


@cache
def themes() -> tuple[Theme, ...]:
    """All themes, default first."""
    return tuple(load_theme(name) for name in NAMES)
