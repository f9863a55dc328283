"""Verbs after "did": "how many films did they release" asks for those that were released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.forms import family, is_participle, regular
from local_workspace.translate.words import Token

if TYPE_CHECKING:
    from local_workspace.translate.lexicon import Lexicon

_DID = ("did", "do", "does")
_FAR = 5
"""Words that may stand between "did" and its verb: whoever did it."""


def done_words(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with the verb after "did" in the form that the space dates."""
    for at, token in enumerate(found):
        if token.lower not in _DID:
            continue
        for place in range(at + 2, min(at + 2 + _FAR, len(found))):
            word = found[place].lower
            done = "" if word.endswith(("ing", "ed")) else _done(word, lexicon)
            if done and _alone(found, place, lexicon):
                return [*found[:place], Token(done, done, capital=False), *found[place + 1 :]]
    return found


def _done(word: str, lexicon: Lexicon) -> str:
    """The participle of the verb where it names a date, and the verb itself names no number."""
    forms = [form for form in (*family(word), *regular(word)) if is_participle(form)]
    dated = {form: _dates(form, lexicon) for form in forms if form != word}
    known = [form for form, dates in dated.items() if dates]
    one = len({dated[form] for form in known}) == 1
    return known[0] if one and not _things(word, lexicon) else ""


def _alone(found: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether the verb is no part of a longer name, such as "order value"."""
    words = [token.lower for token in found]
    return all(
        (told := lexicon.find(words, at)) is None or at + told[0] <= place or told[0] == 1
        for at in range(max(place - 2, 0), place + 1)
    )


def _dates(word: str, lexicon: Lexicon) -> frozenset[tuple[str, str]]:
    found = lexicon.find([word], 0)
    return frozenset(
        (s.table, s.name)
        for s in (found or (0, ()))[1]
        if s.kind in ("column", "event") and lexicon.catalog.column(s.table, s.name).role == "time"
    )


def _things(word: str, lexicon: Lexicon) -> bool:
    found = lexicon.find([word], 0)
    return any(s.kind in ("table", "measure") for s in (found or (0, ()))[1])
