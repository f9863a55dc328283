"""What sentences are checked against: facts, results, and the names that may be written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactValue, FormatKind, Polarity, TimeGrain
from aislides.deck.v1.result_pb2 import Result
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.conditions import common, conditions
from orchestrator_svc.deck.labels import label_for_name
from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import to_python
from orchestrator_svc.verify.lexicon import Lexicon, lexicon_for
from orchestrator_svc.verify.lexicon.roots import root
from orchestrator_svc.verify.measures import Measures

_WORD = re.compile(r"[\w'’/&+-]*\d[\w'’/&+-]*")
_LETTERS = re.compile(r"[^\W\d_]+")
MAX_NAMES = 20_000
"""Cells that are remembered as names at most."""


class VerifyContext:
    """Facts and results of one deck, and the words that its question and space bring along."""

    def __init__(
        self,
        facts: Sequence[Fact],
        results: Sequence[Result],
        question: str,
        extra_names: Iterable[str] = (),
        *,
        language: str = "en",
        locale: str = "en-GB",
    ) -> None:
        self.facts: Mapping[str, Fact] = {fact.id: fact for fact in facts}
        self.tables: Mapping[str, Table] = {result.id: Table(result) for result in results}
        self.question = question
        self.extra_names = tuple(extra_names)
        self.lexicon: Lexicon = lexicon_for(language)
        self.locale = locale
        self.named: dict[str, list[tuple[FactValue, str, set[int]]]] = {}
        self._grouped: dict[str, bool] = {}
        self._polarity: dict[str, frozenset[Polarity.ValueType]] = {}
        self._claims: dict[str, frozenset[ClaimKind.ValueType]] = {}
        self.brought: dict[tuple[str, ...], bool] = {}
        self._told: dict[str, str] = {}
        self._fact_words: dict[str, frozenset[str]] = {}
        self.topics: dict[str, set[str]] = {}
        self.known_words: dict[str, bool] = {}
        self.judged: dict[tuple[bytes, tuple[str, ...]], list[Fault]] = {}

    @cached_property
    def measures(self) -> Measures:
        """The measures of the results, by the words that name them."""
        domain = (self.question, *self.extra_names)
        return Measures(self.facts.values(), self.tables, self.lexicon, domain)

    @cached_property
    def values(self) -> Mapping[tuple[str, str], FactValue]:
        """Every value by its fact's id and its own name."""
        return {
            (fact.id, value.name): value for fact in self.facts.values() for value in fact.values
        }

    def told(self, fact: Fact) -> str:
        """All that a fact is called, in lower case."""
        if fact.id not in self._told:
            names = (f"{value.name} {value.label}" for value in fact.values)
            self._told[fact.id] = f"{fact.says} {' '.join(names)}".lower().replace("_", " ")
        return self._told[fact.id]

    @cached_property
    def words_with_digits(self) -> frozenset[str]:
        """Words that hold digits and stand in the question, the space, or names of the data."""
        texts = [self.question, *self.extra_names]
        for table in self.tables.values():
            texts.append(table.result.question)
            texts.extend(table.names)
        texts.extend(self.names)
        return frozenset(word.lower() for text in texts for word in _WORD.findall(text))

    @cached_property
    def labels_with_digits(self) -> frozenset[str]:
        """What columns such as `litres_per_100_km` are called, in lower case."""
        names = {name for table in self.tables.values() for name in table.names}
        return frozenset(label_for_name(name) for name in names if re.search(r"\d", name))

    @cached_property
    def names(self) -> frozenset[str]:
        """Text cells of group columns, in lower case."""
        found: set[str] = set()
        for table in self.tables.values():
            for name in table.names:
                if table.is_numeric(name):
                    continue
                cells = (cell for cell in table.column(name) if isinstance(cell, str))
                for cell in cells:
                    if len(found) >= MAX_NAMES:
                        return frozenset(found)
                    found.add(cell.strip().lower())
        return frozenset(name for name in found if name)

    @cached_property
    def own_texts(self) -> frozenset[bytes]:
        """The facts' own sentences, headlines and caveats, which hold by how they are made."""
        return frozenset(
            text.SerializeToString(deterministic=True)
            for fact in self.facts.values()
            for text in (fact.sentence, fact.headline, *fact.caveats)
        )

    @cached_property
    def common_parts(self) -> tuple[str, ...]:
        """The parts of the data that all results are about: names and period, in words."""
        shared = common([conditions(one.result.source.sql) for one in self.tables.values()])
        names = [
            name
            for chosen in shared.names
            for name in (str(chosen), *(() if chosen.negated else chosen.names))
        ]
        return (*sorted(names), *([str(shared.period)] if shared.period else []))

    @cached_property
    def split_roots(self) -> frozenset[str]:
        """Roots of the nouns that facts are split by, such as `region`."""
        splits = {fact.dimension.lower() for fact in self.facts.values() if fact.dimension}
        return frozenset(root(one.rpartition("_")[2]) for one in splits)

    @cached_property
    def group_words(self) -> Mapping[str, frozenset[str]]:
        """Names of groups by the words that only they bring: no column or question has them."""
        shared = {
            part
            for table in self.tables.values()
            for one in table.names
            for part in name_tokens(one)
        }
        shared |= set(_LETTERS.findall(" ".join((self.question, *self.extra_names)).lower()))
        roots = {root(word) for word in shared}
        found: dict[str, set[str]] = {}
        for name in self.names:
            for word in _LETTERS.findall(name):
                if len(word) > 1 and root(word) not in roots:
                    found.setdefault(word, set()).add(name)
        return {word: frozenset(several) for word, several in found.items()}

    def of_a_group(self, word: str) -> bool:
        """Whether the word may be one of a group's name."""
        known = self._grouped.get(word)
        if known is None:
            singular = word.removesuffix("s")
            known = self._grouped[word] = word in self.group_words or singular in self.group_words
        return known

    @cached_property
    def long_names_first(self) -> tuple[str, ...]:
        """The names, longest first, so that a name is found before a part of it."""
        return tuple(sorted(self.names, key=lambda name: (-len(name), name)))

    @cached_property
    def years(self) -> frozenset[int]:
        """Years that the data covers, or that the question or space names."""
        found = {
            int(year)
            for text in (self.question, *self.extra_names)
            for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)
        }
        for table in self.tables.values():
            for name in table.names:
                if not table.is_time(name):
                    continue
                found.update(_years(table, name))
        return frozenset(found)

    @cached_property
    def topic_words(self) -> frozenset[str]:
        """Words of column names: they tell which facts a sentence is about."""
        return frozenset(
            word
            for table in self.tables.values()
            for name in table.names
            for word in name_tokens(name)
        )

    @cached_property
    def column_roots(self) -> frozenset[str]:
        """Roots of the words of column names."""
        return frozenset(map(root, self.topic_words))

    def polarity(self, fact: Fact) -> frozenset[Polarity.ValueType]:
        """What the fact's figures say is better; several when they differ."""
        if fact.id not in self._polarity:
            polarities = (value.format.polarity for value in fact.values)
            known = frozenset(one for one in polarities if one)
            unwelcome = self.lexicon.unwelcome & set(name_tokens(fact.measure))
            welcome = self.lexicon.welcome & set(name_tokens(fact.measure))
            if unwelcome or not welcome:
                told = (Polarity.POLARITY_LESS_IS_BETTER,) if unwelcome else ()
            else:
                told = (Polarity.POLARITY_MORE_IS_BETTER,)
            self._polarity[fact.id] = known or frozenset(told)
        return self._polarity[fact.id]

    def claims(self, fact: Fact) -> frozenset[ClaimKind.ValueType]:
        """The kinds of the fact's claims."""
        if fact.id not in self._claims:
            self._claims[fact.id] = frozenset(claim.kind for claim in fact.claims)
        return self._claims[fact.id]

    @cached_property
    def splits(self) -> Mapping[str, str]:
        """What facts are split by, by the roots of the nouns."""
        splits = {fact.dimension for fact in self.facts.values() if fact.dimension}
        return {root(one.lower().rpartition("_")[2]): one for one in splits}

    @cached_property
    def names_by_word(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the data by their first word, longest first."""
        found: dict[str, tuple[str, ...]] = {}
        for name in self.long_names_first:
            first = re.search(r"\w+", name)
            if first:
                found[first[0]] = (*found.get(first[0], ()), name)
        return found

    def fact_words(self, fact: Fact) -> frozenset[str]:
        """Words of a fact: its columns, names, labels, units, and what the space says of them."""
        if fact.id not in self._fact_words:
            texts = [fact.says, *name_tokens(fact.measure), *name_tokens(fact.dimension)]
            texts.extend(self._descriptions(fact))
            for value in fact.values:
                texts.extend((value.label, value.format.unit, value.value.text))
            self._fact_words[fact.id] = frozenset(_LETTERS.findall(" ".join(texts).lower()))
        return self._fact_words[fact.id]

    def _descriptions(self, fact: Fact) -> Iterator[str]:
        """What the space says of the fact's columns, and Genie of its query."""
        for table in (self.tables[one] for one in fact.result_ids if one in self.tables):
            yield table.result.source.title
            yield table.result.source.description
            for name in (fact.measure, fact.dimension):
                if name in table:
                    yield table.spec(name).description

    def rests_on(self, fact: Fact, thing: str) -> bool:
        """Whether the fact's result counts such things, so that a rate may be one of them."""
        tables = (self.tables[one] for one in fact.result_ids if one in self.tables)
        counted = {
            root(word) for table in tables for name in table.names for word in name_tokens(name)
        } - self.split_roots
        words = {word for topic in self.lexicon.topics_of(thing) for word in topic.named_by}
        return bool(counted & {root(thing), *map(root, words)})

    @cached_property
    def space_words(self) -> frozenset[str]:
        """Words of the question, of the space's title, and of the names that it brings."""
        titles = (table.result.source.space_title for table in self.tables.values())
        texts = (self.question, *self.extra_names, *titles)
        return frozenset(_LETTERS.findall(" ".join(texts).lower()))

    @cached_property
    def spelled_words(self) -> frozenset[str]:
        """Words of the question, the space, columns, units, names and facts."""
        texts = [self.question, *self.extra_names, *self.names]
        for table in self.tables.values():
            texts.extend((table.result.question, table.result.source.space_title))
            texts.extend(" ".join(name_tokens(name)) for name in table.names)
            texts.extend(column.unit for column in table.result.columns)
        for fact in self.facts.values():
            texts.extend((fact.says, fact.lead, *(value.label for value in fact.values)))
        return frozenset(word for text in texts for word in _LETTERS.findall(text.lower()))

    @cached_property
    def data_roots(self) -> frozenset[str]:
        """Roots of the data's own words: `leaks` is known where a column is called `leakage`."""
        return frozenset(root(word) for word in self.spelled_words)

    @cached_property
    def counted(self) -> frozenset[str]:
        """Names of the things that facts count, such as `flights`."""
        count = FormatKind.FORMAT_KIND_COUNT
        values = (value for fact in self.facts.values() for value in fact.values)
        return frozenset(value.format.unit for value in values if value.format.kind == count)


def stem(word: str) -> str:
    """A word without the usual English endings of number."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _years(table: Table, name: str) -> set[int]:
    years = set()
    for cell in table.column(name):
        if isinstance(cell, date):
            years.add(cell.year)
        elif isinstance(cell, int | str) and not isinstance(cell, bool):
            found = re.match(r"\s*((?:19|20)\d{2})(?!\d)", str(cell))
            if found:
                years.add(int(found[1]))
    return years


def fact_years(fact: Fact) -> set[int]:
    """Years of the dates among a fact's values."""
    found = set()
    for value in fact.values:
        exact = to_python(value.value)
        if isinstance(exact, date):
            found.add(exact.year)
        elif value.format.grain == TimeGrain.TIME_GRAIN_YEAR and isinstance(exact, int):
            found.add(exact)
    return found
