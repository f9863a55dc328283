"""Words of one measure that a sentence tears apart: "how many cases did we reject"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.forms import family, is_participle, regular
from local_workspace.translate.words import Token

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.lexicon import Lexicon

_BETWEEN = frozenset(
    {"did", "do", "does", "we", "they", "it", "have", "has", "had", "were", "was", "are", "been",
     "our", "get", "got", "ever", "us", "each", "team", "people", "being"}
)  # fmt: skip

_LIMITS = frozenset({"over", "under", "than", "more", "fewer", "less", "at", "least", "most"})


def torn_measures(catalog: Catalog) -> dict[str, dict[str, str]]:
    """Noun of a measure to the verbs that complete it: "case" to "reject" to "cases rejected"."""
    found: dict[str, dict[str, str]] = {}
    for table in catalog.tables.values():
        for column in table.columns.values():
            words = column.label.lower().split()
            if column.role != "measure" or len(words) != 2:
                continue
            done = [word for word in words if is_participle(word)]
            if len(done) != 1:
                continue
            noun = singular(next(word for word in words if word != done[0]))
            forms = {done[0], *family(done[0])}
            verbs = found.setdefault(noun, {})
            for form in forms | {f for base in forms for f in regular(base) if f in forms}:
                verbs[form] = "" if form in verbs else column.label.lower()
    return found


def gathered_words(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with the parts of such a measure side by side."""
    found = _stated(found, lexicon)
    for at, token in enumerate(found):
        verbs = lexicon.torn.get(singular(token.lower))
        if not verbs:
            continue
        for place in (*range(at + 1, min(at + 5, len(found))), *range(max(at - 6, 0), at)):
            label = verbs.get(found[place].lower)
            between = found[min(at, place) + 1 : max(at, place)]
            told = _BETWEEN if place > at else _LIMITS
            loose = all(t.lower in told or t.lower[:1].isdigit() for t in between)
            if label and loose and between:
                return _joined(found, at, place, label)
    return found


def _stated(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "How many beds are in use" of `beds in use`: the name without the verb inside it."""
    words = [token.lower for token in found]
    for at, word in enumerate(words):
        if word not in ("is", "are", "was", "were"):
            continue
        for before in (2, 1):
            for after in (3, 2, 1):
                name = words[max(at - before, 0) : at] + words[at + 1 : at + 1 + after]
                told = lexicon.find(name, 0) if len(name) == before + after else None
                if told and told[0] == len(name) and lexicon.measures(tuple(name)):
                    return [*found[:at], *found[at + 1 :]]
    return found


def _joined(found: list[Token], at: int, verb: int, label: str) -> list[Token]:
    whole = [Token(word, word, capital=False) for word in label.split()]
    rest = [(n, [t]) for n, t in enumerate(found) if n not in (at, verb)]
    return [t for _, tokens in sorted([*rest, (at, whole)], key=lambda p: p[0]) for t in tokens]
