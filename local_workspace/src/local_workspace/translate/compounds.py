"""Words joined by signs: "call-backs", "five-star", "Leeds-based", "city-wise", "A&E"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.grammar import GRAINS
from local_workspace.translate.words import Token, number

if TYPE_CHECKING:
    from local_workspace.translate.lexicon import Lexicon

_LOOSE = frozenset({"based", "only", "type", "bound", "level", "grade", "rated"})
"""Behind a hyphen they are words of their own: "Leeds-based", "online-only"."""
_TO_DATE = (["year", "-", "to", "-", "date"], ["month", "-", "to", "-", "date"],
            ["quarter", "-", "to", "-", "date"], ["week", "-", "to", "-", "date"])  # fmt: skip
_ENDS = frozenset({",", ".", ";", ":", "?", "and", "for", "in", "from", "with", "during", "only"})
_FAR = 3


def compounds(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with words joined by a sign in the form that the space knows."""
    if not any(token.lower in ("-", "&", "wise") for token in found):
        return found
    return _hyphened(_by_wise(_lettered(found, lexicon), lexicon), lexicon)


def _lettered(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "A&E": two letters that the data write as one word."""
    words = [token.lower for token in found]
    for at in range(len(found) - 2):
        first, sign, last = words[at : at + 3]
        joined = first + last
        if sign != "&" or len(joined) != 2 or not joined.isalpha() or lexicon.find(words, at):
            continue
        if lexicon.find([joined, *words[at + 3 :]], 0):
            return [*found[:at], _word(joined), *found[at + 3 :]]
    return found


def _by_wise(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "sales city-wise" and "city wise sales" are sales by city."""
    words = [token.lower for token in found]
    for at in range(1, len(words)):
        end = at - (words[at - 1] == "-")
        if words[at] != "wise" or not end:
            continue
        start = next(
            (n for n in range(max(end - _FAR, 0), end) if _names(words[n:end], lexicon)), end
        )
        if start == end:
            continue
        name, rest = [_word("by"), *found[start:end]], found[at + 1 :]
        if rest and rest[0].lower not in _ENDS:
            return _by_wise([*found[:start], *rest, *name], lexicon)
        return _by_wise([*found[:start], *name, *rest], lexicon)
    return found


def _names(words: list[str], lexicon: Lexicon) -> bool:
    phrase = " ".join(word for word in words if word != "-")
    known = lexicon.find(words, 0)
    things = known is not None and any(
        s.kind in ("column", "table", "dimension", "role") for s in known[1]
    )
    return phrase in GRAINS or (things and known is not None and known[0] == len(words))


def _hyphened(found: list[Token], lexicon: Lexicon) -> list[Token]:
    words = [token.lower for token in found]
    result: list[Token] = []
    at = 0
    while at < len(found):
        if words[at : at + 5] in _TO_DATE:
            result += [found[at], found[at + 2], found[at + 4]]
            at += 5
            continue
        pair = words[at : at + 3]
        joined = _joined(pair, lexicon) if len(pair) == 3 and pair[1] == "-" else ""
        if joined and not covered(words, at + 1, lexicon):
            result.append(_word(joined))
            at += 3
            continue
        if 0 < at < len(found) - 1 and words[at] == "-" and _loose(words, at, lexicon):
            at += 1
            continue
        result.append(found[at])
        at += 1
    return result


def covered(words: list[str], sign: int, lexicon: Lexicon) -> bool:
    """Whether the space has a name with the hyphen at `sign` inside."""
    for start in range(max(sign - _FAR, 0), sign):
        known = lexicon.find(words, start)
        if known is not None and start + known[0] > sign:
            return True
    return False


def _joined(pair: list[str], lexicon: Lexicon) -> str:
    """ "call-backs" of `callback`, "sub-contractor" of a subcontractor."""
    whole = pair[0] + pair[2]
    return whole if whole.isalpha() and len(whole) > 5 and lexicon.knows(whole) else ""


def _loose(words: list[str], sign: int, lexicon: Lexicon) -> bool:
    """ "five-star", "non-members", "Leeds-based": the hyphen joins words that stand alone."""
    before, after = words[sign - 1], words[sign + 1]
    if covered(words, sign, lexicon) or not after.isalpha():
        return False
    numbered = number(before) is not None and before != "one" and number(after) is None
    return numbered or before == "non" or (after in _LOOSE and bool(lexicon.find([before], 0)))


def _word(text: str) -> Token:
    return Token(text, text, capital=False)
