"""Breadth: how many groups rose and how many fell between two spans, and who went against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb
from statistics import median

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind

from orchestrator_svc.deck.labels import plural
from orchestrator_svc.deck.values import PythonValue, number_of
from orchestrator_svc.facts.axes import Axis
from orchestrator_svc.facts.draft import Draft, capitalised
from orchestrator_svc.facts.formula import column_name, evaluate, literal, vector_of
from orchestrator_svc.facts.series import Series, group_noun, overall
from orchestrator_svc.facts.windows import Window, compared_windows
from orchestrator_svc.facts.wording import (
    CHANGE,
    COUNT,
    INTERVALS,
    NAME,
    PERCENT,
    difference_format,
    signed,
    subject,
    subject_first,
)

MIN_GROUPS = 3
MAX_GROUPS = 500
MOST_NAMED = 6
"""Groups of one side that are all named; of more, those three that moved furthest."""
FURTHEST = 3
MIN_USUAL_MOVE = 0.01
"""Part of a group's usual value that the usual move must come to: else all stood still."""
MAX_P_OF_A_STEP = 0.05
"""From one month to the next groups move either way: only a split beyond chance is told."""
_WORTH = ((0.05, 0.9), (0.15, 0.6), (0.4, 0.3), (1.0, 0.08))
"""How much a split is worth by how easily chance gives it: an even one answers, but is no news."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The groups that moved one way: words, names of values, and how to find them."""

    verb: str
    sign: str
    who: str
    extreme: str
    way: ClaimKind.ValueType
    rank: ClaimKind.ValueType


_UP = _Side("rose", ">", "riser", "max", ClaimKind.CLAIM_KIND_UP, ClaimKind.CLAIM_KIND_HIGHEST)
_DOWN = _Side("fell", "<", "faller", "min", ClaimKind.CLAIM_KIND_DOWN, ClaimKind.CLAIM_KIND_LOWEST)


def breadths(series: Series, group: Axis) -> Iterator[Draft]:
    """For each pair of spans worth comparing, how many groups moved which way.

    The values are `groups`, `rose`, `fell`, their shares, and those that moved by name: `faller`,
    `faller2`, `riser`, ...; the furthest of each side with its change.
    """
    if not series.table.complete or len(set(group.labels)) > MAX_GROUPS:
        return
    for before, after in compared_windows(series):
        if not series.measure.aggregates and not _one_row_each(series, group, (before, after)):
            continue
        if draft := _breadth(series, group, before, after):
            yield draft


def group_changes(series: Series, group: Axis, before: Window, after: Window) -> str:
    """The formula of each group's own change from one span to the other."""
    measure = series.measure
    weight = [] if measure.additive or not measure.weight else [measure.weight]
    columns = ", ".join(map(column_name, [measure.name, *weight]))
    return f"changes({columns}, by={group.formula}, before={before.where}, after={after.where})"


def _breadth(series: Series, group: Axis, before: Window, after: Window) -> Draft | None:
    measure, moves = series.measure, group_changes(series, group, before, after)
    moved = vector_of(moves, series.table).values
    sizes = [size for one in moved if (size := number_of(one)) is not None]
    if len(sizes) < MIN_GROUPS or _stands_still(series, sizes):
        return None
    counts = {_UP: sum(size > 0 for size in sizes), _DOWN: sum(size < 0 for size in sizes)}
    most, least = sorted(counts.values(), reverse=True)
    chance = _by_chance(most, most + least)
    if chance > MAX_P_OF_A_STEP and before.step:
        return None
    noun = group_noun(group.column)
    many = plural(noun)
    draft = Draft(
        FactKind.FACT_KIND_CONTRIBUTION,
        series.table,
        measure.name,
        group.column,
        f"how many {many} rose and fell in {measure.label}, last {after.noun} against "
        f"{'the one before' if before.near else 'an earlier one'}",
        impact=0.4 + 0.4 * (most - least) / len(sizes),
        specificity=next(worth for p, worth in _WORTH if chance <= p),
    )
    draft.add("groups", f"count({moves})", COUNT, f"{many} compared")
    for side in counts:
        counted = f"count({moves}, where={moves} {side.sign} 0)"
        draft.add(side.verb, counted, COUNT, f"{many} that {side.verb}")
        share, name = f"{counted} / count({moves})", f"share_{side.verb}"
        draft.add(name, share, PERCENT, f"share of {many} that {side.verb}")
        draft.claim(ClaimKind.CLAIM_KIND_SHARE, side.verb, measured_by=name)
    draft.add("last_period", after.name, after.format, f"last {after.noun}")
    draft.add("previous_period", before.name, before.format, f"{before.noun} before")
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "previous_period", "last_period")
    _whole(draft, series, before, after)
    for side, count in counts.items():
        if count:
            draft.claim(side.way, side.verb)
            _name(draft, series, group, before, moves, side=side, count=count)
    _word(draft, series, many, counts, near=before.near)
    _leave_out(draft, group, (before, after), moves, many)
    return draft


def _whole(draft: Draft, series: Series, before: Window, after: Window) -> None:
    """Adds the change of the total, which is the sum of the groups' changes."""
    measure = series.measure
    if not measure.additive:
        return
    first, last = (overall(measure, where=span.where) for span in (before, after))
    label, change = f"change of {measure.label}", f"{last} - {first}"
    moved = draft.add_number("change", change, signed(difference_format(measure.format)), label)
    earlier = number_of(evaluate(first, series.table).value) or 0.0
    if earlier > 0 and moved is not None and earlier + moved >= 0:
        draft.add("change_share", f"({change}) / {first}", CHANGE, f"relative {label}")


def _stands_still(series: Series, sizes: Sequence[float]) -> bool:
    """Whether the usual group hardly moved for its size."""
    usual = median(abs(point.value) for point in series.points)
    if series.measure.additive:
        usual /= len(sizes)
    return median(map(abs, sizes)) <= MIN_USUAL_MOVE * usual


def _by_chance(larger: int, moved: int) -> float:
    """How likely so uneven a split is where each group moves either way alike, 0 to 1."""
    tail = sum(comb(moved, count) for count in range(larger, moved + 1))
    return min(1.0, 2.0 * tail / float(2**moved))


def _one_row_each(series: Series, group: Axis, windows: Sequence[Window]) -> bool:
    """Whether each group has one row in each span, so that nothing needs adding up."""
    name = column_name(series.measure.name)
    rows = (f"count({name}, by={group.formula}, where={one.where})" for one in windows)
    return all(count == 1 for formula in rows for count in vector_of(formula, series.table).values)


def _name(
    draft: Draft,
    series: Series,
    group: Axis,
    before: Window,
    moves: str,
    *,
    side: _Side,
    count: int,
) -> None:
    """Adds who moved that way, those first that moved furthest, and the change of the first."""
    measure, label = series.measure, f"{group_noun(group.column)} that {side.verb}"
    for place in range(1, (count if count <= MOST_NAMED else FURTHEST) + 1):
        name = f"{side.who}{place if place > 1 else ''}"
        formula = f"arg{side.extreme}({group.formula}, {moves}{f', {place}' if place > 1 else ''})"
        found = draft.add(name, formula, NAME, label)
        draft.claim(side.way, name)
        if place > 1:
            continue
        change = f"{side.extreme}({moves})"
        draft.add(f"{name}_change", change, signed(difference_format(measure.format)), "its change")
        draft.claim(side.way, f"{name}_change")
        if count > 1:
            draft.claim(side.rank, name, f"{name}_change")
        base = _value(series, group, before, found)
        earlier = number_of(evaluate(base, series.table).value)
        scaled = not measure.fraction and measure.format.unit not in INTERVALS
        if scaled and earlier is not None and earlier > 0:
            draft.add(f"{name}_change_share", f"{change} / {base}", CHANGE, "its relative change")


def _value(series: Series, group: Axis, span: Window, label: PythonValue) -> str:
    """The formula of one group's value in a span."""
    where = f"{span.where} and ({group.formula} == {literal(label)})"
    if series.measure.aggregates:
        return overall(series.measure, where=where)
    return f"sum({column_name(series.measure.name)}, where={where})"


def _word(draft: Draft, series: Series, many: str, counts: dict[_Side, int], *, near: bool) -> None:
    """Who are more comes first; who went against is named where they are one or two."""
    main, other = (_UP, _DOWN) if counts[_UP] >= counts[_DOWN] else (_DOWN, _UP)
    span = "in {last_period}" if near else "between {previous_period} and {last_period}"
    what, against = subject_first(series.measure), counts[other]
    told = f"{main.verb} for {{{main.verb}}} of {{groups}} {many}"
    if against in (1, 2):
        named = " and ".join(f"{{{other.who}{place}}}" for place in ("", "2")[:against])
        told += f", and {other.verb} for {named}"
    elif against:
        told += f", and {other.verb} for {{{other.verb}}}"
    elif counts[main] == next(v.value.integer for v in draft.values if v.name == "groups"):
        draft.claim(ClaimKind.CLAIM_KIND_ALL, main.verb)
        told = f"{main.verb} for all {{groups}} {many}"
    draft.lead = capitalised(f"{many} one by one") if len(many.split()) <= 2 else "One by one"
    first, _, rest = told.partition(", ")
    draft.headline = f"{what} {first} {span}{', ' if rest else ''}{rest}"
    draft.sentence = (
        f"From {{previous_period}} to {{last_period}}, {subject(series.measure)} {told}"
    )
    if counts[main] > 1:
        draft.sentence += f"; {{{main.who}}} {main.verb} most, by {{{main.who}_change}}"
    draft.sentence += "."


def _leave_out(
    draft: Draft, group: Axis, windows: tuple[Window, Window], moves: str, many: str
) -> None:
    """Says how many groups are not compared, because one of the two spans lacks them."""
    held = (f"distinct({group.formula}, where={one.where})" for one in windows)
    formula = f"{' + '.join(held)} - 2 * count({moves})"
    if number_of(evaluate(formula, draft.table).value):
        draft.add("left", formula, COUNT, f"{many} in one of the two spans only")
        draft.caveats.append(f"Only {many} with a value in both are compared; {{left}} lack one.")
