"""Roots of English words, so that `leaks` is known where the data say `leakage`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ENDINGS: Final = (
    *("ations", "ation", "ments", "ment", "ances", "ance", "ences", "ence", "ages", "age"),
    *(
        "ials",
        "ial",
        "als",
        "al",
        "ings",
        "ing",
        "ions",
        "ion",
        "ers",
        "er",
        "ors",
        "or",
        "ed",
        "es",
        "ly",
        "y",
    ),
    *("s", "e"),
)
_SHORTEST: Final = 4


@lru_cache(maxsize=16_384)
def root(word: str) -> str:
    """The word without its ending of number, tense or kind of word."""
    bare = f"{word[:-3]}y" if word.endswith("ies") and len(word) > _SHORTEST else word
    if bare.endswith("s") and not bare.endswith(("ss", "us", "is")) and len(bare) > _SHORTEST - 1:
        bare = bare[:-1]
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST:
            bare = bare[: -len(ending)]
            break
    undoubled = bare[-1:] == bare[-2:-1] and bare[-1:] not in "aeiouls" and len(bare) > _SHORTEST
    return bare[:-1] if undoubled else bare
