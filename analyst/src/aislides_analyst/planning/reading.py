"""What a question asks of a space: measures, breakdowns, conditions, and what it cannot find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aislides_analyst.planning import periods
from aislides_analyst.planning.conditions import NO_CONDITIONS, Conditions, read_conditions
from aislides_analyst.planning.fillers import is_filler
from aislides_analyst.planning.lexicon import Lexicon, Match
from aislides_analyst.planning.links import link, linked_phrase
from aislides_analyst.planning.samples import Samples
from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import plural, singular_phrase, stem, stems, words

_COUNT = re.compile(
    r"\b(?:how many|number of|count of|share of|percentage of|proportion of)(?:\s+\w+)?\s*$", re.I
)
_COUNTS = re.compile(r"\b(?:how many|number of|count of)\b", re.I)
_MOST = re.compile(r"\b(?:most|least|busiest|popular|common|often|frequent|frequently)\b", re.I)
_SHARE = re.compile(r"\b(?:share|percentage|proportion) of\s*$", re.I)
_RANKED_BY = re.compile(r"\b(?:top|bottom|first|best|worst|leading|\d+)\b.*\bby\s*$", re.I)
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
_NO_ADJECTIVE_AFTER = ("is", "are", "was", "were", "most", "least", "we", "they", "and", "or")
_SLOT = ("by", "per", "each", "every", "which", "what", "across", "among", "between")


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
    table: Table | None = None
    measures: tuple[Measure, ...] = ()
    groups: tuple[str, ...] = ()
    conditions: Conditions = NO_CONDITIONS
    grain: str | None = None
    hour: bool = False
    weekday: bool = False
    unknown: tuple[str, ...] = ()
    matched: bool = False
    aliased: bool = False
    """True when the question uses words that the space itself does not."""


def read_question(question: str, space: Space) -> Reading:
    """Return what `question` asks of `space`, which has at least one table."""
    return _Reader(question, space).read()


def main_table(space: Space) -> Table:
    """The table that most questions are about: has time and measures, and points at others."""
    samples = Samples(space)

    def weight(table: Table) -> tuple[int, int, int]:
        return (
            bool(table.of_role("time")) + bool(table.of_role("measure")),
            sum(bool(link(table, t)) for t in space.tables),
            samples.mentions(table),
        )

    return max(space.tables, key=weight)


class _Reader:
    def __init__(self, question: str, space: Space) -> None:
        self._question = question
        self._space = space
        self._words = words(question)
        self._samples = Samples(space)
        self._lexicon = Lexicon(space)
        self._main = main_table(space)
        matches = self._lexicon.matches(self._words)
        self._conditions = read_conditions(question, self._words, matches)
        self._used = set(self._conditions.used)
        for start, end in periods.grain_spans(question):
            self._used |= {
                i for i, w in enumerate(self._words) if w.start >= start and w.end <= end
            }
        self._matches = [m for m in matches if not self._used & set(range(m.first, m.last))]
        self._taken: set[int] = set()

    def read(self) -> Reading:
        measures = self._measures()
        table = measures[0].table if measures else self._table()
        groups = self._groups(table)
        if measures and _COUNTS.search(self._question):
            measures = self._flagged_counts(measures)
        if not measures and _MOST.search(self._question):
            measures = [self._counted(table, shared=False)]
        unknown = self._as_values(self._unknown()) if measures else self._unknown()
        return Reading(
            question=self._question,
            table=table,
            measures=tuple(measures),
            groups=tuple(g for g in groups if not any(g in m.phrase for m in measures)),
            conditions=self._conditions,
            grain=periods.grain(self._question),
            hour=periods.asks_hour(self._question),
            weekday=periods.asks_weekday(self._question),
            unknown=tuple(self._words[i].text for i in unknown),
            matched=bool(self._matches),
            aliased=any(m.alias or self._is_derived(m) for m in self._matches),
        )

    # Measures

    def _measures(self) -> list[Measure]:
        found: list[Measure] = []
        for said in self._samples.measures_in(self._words, self._used):
            found.append(self._sampled(said.phrase))
            self._taken |= set(range(said.first, said.last))
        for match in sorted(self._matches, key=self._vagueness):
            span = set(range(match.first, match.last))
            measure = None if self._taken & span or match.value else self._measure(match)
            sure = [m for m in found if not m.counts or self._asks_count(m)]
            if measure and sure and self._vagueness(match):
                continue
            if measure and measure.phrase not in [m.phrase for m in found]:
                found.append(measure)
                self._taken |= span
        found += self._meant(found)
        if len(found) > 1:
            found = [m for m in found if not m.counts or self._asks_count(m)] or found
        return found[:3]

    def _vagueness(self, match: Match) -> bool:
        """False, and so first, for matches that say for sure what is measured."""
        columns = [t for t in match.targets if isinstance(t, Column)]
        return not match.exact and bool(columns) and not self._names_head(match)

    def _names_head(self, match: Match) -> bool:
        """True when the words name what is measured ("delay"), not only how ("departure")."""
        column = self._likeliest([t for t in match.targets if isinstance(t, Column)])[0]
        return stem(column.label.split()[-1]) == self._words[match.last - 1].stem

    def _sampled(self, phrase: str) -> Measure:
        """A measure in the owner's words; its table is the one most named there."""
        matches = self._lexicon.matches(words(phrase))
        tables = [self._table_of(t) for m in matches for t in m.targets[:1]]
        table = self._main if self._main in tables or not tables else tables[0]
        return Measure(phrase, table, averaged=not phrase.startswith(("total", "number", "sum")))

    def _meant(self, found: Sequence[Measure]) -> list[Measure]:
        """Measures named by another word of the same meaning: "punctual" for an on-time rate."""
        matched = {i for m in self._matches for i in range(m.first, m.last)}
        meant: list[Measure] = []
        for at, word in enumerate(self._words):
            if at in matched | self._used | self._taken or is_filler(word.lower):
                continue
            for other in self._lexicon.alike(word.lower):
                phrase = self._samples.measure_with(other)
                if phrase and phrase not in [m.phrase for m in (*found, *meant)]:
                    meant.append(self._sampled(phrase))
                    self._taken.add(at)
        return meant

    def _measure(self, match: Match) -> Measure | None:
        before = self._question[: self._words[match.first].start]
        tables = [t for t in match.targets if isinstance(t, Table)]
        columns = [t for t in match.targets if isinstance(t, Column)]
        if tables and _COUNT.search(before):
            return self._counted(tables[0], shared=bool(_SHARE.search(before)))
        slot = self._before(match) in ("by", "per", "each")
        for column in self._likeliest(columns):
            table = self._space.table(column.table)
            if column.role == "key" and _COUNT.search(before):
                own = column is table.columns[0]
                rows = table.rows if own else f"number of {plural(column.label)}"
                return Measure(rows, table, averaged=False, counts=True)
            if column.role == "measure" and not (tables and not match.exact):
                phrase = self._aggregated(column, match)
                return Measure(phrase, table, averaged=not phrase.startswith("total"))
            if column.role == "flag" and not slot:
                return self._flagged(column, table)
        if tables and match.exact and tables[0] is self._main:
            if slot and not _RANKED_BY.search(before):
                return None
            money = tables[0].money
            said = {w.stem for w in self._words[match.first : match.last]}
            if money and said & {"sal", "sale", "revenu"} and not _COUNT.search(before):
                return Measure(money.measured, tables[0], averaged=False)
            return self._counted(tables[0], shared=False)
        return None

    def _counted(self, table: Table, *, shared: bool) -> Measure:
        phrase = f"share of {table.rows.removeprefix('number of ')}" if shared else table.rows
        return Measure(phrase, table, averaged=False, counts=True)

    def _flagged(self, column: Column, table: Table) -> Measure:
        told = self._samples.measure_with(column.label)
        rows = table.rows.removeprefix("number of ")
        return Measure(told or f"share of {column.label} {rows}", table, averaged=True)

    def _flagged_counts(self, measures: list[Measure]) -> list[Measure]:
        """ "How many tickets were escalated" counts the escalated ones only."""
        counts = [m for m in measures if m.counts]
        flags = [
            c
            for m in self._matches
            for c in m.targets[:1]
            if isinstance(c, Column) and c.role == "flag"
        ]
        if not counts or not flags or flags[0].table != counts[0].table.name:
            return measures
        rows = counts[0].table.rows.removeprefix("number of ")
        others = [m for m in measures if not m.counts and flags[0].label not in m.phrase]
        return [replace(counts[0], phrase=f"number of {flags[0].label} {rows}"), *others]

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

        def score(column: Column) -> tuple[int, int]:
            named = {w.stem for w in words(column.label)}
            return (-len(named & said), column.table != self._main.name)

        return sorted(columns, key=score)

    def _asks_count(self, measure: Measure) -> bool:
        noun = measure.phrase.split()[-1]
        pattern = rf"\b(?:how many|number of|count of|share of)\b[^,?]*\b{re.escape(noun)}"
        return bool(re.search(pattern, self._question, re.I))

    # Breakdowns

    def _table(self) -> Table:
        """The table that a question without a measure is about."""
        named = [
            self._table_of(t)
            for m in self._matches
            if m.exact
            for t in m.targets[:1]
            if isinstance(t, Table) or t.role in ("group", "flag", "key")
        ]
        if not named or self._main in named or any(link(self._main, t) for t in named):
            return self._main
        return named[0]

    def _groups(self, table: Table) -> tuple[str, ...]:
        groups: dict[str, None] = {}
        skip = -1
        for match in self._matches:
            if match.first < skip or self._taken & set(range(match.first, match.last)):
                continue
            phrase = self._joined_group(match, table)
            if phrase:
                skip = match.last + 1
            phrase = phrase or self._told_group(match) or self._group(match, table)
            if phrase:
                groups.setdefault(phrase)
        return tuple(groups)

    def _joined_group(self, match: Match, table: Table) -> str | None:
        """ "origin airport" is one breakdown when a column and the table it points at touch."""
        after = next((m for m in self._matches if m.first == match.last), None)
        columns = [t for t in match.targets if isinstance(t, Column) and t.table == table.name]
        others = [t for t in after.targets if isinstance(t, Table)] if after else []
        if columns and others and after and table not in others:
            said = [w.lower for w in self._words[match.first : after.last]]
            return singular_phrase(" ".join(said))
        return None

    def _told_group(self, match: Match) -> str | None:
        """A breakdown that the owner lists under the very word, such as "route"."""
        said = singular_phrase(" ".join(w.lower for w in self._words[match.first : match.last]))
        return said if said in self._samples.groups else None

    def _group(self, match: Match, table: Table) -> str | None:
        if match.value and isinstance(match.targets[0], Column):
            return match.targets[0].label
        said = singular_phrase(
            " ".join(w.lower for w in self._words[match.first : match.last]).removesuffix("'s")
        )
        slot = self._before(match) in _SLOT
        for target in match.targets:
            if isinstance(target, Table):
                column = link(table, target)
                if column:
                    known = said if stems(said) in map(stems, target.phrases) else target.row
                    return self._samples.group_with(known) or linked_phrase(column, target)
            elif target.role in ("group", "flag", "key", "period"):
                phrase = self._column_group(target, said, match, slot=slot, table=table)
                if phrase:
                    return phrase
        return None

    def _column_group(
        self, column: Column, said: str, match: Match, *, slot: bool, table: Table
    ) -> str | None:
        if match.exact:
            return said if stems(said) in map(stems, column.phrases) else column.label
        if not slot and not (column.table == table.name and self._lexicon.names(said, column)):
            return None
        if said in column.label.split():
            return column.label
        return self._samples.group_with(said) or f"{column.label} {said}"

    # Words

    def _before(self, match: Match) -> str:
        """The word before a match, articles and adjectives like "different" skipped."""
        at = match.first - 1
        while at >= 0 and self._words[at].lower in ("the", "our", "different", "various"):
            at -= 1
        return self._words[at].lower if at >= 0 else ""

    def _table_of(self, target: Column | Table) -> Table:
        return target if isinstance(target, Table) else self._space.table(target.table)

    def _unknown(self) -> list[int]:
        """Words that neither the space nor the language explains."""
        explained = self._used | self._taken
        for match in self._matches:
            explained |= set(range(match.first, match.last))
        return [
            i
            for i, w in enumerate(self._words)
            if i not in explained
            and not is_filler(w.lower)
            and not w.text.isdigit()
            and not self._lexicon.in_samples(w)
            and not self._is_verb(i)
        ]

    def _as_values(self, unknown: list[int]) -> list[int]:
        """Reads unknown words before a noun of the space as values: "online and in-store sales".

        The words become a condition, for whoever answers to find or to refuse. Returns the rest.
        """
        nouns = {m.first for m in self._matches if m.exact and not m.value}
        for last in unknown:
            first = last
            while first - 2 in unknown and self._words[first - 1].lower in ("and", "or", "vs"):
                first -= 2
            slot = self._words[first - 1].lower if first else ""
            plain = first and slot not in (*_SLOT, *_NO_ADJECTIVE_AFTER)
            if last + 1 in nouns and plain and not self._words[last].lower.endswith("s"):
                text = self._question[self._words[first].start : self._words[last].end]
                others = (*self._conditions.others, f"for {text}")
                self._conditions = replace(self._conditions, others=others)
                return [i for i in unknown if not first <= i <= last]
        return unknown

    def _is_derived(self, match: Match) -> bool:
        """True for "cancellation rate" over a column `cancelled`: same stem, another word."""
        said = " ".join(w.lower for w in self._words[match.first : match.last])
        return any(
            isinstance(t, Column) and t.role == "flag" and said not in t.phrases
            for t in match.targets[:1]
        )

    def _is_verb(self, at: int) -> bool:
        """True for "fly" in "which planes fly the most": the group does it, rows count it."""
        before = [m for m in self._matches if m.last == at]
        return bool(before) and any(
            self._words[before[0].first - 1].lower in ("which", "what")
            and stem(self._words[at].lower) == self._words[at].lower
            for _ in before
            if before[0].first
        )
