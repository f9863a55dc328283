"""Text in which figures are references: parsed from templates, printed with facts.

A template reads `{f3.change}` for a reference and `**words**` for emphasis; all else is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from aislides.deck.v1.fact_pb2 import Fact, FactValue, FormatKind, Span, Text, ValueRef
from aislides_runtime.errors import Kind, ServiceError

from orchestrator_svc.deck.formats import display

REFERENCE = re.compile(r"\{\s*([A-Za-z][A-Za-z0-9_]*)\.([A-Za-z][A-Za-z0-9_]*)\s*\}")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_LONG_UNITS = {
    "min": ("minutes", "minute", "mins"),
    "h": ("hours", "hour"),
    "s": ("seconds", "second"),
    "%": ("percent", "per cent"),
    "pp": ("percentage points", "percentage point"),
    "×": ("times", "x", "-fold", "fold"),
}


class UnknownReference(ServiceError):
    """A reference names a fact or value that does not exist; the message lists near names."""

    kind = Kind.NOT_FOUND
    reason = "REFERENCE_NOT_FOUND"

    @classmethod
    def among(cls, ref: str, facts: Mapping[str, Fact]) -> UnknownReference:
        """The error for `ref`, naming at most five references like it."""
        near = near_references(ref, facts)
        hint = f"; near names: {', '.join(near)}" if near else "; the deck has no facts"
        return cls(f"no value is named {ref[:80]}{hint}", metadata={"ref": ref[:80]})


def parse_text(template: str) -> Text:
    """The text of a template. Anything that is not a well-formed reference stays plain text."""
    text = Text()
    position = 0
    for strong in _STRONG.finditer(template):
        _append(text, template[position : strong.start()], strong=False)
        _append(text, strong[1], strong=True)
        position = strong.end()
    _append(text, template[position:], strong=False)
    return text


def template(text: Text) -> str:
    """The template of a text; the opposite of `parse_text`."""
    pieces = []
    for span in text.spans:
        piece = name_reference(span.value) if _is_value(span) else span.text
        piece = "{" + piece + "}" if _is_value(span) else piece
        pieces.append(f"**{piece}**" if span.strong and piece.strip() else piece)
    return "".join(pieces).replace("****", "")


def references(text: Text) -> list[ValueRef]:
    """The references of a text, in reading order, repeats included."""
    return [span.value for span in text.spans if span.HasField("value")]


def name_reference(ref: ValueRef) -> str:
    """The written form without braces: `f3.change`."""
    return f"{ref.fact_id}.{ref.name}"


def parse_reference(written: str) -> ValueRef | None:
    """The reference in `f3.change` or `{f3.change}`; None when the form is wrong."""
    bare = written.strip()
    found = REFERENCE.fullmatch(bare if bare.startswith("{") else "{" + bare + "}")
    return ValueRef(fact_id=found[1], name=found[2]) if found else None


def resolve(ref: ValueRef, facts: Mapping[str, Fact]) -> FactValue:
    """The value that a reference names. Raises UnknownReference."""
    fact = facts.get(ref.fact_id)
    for value in fact.values if fact else ():
        if value.name == ref.name:
            return value
    raise UnknownReference.among(name_reference(ref), facts)


def near_references(ref: str, facts: Mapping[str, Fact]) -> list[str]:
    """At most five existing references, the most alike first."""
    known = [f"{fact.id}.{value.name}" for fact in facts.values() for value in fact.values]
    return get_close_matches(ref, known, n=5, cutoff=0.3) or known[:5]


def print_value(value: FactValue, locale: str) -> str:
    """A fact's value as prose prints it: NULL is `n/a`, never empty."""
    if value.value.WhichOneof("kind") is None:
        return "n/a"
    return display(value.value, value.format, locale)


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed part of a text; `ref` names the value that it prints, None for plain words."""

    text: str
    ref: ValueRef | None
    strong: bool


def _capitalised(name: str, facts: Mapping[str, Fact]) -> str:
    """The name with a capital, unless that is another name of the data."""
    capital = name[:1].upper() + name[1:]
    names = (value.value.text for fact in facts.values() for value in fact.values)
    return name if capital in names else capital


def pieces(text: Text, facts: Mapping[str, Fact], locale: str) -> list[Piece]:
    """The text as read, part by part. Raises UnknownReference.

    A unit that the words say beside a figure (`{f1.flights} flights`) is printed once, and so is a
    direction (`grew by {f1.change}`). A name that begins a sentence begins with a capital.
    """
    printed: list[Piece] = []
    unit = ""
    for span in text.spans:
        if _is_value(span):
            value = resolve(span.value, facts)
            shown = print_value(value, locale)
            said = "".join(piece.text for piece in printed)
            shown = _in_context(shown, value, said)
            if not printed and len(text.spans) > 1 and _is_lower_name(value):
                shown = _capitalised(shown, facts)
            printed.append(Piece(shown, span.value, span.strong))
            unit = _trailing_unit(shown)
            continue
        words = _without_repeated_unit(span.text, unit) if unit else span.text
        ended = printed and printed[-1].text.endswith(".")
        if ended and words.startswith(".") and not words.startswith(".."):
            words = words[1:]
        printed.append(Piece(words, None, span.strong))
        unit = ""
    return printed


def print_text(text: Text, facts: Mapping[str, Fact], locale: str) -> str:
    """The text as read, figures printed in their format. Raises UnknownReference."""
    return "".join(piece.text for piece in pieces(text, facts, locale))


def _append(text: Text, piece: str, *, strong: bool) -> None:
    position = 0
    for found in REFERENCE.finditer(piece):
        if found.start() > position:
            text.spans.append(Span(text=piece[position : found.start()], strong=strong))
        ref = ValueRef(fact_id=found[1], name=found[2])
        text.spans.append(Span(value=ref, strong=strong))
        position = found.end()
    if position < len(piece):
        text.spans.append(Span(text=piece[position:], strong=strong))


def _is_value(span: Span) -> bool:
    return span.HasField("value")


_ROSE: Final = re.compile(r"\b(?:grew|rose|increased|climbed|gained|up)(?: by)? $")
_FELL: Final = re.compile(r"\b(?:fell|dropped|declined|decreased|shrank|down)(?: by)? $")
_MINUS: Final = "\N{MINUS SIGN}"
_COUNT: Final = FormatKind.FORMAT_KIND_COUNT
_LONGEST: Final = 16
"""Characters of the longest of those words, with one before them."""
_UNIT: Final = re.compile(r"[^\d\s.,–−+-]+$")
_DIGIT: Final = re.compile(r"\d")


def _in_context(shown: str, value: FactValue, said: str) -> str:
    """A printed figure without what the words before it say already: its sign, its unit."""
    before = said[-_LONGEST:]
    if _ROSE.search(before):
        shown = shown.replace("+", "", 1)
    elif _FELL.search(before):
        shown = shown.replace(_MINUS, "", 1)
    unit = value.format.unit
    if len(unit) <= 2 or value.format.kind != _COUNT:
        return shown
    if unit.lower() not in said.lower():
        return shown
    noun = re.escape(unit)
    told = rf"\b(?:number of|total) {noun}\b|\d\s{noun}\b"
    return re.sub(rf"\s{noun}$", "", shown) if re.search(told, said, re.IGNORECASE) else shown


def _is_lower_name(value: FactValue) -> bool:
    """True for a name that the data writes in small letters, such as `coal`; not for `iPhone`."""
    if value.value.WhichOneof("kind") != "text":
        return False
    first = value.value.text.split(" ")[0]
    return first.isalpha() and first.islower()


def _trailing_unit(shown: str) -> str:
    found = _UNIT.search(shown)
    return found[0] if found and _DIGIT.search(shown) else ""


def _without_repeated_unit(text: str, unit: str) -> str:
    found = _said_again(unit).match(text)
    return text[found.end() :] if found else text


@lru_cache(maxsize=256)
def _said_again(unit: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in (unit, *_LONG_UNITS.get(unit, ())))
    return re.compile(rf"[\s\u00a0-]*(?:{words})(?!\w)", re.IGNORECASE)
