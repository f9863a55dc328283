"""Lag: the group furthest on the bad side of the average, and what it means for the whole."""

from __future__ import annotations

from aislides.deck.v1.fact_pb2 import ClaimKind, Polarity

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.values import number_of
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.formula import column_name, evaluate
from orchestrator_svc.facts.series import Series, overall
from orchestrator_svc.facts.wording import difference_format

MIN_LAG = 0.1
"""Part of the average that a group must lie from it for its lag to be worth acting on."""
MIN_BASE = 10
"""Observations below which a group's lag is chance."""
MIN_EFFECT = 0.01
"""Part of the average by which the whole would move."""


def add_lag(draft: Draft, series: Series) -> None:
    """Adds the worst group of a ranked mean, its distance to the mean, and the mean without it.

    Only where it is known whether more or less is better, and what the mean rests on. The values
    are `lag`, `lag_value`, `lag_gap`, `lag_base`, `overall` and `would`: the overall mean if this
    group stood at the mean.
    """
    measure = series.measure
    polarity = measure.format.polarity
    if not measure.weight or not series.unique or series.times is not None or not polarity:
        return
    less = polarity == Polarity.POLARITY_LESS_IS_BETTER
    worst = (max if less else min)(series.points, key=lambda point: point.value)
    if measure.counted and worst.weight < MIN_BASE:
        return
    mean = overall(measure)
    whole = number_of(evaluate(mean, series.table).value)
    weights = sum(number or 0.0 for number in series.table.numbers(measure.weight))
    if not whole or not weights:
        return
    gap = worst.value - whole
    effect = gap * worst.weight / weights
    if (
        (gap > 0) != less
        or abs(gap) < MIN_LAG * abs(whole)
        or abs(effect) < MIN_EFFECT * abs(whole)
    ):
        return
    value = series.at(worst.label)
    base = series.weight_at(worst.label)
    total = f"sum({column_name(measure.weight)})"
    fmt = measure.format
    base_format = format_for_column(series.table, measure.weight)
    draft.add("lag", series.label_at(worst.label), series.axis.format, "group behind the average")
    draft.add("lag_value", value, fmt, f"{measure.label} of the group behind")
    distance = f"{value} - {mean}" if less else f"{mean} - {value}"
    draft.add("lag_gap", distance, difference_format(fmt), "distance to the average")
    if measure.counted:
        draft.add("lag_base", base, base_format, "what the group behind rests on")
    would = f"{mean} - ({value} - {mean}) * {base} / {total}"
    draft.add("would", would, fmt, f"overall {measure.label} with that group at the average")
    extreme = ClaimKind.CLAIM_KIND_HIGHEST if less else ClaimKind.CLAIM_KIND_LOWEST
    draft.claim(extreme, "lag", "lag_value")
