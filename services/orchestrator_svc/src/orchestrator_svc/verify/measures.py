"""Which measures a word names, and which a fact is about: no figure is told of another measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from aislides.deck.v1.fact_pb2 import Fact, FormatKind

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.table import Table
from orchestrator_svc.facts.roles import adds_up
from orchestrator_svc.verify.entities import GROUP_COUNTS
from orchestrator_svc.verify.lexicon import Lexicon
from orchestrator_svc.verify.lexicon.roots import root

_COUNT = FormatKind.FORMAT_KIND_COUNT
_WORD = re.compile("[a-z]+")
_BASES = GROUP_COUNTS | {"count", "minimum", "first_count"}


class Measures:
    """The measures of one deck's results, by the words that name them."""

    def __init__(
        self,
        facts: Iterable[Fact],
        tables: Mapping[str, Table],
        lexicon: Lexicon,
        domain: Iterable[str],
    ) -> None:
        self._facts = tuple(facts)
        self._domain = {root(word) for text in domain for word in _WORD.findall(text.lower())}
        self._tables = tables
        self._lexicon = lexicon
        self._of_fact: dict[str, frozenset[str]] = {}
        self._own_words: dict[str, frozenset[str]] = {}
        self._about: dict[tuple[str, ...], tuple[frozenset[str], frozenset[str]]] = {}
        self._concerned: dict[str, bool] = {}
        self._adds_up: dict[str, bool] = {}

    @cached_property
    def counts(self) -> frozenset[str]:
        """Measures that count things: their words name the things as well."""
        return frozenset(
            fact.measure
            for fact in self._facts
            for value in fact.values
            if value.format.kind == _COUNT and value.name not in _BASES and self.sums(fact)
        ) | frozenset(
            value.format.unit
            for fact in self._facts
            for value in fact.values
            if value.format.kind == _COUNT and value.format.unit
        )

    @cached_property
    def named_by(self) -> Mapping[str, frozenset[str]]:
        """Measures by the roots of the words that name them, synonyms included.

        Without what the question calls its subject, such as the fuel of `fuel_cost`.
        """
        found = dict(self.spelled)
        for topic in self._lexicon.measured:
            called = {root(word) for word in topic.named_by}
            meant = frozenset().union(*(self.spelled.get(word, frozenset()) for word in called))
            said = {root(word) for word in topic.words}
            for word in said - self.spelled.keys() if meant else ():
                found[word] = found.get(word, frozenset()) | meant
        subjects = self._domain - self._heads
        return {word: several for word, several in found.items() if word not in subjects}

    @cached_property
    def spelled(self) -> Mapping[str, frozenset[str]]:
        """Measures by the roots of the words in their names."""
        found: dict[str, set[str]] = {}
        for measure in self._all:
            for word in self.words(measure):
                found.setdefault(word, set()).add(measure)
        return {word: frozenset(several) for word, several in found.items()}

    @cached_property
    def _heads(self) -> set[str]:
        """The words that say what is measured: of `fuel_cost` not `fuel`, but `cost`."""
        return {
            [root(word) for word in name_tokens(measure) if root(word) in self.words(measure)][-1]
            for measure in self._all
            if self.words(measure)
        }

    def concerned(self, word: str) -> bool:
        """Whether the word may name a measure."""
        known = self._concerned.get(word)
        if known is None:
            base = root(word)
            known = self._concerned[word] = base in self.named_by or base in self.spelled
        return known

    def words(self, measure: str) -> frozenset[str]:
        """Roots of the words of a measure's name that tell it from others."""
        plain = self._lexicon.of_any_measure
        return frozenset(root(word) for word in name_tokens(measure) if word not in plain)

    def of(self, fact: Fact) -> frozenset[str]:
        """The measures that a fact is about: its own, and the counts that it rests on."""
        if fact.id not in self._of_fact:
            bases = [one.format.unit for one in fact.values if one.format.kind == _COUNT]
            tables = [self._tables[one] for one in fact.result_ids if one in self._tables]
            if tables and not any(fact.measure in table for table in tables):
                bases.extend(name for table in tables for name in table.names)
            self._of_fact[fact.id] = frozenset((fact.measure, *bases))
        return self._of_fact[fact.id]

    def about(self, facts: Sequence[Fact]) -> tuple[frozenset[str], frozenset[str]]:
        """The measures that several facts are about, and the roots of their words."""
        key = tuple(fact.id for fact in facts)
        if key not in self._about:
            own = frozenset().union(*(self.of(fact) for fact in facts))
            said = frozenset().union(*(self.own_words(fact) for fact in facts))
            self._about[key] = (own, said)
        return self._about[key]

    def own_words(self, fact: Fact) -> frozenset[str]:
        """Roots of all words that a fact's measure, split, labels and units bring."""
        if fact.id not in self._own_words:
            texts = [fact.says, *name_tokens(fact.measure), *name_tokens(fact.dimension)]
            for value in fact.values:
                texts.extend((value.label, value.format.unit))
            words = " ".join(texts).lower().split()
            self._own_words[fact.id] = frozenset(root(word.strip(",.:/")) for word in words)
        return self._own_words[fact.id]

    def sums(self, fact: Fact) -> bool:
        """Whether the fact's measure may be totalled."""
        if fact.measure not in self._adds_up:
            tables = [self._tables[one] for one in fact.result_ids if one in self._tables]
            self._adds_up[fact.measure] = any(
                fact.measure in table and adds_up(table, fact.measure) for table in tables
            )
        return self._adds_up[fact.measure]

    @cached_property
    def _all(self) -> tuple[str, ...]:
        splits = {fact.dimension for fact in self._facts}
        columns = (
            name
            for table in self._tables.values()
            for name in table.names
            if table.is_numeric(name) and name not in splits and not table.is_time(name)
        )
        told = (fact.measure for fact in self._facts)
        return tuple(dict.fromkeys((*told, *columns, *self.counts)))
