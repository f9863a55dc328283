"""Abbreviations and office jargon, put into the words that a space knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.abbreviations import SHORT
from local_workspace.spaces.names import plural, singular
from local_workspace.translate.words import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_workspace.translate.lexicon import Lexicon

_PEOPLE = ("customer", "client", "user", "subscriber", "account", "member", "guest", "player")
JARGON: dict[str, tuple[tuple[str, str], ...]] = {
    "aov": (("average", "order value"), ("average", "basket value"), ("average", "sale value")),
    "abv": (("average", "basket value"), ("average", "order value")),
    "asp": (("average", "selling price"), ("average", "unit price"), ("average", "price")),
    "adr": (("average", "daily rate"), ("average", "room rate"), ("average", "nightly rate")),
    "arpu": tuple(("revenue per", who) for who in _PEOPLE),
    "mau": tuple(("monthly active", who) for who in _PEOPLE),
    "dau": tuple(("daily active", who) for who in _PEOPLE),
    "wau": tuple(("weekly active", who) for who in _PEOPLE),
    "los": (("average", "length of stay"), ("average", "stay")),
    "csat": (("average", "satisfaction"), ("average", "satisfaction score")),
    "aht": (("average", "handling time"), ("average", "handle time")),
    "gmv": (("", "revenue"),),
    "top line": (("", "revenue"),),
    "topline": (("", "revenue"),),
    "bottom line": (("", "profit"),),
    "opex": (("", "cost"),),
    "otp": (("", "on time rate"),),
    "otd": (("", "on time rate"),),
    "ctr": (("clicks per", "impression"),),
    "click through rate": (("clicks per", "impression"),),
    "conversion rate": tuple(
        ("conversions per", w) for w in ("click", "session", "visit", "visitor")
    ),
    "cpc": (("cost per", "click"), ("spend per", "click")),
    "roas": (("revenue per", "spend"), ("revenue per", "cost")),
    "cpa": (("cost per", "conversion"), ("spend per", "conversion")),
    "rev": (("", "revenue"),),
}
"""What is said, and what it may stand for: grammar first, then the words a space must know."""
_STAFF = ("employees", "staff", "workers")
JARGON["headcount"] = JARGON["head count"] = tuple(
    (lead, who) for lead in ("number of active", "number of") for who in _STAFF
)
_GRAMMAR = frozenset({"number", "of", "average", "per", "monthly", "daily", "weekly", "active"}
)  # fmt: skip
_LONGEST = 5


def spelled_out(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with jargon that the space does not use itself in its own words."""
    result: list[Token] = []
    at = 0
    lowers = [token.lower for token in found]
    while at < len(found):
        length, words = _volume(lowers, at, lexicon)
        if not words:
            length, words = _meant(lowers, at, lexicon)
        if not words:
            result.append(found[at])
            at += 1
            continue
        result += [Token(word, word, capital=False) for word in words]
        at += length
    return result


def _volume(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[int, list[str]]:
    """ "call volume" and "volume of calls" are the number of calls, where nothing has that name."""
    two = list(words[at : at + 2])
    three = list(words[at : at + 3])
    if three[:2] in (["volume", "of"], ["volumes", "of"]):
        length, noun, said = 3, three[2:], three
    elif len(two) == 2 and two[1] in ("volume", "volumes"):
        length, noun, said = 2, two[:1], two
    else:
        return 1, []
    found = lexicon.find(noun, 0) if noun else None
    named = lexicon.knows(" ".join(said)) or lexicon.knows("volume")
    if found is None or named or not any(s.kind == "table" for s in found[1]):
        return 1, []
    return length, ["number", "of", plural(singular(noun[0]))]


def _meant(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[int, list[str]]:
    for length in range(_LONGEST, 0, -1):
        said = " ".join(word for word in words[at : at + length] if word != "-")
        for lead, thing in JARGON.get(said, ()) if at + length <= len(words) else ():
            told = [word for word in lead.split() if word not in _GRAMMAR]
            told += ["active"] if lead == "number of active" else []
            known = lexicon.knows(thing) and all(map(lexicon.knows, told))
            if known and not lexicon.knows(said):
                return length, f"{lead} {thing}".split()
    word = words[at]
    long = "average" if word == "avg" else _long(word)
    if long and not lexicon.knows(word) and (word == "avg" or lexicon.knows(long)):
        return 1, long.split()
    return 1, []


def _long(word: str) -> str:
    """ "dept" is a department, "txns" are transactions."""
    return SHORT.get(word) or SHORT.get(singular(word)) or ""
