"""BR1: a logo is data that can do nothing."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest
from orchestrator_svc.render.logo import UnsafeLogo, clean_svg, logo_data

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'


def svg(inside, attributes=""):
    return f"{OPEN} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (svg("<script>alert(1)</script>"), "script element"),
        (svg("<g><script href='#a'/></g>"), "script element"),
        (svg("<foreignObject><p>x</p></foreignObject>"), "foreignObject element"),
        (svg("", "onload='alert(1)'"), "event handler"),
        (svg("<rect ONCLICK='x' width='1' height='1'/>"), "event handler"),
        (svg("<image href='data:image/png;base64,AA'/>"), "image element"),
        (svg("<use xlink:href='http://x.test/a.svg#b'/>"), "outside the file"),
        (svg("<use href='//x.test/a.svg#b'/>"), "outside the file"),
        (svg("<use href='javascript:alert(1)'/>"), "outside the file"),
        (svg("<rect fill='url(http://x.test/p)'/>"), "loads from elsewhere"),
        (svg("<rect style='fill:url( \"//x.test/p\" )'/>"), "loads from elsewhere"),
        (svg("<style>@import 'http://x.test/a.css';</style>"), "style that loads"),
        (svg("<style>rect{fill:url(http://x.test)}</style>"), "style that loads"),
        (svg("<animate attributeName='href' to='javascript:alert(1)'/>"), "animate element"),
        (svg("<a href='#x'><rect/></a>"), "a element"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<text>&a;</text>"), "document type"),
        (b'<?xml-stylesheet href="http://x.test"?>' + svg(""), "style sheet"),
        (svg("<rect>"), "not well-formed"),
        (b"<svg><rect/></svg>", "namespace"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "viewBox"),
        (b"GIF89a", "neither a PNG nor an SVG"),
        (svg("<path d='" + "M0 0" * 30_000 + "'/>"), "is the most"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 40, "without a header"),
        ("<?xml version='1.0' encoding='utf-16'?><svg/>".encode("utf-16"), "neither"),
    ],
)
def test_br1_what_could_act_is_refused_with_the_reason(content, reason):
    with pytest.raises(UnsafeLogo, match=reason):
        logo_data(content)


def test_br1_what_drawing_programs_leave_is_taken_out():
    inside = (
        "<metadata><rdf xmlns='http://r.test'>x</rdf></metadata>"
        "<sodipodi:namedview xmlns:sodipodi='http://s.test'><script/></sodipodi:namedview>"
        "<!-- made by hand --><style>.a{fill:#0e7c66}</style>"
        "<g xmlns:i='http://i.test' i:label='Layer'><rect class='a' fill='url(#p)'/></g>"
    )
    made = clean_svg(svg(inside)).decode()
    assert "rect" in made
    assert "url(#p)" in made
    assert not any(word in made for word in ("test", "metadata", "namedview", "hand", "Layer"))


def test_a_png_passes_as_it_is():
    head = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + b"IHDR"
        + head
        + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    )
    assert logo_data(png) == "data:image/png;base64," + base64.b64encode(png).decode()
