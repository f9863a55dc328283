"""From what a question asks to the analytical questions that answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aislides_analyst.planning.periods import fitting_grain
from aislides_analyst.planning.reading import Measure, Reading, link
from aislides_analyst.planning.samples import Samples
from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import singular_phrase, words

_PLAIN_SHAPE = re.compile(r"\b(?:by|per|for each|of each|in each|top \d+|bottom \d+)\b", re.I)
_NOT_PLAIN = re.compile(
    r"\b(?:why|drive|drives|driven|driver|drivers|develop|developed|evolve|evolved|deck|slides?|"
    r"presentation|overview|summary|summari[sz]e|story|report|analy[sz]e|explain|insights?|"
    r"contribut\w+|responsible|behind|and (?:which|what|how|where|who))\b",
    re.I,
)
_LONGEST_PLAIN = 16


@dataclass(frozen=True)
class Planned:
    """One analytical question, and why it is asked."""

    question: str
    why: str


def planned_questions(reading: Reading, space: Space, limit: int) -> list[Planned]:
    """Return at most `limit` different questions, what the user asked for first."""
    kept: dict[str, Planned] = {}
    for planned in _candidates(reading, space):
        kept.setdefault(planned.question.lower(), planned)
    return list(kept.values())[:limit]


def is_plain(reading: Reading) -> bool:
    """True when the question is one that a single query answers as it stands."""
    question = reading.question.strip()
    return (
        bool(_PLAIN_SHAPE.search(question))
        and not _NOT_PLAIN.search(question)
        and not re.search(r"[.?!;]\s+\S", question)
        and len(words(question)) <= _LONGEST_PLAIN
        and bool(reading.measures)
    )


def default_measures(space: Space, table: Table) -> tuple[Measure, ...]:
    """What is measured when the question names nothing: as the samples do, else the first number."""
    if table.of_role("measure"):
        first = table.of_role("measure")[0]
        return (Measure(first.measured, table, averaged=not first.measured.startswith("total")),)
    return (Measure(table.rows, table, averaged=False, counts=True),)


def _candidates(reading: Reading, space: Space) -> Iterator[Planned]:
    table = reading.table
    if table is None:
        return
    measures = reading.measures or default_measures(space, table)
    ask = _Asker(measures, reading.conditions.text)
    covered: set[str] = set()
    if is_plain(reading):
        yield Planned(_as_asked(reading), "Answers the question as it was asked.")
        covered |= {*reading.groups[:1]} if len(reading.groups) == 1 else set()
        covered |= {reading.grain} if reading.grain and not reading.groups else set()
    timed = bool(table.of_role("time"))
    grain = reading.grain or fitting_grain(reading.conditions.period)
    if timed and grain not in covered:
        yield ask(grain, "Shows how it developed over time.")
    if reading.hour and table.of_role("hour", "time"):
        yield ask("hour of day", "Shows the course of the day.")
    if reading.weekday and timed:
        yield ask("day of week", "Compares the days of the week.")
    for group in reading.groups:
        if group not in covered:
            yield ask(group, f"Compares {group} by {group}.")
    for group in _extra_groups(reading, space, table):
        yield ask(group, f"Looks for differences by {group}.")
    if timed:
        yield ask("day of week", "Looks for a pattern over the week.")


class _Asker:
    """Phrases one breakdown of the measures under the conditions."""

    def __init__(self, measures: tuple[Measure, ...], conditions: str) -> None:
        phrases = [m.phrase for m in measures]
        table = measures[0].table
        if len(phrases) == 1 and measures[0].averaged and table.rows not in phrases:
            phrases.append(table.rows)
        self._measured = " and ".join(
            [", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases
        )
        self._conditions = f" {conditions}" if conditions else ""

    def __call__(self, group: str, why: str) -> Planned:
        return Planned(f"{self._measured} by {group}{self._conditions}", why)


def _as_asked(reading: Reading) -> str:
    return reading.question.strip().rstrip("?!. ")


def _extra_groups(reading: Reading, space: Space, table: Table) -> Iterator[str]:
    """Breakdowns worth seeing that the question did not name, the most telling first."""
    named = [w for g in reading.groups for w in g.split()]
    samples = Samples(space)
    if table.of_role("hour") and not reading.hour:
        yield "hour of day"
    for group in samples.groups:
        if group not in reading.groups and _belongs(group, table, space):
            yield group
    for column in table.of_role("group", "flag"):
        other = _linked_table(column, table, space)
        phrase = _group_phrase(column, other)
        if phrase.split()[-1] not in named and not _is_filtered(phrase, reading):
            yield phrase
    for other in space.tables:
        if link(table, other):
            for column in other.of_role("group"):
                if len(other.columns) > 2 and column.label not in ("name", other.row):
                    yield column.label


def _is_filtered(phrase: str, reading: Reading) -> bool:
    """True when the question already fixes this breakdown to one of its values."""
    return any(phrase in condition.lower() for condition in reading.conditions.others)


def _linked_table(column: Column, table: Table, space: Space) -> Table | None:
    for other in space.tables:
        found = link(table, other)
        if found and found.name == column.name:
            return other
    return None


def _group_phrase(column: Column, other: Table | None) -> str:
    if other is None or other.row in column.label:
        return singular_phrase(column.label)
    if column.name.lower() in {c.name.lower() for c in other.columns}:
        return other.row
    return f"{column.label} {other.row}"


def _belongs(group: str, table: Table, space: Space) -> bool:
    """True when the breakdown is one of this table's or of a table it points at."""
    nouns = set(group.split())
    reachable = [table, *(t for t in space.tables if link(table, t))]
    labels = {w for t in reachable for c in t.columns for w in c.label.split()}
    return nouns <= labels | {t.row for t in reachable} | {"of", "day"}
