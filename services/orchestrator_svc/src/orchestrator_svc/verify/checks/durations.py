"""Durations: a length of time in words is one that a cited figure was computed over.

`over the year`, `two weeks`, `a decade`: a figure of one length of time told of another is a lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from aislides.deck.v1.fact_pb2 import Fact, FactKind, FactValue, FormatKind
from aislides.deck.v1.verdict_pb2 import Fault

from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.values import same_value, to_python
from orchestrator_svc.verify.checks.spans import grains
from orchestrator_svc.verify.entities import (
    is_name,
    is_period,
    main_number,
    months_between,
    name_for,
    number,
)
from orchestrator_svc.verify.faults import Code, fault
from orchestrator_svc.verify.reading import MARK, Cite, Reading

_EDGES = (("from_period", "to_period"), ("start_period", "end_period"))
_PAIR = ("previous_period", "last_period")
_NEAR = 24
"""Characters around a length of time in which a figure is the one that it is told of."""
_WITHIN = {"hour": {"day"}, "day": {"week", "month"}, "month": {"year"}, "quarter": {"year"}}
"""Spans that a season of such periods comes back in."""
_TIMED = (FactKind.FACT_KIND_LEVEL, FactKind.FACT_KIND_TREND)
_CAUTION = FactKind.FACT_KIND_CAUTION
_OUTLIER, _SEASONALITY = FactKind.FACT_KIND_OUTLIER, FactKind.FACT_KIND_SEASONALITY
_YEAR = re.compile(r"\b(?:in|for|during|of) ((?:19|20)\d{2})\b")
_HOURS = {
    **{"s": 1 / 3600, "seconds": 1 / 3600, "min": 1 / 60, "minutes": 1 / 60, "h": 1.0},
    **{"hours": 1.0, "days": 24.0, "weeks": 168.0},
}
_TIME_UNITS = {"h": "hour", "days": "day", "weeks": "week"}


def check_durations(reading: Reading) -> Iterator[Fault]:
    """Lengths of time in words, and periods that a figure is not one of."""
    yield from _in_words(reading)
    yield from _of_two_periods(reading)
    yield from _of_other_periods(reading)
    yield from _in_another(reading)
    yield from _as_usual(reading)
    yield from _in_one_year(reading)


def _in_words(reading: Reading) -> Iterator[Fault]:
    lexicon = reading.context.lexicon
    frames = lexicon.frames
    found = list(frames.grain.finditer(reading.flat))
    if not found:
        return
    elsewhere = (
        *(phrases for phrases, _ in lexicon.bindings.bases),
        *(one.pattern for one in reading.possible(lexicon.fraction_of)),
        *(one.pattern for one in reading.possible(lexicon.period_of)),
    )
    read_elsewhere = [one.span() for phrases in elsewhere for one in reading.find(phrases)]
    for one in found:
        begin, end = reading.statement(one.start())
        facts = {cite.fact.id: cite.fact for _, cite in reading.marks(begin, end)}
        if facts and not reading.marks(one.start() - _NEAR, one.end() + _NEAR):
            facts |= {fact.id: fact for fact in reading.facts}
        if not facts or lexicon.imperative.match(reading.flat, begin, end):
            continue
        if reading.has(lexicon.unclaimed, start=begin, end=end):
            continue
        if _bounded(reading, one, begin, end):
            continue
        part = one[1] == "half"  # `half a year` is no half of anything.
        if not part and any(a < one.end() and one.start() < b for a, b in read_elsewhere):
            continue
        if lexicon.spans.period_before.match(reading.flat, one.start(2) - 1):
            continue
        if _counted(reading, one, begin, end):
            continue
        moved = [cite for _, cite in reading.marks(begin, end) if not is_name(cite.value)]
        moved_only = bool(moved) and all(cite.value.format.signed for cite in moved)
        if not any(_lasts(reading, fact, one, moved_only) for fact in facts.values()):
            hint = "no cited figure was computed over that length of time"
            yield fault(Code.PERIOD_UNSUPPORTED, one[0], hint)
            return


def _bounded(reading: Reading, found: re.Match[str], begin: int, end: int) -> bool:
    """`both take over a day`, `back within an hour`: the times told lie on that side of it."""
    frames = reading.context.lexicon.frames
    bound = frames.time_bound.search(reading.flat, begin, found.start())
    many = 1 if found[1] in (None, "a", "an", "one") else frames.counted_grain.get(found[1], 0)
    figures = [main_number(cite.fact, cite.value) for _, cite in reading.marks(begin, end)]
    timed = [one for one in figures if one is not None and one.format.unit in _HOURS]
    hours = [(number(one) or 0.0) * _HOURS[one.format.unit] for one in timed]
    limit = many * _HOURS.get(f"{found[2]}s", 0.0)
    if bound is None or not hours or not limit:
        return False
    over = bound[1] in frames.over_words
    return all((size > limit) if over else (size <= limit) for size in hours)


def _counted(reading: Reading, found: re.Match[str], begin: int, end: int) -> bool:
    """`two days: ⟦first_period⟧ and ⟦second_period⟧`: as many such periods are named."""
    many = reading.context.lexicon.frames.counted_grain.get(found[1] or "", 0)
    named = {
        str(to_python(cite.value.value))
        for _, cite in reading.marks(begin, end)
        if is_period(cite.value) and found[2] in grains(cite.fact)
    }
    return many > 0 and many == len(named)


def _lasts(reading: Reading, fact: Fact, found: re.Match[str], moved_only: bool) -> bool:
    """Whether the length of time is that of the fact's periods, or of its whole span."""
    grain, number = found[2], found[1]
    tokens = {*name_tokens(fact.measure)} | ({fact.dimension.lower()} if number is None else set())
    if {grain, f"{grain}s"} & tokens:
        return True
    if any(_TIME_UNITS.get(value.format.unit) == grain for value in fact.values):
        return True
    own = grains(fact)
    if any(value.format.kind == FormatKind.FORMAT_KIND_HOUR for value in fact.values):
        own |= {"hour"}
    if grain == "year" and len(reading.context.years) == 1:
        return not number
    single = number in (None, "a", "an", "one")
    if single and grain in own:
        return True
    within = "hour" in own or fact.kind == _SEASONALITY
    if single and within and any(grain in _WITHIN.get(one, ()) for one in own):
        return True
    return any(_is_span(reading, span, grain, number) for span in _spans(fact, reading, moved_only))


def _is_span(reading: Reading, span: float, grain: str, number: str | None) -> bool:
    """Whether a span of so many months is what the number and the grain tell."""
    frames = reading.context.lexicon.frames
    months = frames.grain_months[grain]
    if number is None:
        return span >= 1.5 * months  # `over the years`, `over the months`
    if number in ("several", "many", "few"):
        return span >= 3 * months
    told = 0.5 if number == "half" else float(frames.counted_grain.get(number, 0))
    told = float(number) if number.isdigit() else told
    slack = 0.1 * told * months + 0.5 * months * (told > 2)
    return bool(told) and abs(span - told * months) <= slack


def _spans(fact: Fact, reading: Reading, moved_only: bool) -> Iterator[float]:
    """Months that the fact's whole span lasts, its last period included, and its step.

    A change from one period to the next happened in one step, and not in the two periods.
    """
    periods = {value.name: value for value in fact.values if is_period(value)}
    for first, last in _EDGES:
        if first in periods and last in periods:
            apart = months_between(periods[first], periods[last])
            own = [reading.context.lexicon.frames.grain_months[one] for one in grains(fact)]
            if apart is not None:
                yield apart + min(own, default=0.0)
    if set(_PAIR) <= periods.keys():
        apart = months_between(*(periods[one] for one in _PAIR))
        if apart is not None:
            yield apart
            if not moved_only:
                yield 2 * apart
    if "shift_period" in periods or fact.kind == _SEASONALITY:
        yield from _table_span(fact, reading)


def _table_span(fact: Fact, reading: Reading) -> Iterator[float]:
    """Months that the fact's result lasts."""
    for table in (reading.context.tables.get(one) for one in fact.result_ids):
        if table is None or fact.dimension not in table or not table.is_time(fact.dimension):
            continue
        days = [cell.toordinal() for cell in table.column(fact.dimension) if isinstance(cell, date)]
        if days:
            yield (max(days) - min(days)) / 30.44 + 1
        years = [cell for cell in table.column(fact.dimension) if isinstance(cell, int)]
        if years and grains(fact) == {"year"}:
            yield (max(years) - min(years) + 1) * 12.0


def _of_two_periods(reading: Reading) -> Iterator[Fault]:
    """`⟦last⟧ from ⟦previous_period⟧ to ⟦last_period⟧`: the figure of one period, told of two."""
    for found in reading.context.lexicon.frames.over_two.finditer(reading.flat):
        cite, one, other = (reading.cites[int(found[place])] for place in (1, 2, 3))
        own = None if is_name(cite.value) else name_for(cite.fact, cite.value)
        if (
            own is None
            or not is_period(own)
            or not (is_period(one.value) and is_period(other.value))
        ):
            continue
        if not same_value(one.value.value, other.value.value):
            hint = "the figure is that of one of these periods"
            yield fault(Code.PERIOD_UNSUPPORTED, MARK.sub("…", found[0]), hint)


def _of_other_periods(reading: Reading) -> Iterator[Fault]:
    """`between ⟦month⟧ and ⟦month⟧ it fell by ⟦change⟧`, of a change from year to year."""
    for found in reading.context.lexicon.frames.pair.finditer(reading.flat):
        one, other = (reading.cites[int(found[place])] for place in (1, 2))
        if not is_period(one.value) or not is_period(other.value):
            continue
        cites = [cite for _, cite in reading.marks(*reading.statement(found.start()))]
        figures = [cite for cite in cites if not is_name(cite.value)]
        if any(cite.fact.id in (one.fact.id, other.fact.id) for cite in figures):
            continue
        told = {str(to_python(cite.value.value)) for cite in (one, other)}
        for cite in figures:
            own = {str(to_python(value.value)) for value in cite.fact.values if is_period(value)}
            if own and not told <= own:
                hint = "the figure is one of other periods"
                yield fault(Code.PERIOD_UNSUPPORTED, f"{cite.fact.id}.{cite.value.name}", hint)
                return


def _in_another(reading: Reading) -> Iterator[Fault]:
    """`⟦year's figure⟧ in ⟦month⟧`, `⟦total⟧ in ⟦year⟧`, of a total of all years."""
    for begin, end in reading.statements:
        cites = [cite for _, cite in reading.marks(begin, end)]
        named = [one for one in cites if is_period(one.value)]
        told = {_period(one.value) for one in named}
        figures = {one.fact.id for one in cites if not is_name(one.value)}
        if figures & {one.fact.id for one in named}:
            continue
        for cite in cites:
            if is_name(cite.value) or cite.fact.kind not in _TIMED or not named:
                continue
            if any(one.fact.id == cite.fact.id for one in named):
                continue
            own = name_for(cite.fact, cite.value)
            whole = cite.value.name in ("total", "mean") and len(told) == 1
            whole = whole and len(reading.context.years) > 1 and not cite.fact.scope
            other = own is not None and is_period(own) and _period(own) not in told
            if (whole and not any(_is_season(one) for one in named)) or other:
                hint = "the figure is one of another period"
                yield fault(Code.PERIOD_UNSUPPORTED, f"{cite.fact.id}.{cite.value.name}", hint)
                return


def _in_one_year(reading: Reading) -> Iterator[Fault]:
    """`⟦total⟧ in 2024`, of a total of several years."""
    for found in _YEAR.finditer(reading.flat):
        begin, end = reading.statement(found.start())
        typed = {one[1] for one in _YEAR.finditer(reading.flat, begin, end)}
        for _, cite in reading.marks(begin, end):
            edges = {value.name: value for value in cite.fact.values if is_period(value)}
            if cite.value.name not in ("total", "mean") or not set(_EDGES[0]) <= edges.keys():
                continue
            years = {str(to_python(edges[one].value))[:4] for one in _EDGES[0]}
            if len(years) > 1 and len(typed) == 1 and not typed & set(cite.fact.scope):
                hint = "the figure is one of several years"
                yield fault(Code.PERIOD_UNSUPPORTED, found[0], hint)
                return


def _period(value: FactValue) -> tuple[str, int]:
    return str(to_python(value.value)), value.format.grain


def _is_season(cite: Cite) -> bool:
    return cite.fact.kind in (_SEASONALITY, _OUTLIER, FactKind.FACT_KIND_LEVEL_SHIFT)


def _as_usual(reading: Reading) -> Iterator[Fault]:
    """`⟦first_value⟧ is usual`, of an outlier."""
    usual_one = reading.context.lexicon.frames.usual_one
    for at, cite in reading.marks() if reading.facts else ():
        if cite.fact.kind != _OUTLIER or is_name(cite.value) or cite.value.name == "usual":
            continue
        begin, _ = reading.statement(at)
        told = usual_one.search(reading.flat[begin:at])
        if told:
            yield fault(Code.UNUSUAL_UNSUPPORTED, told[0], "the cited figure is an outlier")
    for found in reading.context.lexicon.frames.as_usual.finditer(reading.flat):
        begin, end = reading.statement(found.start())
        cites = [cite for _, cite in reading.marks(begin, end)]
        outliers = [one for one in cites if one.fact.kind in (_OUTLIER, _CAUTION)]
        if not outliers or reading.negated(found.start()):
            continue
        if not any(one.value.name == "usual" for one in outliers):
            yield fault(Code.UNUSUAL_UNSUPPORTED, found[0], "the cited figure is an outlier")
