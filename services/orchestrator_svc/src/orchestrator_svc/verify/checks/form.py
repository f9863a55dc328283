"""Form: references resolve, text is plain words of the deck's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.text import near_references
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import MARK, Reading

MIN_WORDS_FOR_LANGUAGE: Final = 5
_ENGLISH: Final = 0.6
"""With that part of its words known, a text without function words is English all the same."""
_MARKUP = re.compile(
    r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]|</?[a-z!]|https?:|javascript:|data:text|&#?\w+;|```|\]\(",
    re.IGNORECASE,
)
_STRANGE = re.compile(r"[^\W\x00-\u024f]")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def check_form(reading: Reading) -> Iterator[Fault]:
    """Unknown or malformed references, markup, foreign language."""
    for ref in list(dict.fromkeys(reading.unknown))[:5]:
        near = ", ".join(near_references(ref, reading.context.facts)[:5])
        yield fault(Code.UNKNOWN_REFERENCE, ref, f"no such value; near names: {near or 'none'}")
    braces = re.search(r"\{[^}]*\}?|\}", reading.flat)
    if braces:
        yield fault(Code.MALFORMED_REFERENCE, braces[0], "write references as {f1.value}")
    markup = _MARKUP.search(reading.flat)
    if markup:
        yield fault(Code.MARKUP, markup[0], "write plain words: no markup, links or code")
    plain = MARK.sub(" ", reading.flat)
    words = _WORDS.findall(plain)
    strange = bool(_STRANGE.search(plain))
    if len(words) >= MIN_WORDS_FOR_LANGUAGE and _foreign(words, strange, reading):
        language = reading.context.lexicon.language
        yield fault(Code.LANGUAGE, reading.flat[:40], f"write in the deck's language, {language}")


def _foreign(words: list[str], strange: bool, reading: Reading) -> bool:
    """Whether hardly any word is one that every sentence of the language has."""
    lexicon = reading.context.lexicon
    known = sum(word in lexicon.function_words for word in words)
    spelled = reading.context.spelled_words
    english = sum(word in spelled or word in lexicon.plain for word in words)
    if not strange and english >= len(words) * _ENGLISH:
        return False
    return known == 0 or known / len(words) < (0.3 if strange else 0.06)
