"""What a question asks of a space: measures, breakdowns, conditions, and what it cannot find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aislides_analyst.planning import periods
from aislides_analyst.planning.conditions import Conditions, read_conditions
from aislides_analyst.planning.fillers import is_filler
from aislides_analyst.planning.lexicon import Lexicon, Match
from aislides_analyst.planning.samples import Samples
from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import singular_phrase, words

_COUNT = re.compile(r"\b(?:how many|number of|count of|amount of|no\. of)(?:\s+\w+)?\s*$", re.I)
_AGGREGATE = {
    "average": "average",
    "mean": "average",
    "typical": "average",
    "median": "median",
    "maximum": "maximum",
    "max": "maximum",
    "longest": "maximum",
    "minimum": "minimum",
    "min": "minimum",
    "shortest": "minimum",
    "total": "total",
    "sum": "total",
}
_SLOT = frozenset(["by", "per", "each", "every", "which", "what", "across", "among"])


@dataclass(frozen=True)
class Measure:
    """Something to measure: how a question names it, and the table it lives in."""

    phrase: str
    table: Table
    averaged: bool
    counts: bool = False


@dataclass(frozen=True)
class Reading:
    """A question, understood as far as the space goes."""

    question: str
    table: Table | None
    measures: tuple[Measure, ...]
    groups: tuple[str, ...]
    conditions: Conditions
    grain: str | None
    hour: bool
    weekday: bool
    unknown: tuple[str, ...]
    matched: bool


def read_question(question: str, space: Space) -> Reading:
    """Return what `question` asks of `space`."""
    return _Reader(question, space).read()


class _Reader:
    def __init__(self, question: str, space: Space) -> None:
        self._question = question
        self._space = space
        self._words = words(question)
        self._samples = Samples(space)
        self._lexicon = Lexicon(space)
        self._matches = self._lexicon.matches(self._words)
        self._conditions = read_conditions(question, self._words, self._matches)
        self._used = set(self._conditions.used)
        for span in periods.grain_spans(question):
            self._used |= {
                i for i, w in enumerate(self._words) if w.start >= span[0] and w.end <= span[1]
            }
        self._matches = [m for m in self._matches if not self._used & set(range(m.first, m.last))]

    def read(self) -> Reading:
        measures = self._measures()
        table = measures[0].table if measures else self._table()
        groups = self._groups(table, measures) if table else ()
        return Reading(
            question=self._question,
            table=table,
            measures=tuple(measures),
            groups=groups,
            conditions=self._conditions,
            grain=periods.grain(self._question),
            hour=periods.asks_hour(self._question),
            weekday=periods.asks_weekday(self._question),
            unknown=tuple(self._unknown()),
            matched=bool(self._matches),
        )

    def _measures(self) -> list[Measure]:
        found: list[Measure] = []
        taken: set[int] = set()
        for sample in self._samples.measures_in(self._words, self._used):
            found.append(self._sampled(sample.phrase))
            taken |= set(range(sample.first, sample.last))
        for match in self._matches:
            if taken & set(range(match.first, match.last)):
                continue
            measure = self._measure(match)
            if measure and measure.phrase not in [m.phrase for m in found]:
                found.append(measure)
                taken |= set(range(match.first, match.last))
        if len(found) > 1:
            told = [m for m in found if not m.counts or self._asked_count(m)]
            found = told or found
        self._taken = taken
        return found[:3]

    def _sampled(self, phrase: str) -> Measure:
        """A measure in the words of a sample question; its table is the one most named there."""
        match = self._lexicon.matches(words(phrase))
        tables = [_table_of(t, self._space) for m in match for t in m.targets[:1]]
        table = tables[0] if tables else self._main()
        return Measure(phrase, table, averaged=not phrase.startswith(("total", "number", "sum")))

    def _measure(self, match: Match) -> Measure | None:
        before = self._question[: self._words[match.first].start]
        tables = [t for t in match.targets if isinstance(t, Table)]
        if tables and _COUNT.search(before):
            return Measure(tables[0].rows, tables[0], averaged=False, counts=True)
        columns = [t for t in match.targets if isinstance(t, Column)]
        slot = match.first > 0 and self._words[match.first - 1].lower in ("by", "per", "each")
        for column in self._likeliest(columns):
            table = self._space.table(column.table)
            if column.role == "measure" and not (tables and not match.exact):
                phrase = self._aggregated(column, match)
                return Measure(phrase, table, averaged=not phrase.startswith("total"))
            if column.role == "flag" and match.exact and not slot:
                return self._flagged(column, table)
        if tables and match.exact and tables[0] is self._main() and not slot:
            return Measure(tables[0].rows, tables[0], averaged=False, counts=True)
        return None

    def _flagged(self, column: Column, table: Table) -> Measure:
        told = self._samples.measure_with(column.label)
        word = re.sub(r"^(?:is|has|was|were) ", "", column.label)
        return Measure(
            told or f"share of {word} {table.rows.removeprefix('number of ')}", table, averaged=True
        )

    def _aggregated(self, column: Column, match: Match) -> str:
        for back in (1, 2):
            at = match.first - back
            if at >= 0 and self._words[at].lower in _AGGREGATE:
                return f"{_AGGREGATE[self._words[at].lower]} {column.label}"
            if at >= 0 and self._words[at].lower not in ("the", "of"):
                break
        return column.measured

    def _likeliest(self, columns: Sequence[Column]) -> list[Column]:
        """Columns whose words the question repeats most come first; ties keep their order."""
        said = {w.stem for w in self._words}
        main = self._main().name

        def score(column: Column) -> tuple[int, int]:
            named = {w.stem for w in words(column.label)}
            return (-len(named & said), column.table != main)

        return sorted(columns, key=score)

    def _asked_count(self, measure: Measure) -> bool:
        noun = measure.phrase.removeprefix("number of ").split()[-1]
        return bool(
            re.search(
                rf"\b(?:how many|number of|count of)\b[^,?]*\b{re.escape(noun)}",
                self._question,
                re.I,
            )
        )

    def _table(self) -> Table | None:
        """The table that a question without a measure is about."""
        if not self._space.tables:
            return None
        named = [_table_of(t, self._space) for m in self._matches if m.exact for t in m.targets[:1]]
        main = self._main()
        if not named or main in named or all(link(main, t) for t in named):
            return main
        return named[0]

    def _main(self) -> Table:
        """The table that most questions are about: has time and measures, and links to others."""

        def weight(table: Table) -> tuple[int, int, int]:
            return (
                bool(table.of_role("time")) + bool(table.of_role("measure")),
                self._samples.mentions(table),
                sum(bool(link(table, t)) for t in self._space.tables if t is not table),
            )

        best = max(weight(t) for t in self._space.tables)
        return next(t for t in self._space.tables if weight(t) == best)

    def _groups(self, table: Table, measures: Sequence[Measure]) -> tuple[str, ...]:
        groups: dict[str, None] = {}
        for match in self._matches:
            if self._taken & set(range(match.first, match.last)):
                continue
            phrase = self._group(match, table)
            if phrase and not any(phrase in m.phrase for m in measures):
                groups.setdefault(phrase)
        return tuple(groups)

    def _group(self, match: Match, table: Table) -> str | None:
        said = singular_phrase(
            " ".join(w.lower for w in self._words[match.first : match.last]).removesuffix("'s")
        )
        slot = match.first > 0 and self._words[match.first - 1].lower in _SLOT
        for target in match.targets:
            if isinstance(target, Table):
                if target is table:
                    continue
                linked = link(table, target)
                if linked:
                    return self._samples.group_with(said) or _linked_phrase(linked, target)
            elif target.role in ("group", "flag", "key", "period") and (
                match.exact or slot or target.table == table.name
            ):
                if match.exact:
                    return target.label if target.role == "key" else said
                if slot or self._lexicon.names(said, target):
                    told = self._samples.group_with(said)
                    return told or (
                        target.label if said in target.label else f"{target.label} {said}"
                    )
        return None

    def _unknown(self) -> list[str]:
        explained = set(self._used)
        for match in self._matches:
            explained |= set(range(match.first, match.last))
        explained |= self._taken
        return [
            w.text
            for i, w in enumerate(self._words)
            if i not in explained
            and not is_filler(w.lower)
            and not w.text.isdigit()
            and not self._lexicon.in_samples(w)
        ]


def link(table: Table, other: Table) -> Column | None:
    """The column of `table` that points at rows of `other`, or None."""
    if table is other:
        return None
    noun = other.row.split()[-1]
    keys = {c.name.lower() for c in other.columns}
    candidates = [c for c in table.columns if c.role in ("group", "key", "text")]
    for column in candidates:
        name = column.name.lower()
        if name in keys and (column.role == "key" or noun in column.label or _first(other, name)):
            return column
    return next(
        (
            c
            for c in candidates
            if noun in c.label.split() or noun in [w.lower for w in words(c.description)]
        ),
        None,
    )


def _first(table: Table, name: str) -> bool:
    return bool(table.columns) and table.columns[0].name.lower() == name


def _linked_phrase(column: Column, other: Table) -> str:
    """How a breakdown by the linked rows is asked for: "airline", "origin airport"."""
    noun = other.row
    if noun in column.label:
        return column.label
    if column.role == "key" or column.name.lower() in {c.name.lower() for c in other.columns}:
        return noun
    return f"{column.label} {noun}"


def _table_of(target: Column | Table, space: Space) -> Table:
    return target if isinstance(target, Table) else space.table(target.table)
