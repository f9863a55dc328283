"""Cutting a question into tokens and reading its numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}(?!\d)"
    r"|\$?\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th|k|m|bn|am|pm|%)?(?![\w])|[^\W_]+(?:'[^\W\d_]+)?"
    r"|>=|<=|!=|<>|[<>=%#(),;:?&+/-]"
)
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "dozen": 12}
_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_LIMIT = "than|over|under|at least|at most|within|exceeding"


def _in_days(found: re.Match[str]) -> str:
    """ "longer than a week" is told in days."""
    return f"{found.group(1)} {7 if found.group(2).lower() == 'week' else 14} days"


_EARNED = (
    "make|made|earn|earned|sell|sold|raise|raised|gross|grossed|invoiced?|bill|billed|charged?"
    "|(?:bring|brought|take|took) in"
)
_TOOK = "take|takes|took|taken|make|makes|made|earn|earns|earned|grossed|raised|brought in|took in"
_MORE = "more than|less than|over|under|at least|at most|above|below|up to|no more than|fewer than"
_COINS = "gbp|usd|eur|dollars?|pounds?|euros?|quid"
_EXPANSIONS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[\u2018\u2019\u02bc`]"), "'"),
    (re.compile(r"[\u2010-\u2015\u2212]"), "-"),
    (re.compile(r"[\u201c\u201d\"]"), " "),
    (re.compile(r"\bw/o\b", re.I), "without"),
    (re.compile(r"\bw/(?= ?[a-z])", re.I), "with "),
    (re.compile(r"\bwhats\b", re.I), "what is"),
    (re.compile(r"\b(what|who|which|where|when|how|that|there|it)'s\b", re.I), r"\1 is"),
    (re.compile(r"\bcan't\b", re.I), "can not"),
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"\b(\w+)n't\b", re.I), r"\1 not"),
    (re.compile(r"\b(did|do|does|is|are|was|were|has|have|had)nt\b", re.I), r"\1 not"),
    (re.compile(r"\b(\w+)'(?:d|ll|ve|re|m)\b", re.I), r"\1"),
    (re.compile(r"\b(\w+)'s\b", re.I), r"\1"),
    (re.compile(r"(?<=\w)s'(?=\s)", re.I), "s"),
    (re.compile(r"\bet al\b|\betc\b", re.I), " "),
    (re.compile(r"\byr(s?)\b", re.I), r"year\1"),
    (re.compile(r"\bqtr(s?)\b", re.I), r"quarter\1"),
    (re.compile(r"(?<!\w)'(\d\d)\b"), r"20\1"),
    (re.compile(r"\b(\d{1,2} ?[ap]m) or later\b", re.I), r"after \1"),
    (re.compile(r"\b(\d{1,2} ?[ap]m) or earlier\b", re.I), r"before \1"),
    (re.compile(r"\b([hq][1-4]) (\d\d)\b(?! ?(?:%|percent))", re.I), r"\1 20\2"),
    (
        re.compile(
            rf"\b(?:that |who )?(?:{_TOOK}) "
            rf"(?=(?:{_MORE}) (?:[£$€] ?\d|\d[\d,.]*k? (?:{_COINS})\b))",
            re.I,
        ),
        r"with money ",
    ),
    (re.compile(r"£ ?(\d[\d,.]*(?:k|m|bn)?(?: (?:thousand|million|billion))?)\b", re.I), r"\1 gbp"),
    (re.compile(r"€ ?(\d[\d,.]*(?:k|m|bn)?(?: (?:thousand|million|billion))?)\b", re.I), r"\1 eur"),
    (
        re.compile(
            r"\bhow much(?: (more|less))? (?=(?:did|do|does|have|has|was|were|is)\b"
            rf"(?: [\w'-]+){{0,5}}? (?:{_EARNED})\b)",
            re.I,
        ),
        r"how much \1 money ",
    ),
    (
        re.compile(
            r"\b(?:how (?:many days|much time)|the number of days)(?=(?: \w+){0,6} "
            r"(?:takes?|took|taken)\b)",
            re.I,
        ),
        "how long",
    ),
    (
        re.compile(r"\bhow (?:many days|far)(?= (?:ahead|in advance|beforehand)\b)", re.I),
        "how long",
    ),
    (re.compile(r"\bhalf an hour\b", re.I), "30 minutes"),
    (re.compile(r"\bhalf a (kilo|kg|tonne|ton|litre|liter|mile|kilometre|km)\b", re.I), r"0.5 \1"),
    (re.compile(r"\ba grand\b", re.I), "1000"),
    (re.compile(r"\b(?:a )?quarter of an hour\b", re.I), "15 minutes"),
    (
        re.compile(rf"\b({_LIMIT}) an? (hour|day|minute|year|kilometre|kilometer|mile)\b", re.I),
        r"\1 1 \2",
    ),
    (re.compile(rf"\b({_LIMIT}) (?:a|one) (week|fortnight)\b", re.I), _in_days),
    (re.compile(r"_"), " "),
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign; `lower` is what rules compare, `text` what people wrote."""

    text: str
    lower: str
    capital: bool


def tokens(question: str) -> list[Token]:
    """The words, numbers and meaningful signs of a question, in order."""
    text = unicodedata.normalize("NFKC", question)
    for pattern, replacement in _EXPANSIONS:
        text = pattern.sub(replacement, text)
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        found.append(Token(word, fold(word), word[:1].isupper()))
    return found


def fold(word: str) -> str:
    """Lower case without accents, so that "Orléans" and "orleans" are one word."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def number(word: str) -> float | None:
    """The number a token stands for: "1,000", "2.5k", "ten", "$30"; None for other words."""
    if word in NUMBER_WORDS:
        return float(NUMBER_WORDS[word])
    match = re.fullmatch(r"\$?(\d[\d,]*(?:\.\d+)?)(k|m|bn|%|st|nd|rd|th)?", word)
    if match is None:
        return None
    value = float(match.group(1).replace(",", ""))
    suffix = match.group(2)
    if suffix == "%":
        return value / 100
    return value * _SCALES.get(suffix or "", 1)


def scale(word: str) -> float | None:
    """The factor of "thousand", "million", "billion"."""
    return _SCALES.get(word) if len(word) > 2 else None
