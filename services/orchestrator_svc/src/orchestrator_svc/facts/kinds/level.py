"""Level: what a measure came to overall, and its change against the period before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, FormatKind, TimeGrain

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.formula import column_name
from orchestrator_svc.facts.roles import Measure, Roles
from orchestrator_svc.facts.series import (
    Series,
    overall,
    period_noun,
    period_words,
)
from orchestrator_svc.facts.wording import (
    CHANGE,
    difference_format,
    signed,
    subject_first,
)

PAIR = 2
FEW = 3
"""Points that are told one by one."""
UNUSUAL = 2.0
"""Times the median step before it that makes a last step news."""
_TOO_FINE = (TimeGrain.TIME_GRAIN_HOUR, TimeGrain.TIME_GRAIN_DAY)
"""Grains at which the last step tells nothing."""


def levels(table: Table, roles: Roles, series: list[Series]) -> Iterator[Draft]:
    """Overall values of each measure, and last against previous period along time."""
    for measure in roles.measures:
        if len(table) == 1:
            # The count that came along to weigh one row says nothing by itself.
            if measure.name != roles.weight or len(roles.measures) == 1:
                yield from _single(table, roles, measure)
        elif (
            measure.aggregates and table.complete and not (measure.additive and two_periods(table))
        ):
            yield from _whole(table, roles, measure)
    for one in series:
        yield from _change(one)
        if one.measure.held and one.axis.plain:
            yield from _held(one)


def two_periods(table: Table) -> bool:
    """Whether the rows set two periods against each other, whose sum nobody asked for."""
    axes = (axis for name in table.names if (axis := table.axis(name)) and not axis.cyclic)
    return any(len({key for key in axis.keys if key is not None}) == PAIR for axis in axes)


def _single(table: Table, roles: Roles, measure: Measure) -> Iterator[Draft]:
    if table.numbers(measure.name)[0] is None:
        return
    draft = Draft(FactKind.FACT_KIND_LEVEL, table, measure.name, "", f"{measure.label}, one value")
    draft.add("value", f"cell({column_name(measure.name)}, 0)", measure.format, measure.label)
    draft.lead = "The level"
    what = subject_first(measure)
    # One group of many: its value is no total, so it is told with its name.
    for name in roles.groups[:1]:
        cell = f"cell({column_name(name)}, 0)"
        draft.add("group", cell, format_for_column(table, name), label_for_column(table, name))
        what = f"{what} of {{group}}"
    draft.headline = draft.sentence = f"{what} came to {{value}}"
    draft.sentence += "."
    draft.impact, draft.specificity = 1.0, 0.9
    yield draft


def _whole(table: Table, roles: Roles, measure: Measure) -> Iterator[Draft]:
    word = "total" if measure.additive else "mean"
    draft = Draft(
        FactKind.FACT_KIND_LEVEL, table, measure.name, "", f"overall {word} of {measure.label}"
    )
    name = "total" if measure.additive else "mean"
    value = draft.add_number(name, overall(measure), measure.format, f"overall {measure.label}")
    if value is None:
        return
    verb = "came to" if measure.additive else "stood at"
    draft.sentence = f"{subject_first(measure)} {verb} {{{name}}} overall"
    draft.headline = f"{subject_first(measure)} {verb} {{{name}}} overall"
    if measure.weight and measure.counted:
        rests = format_for_column(table, measure.weight)
        label = f"{rests.unit or 'rows'} behind the mean"
        weight, name_ = column_name(measure.weight), column_name(measure.name)
        draft.add("count", f"sum({weight}, where={name_} != None)", rests, label)
        if rests.unit:
            draft.sentence += ", across {count}"
        else:
            draft.sentence += ", across {count} observations"
    _span(draft, table, roles)
    draft.sentence += "."
    draft.lead = "The overall level"
    draft.impact, draft.specificity = 1.0, 0.85 if not measure.additive else 0.75
    if measure.format.kind == FormatKind.FORMAT_KIND_COUNT:
        draft.specificity = 0.6
    yield draft


def _held(series: Series) -> Iterator[Draft]:
    """What is held at the last moment, against the first: moments are not added up."""
    if len(series.points) < 2:
        return
    measure, when = series.measure, period_words(series)
    first, last = series.points[0], series.points[-1]
    draft = Draft(
        FactKind.FACT_KIND_LEVEL, series.table, measure.name, "", f"{measure.label} at the end"
    )
    period = series.axis.format
    draft.add("last", series.at(last.label), measure.format, f"latest {measure.label}")
    draft.add("to_period", series.label_at(last.label), period, "last period")
    draft.add("start", series.at(first.label), measure.format, f"first {measure.label}")
    draft.add("from_period", series.label_at(first.label), period, "first period")
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "from_period", "to_period")
    what = subject_first(measure)
    draft.headline = f"{what} stood at {{last}} {when('to_period')}"
    draft.sentence = f"{draft.headline}, against {{start}} {when('from_period')}."
    draft.lead = "Latest level"
    draft.impact, draft.specificity = 1.0, 0.85
    yield draft


def _span(draft: Draft, table: Table, roles: Roles) -> None:
    """Adds the period that the rows cover, where time is a calendar."""
    axis = table.axis(roles.time) if roles.time else None
    if roles.time is None or axis is None or axis.cyclic:
        return
    keyed = [(key, row) for row, key in enumerate(axis.keys) if key is not None]
    if not keyed:
        return
    time, fmt = column_name(roles.time), format_for_column(table, roles.time)
    (first_key, first), (last_key, last) = min(keyed), max(keyed)
    draft.add("from_period", f"cell({time}, {first})", fmt, "first period")
    if last_key > first_key:
        draft.add("to_period", f"cell({time}, {last})", fmt, "last period")
        # A week is named by its Monday, which may lie before the first day of the data.
        weeks = "the weeks of " if fmt.grain == TimeGrain.TIME_GRAIN_WEEK else ""
        draft.sentence += f" from {weeks}{{from_period}} to {{to_period}}"


def _change(series: Series) -> Iterator[Draft]:
    axis = series.times
    if axis is None or axis.cyclic or len(series.points) < 2 or series.grain in _TOO_FINE:
        return
    if series.grain == TimeGrain.TIME_GRAIN_WEEK and not series.axis.plain:
        return
    last, previous = series.points[-1], series.points[-2]
    if not series.regular:
        return
    measure, when = series.measure, period_words(series)
    pair = len(series.points) == PAIR
    draft = Draft(
        FactKind.FACT_KIND_LEVEL,
        series.table,
        measure.name,
        series.dimension,
        f"{measure.label}: two {period_noun(series)}s side by side"
        if pair
        else f"{measure.label}: last {period_noun(series)} against the one before",
    )
    period = series.axis.format
    draft.add("last", series.at(last.label), measure.format, f"{measure.label}, last period")
    draft.add("last_period", series.label_at(last.label), period, "last period")
    draft.add(
        "previous", series.at(previous.label), measure.format, f"{measure.label}, period before"
    )
    draft.add("previous_period", series.label_at(previous.label), period, "period before")
    change = f"{series.at(last.label)} - {series.at(previous.label)}"
    fmt = signed(difference_format(measure.format))
    draft.add("change", change, fmt, f"change of {measure.label}")
    relative = previous.value > 0 and last.value >= 0 and not measure.fraction
    if relative:
        ratio = f"({change}) / ({series.at(previous.label)})"
        draft.add("change_share", ratio, CHANGE, f"relative change of {measure.label}")
    moved = last.value - previous.value
    if moved and draft.prints_alike("previous", "last"):
        return
    size = abs(moved) / max(abs(previous.value), 1e-12)
    ordered = ("last", "previous") if moved > 0 else ("previous", "last")
    verb = "rose" if moved > 0 else "fell" if moved < 0 else "held"
    shown = "{change_share}" if relative else "{change}"
    if moved == 0:
        draft.claim(ClaimKind.CLAIM_KIND_FLAT, "last", "last_period")
        draft.headline = f"{subject_first(measure)} held at {{last}} {when('last_period')}"
        draft.sentence = draft.headline + ", as in the period before."
    else:
        kind = ClaimKind.CLAIM_KIND_UP if moved > 0 else ClaimKind.CLAIM_KIND_DOWN
        draft.claim(kind, "previous", "last")
        draft.claim(ClaimKind.CLAIM_KIND_ABOVE, *ordered)
        whole = (
            f"{subject_first(measure)} {verb} from {{previous}} {when('previous_period')} "
            f"to {{last}} {when('last_period')}"
        )
        short = f"{subject_first(measure)} {verb} to {{last}} {when('last_period')}"
        draft.headline = whole if pair else short
        draft.sentence = f"{whole}, a change of {shown}."
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "previous_period", "last_period")
    draft.lead = "Latest change"
    if series.dropped_last:
        draft.caveats.append(
            f"The last {period_noun(series)} is left out because it is not complete."
        )
    if measure.additive and moved < 0:
        draft.caveats.append(
            f"The data may end inside {{last_period}}; then its {period_noun(series)} is too low."
        )
    # Of two periods side by side the change is what was asked for.
    draft.impact = min((0.5 if pair else 0.0) + size, 1.0)
    draft.specificity = _of_last_step(series.values())
    yield draft


def _of_last_step(values: Sequence[float]) -> float:
    """Low for a last step like many before it: it is no news, whatever its size."""
    if len(values) <= FEW:
        return 0.8
    steps = [abs(after - before) for before, after in pairwise(values)]
    return 0.4 if steps[-1] > UNUSUAL * median(steps[:-1]) else 0.05
