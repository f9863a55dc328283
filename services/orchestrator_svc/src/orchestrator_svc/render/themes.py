"""Themes: the only place that knows a colour or a font size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from aislides_runtime.errors import FieldViolation, InvalidRequest

NAMES: Final = ("professional",)
"""Themes that ship, default first; each is a file in `theme_files/`."""


@dataclass(frozen=True)
class Theme:
    """Tokens by name: colours for light and dark, sizes in px, tracking in em."""

    name: str
    description: str
    light: dict[str, str]
    dark: dict[str, str]
    sizes: dict[str, float]
    tracking: dict[str, float]

    def size(self, token: str) -> float:
        """A font size in px."""
        return self.sizes[token]

    def variables(self) -> str:
        """The tokens as CSS custom properties, light first, dark where it is asked for."""
        sizes = "".join(f"--size-{name}:{value:g}px;" for name, value in self.sizes.items())
        spaced = "".join(f"--track-{name}:{value:g}em;" for name, value in self.tracking.items())
        light, dark = _colours(self.light), _colours(self.dark)
        return (
            f":root{{{light}{sizes}{spaced}}}"
            f"@media screen and (prefers-color-scheme:dark){{:root:not(.light){{{dark}}}}}"
            f"@media screen{{:root.dark{{{dark}}}}}"
        )


def _colours(tokens: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in tokens.items())


@cache
def load_theme(name: str) -> Theme:
    """The theme of this name. Raises InvalidRequest listing those there are."""
    if name not in NAMES:
        raise InvalidRequest(
            f"theme {name!r} is unknown; choose one of {', '.join(NAMES)}",
            field_violations=[FieldViolation("theme", f"one of {', '.join(NAMES)}")],
        )
    path = files("orchestrator_svc.render").joinpath(f"theme_files/{name}.json")
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Theme(**data)


@cache
def themes() -> tuple[Theme, ...]:
    """All themes, default first."""
    return tuple(load_theme(name) for name in NAMES)
