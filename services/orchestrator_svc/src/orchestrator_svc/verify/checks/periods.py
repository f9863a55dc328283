"""Periods: months, seasons, parts of the day and `since`/`until` agree with the cited facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from datetime import date

from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind, TimeGrain
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.values import to_python
from orchestrator_svc.verify.context import fact_years
from orchestrator_svc.verify.entities import is_name, is_period, mates, months_and_hours, name_for
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.lexicon.shape import PeriodWord
from orchestrator_svc.verify.reading import Cite, Reading

_ON = re.compile(r"(?<![\w⟦])on ⟦(\d+)⟧")
_LONGER_THAN_A_DAY = {
    TimeGrain.TIME_GRAIN_WEEK,
    TimeGrain.TIME_GRAIN_MONTH,
    TimeGrain.TIME_GRAIN_QUARTER,
    TimeGrain.TIME_GRAIN_YEAR,
}
_LASTING = {FactKind.FACT_KIND_LEVEL_SHIFT, FactKind.FACT_KIND_TREND}


def check_periods(reading: Reading) -> Iterator[Fault]:
    """Typed months, seasons and parts of the day that no cited value lies in."""
    spelled = reading.context.lexicon.months
    named = spelled.keys() & reading.words
    possible = reading.possible(reading.context.lexicon.period_of)
    periods = [one for one in possible if reading.find(one.pattern)]
    if named or periods:
        yield from _named_periods(reading, named, periods)
    yield from _figures_in_periods(reading)
    yield from _since(reading)
    yield from _beginning(reading)
    yield from _years_of_facts(reading)
    yield from _days(reading)


def _days(reading: Reading) -> Iterator[Fault]:
    """`on ⟦week⟧`: a week is printed by its first day, and is no day."""
    for found in _ON.finditer(reading.flat):
        value = reading.cites[int(found[1])].value
        alone = not re.search(
            r"(?:up|down|more|less|fewer|began|begins|beginning|started|starts|starting|⟧) $",
            reading.flat[: found.start()],
        )
        begin, end = reading.statement(found.start())
        weekly = re.search(r"\b(?:week|month|quarter|year)s?\b", reading.flat[begin:end])
        if alone and not weekly and is_period(value) and value.format.grain in _LONGER_THAN_A_DAY:
            yield _period(f"on {value.label}")


def _named_periods(
    reading: Reading, named: Set[str], periods: Sequence[PeriodWord]
) -> Iterator[Fault]:
    """Months, seasons and parts of the day by name."""
    values = [value for fact in reading.facts for value in fact.values]
    months, hours = months_and_hours(values)
    words = " ".join(reading.context.told(fact) for fact in reading.facts)
    for word in sorted(named):
        if reading.context.lexicon.months[word] not in months and word not in words:
            yield _period(word)
    for period in periods:
        seen = reading.first(period.pattern)
        if not seen or seen[0].rstrip("s") in words or _first_word(seen[0]) in words:
            continue
        if period.months and not period.months & (months | _named_months(reading)):
            yield _period(seen[0])
        if period.hours and not period.hours & hours and not _a_day(reading, seen[0]):
            yield _period(seen[0])


def _a_day(reading: Reading, word: str) -> bool:
    """`one night`, of data by days that know no hours."""
    grains = {
        value.format.grain for fact in reading.facts for value in fact.values if is_period(value)
    }
    return word.rstrip("s") in {"night", "evening"} and grains == {TimeGrain.TIME_GRAIN_DAY}


def _figures_in_periods(reading: Reading) -> Iterator[Fault]:
    """A season or part of the day right before a figure that belongs to another one."""
    lexicon = reading.context.lexicon
    for period in reading.possible(lexicon.period_of):
        for seen in reading.find(period.pattern):
            following = next(iter(reading.marks(seen.end(), seen.end() + 40)), None)
            if following is None or is_name(following[1].value):
                continue
            at, cite = following
            if reading.has(lexicon.attribution_stops, start=seen.end(), end=at):
                continue
            own = name_for(cite.fact, cite.value)
            months, hours = months_and_hours([own]) if own is not None else (set(), set())
            other_month = months and period.months and not months & period.months
            if other_month or (hours and period.hours and not hours & period.hours):
                yield _period(seen[0])


def _named_months(reading: Reading) -> set[int]:
    """Months that value names spell, such as `dec` or `autumn_mean`."""
    lexicon = reading.context.lexicon
    return {
        lexicon.months[word]
        for fact in reading.facts
        for value in fact.values
        for word in re.findall(r"[a-z]+", f"{value.name} {value.label}".lower().replace("_", " "))
        if word in lexicon.months
    }


def _first_word(words: str) -> str:
    return re.split(r"[ -]", words)[0] if " " not in words and "-" not in words else words


def _period(words: str) -> Fault:
    return fault(
        Code.PERIOD_UNSUPPORTED, words, "no cited value lies in that period; cite the period"
    )


def _beginning(reading: Reading) -> Iterator[Fault]:
    """`began in ⟦period⟧`: a period that something starts in, not its last one."""
    for found in reading.find(reading.context.lexicon.spans.beginning):
        following = next(iter(reading.marks(found.end(), found.end() + 8)), None)
        ends = {"end_period", "last_period", "to_period"}
        if following is not None and following[1].value.name in ends:
            yield _period(found[0])


def _years_of_facts(reading: Reading) -> Iterator[Fault]:
    """A typed year lies within the years that the cited facts speak of, when they speak of any."""
    typed = re.search(r"(?<![\d⟦])(?:19|20)\d{2}(?!\d)", reading.flat)
    if typed is None:
        return
    years = [year for fact in reading.facts for year in fact_years(fact)]
    if years and not min(years) <= int(typed[0]) <= max(years):
        yield _period(typed[0])


def fact_starts(fact: Fact) -> set[int]:
    """Years in which the fact's own span or new level begins."""
    return {
        exact.year
        for value in fact.values
        if value.name in {"start_period", "from_period", "shift_period"}
        and isinstance(exact := to_python(value.value), date)
    }


def _since(reading: Reading) -> Iterator[Fault]:
    """`since May` needs a fact that holds from there on."""
    lexicon = reading.context.lexicon
    for pattern in (lexicon.since, lexicon.until):
        for found in reading.find(pattern):
            follows = next(iter(reading.marks(found.start(), found.end() + 24)), None)
            cite = follows[1] if follows else None
            if pattern is lexicon.until and cite is not None and not is_period(cite.value):
                continue
            if pattern is lexicon.until and cite is not None and _rises_until(cite):
                continue
            facts = [cite.fact] if cite else reading.facts
            year = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", reading.flat[found.end() :][:24])
            if cite is None and year and int(year[0]) not in set().union(*map(fact_starts, facts)):
                facts = []
            if pattern is lexicon.since and _moving_since_shift(reading, found, facts):
                yield fault(Code.SINCE_UNSUPPORTED, found[0].strip(), "it moved once, and held")
                continue
            if any(fact.kind in _LASTING for fact in facts):
                later = cite is not None and cite.value.name == "after"
                if later and reading.flat.startswith(" then", found.end()):
                    continue
                starts = {"start_period", "from_period", "shift_period", "previous_period"}
                if cite is None or cite.value.name in starts or pattern is lexicon.until:
                    continue
            yield fault(
                Code.SINCE_UNSUPPORTED, found[0].strip(), "no cited fact holds from there on"
            )


def _rises_until(cite: Cite) -> bool:
    """Whether the cited fact claims a movement that ends in that period."""
    names = mates(cite.fact, cite.value)
    return any(
        claim.kind in (ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_DOWN)
        and len(claim.subjects) > 1
        and claim.subjects[-1] in names
        for claim in cite.fact.claims
    )


def _moving_since_shift(reading: Reading, found: re.Match[str], facts: Sequence[Fact]) -> bool:
    """`has been rising since ⟦shift_period⟧`, where it rose once."""
    if not facts or any(fact.kind != FactKind.FACT_KIND_LEVEL_SHIFT for fact in facts):
        return False
    lexicon = reading.context.lexicon
    begin, end = reading.statement(found.start())
    return any(
        begin <= one.start() < end and one[0].endswith("ing")
        for pattern in (lexicon.up, lexicon.down, lexicon.improving, lexicon.worsening)
        for one in reading.find(pattern)
    )
