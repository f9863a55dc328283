# ruff: noqa: SIM905
"""Logos as data: a PNG as it is, an SVG only after everything that could act has been refused."""

from __future__ import annotations

import base64
import re
import struct
from typing import Final
from xml.etree import ElementTree

LIMIT: Final = 100_000
"""Bytes of a logo's file."""
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_DRAWING: Final = frozenset(
    (
        "svg g defs title desc path rect circle ellipse line polyline polygon text tspan "
        "linearGradient radialGradient stop clipPath mask symbol use style"
    ).split()
)
_OUTSIDE: Final = re.compile(r"@import|expression\s*\(|url\(\s*['\"]?\s*(?!['\"]?#)", re.IGNORECASE)
_DECLARED: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)


class UnsafeLogo(Exception):
    """The logo cannot be used; the message says why, for the person who made it."""


def logo_data(content: bytes) -> str:
    """The logo as a `data:` URI. Raises UnsafeLogo.

    Foreign parts that drawing programs leave in an SVG (editor settings, metadata, comments) are
    taken out; scripts, event handlers, references to elsewhere and embedded pages are refused.
    """
    if len(content) > LIMIT:
        raise UnsafeLogo(f"has {len(content):,} bytes; {LIMIT:,} is the most")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if b"<svg" in content[:4096] or content.lstrip()[:5] == b"<?xml":
        return _uri("image/svg+xml", clean_svg(content))
    raise UnsafeLogo("is neither a PNG nor an SVG file")


def clean_svg(content: bytes) -> bytes:
    """The SVG with nothing in it but drawing. Raises UnsafeLogo."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsafeLogo("is not UTF-8 text") from error
    if _DECLARED.search(text):
        raise UnsafeLogo("declares a document type, an entity or a style sheet; save a plain SVG")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - entities were refused above
    except ElementTree.ParseError as error:
        raise UnsafeLogo(f"is not well-formed: {error}") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise UnsafeLogo("does not begin with an svg element of the SVG namespace")
    if "viewBox" not in root.attrib and not {"width", "height"} <= root.attrib.keys():
        raise UnsafeLogo("has no viewBox, so its shape is unknown")
    _clean(root)
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    made: bytes = ElementTree.tostring(root, encoding="utf-8")
    return made


def _clean(element: ElementTree.Element) -> None:
    _check_attributes(element)
    if element.tag == f"{{{_SVG}}}style" and _OUTSIDE.search(element.text or ""):
        raise UnsafeLogo("has a style that loads from elsewhere")
    for child in list(element):
        space, _, name = str(child.tag).rpartition("}")
        if name in {"script", "foreignObject", "iframe", "image", "animate", "set", "handler"}:
            raise UnsafeLogo(f"has a {name} element")
        if space != f"{{{_SVG}" or name == "metadata":
            element.remove(child)
        elif name not in _DRAWING:
            raise UnsafeLogo(f"has a {name} element, which no logo needs")
        else:
            _clean(child)


def _check_attributes(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        plain = name.rpartition("}")[2].lower()
        if plain.startswith("on"):
            raise UnsafeLogo(f"has an event handler ({plain})")
        if plain == "href":
            if not value.strip().startswith("#"):
                raise UnsafeLogo(f"refers to {value.strip()[:40]!r}, outside the file")
        elif _OUTSIDE.search(value) or "javascript:" in value.lower():
            raise UnsafeLogo(f"has a {plain} that loads from elsewhere")
        if "}" in name and name != _XLINK:
            del element.attrib[name]


def _png(content: bytes) -> str:
    if content[12:16] != b"IHDR":
        raise UnsafeLogo("is a PNG file without a header")
    wide, high = struct.unpack(">II", content[16:24])
    if not (1 <= wide <= 4000 and 1 <= high <= 4000):
        raise UnsafeLogo(f"is {wide} x {high} pixels; 4000 x 4000 is the most")
    return _uri("image/png", content)


def _uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
