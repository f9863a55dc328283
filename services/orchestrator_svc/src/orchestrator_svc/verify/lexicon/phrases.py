"""Phrases of a language: patterns that say by which words a match of theirs is known.

A sentence has some fifteen words and the lexicon some two hundred patterns. Each word brings the
set of patterns that are known by it, so that only those are searched in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

MOST_WORDS: Final = 50_000
"""Words remembered; names of the data are words too, and come without end."""
_WORD = re.compile(r"\w+|⟦")
_ANYWHERE = ("", True)
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")

State = tuple[str, bool]
"""A word, or with True the beginning of any word."""


class Phrases:
    """Any of some words or phrases, which may be patterns themselves, as whole words."""

    def __init__(self, text: str, needs: frozenset[str] = frozenset()) -> None:
        self.needs: Final = needs
        several = text.split("; ")
        self.text = rf"(?<![\w⟦])(?:{'|'.join(several)})(?![\w⟧])"
        self.known_by: Final = frozenset[State]().union(*map(_known_by, several))
        pattern = re.compile(self.text)
        self.search: Final = pattern.search
        self.fullmatch: Final = pattern.fullmatch
        self.finditer: Final = pattern.finditer


def words(text: str, needs: frozenset[str] = frozenset()) -> Phrases:
    """The phrases of a text in which `; ` stands between them.

    `needs` are words of which each phrase holds one: phrases that begin with words that are in
    every sentence are searched only beside them.
    """
    return Phrases(text, needs)


class Index:
    """Which of many phrases are known by a word of a text."""

    def __init__(self, several: Sequence[Phrases]) -> None:
        self._whole: dict[str, set[Phrases]] = {}
        self._begun: dict[str, set[Phrases]] = {}
        for one in several:
            for begin, open_end in one.known_by:
                known = self._begun if open_end else self._whole
                known.setdefault(begin, set()).add(one)
        self._of_word: dict[str, frozenset[Phrases]] = {}
        needing: dict[frozenset[str], set[Phrases]] = {}
        for one in several:
            if one.needs:
                needing.setdefault(one.needs, set()).add(one)
        self._needing = tuple(needing.items())

    def possible(self, text: str) -> set[Phrases]:
        """The phrases that may be in the text."""
        found: set[Phrases] = set()
        said = set(_WORD.findall(text))
        for word in said:
            known = self._of_word.get(word)
            found |= self._knowing(word) if known is None else known
        for needed, several in self._needing:
            if needed.isdisjoint(said):
                found -= several
        return found

    def _knowing(self, word: str) -> frozenset[Phrases]:
        parts = (self._begun.get(word[:end], ()) for end in range(len(word) + 1))
        found = frozenset(self._whole.get(word, ())).union(*parts)
        if len(self._of_word) > MOST_WORDS:
            self._of_word.clear()
        self._of_word[word] = found
        return found


def _known_by(pattern: str) -> frozenset[State]:
    """Words of which each match of the pattern holds one: the longest, for they are the rarest."""
    items = list(parser.parse(pattern))
    ways = [frozenset(_begun(items[begin:])) for begin in _begins(items)]
    # What may end where it begins has no word that could be told.
    return max((one for one in ways if ("", False) not in one), key=_rarity)


def _begins(items: list[Any]) -> Iterator[int]:
    """Places before which no word has begun, whatever the items match."""
    apart = True
    yield 0
    for place, (operation, argument) in enumerate(items, 1):
        if str(operation) in _REPEATS and argument[0] == 0:
            apart = apart and _all_apart(argument[2])
        else:
            apart = _ends_apart(str(operation), argument)
        if apart:
            yield place


def _ends_apart(operation: str, argument: Any) -> bool:
    """Whether what an item matches ends with a space or another sign that parts words."""
    if operation == "LITERAL":
        return not (chr(argument).isalnum() or chr(argument) == "_")
    if operation == "IN":
        return all(_ends_apart(str(kind), letter) for kind, letter in argument)
    if operation == "BRANCH":
        return all(map(_all_apart, argument[1]))
    if operation in _REPEATS:
        return argument[0] > 0 and _all_apart(argument[2])
    return operation == "SUBPATTERN" and _all_apart(argument[3])


def _all_apart(items: Any) -> bool:
    return bool(items) and _ends_apart(str(items[-1][0]), items[-1][1])


def _rarity(ways: frozenset[State]) -> tuple[int, int]:
    return min(len(begin) for begin, _ in ways), -len(ways)


def _begun(items: list[Any]) -> Iterator[State]:
    # The phrases are whole words, so a word that has not ended where its phrase ends is whole.
    return ((begin, bool(open_end)) for begin, open_end in _several(items, ""))


def _one(operation: str, argument: Any, begin: str) -> Iterator[tuple[str, bool | None]]:
    """What one item makes of the beginning of a word: grown, or a first word that ends so."""
    if operation == "LITERAL":
        yield _letter(chr(argument), begin)
    elif operation in ("ASSERT", "ASSERT_NOT", "AT"):
        yield begin, None
    elif operation == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        for kind, letter in argument:
            yield from _one(str(kind), letter, begin)
    elif operation == "BRANCH":
        for branch in argument[1]:
            yield from _several(list(branch), begin)
    elif operation == "SUBPATTERN":
        yield from _several(list(argument[3]), begin)
    elif operation in _REPEATS:
        least, most, inner = argument
        if least == 0:
            yield begin, None
        for state, ends in _several(list(inner), begin):
            yield state, (True if ends is None and most > 1 else ends)
    else:
        yield begin, True


def _letter(letter: str, begin: str) -> tuple[str, bool | None]:
    if letter.isalnum() or letter == "_":
        return begin + letter, None
    if begin:
        return begin, False
    return (letter, False) if letter == "⟦" else _ANYWHERE


def _several(items: list[Any], begin: str) -> Iterator[tuple[str, bool | None]]:
    growing = {begin}
    for operation, argument in items:
        grown: set[str] = set()
        for one in growing:
            for state, ends in _one(str(operation), argument, one):
                if ends is None:
                    grown.add(state)
                else:
                    yield state, ends
        growing = grown
    yield from ((one, None) for one in growing)
