"""Which known words a misspelled one may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from local_workspace.spaces.names import singular

if TYPE_CHECKING:
    from collections.abc import Sequence


def near_words(root: str, vocabulary: Sequence[str]) -> list[tuple[float, str]]:
    """(slips, word) of the words that `root` may be a typo of, nearest first.

    One slip is allowed, two in words of eight letters or more, never in the first letter, and in
    short words only letters swapped or doubled: "pilots" must not become "plots".
    """
    slips = 1 if len(root) < 8 else 2
    found = process.extract(root, vocabulary, scorer=OSA.distance, limit=4, score_cutoff=slips)
    near = [
        (distance, choice)
        for choice, distance, _ in found
        if choice[:1] == root[:1]
        and not _derived(root, singular(choice))
        and not _ends_otherwise(root, choice)
        and (len(root) > 5 or _same_letters(root, choice))
    ]
    return sorted(near)


def _same_letters(word: str, choice: str) -> bool:
    """Swapped or doubled letters: in a short word any other slip may be a word: "stay", "star"."""
    return sorted(word) == sorted(choice) or set(word) == set(choice)


def _ends_otherwise(word: str, choice: str) -> bool:
    """ "employed" is no typo of "employee": the last letter makes another form."""
    return word[:-1] == choice[:-1] and word[-1] == "d"


def _derived(word: str, choice: str) -> bool:
    """ "rainy" is no typo of "rain": a suffix makes another word."""
    return word.startswith(choice) and word[len(choice) - 1] != word[-1]
