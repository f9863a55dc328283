# ruff: noqa: E501 - word lists read best as they are
"""English words for parts, multiples and sizes, with the values that they are true of."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.en_spans import TENS
from orchestrator_svc.verify.lexicon.phrases import words
from orchestrator_svc.verify.lexicon.shape import Quantity

_ABOUT = r"(?:about|around|roughly|nearly|almost|close to|some|approximately|just under|just over)"
_FOUR = 4
_INFINITY = float("inf")


def _core(phrase: str) -> frozenset[str]:
    """The words of a phrase that are not in every sentence: one of them must be there."""
    common = {"a", "of", "in", "every", "out", "one", "two", "three", "four", "w", "times"}
    return frozenset(re.findall("[a-z]+", phrase)) - common or frozenset(("one",))


def _fraction(phrase: str, value: float) -> tuple[Quantity, ...]:
    near, exact = min(0.05, value * 0.15), min(0.02, value * 0.08)
    core = _core(phrase)
    return (
        Quantity(
            words(rf"(?:more than|over|above|exceed(?:s|ed|ing)?) {phrase}", core), value, 1.0
        ),
        Quantity(
            words(rf"(?:less|fewer) than {phrase}; (?:under|below) {phrase}", core), 0.0, value
        ),
        Quantity(words(rf"{_ABOUT} {phrase}", core), value - near, value + near),
        Quantity(words(phrase, core), value - exact, value + exact),
    )


def _multiple(phrase: str, value: float) -> tuple[Quantity, ...]:
    core = _core(phrase) | {"times"}
    return (
        Quantity(words(rf"(?:more than|over) {phrase}", core), value, _INFINITY),
        Quantity(words(rf"(?:less than|under) {phrase}", core), 0.0, value),
        Quantity(words(rf"{_ABOUT} {phrase}", core), value * 0.87, value * 1.13),
        Quantity(words(phrase, core), value * 0.95, _rounded_to(value)),
    )


def _rounded_to(value: float) -> float:
    """Up to what a bare multiple is said: 5.3 times is five times, 2.3 times is not twice."""
    return value * 1.05 if value < _FOUR else min(value * 1.1, value + 0.49)


DOUBLE_DIGITS = Quantity(words("(?:by )?double[- ]digits?"), 0.1, 0.99)

QUANTITIES = (
    *_fraction("(?:a |one )?half(?: of)?", 0.5),
    *_fraction("two[- ]thirds(?: of)?", 2 / 3),
    *_fraction("three[- ]quarters(?: of)?", 0.75),
    *_fraction("(?:a|one)[- ]third(?: of)?", 1 / 3),
    *_fraction("(?<!⟧ )(?:a|one)[- ]quarter(?: of)?", 0.25),
    *_fraction("(?:a|one)[- ]fifth(?: of)?", 0.2),
    *_fraction("(?:a|one)[- ]sixth(?: of)?", 1 / 6),
    *_fraction("(?:a|one)[- ]seventh(?: of)?", 1 / 7),
    *_fraction("(?:a|one)[- ]eighth(?: of)?", 1 / 8),
    *_fraction("(?:a|one)[- ]ninth(?: of)?", 1 / 9),
    Quantity(
        words(
            "(?:nearly|almost|virtually|practically) (?:all|the (?:entire|whole|full)|the whole of|all of)(?: of)?(?: (?:the|its|this))?(?: [a-z]+)? (?:growth|rise|increase|gain|fall|decline|decrease|drop|change|saving)"
        ),
        0.9,
        0.9999,
    ),
    Quantity(
        words(
            "all of (?:the|its|this) (?:growth|rise|increase|gain|fall|decline|decrease|drop|change|saving)"
        ),
        0.995,
        _INFINITY,
    ),
    *_fraction("(?:a|one)[- ]tenth(?: of)?", 0.1),
    *(
        one
        for number, word in enumerate(("two", "three", "four", "five", "six"), 2)
        for whole, part in ((6, "sixths"), (7, "sevenths"), (8, "eighths"))
        if number < whole
        for one in _fraction(f"{word}[- ]{part}(?: of)?", number / whole)
    ),
    *_fraction("two[- ]fifths(?: of)?", 0.4),
    *_fraction("three[- ]fifths(?: of)?", 0.6),
    *_fraction("four[- ]fifths(?: of)?", 0.8),
    *_fraction("every second(?= \\w)", 0.5),
    *_fraction("every third(?= \\w)", 1 / 3),
    *_fraction("every fourth(?= \\w)", 0.25),
    *_fraction("every fifth(?= \\w)", 0.2),
    *_fraction("every tenth(?= \\w)", 0.1),
    *_fraction("one in two", 0.5),
    *_fraction("one in three", 1 / 3),
    *_fraction("one in four", 0.25),
    *_fraction("one in five", 0.2),
    *_fraction("one in ten", 0.1),
    *(
        one
        for word, number in zip(TENS, range(20, 101, 10), strict=True)
        for one in _fraction(f"one (?:in|out of) (?:a )?{word}", 1 / number)
    ),
    Quantity(
        words(
            "(?:the |a )?vast majority; nearly all; almost all; (?:nearly|almost|virtually) every(?:one|body| \\w+)"
        ),
        0.9,
        1.0,
    ),
    Quantity(
        words(
            "(?:hardly|scarcely) ever; almost never; very rarely; (?:hardly|barely|scarcely) (?:any|anyone|anybody)(?! (?:difference|change))"
        ),
        0.0,
        0.05,
    ),
    *(
        one
        for number, word in enumerate(
            ("two", "three", "four", "five", "six", "seven", "eight", "nine"), 2
        )
        for one in _fraction(f"{word}[- ]tenths(?: of)?", number / 10)
    ),
    Quantity(
        words(
            "(?:the |a )?(?:large |clear )?majority; mainly; mostly; (?:the |a )?(?:great |large )?bulk"
        ),
        0.5000001,
        1.0,
    ),
    Quantity(
        words(
            r"(?<!with )(?<!has )(?<!have )(?<!had )(?<!the )(?<!at )(?<!is )(?<!are )(?<!was )(?<!were )(?<!its )(?<!their )(?<!our )"
            r"most(?: of)?(?= )(?! (?:in |on |at |from |during |often|recent|likely|delayed|expensive|affected|frequent|common"
            r"|important|valuable|profitable|popular|punctual|reliable|favou))"
        ),
        0.5000001,
        1.0,
    ),
    Quantity(words("half[- ](?:empty|full)"), 0.35, 0.65),
    DOUBLE_DIGITS,
    Quantity(words("a (?:small )?minority"), 0.0, 0.4999999),
    Quantity(words("few(?= \\w+ (?:are|is|were|was|have|had|get|got) )"), 0.0, 0.25),
)

MULTIPLES = (
    Quantity(words("half as [a-z]+ again"), 1.4, 1.6),
    *(
        one
        for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)
        for one in _multiple(f"{word} and a half times", number + 0.5)
    ),
    *_multiple("(?:twice|double(?![- ]digit)|doubled|doubles|doubling|twofold|two times)", 2.0),
    *_multiple("(?:three times|triple|tripled|triples|threefold|thrice)", 3.0),
    *_multiple("(?:four times|quadruple|quadrupled|fourfold)", 4.0),
    *_multiple("(?:five times|fivefold)", 5.0),
    *_multiple("(?:six times|sixfold)", 6.0),
    *_multiple("(?:ten times|tenfold)", 10.0),
    *_multiple("(?:seven times|sevenfold)", 7.0),
    *_multiple("(?:eight times|eightfold)", 8.0),
    *_multiple("(?:nine times|ninefold)", 9.0),
    *_multiple("(?:eleven times)", 11.0),
    *_multiple("(?:twelve times|twelvefold)", 12.0),
    *_multiple("(?:fifteen times)", 15.0),
    *_multiple("(?:thirty times|thirtyfold)", 30.0),
    *_multiple("(?:forty times)", 40.0),
    *_multiple("(?:fifty times)", 50.0),
    *_multiple("(?:twenty times|twentyfold)", 20.0),
    *_multiple("(?:(?:a |one )?hundred times|(?:a )?hundredfold)", 100.0),
    Quantity(
        words("(?:many|several|dozens of|hundreds of|countless) times; manifold"),
        3.0,
        _INFINITY,
    ),
    Quantity(words("(?:almost|nearly|all but) halv(?:e|ed|es|ing)"), 0.5, 0.62),
    Quantity(words("more than halv(?:e|ed|es|ing)"), 0.0, 0.5),
    Quantity(words("halv(?:e|ed|es|ing)"), 0.45, 0.55),
)

_POWERS = (("thousand", 1e3), ("million", 1e6), ("billion", 1e9))
MAGNITUDES = (
    *(
        Quantity(words(f"{before} (?:a|one) {word}"), low * size, high * size)
        for word, size in _POWERS
        for before, low, high in (
            ("(?:more than|over|above)", 1.0, 2.0),
            ("(?:less than|under|below)", 0.5, 1.0),
            ("(?:nearly|almost|just under)", 0.8, 1.0),
            ("(?:about|around|roughly|some)", 0.85, 1.15),
        )
    ),
    Quantity(words("(?:a )?few dozen"), 24, 100),
    Quantity(words("(?:a )?few hundred"), 200, 999),
    Quantity(words("(?:a )?few thousand"), 2_000, 9_999),
    Quantity(words("tens of thousands of"), 2e4, 1e5),
    Quantity(words("dozens of"), 24, 200),
    Quantity(words("hundreds of(?! thousands| millions)"), 200, 2_000),
    Quantity(words("(?<!of )thousands of"), 2_000, 1e6),
    Quantity(words("hundreds of thousands of"), 2e5, 2e6),
    Quantity(words("(?<!of )millions of"), 2e6, 1e9),
    Quantity(words("billions of"), 2e9, 1e13),
)
