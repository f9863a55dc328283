"""From what a question asks to the analytical questions that answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from aislides_analyst.planning.breakdowns import extra_groups
from aislides_analyst.planning.compared import Compared
from aislides_analyst.planning.limited import limits_groups
from aislides_analyst.planning.measures import Measure
from aislides_analyst.planning.movers import asks_who_moved
from aislides_analyst.planning.outcomes import default_measure, second_measure
from aislides_analyst.planning.periods import fitting_grain, year_before
from aislides_analyst.planning.reading import Reading
from aislides_analyst.planning.space import Space, Table
from aislides_analyst.planning.words import words

_PLAIN_SHAPE = re.compile(
    r"\b(?:top \d+|bottom \d+|year (?:over|on) year|month (?:over|on) month|"
    r"quarter (?:over|on) quarter)\b",
    re.I,
)
"""What breakdowns in our own words would lose."""
_NOT_PLAIN = re.compile(
    r"\b(?:why|drive|drives|driven|driver|drivers|develop|developed|evolve|evolved|deck|slides?|"
    r"presentation|overview|summary|summari[sz]e|story|report|analy[sz]e|explain|insights?|"
    r"contribut\w+|responsible|behind|and (?:which|what|how|where|who))\b",
    re.I,
)
_DRIVEN = re.compile(
    r"\b(?:drive|drives|drove|driven|drivers?|contribut\w+|behind|responsible|growth|explains?|"
    r"why|changed)\b",
    re.I,
)
_NOT_ADDITIVE = ("share", "median", "maximum", "minimum")
_WHERE = re.compile(r"^\W*(?:and )?where\b", re.I)
_WHO = re.compile(r"^\W*(?:and )?(?:which|who|where)\b", re.I)
_WHY = re.compile(r"\bwhy\b|\breasons?\b", re.I)
_PLACES = re.compile(
    r"\b(?:region|country|city|town|state|district|area|location|site|store|shop|branch|filiale|"
    r"warehouse|hospital|station|market|territory|zone|office|plant|school|ward)\b"
)
_CHANGED = re.compile(
    r"\b(?:why|falls?|fell|fallen|drop\w*|declin\w+|rise|rose|risen|gr[eo]w|grown|growth|increas\w+|"
    r"decreas\w+|chang\w+|worse|worsen\w*|improv\w+|longer|shorter|higher|lower)\b",
    re.I,
)
_WHEN = re.compile(r"^\W*when\b|\bat what time\b|\bwhat time of\b", re.I)
_CLOCK = re.compile(r"\b(?:time|timestamp|datetime|at)$")
"""How a column of dates that hold the hour is called."""
_UNUSUAL = re.compile(r"\b(?:unusual|anomal\w+|outliers?|spikes?|exceptional|odd|strange)\b", re.I)
_YEAR = re.compile(r"(?:fiscal |calendar )?(?:year|jahr)$")
_RANKING = re.compile(r"\b(?:top|bottom|best|worst) \d+\b|\b\d+ (?:best|worst|most|least)\b", re.I)
_LONGEST_PLAIN = 16


@dataclass(frozen=True)
class Planned:
    """One analytical question, and why it is asked."""

    question: str
    why: str


def planned_questions(reading: Reading, space: Space, limit: int) -> list[Planned]:
    """Return at most `limit` different questions, what the user asked for first."""
    kept: dict[str, Planned] = {}
    if reading.table is not None and limits_groups(reading, reading.table):
        # Whatever else is shown would not keep the limit.
        return [Planned(_as_asked(reading), "Answers the question as it was asked.")]
    for planned in _candidates(reading, space):
        kept.setdefault(planned.question.lower(), planned)
    return list(kept.values())[:limit]


def is_plain(reading: Reading) -> bool:
    """True when the question is one that a single query answers as it stands."""
    question = reading.question.strip()
    return (
        bool(_PLAIN_SHAPE.search(question) or _RANKING.search(question))
        and not _NOT_PLAIN.search(question)
        and not re.search(r"[.?!;]\s+\S", question)
        and len(words(question)) <= _LONGEST_PLAIN
        and bool(reading.measures)
        and not reading.aliased
    )


def _candidates(reading: Reading, space: Space) -> Iterator[Planned]:
    table = reading.table
    if table is None:
        return
    reading = _with_the_year_before(reading)
    measures = reading.measures or (default_measure(space, table),)
    measures = tuple(m for m in measures if m.table is table)
    ask = _Asker(measures, reading.conditions.text)
    if reading.conditions.paired:
        yield from _side_by_side(reading, reading.conditions.paired, ask, table, space)
        return
    covered: set[str | None] = set()
    if is_plain(reading):
        yield Planned(_as_asked(reading), "Answers the question as it was asked.")
        covered = _covered_as_asked(reading)
    if both := _asked_together(reading):
        yield ask(both, "Shows both together, as the question asks.")
    if reading.conditions.versus:
        against = _Asker(measures, reading.conditions.period)
        yield against.against(reading.conditions.versus)
    extra = _fitting_first(extra_groups(table, space), reading.question)
    groups = [g for g in (*reading.groups, *extra) if not _is_fixed(g, reading)]
    moved = _moved_by(reading, table) if groups and not measures[0].snapshot else ""
    movers = ask(f"{moved} and {groups[0]}", "Shows which rose and which fell.") if moved else None
    if movers and asks_who_moved(reading.question):
        yield movers
    asked = [
        ask(group, f"Compares {group} with {group}.")
        for group in reading.groups
        if group not in covered and group not in reading.fixed
    ]
    course = list(_over_time(reading, table, ask, covered))
    yield from [*asked, *course] if _WHO.search(reading.question) else [*course, *asked]
    drivers = list(dict.fromkeys(groups))[: 2 if _WHY.search(reading.question) else 1]
    if drivers and _asks_drivers(reading, table, measures[0]):
        for driver in drivers:
            yield ask(f"quarter and {driver}", f"Shows what each {driver} adds to the change.")
    others = [
        group
        for group in _fitting_first(extra_groups(table, space, reading.groups), reading.question)
        if not _is_fixed(group, reading)
        and not any(group in m.phrase and m.phrase != table.rows for m in measures)
    ]
    if not reading.measures:
        yield from _overview(table, space, ask, list(reading.groups) or others, reading)
    for group in others:
        yield ask(group, f"Looks for differences by {group}.")
    if table.has_events and not (measures[0].snapshot or measures[0].averaged):
        yield ask("day of week", "Looks for a pattern over the week.")
    if movers:
        yield movers


def _moved_by(reading: Reading, table: Table) -> str:
    """The grain in which groups are compared with what they were; empty without several of it."""
    if any(_YEAR.match(c.label) for c in table.of_role("period")):
        return "year"
    months = fitting_grain(reading.conditions.period) == "month"
    return "quarter" if table.of_role("time") and months else ""


def _side_by_side(
    reading: Reading, paired: Compared, ask: _Asker, table: Table, space: Space
) -> Iterator[Planned]:
    """The two periods as a whole, and which groups made the difference."""
    yield ask.over_time(paired.grain, "Sets the two periods against each other.")
    others = [g for g in extra_groups(table, space, reading.groups) if not _is_fixed(g, reading)]
    for group in [*reading.groups, *others]:
        split = f"{paired.grain} and {group}" if paired.grain else group
        yield ask.over_time(split, f"Shows what each {group} adds to the change.")


def _overview(
    table: Table, space: Space, ask: _Asker, groups: Sequence[str], reading: Reading
) -> Iterator[Planned]:
    """Two sides of the business: the main measure and a second, over time and by group."""
    second = second_measure(space, table)
    for group in groups[:1]:
        yield ask(group, f"Looks for differences by {group}.")
    if second is None:
        return
    other = _Asker((second,), reading.conditions.text)
    yield from _over_time(reading, table, other, set())
    for group in groups[:1]:
        yield other(group, f"Looks for differences by {group}.")


def _with_the_year_before(reading: Reading) -> Reading:
    """A change within one year is read against the year before, unless both are asked for."""
    period = year_before(reading.conditions.period)
    if not period or not _CHANGED.search(reading.question):
        return reading
    return replace(reading, conditions=replace(reading.conditions, period=period))


def _fitting_first(groups: Sequence[str], question: str) -> list[str]:
    """Places first where the question asks where, reasons first where it asks why."""

    def fits(group: str) -> bool:
        asked_where = _WHERE.search(question) and _PLACES.search(group)
        return bool(asked_where or (_WHY.search(question) and re.search("reason|cause", group)))

    return sorted(groups, key=lambda group: not fits(group))


def _asks_drivers(reading: Reading, table: Table, measure: Measure) -> bool:
    """True when parts of a change can be shown: what adds up, over more than one month."""
    adds_up = not measure.averaged and not measure.phrase.startswith(_NOT_ADDITIVE)
    months = fitting_grain(reading.conditions.period) == "month"
    timed = bool(table.of_role("time")) and months
    return adds_up and timed and bool(_DRIVEN.search(reading.question))


def _asked_together(reading: Reading) -> str:
    """Two breakdowns that the question names as one, such as `year and channel`; empty for none."""
    named = [name for name in (reading.grain, *reading.groups) if name]
    for first, second in permutations(named, 2):
        both = rf"\b(?:by|per|for each) {re.escape(first)} and (?:by )?{re.escape(second)}\b"
        if re.search(both, reading.question, re.I):
            return f"{first} and {second}"
    return ""


def _covered_as_asked(reading: Reading) -> set[str | None]:
    """Breakdowns that the question, asked as it is, brings already."""
    if not reading.groups:
        return {reading.grain, *(["day of week"] if reading.weekday else [])}
    ranking = _RANKING.search(reading.question)
    return {*reading.groups} if len(reading.groups) == 1 and not ranking else set()


def _over_time(
    reading: Reading, table: Table, ask: _Asker, covered: set[str | None]
) -> Iterator[Planned]:
    """The course over time, in the grain asked for, and the cycles that the question names."""
    timed = bool(table.of_role("time"))
    fitting = fitting_grain(reading.conditions.period)
    grain = fitting if reading.grain in covered else reading.grain or fitting
    if not timed and any(_YEAR.match(c.label) for c in table.of_role("period")):
        timed, grain = True, "year"
    if timed and _UNUSUAL.search(reading.question) and not reading.grain:
        # Months hide what a single day did.
        yield ask.over_time("day", "Looks for days unlike the others.")
    if timed and grain not in covered:
        yield ask.over_time(grain, "Shows how it developed over time.")
    clocked = any(_CLOCK.search(c.label) for c in table.of_role("time"))
    when = bool(_WHEN.search(reading.question)) and (clocked or bool(table.of_role("hour")))
    if (reading.hour or when) and table.of_role("hour", "time"):
        yield ask("hour of day", "Shows the course of the day.")
    if reading.weekday and timed and "day of week" not in covered:
        yield ask("day of week", "Compares the days of the week.")
    for other in reading.measures:
        if other.table is not table and other.table.of_role("time"):
            yield _Asker((other,), reading.conditions.text)(grain, "Shows the other measure.")


class _Asker:
    """Phrases one breakdown of the measures under the conditions."""

    def __init__(self, measures: tuple[Measure, ...], conditions: str) -> None:
        phrases = [m.phrase for m in measures]
        table = measures[0].table
        self._first = measures[0]
        gaps = ""
        if len(phrases) == 1 and measures[0].averaged and table.is_countable:
            phrases.append(table.rows)
            gaps = _without_gaps(measures[0])
        self._measured = " and ".join(
            [", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases
        )
        self._conditions = "".join(f" {part}" for part in (conditions, gaps) if part)

    def __call__(self, group: str, why: str) -> Planned:
        held = (
            " on the latest day"
            if self._first.snapshot and self._first.table.of_role("time")
            else ""
        )
        return Planned(f"{self._measured} by {group}{self._conditions}{held}", why)

    def over_time(self, grain: str, why: str) -> Planned:
        """The course; what is held at a moment is shown at each of its moments."""
        if self._first.snapshot:
            grain = _own_grain(self._first.table) or grain
        split = f" by {grain}" if grain else ""
        return Planned(f"{self._measured}{split}{self._conditions}", why)

    def against(self, names: str) -> Planned:
        """The same for names set against each other."""
        question = f"{self._measured} {names}{self._conditions}"
        return Planned(question, "Compares what the question sets against each other.")


def _own_grain(table: Table) -> str:
    """The grain of the times that a table holds, as far as their column's name tells."""
    for column in table.of_role("time"):
        named = [g for g in ("week", "month", "quarter", "year") if g in column.label.split()]
        return named[0] if named else "day"
    return ""


def _without_gaps(measure: Measure) -> str:
    """Limits an average with missing values to the rows it averages, so that counts weigh it."""
    for column in measure.table.of_role("measure"):
        if column.has_gaps and measure.phrase.endswith(f" {column.label}"):
            return f"where {column.label} is known"
    return ""


def _as_asked(reading: Reading) -> str:
    return reading.question.strip().rstrip("?!. ")


def _is_fixed(group: str, reading: Reading) -> bool:
    """True when the question already fixes this breakdown to one of its values."""
    said = [c.lower() for c in reading.conditions.others]
    start = any(c.startswith("from ") for c in said)
    end = any(c.startswith("to ") for c in said)
    return (
        group in reading.fixed
        or any(group in c for c in said)
        or (start and bool(re.match(r"(?:origin|departure|source|pickup)\b", group)))
        or (end and bool(re.match(r"(?:dest|destination|arrival|target|dropoff)\b", group)))
    )
