"""Changes a deck by an instruction that rules can follow: drop, keep, move, shorten."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

Slide = Mapping[str, Any]

_ALWAYS: Final = ("cover", "summary", "limits")
"""Layouts that stay when a deck is narrowed to a subject."""
_COUNTS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth",
)  # fmt: skip
_WORDS: Final = {
    word: number for words in (_COUNTS, _ORDINALS) for number, word in enumerate(words, start=1)
}
_NUMBER: Final = rf"(\d{{1,2}}|{'|'.join(_WORDS)}|last)"
_DROP: Final = re.compile(
    r"\b(?:remove|drop|delete|cut|leave out|take out|skip|without|get rid of)\b(.*)", re.I | re.S
)
_ONLY: Final = re.compile(
    r"\b(?:only|just|focus(?:ed)? on|concentrate on|narrow (?:it )?(?:down )?to|keep)\b(.*)",
    re.I | re.S,
)
_AT_MOST: Final = re.compile(
    rf"(?:at most|no more than|maximum(?: of)?|max\.?|up to|shorten(?: it)? to|down to|only|in|to)"
    rf"\s+{_NUMBER}\s+slides?\b",
    re.I,
)
_MOVE: Final = re.compile(
    rf"\b(?:move|put|bring)\s+(?:the\s+)?(?:slide\s+)?{_NUMBER}(?:\s+slide)?\s+"
    rf"(?:to\s+)?(?:the\s+)?(?:(before|after)\s+(?:slide\s+)?{_NUMBER}|(front|start|top|end|back))",
    re.I,
)
_SWAP: Final = re.compile(
    rf"\b(?:swap|switch|exchange)\s+(?:slides?\s+)?{_NUMBER}\s+(?:and|with)\s+(?:slide\s+)?{_NUMBER}",
    re.I,
)
_SLIDES: Final = re.compile(
    rf"\bslides?\s+((?:{_NUMBER}(?:\s*(?:,|and|&)\s*)?)+)|\b{_NUMBER}\s+slide\b", re.I
)
_FILLERS: Final = frozenset({
    "a", "an", "the", "slide", "slides", "page", "pages", "about", "on", "of", "with", "and",
    "or", "for", "to", "from", "deck", "it", "this", "that", "part", "parts", "please",
    "section", "sections", "all", "any", "everything", "which", "one", "ones", "what", "is",
    "are", "story",
})  # fmt: skip


def revise(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return {"slides": [{"id"}, ...]}: those that stay, in order.

    All of them, unchanged, when the instruction is none that rules can follow: drop or keep slides
    by number or subject, at most so many slides, move or swap slides.
    """
    slides = [slide for slide in payload.get("slides", []) if isinstance(slide, Mapping)]
    instruction = str(payload.get("instruction", ""))
    for follow in (_swapped, _moved, _shortened, _dropped, _narrowed):
        kept = follow(instruction, slides)
        if kept and [slide["id"] for slide in kept] != [slide["id"] for slide in slides]:
            return {"slides": [{"id": slide["id"]} for slide in kept]}
    return {"slides": [{"id": slide["id"]} for slide in slides]}


def _swapped(instruction: str, slides: Sequence[Slide]) -> list[Slide] | None:
    found = _SWAP.search(instruction)
    if found is None:
        return None
    one, other = _position(found[1], slides), _position(found[2], slides)
    if one is None or other is None:
        return None
    order = list(slides)
    order[one], order[other] = order[other], order[one]
    return order


def _moved(instruction: str, slides: Sequence[Slide]) -> list[Slide] | None:
    found = _MOVE.search(instruction)
    start = _position(found[1], slides) if found else None
    if found is None or start is None:
        return None
    order = list(slides)
    moving = order.pop(start)
    if found[4]:
        # The cover stays in front.
        end = len(order) if found[4].lower() in ("end", "back") else _after_cover(order)
    else:
        beside = _position(found[3], slides)
        if beside is None or beside == start:
            return None
        end = order.index(slides[beside]) + (found[2].lower() == "after")
    order.insert(end, moving)
    return order


def _shortened(instruction: str, slides: Sequence[Slide]) -> list[Slide] | None:
    found = _AT_MOST.search(instruction)
    most = _count(found[1]) if found else None
    if not most or most >= len(slides):
        return None
    # The frame of the story stays; of the rest the first are the weightiest.
    weight = {"cover": 0, "summary": 1}
    ranked = sorted(
        range(len(slides)), key=lambda at: (weight.get(str(slides[at].get("layout")), 2), at)
    )
    return [slides[at] for at in sorted(ranked[:most])]


def _dropped(instruction: str, slides: Sequence[Slide]) -> list[Slide] | None:
    found = _DROP.search(instruction)
    if found is None:
        return None
    gone = _meant(found[1], slides)
    kept = [slide for at, slide in enumerate(slides) if at not in gone]
    return kept if gone and kept else None


def _narrowed(instruction: str, slides: Sequence[Slide]) -> list[Slide] | None:
    found = _ONLY.search(instruction)
    if found is None:
        return None
    kept = _meant(found[1], slides)
    if not kept:
        return None
    return [
        slide for at, slide in enumerate(slides) if at in kept or slide.get("layout") in _ALWAYS
    ]


def _meant(text: str, slides: Sequence[Slide]) -> set[int]:
    """Positions of the slides that a text names, by number, by kind, or by what they say."""
    named = _SLIDES.search(text)
    if named:
        words = re.findall(_NUMBER, named[0], re.I)
        found = {_position(word, slides) for word in words}
        return set() if None in found else {at for at in found if at is not None}
    subject = [_stem(word) for word in re.findall(r"[^\W\d_]{3,}", text.lower())]
    subject = [word for word in subject if word not in _FILLERS]
    if not subject:
        return set()
    by_kind = {at for at, slide in enumerate(slides) if _stem(str(slide.get("layout"))) in subject}
    if by_kind:
        return by_kind
    return {
        at
        for at, slide in enumerate(slides)
        if slide.get("layout") not in _ALWAYS and all(word in _says(slide) for word in subject)
    }


def _says(slide: Slide) -> str:
    exhibit = slide.get("exhibit") or {}
    parts = [slide.get("headline", ""), slide.get("caption", ""), exhibit.get("x", "")]
    return " ".join(str(part) for part in parts).lower().replace("_", " ")


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _position(word: str, slides: Sequence[Slide]) -> int | None:
    count = len(slides) if word.lower() == "last" else _count(word)
    return count - 1 if count and 1 <= count <= len(slides) else None


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else _WORDS.get(word.lower())


def _after_cover(slides: Sequence[Slide]) -> int:
    return int(bool(slides) and slides[0].get("layout") == "cover")
