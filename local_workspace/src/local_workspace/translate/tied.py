"""The wording that ties a question to the one before: "same thing by department", "Leeds only"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_JOINS = r"(?:and|also|or|but|now|then|ok|okay|plus|actually)"
_OPENING = rf"(?:(?:{_JOINS}|so|great|good|nice|cool|yes|finally|next)\b[\s,.!-]*)"
_IT = r"(?:it|that|this|them|those|these|the (?:same|results?|numbers?|figures?|table|list|answer))"
_SAME = (
    r"(?:(?:exactly |just )?the )?same(?: (?:thing|question|again|report|table|figures?|numbers?"
    r"|list|split|breakdown|query|one|analysis|data|info|view|cut))?(?: again| please)?"
)
_MAIN = (
    r"(?:what about|how about|what of|what if (?:it|that|they)(?: is| are|'s| was| were)?"
    rf"|(?:(?:can|could) (?:you|i|we) )?(?:(?:do|show|give|run|repeat|get|see|have|need|want)"
    rf"(?: me| us)? )?{_SAME}"
    rf"|(?:(?:can|could) (?:you|i|we) )?(?:do|show|give|run|repeat|get|break|split|cut|slice|make"
    rf"|group|limit|restrict|narrow|filter|switch|change|redo|rerun|put|compare|plot|chart|view|see"
    rf"|have|drill|list)(?: me| us)? {_IT}(?: (?:down|up|out|again|all|now|just|only))*(?: to)?"
    r"|drill (?:down )?(?:in)?to|limit to|restrict to|narrow (?:down )?to|filter (?:on|to|by|for)"
    r"|switch to|change to|focus on|repeat|again|redo|rerun|it|that|only|just|instead(?! of))"
)
_LEFT_OUT = (
    r"(?:drop|remove|strip out|take out|leave out|cut out|skip|ignore|omit|exclude|filter out"
    r"|get rid of|forget|minus|without|not counting)\b(?: (?:the|any|all|those))*"
)
_ADD = r"(?:add|include|throw in|put in)(?: (?:in|also|a|the))*"
_CUE = re.compile(
    rf"^\s*(?:{_JOINS}|{_MAIN}\b|{_LEFT_OUT}|{_ADD}\b|excluding|for|by|per|in|sort|top|bottom"
    r"|as a|limit|group|(?:rank|order|arrange) (?:it|them|that|this|these|by)\b"
    r"|(?:break|split|compare|make) (?:it|that|this|them)\b"
    r"|(?:the )?(?:last|previous) (?:year|month|quarter|week)\W*$)\b",
    re.IGNORECASE,
)
_ASKS = (
    r"(?!(?:which|what|who|whose|how|where|when|why|list|number|total|average|is|are|do|does)\b)"
)
_TRAILS = re.compile(
    rf"^\s*{_ASKS}(?:\S+\s+){{1,6}}(?:only|instead|rather|too|as well|alone|please)\W*$",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"^\s*{_OPENING}*(?:{_MAIN}\b(?:[\s,:]+(?:but|just|only)\b)?)?", re.IGNORECASE)
_EXCLUDES = re.compile(rf"^\s*{_LEFT_OUT}", re.IGNORECASE)
_ADDS = re.compile(rf"^\s*{_ADD}\b|\b(?:too|as well|in addition)\W*$", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,]*\b(?:instead|rather|too|as well|in addition|please|alone|again|now|then|ones|those"
    r"|this time)\W*$",
    re.IGNORECASE,
)
_INSTEAD_OF = re.compile(
    r"\b(?:instead of|rather than)\s+(?:by |the |per )*([^,?]+?)"
    r"(?:,|\?|$|(?=\s+(?:by|per|show)\b))",
    re.IGNORECASE,
)
_BY_NAME = re.compile(
    r"^\W*(?:(?:sort|sorted|order|ordered|rank|arrange|list)\b ?(?:it|them|that|these)? ?)?"
    r"(?:by (?:the )?names?|alphabetically|alphabetical|in alphabetical order|by alphabet"
    r"|a ?(?:-|to) ?z)\W*$",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\b(those|them|that|it)\b\W*$", re.IGNORECASE)
_FRAGMENT = 6


@dataclass(frozen=True, slots=True)
class Tied:
    """What a follow-up says in words that stand alone, and what it does to the answer before."""

    text: str
    adds: bool = False
    instead_of: str = ""
    by_name: bool = False


def tied(question: str) -> Tied:
    """The question without what only ties it to the one before."""
    text = _LEAD.sub(" ", question, count=1)
    adds = bool(_ADDS.search(text))
    instead_of = ""
    found = _INSTEAD_OF.search(text)
    if found:
        instead_of = found.group(1)
        text = f"{text[: found.start()]} {text[found.end() :]}"
    text = _EXCLUDES.sub(" excluding ", text, count=1)
    if adds:
        text = re.sub(rf"^\s*{_ADD}\b", " ", text, count=1, flags=re.IGNORECASE)
    shorter = _TAIL.sub("", text)
    while shorter != text:
        text, shorter = shorter, _TAIL.sub("", shorter)
    return Tied(text, adds, instead_of, bool(_BY_NAME.match(text)))


def is_follow_up(question: str) -> bool:
    """Whether the wording leans on an earlier question."""
    return _CUE.match(question) is not None or _TRAILS.match(question) is not None


def points_back(question: str) -> bool:
    """Whether the wording means what an earlier question named: "and how many of those"."""
    return _CUE.match(question) is not None and _POINTER.search(question) is not None


def is_short(question: str) -> bool:
    """Whether so little is said that an earlier question may complete it."""
    return len(question.split()) <= 3


def is_fragment(question: str) -> bool:
    """Whether it asks for nothing by itself, as "the ones from Dover" does."""
    asks = re.match(rf"\s*{_ASKS}", question, re.IGNORECASE)
    return asks is not None and len(question.split()) <= _FRAGMENT
