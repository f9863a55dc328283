"""Brings text into the form in which disguised words are plain."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata

HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)

_LOOKALIKE = str.maketrans(
    "аеорсухіјѕԁԛԝһӏΑΒΕΗΙΚΜΝΟΡΤΥΧαονρτυ",
    "aeopcyxijsdqwhlABEHIKMNOPTYXaovptu",
)
_LEET = str.maketrans("013457@$", "oieastas")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")


def plain(text: str) -> str:
    """Lower case, compatibility forms folded, hidden characters out, look-alikes replaced."""
    shown = HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", " ", shown.translate(_LOOKALIKE).casefold()).strip()


def unspaced(text: str) -> str:
    """Letters that were spelled out (`i g n o r e`) joined, digits read as letters."""
    joined = re.sub(r"\b(?:\w[ .\-_*]){4,}\w\b", lambda m: re.sub(r"[ .\-_*]", "", m[0]), text)
    return re.sub(r"\b\w*[a-z@$]\w*\b", lambda m: m[0].translate(_LEET), joined)


def decoded(text: str) -> list[str]:
    """Readable text found inside base64 runs."""
    found = []
    for match in _BASE64.finditer(text[:20_000]):
        run = match[0]
        try:
            raw = base64.b64decode(run + "=" * (-len(run) % 4), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if raw.isprintable() and " " in raw:
            found.append(raw)
    return found
