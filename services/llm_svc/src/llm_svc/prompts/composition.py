"""Includes shared parts by name: `{{> writing_rules }}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

INCLUDE: Final = re.compile(r"\{\{>\s*([a-z][a-z0-9_]*)\s*\}\}")


class BadInclude(ValueError):
    """A part includes itself or one that does not exist; the message names the way there."""


def included(text: str, parts: Mapping[str, str], *, used: set[str] | None = None) -> str:
    """The text with every part put in its place, parts within parts too.

    Adds the names of the parts to `used`. Raises BadInclude for unknown parts and cycles.
    """
    return _expand(text, parts, (), used if used is not None else set())


def _expand(text: str, parts: Mapping[str, str], path: tuple[str, ...], used: set[str]) -> str:
    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in path:
            raise BadInclude(f"the part {' > '.join((*path, name))} includes itself")
        if name not in parts:
            known = ", ".join(sorted(parts)) or "none"
            raise BadInclude(f"there is no part {name!r}; known: {known}")
        used.add(name)
        return _expand(parts[name].strip(), parts, (*path, name), used)

    return INCLUDE.sub(replace, text)
