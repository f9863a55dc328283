"""Builds HTML and SVG. Text enters markup through `escape` alone."""

from __future__ import annotations

import re
from html import escape as _escape
from typing import Final

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DIRECTION: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def escape(text: object) -> Markup:
    """The text as markup that shows it. Characters that no document may hold are left out."""
    if isinstance(text, Markup):
        return text
    cleaned = _DIRECTION.sub("", _FORBIDDEN.sub("", str(text)))
    return Markup(_escape(cleaned, quote=True))


def tag(name: str, /, *content: object, **attributes: object) -> Markup:
    """An element. `class_` is class, `data_ref` is data-ref; None and False leave out."""
    return Markup(f"<{name}{_attributes(attributes)}>{join(*content)}</{name}>")


def void(name: str, /, **attributes: object) -> Markup:
    """An HTML element without content."""
    return Markup(f"<{name}{_attributes(attributes)}>")


def shape(name: str, /, **attributes: object) -> Markup:
    """An SVG element without content."""
    return Markup(f"<{name}{_attributes(attributes)}/>")


def join(*content: object) -> Markup:
    """Pieces one after the other, each escaped unless it is markup."""
    return Markup("".join(escape(piece) for piece in content if piece is not None))


def _attributes(attributes: dict[str, object]) -> str:
    written = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        # Underscores stand for dashes except in SVG's own camel-case names, which have none.
        key = name.rstrip("_").replace("_", "-")
        if value is True:
            written.append(f" {key}")
        elif isinstance(value, float):
            written.append(f' {key}="{number(value)}"')
        else:
            written.append(f' {key}="{escape(value)}"')
    return "".join(written)


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text
