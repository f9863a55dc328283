"""Leader and gap: the first of a ranking, its distance to the next and to the last."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import median

from aislides.deck.v1.fact_pb2 import (
    ClaimKind,
    FactKind,
    FilterOperator,
    Format,
    FormatKind,
    RowFilter,
    Scale,
)

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.values import from_python, number_of
from orchestrator_svc.facts.draft import Draft, capitalised
from orchestrator_svc.facts.formula import column_name
from orchestrator_svc.facts.kinds.lag import add_lag
from orchestrator_svc.facts.series import (
    Series,
    group_noun,
    overall,
    period_words,
    restricted,
)
from orchestrator_svc.facts.wording import (
    COUNT,
    INTERVALS,
    MIN_RATIO,
    MULTIPLE,
    PERCENT,
    difference_format,
    groups_word,
    subject,
    was,
)

MOST_PERIODS = 12
"""Of more periods the first is no ranking that anybody asked for."""
SHARED = "Shared first place"
FEWEST_USUAL = 5
"""Observations that a group's mean usually rests on where a ranking of means is told."""
MIN_GAP = 0.01
"""Groups that lie closer together than this part of their usual size are told as a range."""


def leaders(series: Series) -> Iterator[Draft]:
    """The ranking of groups, over those with enough observations where counts are known."""
    if len(series.points) < 2:
        return
    if series.times and not series.times.cyclic and len(series.points) > MOST_PERIODS:
        return
    minimum = smallest_base(series)
    ranked = series
    if minimum:
        kept = [point for point in series.points if point.weight >= minimum]
        ranked = restricted(series, kept, _enough(series, minimum))
    if len(ranked.points) < 2:
        return
    yield from _ranking(ranked, minimum if len(ranked.points) < len(series.points) else 0)


def smallest_base(series: Series) -> int:
    """The fewest observations a group needs to be ranked: a tenth of the usual, at least 30.

    A round number; 0 when no group falls below it, or when counts are not known.
    """
    weights = [point.weight for point in series.points]
    counted = series.measure.weight and series.measure.counted
    if not counted or len(weights) < 3 or not any(weights):
        return 0
    wanted = max(30.0, 0.1 * sum(weights) / len(weights))
    power = 10 ** math.floor(math.log10(wanted))
    minimum = next(int(step * power) for step in (5, 2, 1) if step * power <= wanted)
    thin = sum(weight < minimum for weight in weights)
    return minimum if 0 < thin <= len(weights) - 2 else 0


def _enough(series: Series, minimum: int) -> str:
    weight = column_name(series.measure.weight)
    return f"{weight} >= {minimum}" if series.unique else ""


def _ranking(series: Series, minimum: int) -> Iterator[Draft]:
    measure = series.measure
    if not series.unique and minimum:
        return
    ordered = sorted(series.points, key=lambda point: -point.value)
    first, second, last = ordered[0], ordered[1], ordered[-1]
    usual = sum(abs(point.value) for point in ordered) / len(ordered)
    if first.value == last.value or _is_chance(series):
        return
    tied = first.value == second.value
    draft = Draft(
        FactKind.FACT_KIND_LEADER,
        series.table,
        measure.name,
        series.dimension,
        f"{measure.label} by {group_noun(series.dimension)}: first, last and their gap",
    )
    axis = series.times
    _add_values(draft, series, tied=tied)
    draft.claim(ClaimKind.CLAIM_KIND_HIGHEST, "first", "first_value")
    if series.table.complete and not (axis and not series.regular):
        draft.claim(ClaimKind.CLAIM_KIND_LOWEST, "last", "last_value")
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, "first_value", "last_value")
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, "first", "last")
    if second.value < first.value and len(ordered) > 2:
        draft.claim(ClaimKind.CLAIM_KIND_ABOVE, "first", "second")
    _add_share(draft, series, minimum)
    add_lag(draft, series)
    _word(draft, series, minimum)
    if first.value - last.value <= MIN_GAP * usual:
        _level_out(draft, series)
    elif len(ordered) > 2 and (tied or _prints_as_tied(draft, series)):
        _share_the_top(draft, series)
    draft.impact = min((first.value - last.value) / (2 * usual), 1.0) if usual else 0.0
    if draft.lead != SHARED:
        draft.specificity = 0.9 if len(ordered) > 2 else 0.8
    yield draft


def _add_values(draft: Draft, series: Series, *, tied: bool) -> None:
    measure = series.measure
    fmt, label, noun = measure.format, measure.label, group_noun(series.dimension)
    names = series.axis.format
    highest, lowest = series.summary("max"), series.summary("min")
    draft.add("first", series.name_of("argmax"), names, f"{noun} with the highest {label}")
    draft.add("first_value", highest, fmt, f"highest {label}")
    if len(series.points) > 2 and not tied:
        draft.add("second", series.name_of("argmax", "2"), names, f"{noun} in second place")
        draft.add("second_value", series.summary("max", "2"), fmt, f"second highest {label}")
        lead = f"{highest} - {series.summary('max', '2')}"
        draft.add("lead_over_second", lead, difference_format(fmt), "distance to second place")
    draft.add("last", series.name_of("argmin"), names, f"{noun} with the lowest {label}")
    draft.add("last_value", lowest, fmt, f"lowest {label}")
    gap = f"{highest} - {lowest}"
    draft.add("gap", gap, difference_format(fmt), f"gap between highest and lowest {label}")
    smallest = min(point.value for point in series.points)
    largest = max(point.value for point in series.points)
    scaled = measure.format.unit not in INTERVALS
    if smallest > 0 and scaled and MIN_RATIO <= largest / smallest <= 10:
        draft.add("ratio", f"{highest} / {lowest}", MULTIPLE, "highest as multiple of lowest")
        draft.claim(ClaimKind.CLAIM_KIND_MULTIPLE, "first", "last", measured_by="ratio")
    if measure.weight and measure.counted:
        rests = format_for_column(series.table, measure.weight)
        first = max(series.points, key=lambda point: point.value)
        draft.add("first_count", series.weight_at(first.label), rests, "what the first rests on")


def _add_share(draft: Draft, series: Series, minimum: int) -> None:
    measure = series.measure
    if not measure.additive or not series.table.complete or minimum:
        return
    if any(point.value < 0 for point in series.points):
        return
    share = f"{series.summary('max')} / {overall(measure)}"
    draft.add("share", share, PERCENT, f"share of the first in all {measure.label}")
    draft.claim(ClaimKind.CLAIM_KIND_SHARE, "first", measured_by="share")


def _word(draft: Draft, series: Series, minimum: int) -> None:
    measure, noun = series.measure, group_noun(series.dimension)
    highest = "highest" if not measure.additive else "largest"
    what = subject(measure).removeprefix("the ")
    scope = ""
    if minimum:
        scope = _scope(draft, series, minimum)
    lowest = any(claim.kind == ClaimKind.CLAIM_KIND_LOWEST for claim in draft.claims)
    rank = "Highest and lowest" if lowest else "Highest"
    draft.lead = f"{rank} {noun}" if len(noun.split()) <= 2 else rank
    at = " " + period_words(series)("x").removesuffix(" {x}") if series.times is not None else ""
    if at:
        draft.headline = (
            f"{capitalised(what)} {was(measure)} {highest}{at} {{first}}, at {{first_value}}"
        )
        draft.sentence = (
            f"{capitalised(what)} {was(measure)} {highest}{at} {{first}}, at {{first_value}}, "
            f"against {{last_value}}{at} {{last}}."
        )
    elif _is_numbered(series):
        draft.headline = (
            f"{capitalised(what)} {was(measure)} {highest} for {noun} {{first}}, at {{first_value}}"
        )
        draft.sentence = f"{draft.headline}, against {{last_value}} for {noun} {{last}}."
    elif measure.format.kind == FormatKind.FORMAT_KIND_COUNT and not _is_of_a_part(series):
        part = ", {share} of the total" if "share" in draft.names() else ""
        draft.headline = f"{{first}} came first with {{first_value}}{part}"
        draft.sentence = f"{draft.headline}, against {{last_value}} for {{last}}."
    elif "share" in draft.names():
        draft.headline = f"{{first}} had the {highest} {what}, {{share}} of the total"
        draft.sentence = (
            f"{{first}} had the {highest} {what} at {{first_value}}, {{share}} of the total, "
            "against {last_value} for {last}."
        )
    elif scope:
        draft.headline = (
            f"Among larger {groups_word(series, 2)}, {{first}} had the {highest} {what}"
        )
        draft.sentence = (
            f"Among {scope}, {{first}} had the {highest} {what} at {{first_value}}, "
            "against {last_value} for {last}."
        )
    else:
        draft.headline = f"{{first}} had the {highest} {what}, {{gap}} above {{last}}"
        draft.sentence = (
            f"{{first}} had the {highest} {what} at {{first_value}}, "
            "against {last_value} for {last}."
        )


def _level_out(draft: Draft, series: Series) -> None:
    """Words for groups that lie too close for a ranking."""
    noun, what = group_noun(series.dimension), subject(series.measure)
    draft.lead = (
        f"Hardly a difference by {noun}" if len(noun.split()) == 1 else "Hardly a difference"
    )
    alike = draft.prints_alike("first_value", "last_value")
    span = (
        "stood at {first_value} throughout"
        if alike
        else "ranged from {last_value} to {first_value}"
    )
    if alike:
        draft.claim(ClaimKind.CLAIM_KIND_FLAT, "first_value")
        draft.claim(ClaimKind.CLAIM_KIND_ALL, "first_value")
    draft.headline = f"By {noun}, {what} {span}"
    draft.sentence = f"{draft.headline}."


def _prints_as_tied(draft: Draft, series: Series) -> bool:
    """Whether the first two means print alike: to a reader neither of them leads."""
    return not series.measure.additive and draft.prints_alike("first_value", "second_value")


def _share_the_top(draft: Draft, series: Series) -> None:
    """Words for a ranking whose first place several share: nobody leads."""
    draft.lead = SHARED
    draft.headline = f"By {group_noun(series.dimension)}, {subject(series.measure)} "
    draft.headline += "ranged from {last_value} to {first_value}"
    draft.sentence = f"{draft.headline}."
    draft.specificity = 0.5


def _is_chance(series: Series) -> bool:
    """Whether the usual group's mean rests on so few that its place is chance."""
    weights = [point.weight for point in series.points]
    counted = series.measure.weight and series.measure.counted and series.times is None
    return bool(counted) and median(weights) < FEWEST_USUAL


def _is_of_a_part(series: Series) -> bool:
    """Whether the measure's name says which part of the data it is of, and so must be told."""
    measure = series.measure
    return measure.label != label_for_column(series.table, measure.name)


def _is_numbered(series: Series) -> bool:
    """Whether the groups are numbers, codes of digits or yes and no: alone they tell nothing."""
    labels = [point.label for point in series.points]
    return all(
        isinstance(one, bool) or str(one).isdigit() or number_of(one) is not None for one in labels
    )


def _scope(draft: Draft, series: Series, minimum: int) -> str:
    """Adds the rule of who is ranked; returns it in words."""
    measure, noun = series.measure, group_noun(series.dimension)
    draft.add("ranked", f"rows(where={series.where})", COUNT, f"{noun} groups ranked")
    base = Format()
    base.CopyFrom(format_for_column(series.table, measure.weight))
    base.scale = Scale.SCALE_UNSPECIFIED
    draft.add("minimum", str(minimum), base, "fewest observations to be ranked")
    words = f"{groups_word(series, 2)} with at least {{minimum}}"
    draft.filters.append(
        RowFilter(
            column=measure.weight,
            operator=FilterOperator.FILTER_OPERATOR_AT_LEAST,
            value=from_python(minimum),
        )
    )
    draft.caveats.append(f"Only {words} are ranked.")
    return words
