"""Builds HTML and SVG. Text enters markup through `escape` alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape as _escape
from typing import Final

_UNSAFE: Final = re.compile(
    "[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DIRECTION: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def escape(text: object) -> Markup:
    """The text as markup that shows it. Characters that no document may hold are left out."""
    if isinstance(text, Markup):
        return text
    plain = str(text)
    if not _UNSAFE.search(plain):
        return Markup(plain)
    return Markup(_escape(cleaned(plain), quote=True))


def cleaned(text: str) -> str:
    """The text without characters that no document may hold, or that turn its direction."""
    return _DIRECTION.sub("", _FORBIDDEN.sub("", text))


def tag(name: str, /, *content: object, **given: object) -> Markup:
    """An element. `class_` is class, `data_ref` is data-ref; None and False leave out."""
    return Markup(f"<{name}{attributes(given)}>{_joined(content)}</{name}>")


def void(name: str, /, **given: object) -> Markup:
    """An HTML element without content."""
    return Markup(f"<{name}{attributes(given)}>")


def shape(name: str, /, **given: object) -> Markup:
    """An SVG element without content."""
    return Markup(f"<{name}{attributes(given)}/>")


def join(*content: object) -> Markup:
    """Pieces one after the other, each escaped unless it is markup."""
    return Markup(_joined(content))


def _joined(content: Iterable[object]) -> str:
    return "".join(
        [
            piece if type(piece) is Markup else escape(piece)
            for piece in content
            if piece is not None
        ]
    )


def attributes(given: dict[str, object]) -> str:
    """Attributes with a space before each; names and values as in `tag`."""
    if not given:
        return ""
    written = []
    for name, value in given.items():
        if value is None or value is False:
            continue
        key = _attribute_name(name)
        if value is True:
            written.append(key)
        elif type(value) is float:
            written.append(f'{key}="{number(value)}"')
        elif type(value) is int or type(value) is Markup:
            written.append(f'{key}="{value}"')
        else:
            written.append(f'{key}="{escape(value)}"')
    return "".join(written)


@lru_cache(maxsize=256)
def _attribute_name(name: str) -> str:
    # Underscores stand for dashes except in SVG's own camel-case names, which have none.
    return " " + name.rstrip("_").replace("_", "-")


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text
