"""Frames of questions that put their parts in another order: "break bookings down by channel"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural, singular
from local_workspace.translate.words import Token

if TYPE_CHECKING:
    from local_workspace.translate.lexicon import Lexicon

_PARTS = frozenset({"break", "split", "cut", "slice", "divide", "separate", "segment"})
_DOWN = frozenset({"down", "up", "out", "apart"})
_BY = ("by", "per", "into", "between", "across", "among", "over")
_LEADS = frozenset(
    {"can", "could", "you", "u", "please", "pls", "would", "me", "i", "we", "to", "want", "need",
     "now", "then", "and", "kindly", "help", "just", "let", "us", "lets", "the", "how", "do",
     "does", "did", "our"}
)  # fmt: skip
_NO_OBJECT = (["by"], ["of"], ["-"], ["per"])
_FAR = 9
_SHARED = frozenset({"split", "spread", "shared", "divided", "distributed", "distribution",
                     "division", "breakdown", "mix", "splits", "spreads"})  # fmt: skip
_AMONG = frozenset({"between", "among", "amongst"})
_COUNTS = frozenset({"count", "counts", "tally"})


def framed(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens in the order that the reader knows."""
    return _counted(_split_between(_broken_down(found), lexicon), lexicon)


def _broken_down(found: list[Token]) -> list[Token]:
    """ "break X down by Y", "split X out by Y": X by Y."""
    words = [token.lower for token in found]
    at = next((n for n, word in enumerate(words) if word not in _LEADS), len(words))
    if at >= len(words) or words[at] not in _PARTS or words[at + 1 : at + 2] in _NO_OBJECT:
        return found
    by = next((n for n in range(at + 2, min(at + _FAR, len(words))) if words[n] in _BY), 0)
    if not by:
        return found
    down = words[by - 1] in _DOWN or words[at + 1] in _DOWN
    if not (down or words[at] == "split"):
        return found
    kept = [found[n] for n in range(at + 1, by) if not (down and words[n] in _DOWN)]
    return [*kept, _word("by"), *found[by + 1 :]] if kept else found


def _split_between(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "the split of passengers between our four routes": by route; "between A and B" stays."""
    words = [token.lower for token in found]
    for at, word in enumerate(words):
        if word not in _AMONG or not _SHARED & set(words[:at]):
            continue
        start = at + 1
        while start < len(words) and (words[start] in _OURS or words[start].isdigit()):
            start += 1
        known = lexicon.find(words, start) if start < len(words) else None
        things = known is not None and all(
            s.kind in ("column", "table", "dimension", "role") for s in known[1]
        )
        if known is None or not things:
            continue
        last = words[start + known[0] - 1]
        after = words[start + known[0] : start + known[0] + 1]
        if singular(last) != last and after != ["and"]:
            rest = [found[n] for n in range(at) if not _of_the_split(words, n)]
            return [*rest, _word("by"), *found[start:]]
    return found


def _of_the_split(words: list[str], at: int) -> bool:
    return words[at] in _SHARED or (words[at] == "of" and words[at - 1] in _SHARED)


_OURS = frozenset({"our", "the", "all", "its", "their", "different", "various", "two", "three",
                   "four", "five", "six", "seven", "eight", "nine", "ten", "these",
                   "those"})  # fmt: skip


def _counted(found: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "sailing count by route" is the number of sailings; of a number it is the number itself."""
    words = [token.lower for token in found]
    for at in range(1, len(words)):
        known = lexicon.find(words, at - 1)
        if words[at] not in _COUNTS or known is None or known[0] > 1:
            continue
        if words[at - 2 : at - 1] in (["of"], ["the"]) and words[at + 1 : at + 2] == ["of"]:
            continue
        table = any(s.kind == "table" for s in known[1])
        if lexicon.measures((words[at - 1],)):
            return _counted([*found[:at], *found[at + 1 :]], lexicon)
        if table and words[at + 1 : at + 2] != ["of"]:
            many = plural(singular(words[at - 1]))
            told = [_word("number"), _word("of"), _word(many)]
            return _counted([*found[: at - 1], *told, *found[at + 1 :]], lexicon)
    return found


def _word(text: str) -> Token:
    return Token(text, text, capital=False)
