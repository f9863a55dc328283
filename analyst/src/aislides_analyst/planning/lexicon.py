"""Which words of a question name which part of a space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from aislides_analyst.planning.fillers import is_filler
from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import Word, stem, stems, words

# Words of one meaning in many businesses; each set is one meaning.
_ALIKE = (
    "revenue sales turnover income takings umsatz erlös",
    "customer client buyer shopper kunde",
    "product item article sku produkt artikel",
    "store shop outlet branch filiale",
    "employee staff worker headcount personnel people person mitarbeiter",
    "attrition churn churned left leaver leave leaving quit",
    "airline carrier",
    "country nation",
    "cost expense spending spend spent expenditure kosten",
    "profit earnings profitable profitability gewinn",
    "supplier vendor",
    "delay late lateness delayed",
    "cancelled cancellation canceled",
    "order purchase bestellung",
    "quantity units volume menge anzahl",
    "salary pay paid wage compensation gehalt",
    "price fare expensive cheap preis",
    "passenger traveller rider",
    "ticket incident case",
    "complaint grievance",
    "category class",
    "city town",
    "gender sex",
    "vehicle car",
    "defect fault error failure",
    "loss lose loses losing lost wasted",
    "resolution resolve resolved",
    "satisfaction satisfied happy happiness",
    "punctuality punctual on-time",
    "member subscriber user",
    "student pupil learner",
    "temperature hot hottest warm warmest cold coldest",
    "humidity humid",
    "occupancy full fuller fullest",
    "grade mark",
    "region territory gebiet",
    "department division abteilung",
)
_MEANINGS = {stem(w): group.split() for group in _ALIKE for w in group.split()}
_LONGEST = 5
_SHORTEST_TYPO = 5
_LIKE = 0.83
_K = TypeVar("_K")


@dataclass(frozen=True)
class Match:
    """Words `first` to `last` (exclusive) name one of `targets`, the likeliest first."""

    first: int
    last: int
    targets: tuple[Column | Table, ...]
    exact: bool
    value: bool = False
    """True when the words are one of the column's values."""
    alias: bool = False
    """True when the space itself does not use the words, but others of their meaning."""

    @property
    def span(self) -> range:
        """Positions of its words."""
        return range(self.first, self.last)


class Lexicon:
    """Finds the longest phrases of a question that name columns or tables of a space."""

    def __init__(self, space: Space) -> None:
        self._whole: dict[tuple[str, ...], list[Column | Table]] = {}
        self._part: dict[str, list[Column | Table]] = {}
        self._told: dict[str, list[Column | Table]] = {}
        self._loose: dict[tuple[str, ...], list[Column | Table]] = {}
        self._values: dict[tuple[str, ...], list[Column | Table]] = {}
        for table in space.tables:
            self._add(table, table.phrases)
            self._tell(table, table.description)
            for column in table.columns:
                if column.role != "text":
                    self._add(column, column.phrases)
                    for phrase in column.loose:
                        _put(self._loose, stems(phrase), column)
                    self._tell(column, column.description)
                    for value in column.values:
                        if all(is_filler(word) for word in value.lower().split()):
                            # "Day by day" asks for no shift of that name.
                            continue
                        _put(self._values, stems(value), column)
        self._known = {s for text in space.samples for s in stems(text)}
        self._title = {s for s in stems(space.title) if not is_filler(s)}

    def matches(self, question: Sequence[Word]) -> list[Match]:
        """Non-overlapping matches in order; longer and more exact ones win."""
        found: list[Match] = []
        at = 0
        while at < len(question):
            match = self._longest(question, at)
            if match:
                found.append(match)
            at = match.last if match else at + 1
        return found

    @staticmethod
    def alike(word: str) -> list[str]:
        """Words that mean the same in many businesses."""
        return [w for w in _MEANINGS.get(stem(word), []) if w != word]

    def names(self, phrase: str, target: Column | Table) -> bool:
        """True when the phrase is a part of what `target` is called."""
        return all(target in self._part.get(s, []) for s in stems(phrase))

    def in_samples(self, word: Word) -> bool:
        """True when a sample question of the space uses the word."""
        return word.stem in self._known

    def in_title(self, word: Word) -> bool:
        """True when the word stands in the space's title: it names all of the data."""
        return word.stem in self._title

    def _longest(self, question: Sequence[Word], at: int) -> Match | None:
        for size in range(min(_LONGEST, len(question) - at), 0, -1):
            run = question[at : at + size]
            key = tuple(s for w in run for s in stems(w.lower))
            span = (at, at + size)
            if key in self._whole:
                return Match(*span, tuple(self._whole[key]), True)
            if key in self._values:
                return Match(*span, tuple(self._values[key]), True, value=True)
            if key in self._loose:
                return Match(*span, tuple(self._loose[key]), True, alias=True)
        word = question[at]
        if is_filler(word.lower):
            return self._alike(word, at)
        return self._alike(word, at) or self._partly(word, at) or self._mistyped(word, at)

    def _alike(self, word: Word, at: int) -> Match | None:
        """A match by another word of the same meaning."""
        for other in _MEANINGS.get(word.stem, []):
            targets = self._whole.get((stem(other),))
            if targets:
                return Match(at, at + 1, tuple(targets), True, alias=stem(other) != word.stem)
        return None

    def _partly(self, word: Word, at: int) -> Match | None:
        """A match with a part of a name, or with a word of a description."""
        for other in (word.lower, *_MEANINGS.get(word.stem, [])):
            if stem(other) in self._part:
                return Match(at, at + 1, tuple(self._part[stem(other)]), False)
        if word.stem in self._told and not word.is_name:
            return Match(at, at + 1, tuple(self._told[word.stem]), False)
        return None

    def _mistyped(self, word: Word, at: int) -> Match | None:
        """A match with the one name that is a slip of the keyboard away."""
        if len(word.stem) < _SHORTEST_TYPO or word.is_name or self.in_title(word):
            return None
        alike = [
            s for s in self._singles() if s[0] == word.stem[0] and abs(len(s) - len(word.stem)) <= 1
        ]
        near = get_close_matches(word.stem, alike, n=1, cutoff=_LIKE)
        return Match(at, at + 1, tuple(self._whole[(near[0],)]), True) if near else None

    def _singles(self) -> list[str]:
        return [key[0] for key in self._whole if len(key) == 1]

    def _add(self, target: Column | Table, phrases: Sequence[str]) -> None:
        for phrase in phrases:
            key = stems(phrase)
            _put(self._whole, key, target)
            for part in reversed(key):
                if not is_filler(part):
                    _put(self._part, part, target)

    def _tell(self, target: Column | Table, description: str) -> None:
        for word in words(description):
            if not is_filler(word.lower) and not word.text.isdigit() and len(word.lower) > 2:
                _put(self._told, word.stem, target)


def _put(index: dict[_K, list[Column | Table]], key: _K, target: Column | Table) -> None:
    targets = index.setdefault(key, [])
    if target not in targets:
        targets.append(target)
