"""Contribution: which groups made the change of a total, and what moved a ratio."""

from __future__ import annotations

from collections.abc import Iterator

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, Format, FormatKind

from orchestrator_svc.deck.labels import plural
from orchestrator_svc.deck.values import PythonValue, number_of
from orchestrator_svc.facts.axes import Axis
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.formula import evaluate, literal, vector_of
from orchestrator_svc.facts.kinds.breadth import group_changes
from orchestrator_svc.facts.kinds.decomposition import MIN_RELATIVE_CHANGE, decompositions
from orchestrator_svc.facts.series import Series, group_noun, overall
from orchestrator_svc.facts.windows import Window, without_season
from orchestrator_svc.facts.wording import CHANGE, PERCENT, difference_format, signed

MAX_GROUPS = 60
MIN_COUNTED = 10
"""Of a change by fewer things, parts are chance."""
_NAME = Format(kind=FormatKind.FORMAT_KIND_NAME)


def contributions(series: Series, group: Axis) -> Iterator[Draft]:
    """The groups' parts in the change between two spans of time."""
    windows = without_season(series)
    measure = series.measure
    labels: list[PythonValue] = [one for one in dict.fromkeys(group.labels) if one is not None]
    if windows is None or not series.table.complete or not 2 <= len(labels) <= MAX_GROUPS:
        return
    if measure.additive:
        yield from _parts(series, group, *windows)
    elif measure.weight:
        yield from decompositions(series, group, *windows)


def _parts(series: Series, group: Axis, before: Window, after: Window) -> Iterator[Draft]:
    measure = series.measure
    first, last = overall(measure, where=before.where), overall(measure, where=after.where)
    old, new = _number(series, first), _number(series, last)
    if not old or new is None or abs(new - old) < MIN_RELATIVE_CHANGE * abs(old):
        return
    changes = vector_of(group_changes(series, group, before, after), series.table)
    parts = {
        label: (part, _change_of(series, group, label, (before, after)))
        for label, moved in zip(changes.labels or (), changes.values, strict=True)
        if (part := number_of(moved)) is not None
    }
    up = new > old
    few = measure.format.kind == FormatKind.FORMAT_KIND_COUNT and abs(new - old) < MIN_COUNTED
    if len(parts) < 2 or few:
        return
    leader = max(parts, key=lambda label: parts[label][0] if up else -parts[label][0])
    part, formula = parts[leader]
    share = part / (new - old)
    if share < 1.3 / len(parts):
        return
    noun = group_noun(group.column)
    draft = Draft(
        FactKind.FACT_KIND_CONTRIBUTION,
        series.table,
        measure.name,
        group.column,
        f"{plural(noun)}' parts in the change of {measure.label}",
        impact=min(1.0, min(share, 1.0) * (0.3 + 3 * abs(new - old) / abs(old))),
        specificity=0.95,
    )
    change = signed(difference_format(measure.format))
    row = group.labels.index(leader)
    draft.add("first", f"cell({group.formula}, {row})", _NAME, f"{noun} with the largest part")
    draft.add("first_change", formula, change, "its change")
    draft.add("change", f"{last} - {first}", change, f"change of {measure.label}")
    if old > 0 and new >= 0:
        relative = f"({last} - {first}) / {first}"
        draft.add("change_share", relative, CHANGE, f"relative change of {measure.label}")
    if share <= 1:
        draft.add("share", f"({formula}) / ({last} - {first})", PERCENT, "its part in the change")
        draft.claim(ClaimKind.CLAIM_KIND_SHARE, "first", measured_by="share")
    rest = f"{last} - {first} - ({formula})"
    draft.add("rest", rest, change, f"change of {measure.label} without its part")
    draft.add("last_period", after.name, after.format, f"last {after.noun}")
    draft.add("previous_period", before.name, before.format, f"{before.noun} before")
    draft.claim(ClaimKind.CLAIM_KIND_HIGHEST, "first", "first_change")
    kind = ClaimKind.CLAIM_KIND_UP if up else ClaimKind.CLAIM_KIND_DOWN
    draft.claim(kind, "change")
    draft.claim(kind, "first_change")
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "previous_period", "last_period")
    _word(draft, measure.label, up=up, alone=share > 1, near=before.near)
    _counter(draft, group, parts, up=up)
    draft.sentence += "."
    yield draft


def _word(draft: Draft, label: str, *, up: bool, alone: bool, near: bool) -> None:
    """The sentences of a part: of one that moved more than the whole did, both are told."""
    word, verb = ("rise", "rose") if up else ("decline", "fell")
    draft.lead = f"Main part of the {word}"
    span = "from {previous_period} to {last_period}"
    if not alone:
        when = "in {last_period}" if near else span
        draft.headline = f"{{first}} made {{share}} of the {word} of {label} {when}"
        draft.sentence = (
            f"{{first}} made {{share}} of the {word} of {label} {span}, "
            "{first_change} of {change}"
        )
        return
    draft.claim(ClaimKind.CLAIM_KIND_ABOVE, "first_change", "change")
    whole = f"{label} as a whole {verb} by {{change}}"
    draft.headline = f"{{first}} alone {verb} by {{first_change}}; {whole}"
    draft.sentence = f"{{first}} alone {verb} by {{first_change}} {span}; {whole}"


def _counter(
    draft: Draft, group: Axis, parts: dict[PythonValue, tuple[float, str]], *, up: bool
) -> None:
    """Adds the group that moved most against the whole, where one did by a tenth of the change."""
    against = min(parts, key=lambda label: parts[label][0] if up else -parts[label][0])
    part, formula = parts[against]
    whole = sum(size for size, _ in parts.values())
    if part * whole >= 0 or abs(part) < 0.1 * abs(whole):
        return
    change = next(value.format for value in draft.values if value.name == "change")
    row = group.labels.index(against)
    noun = group_noun(group.column)
    draft.add("counter", f"cell({group.formula}, {row})", _NAME, f"{noun} that went the other way")
    draft.add("counter_change", formula, change, "its change")
    kind = ClaimKind.CLAIM_KIND_DOWN if up else ClaimKind.CLAIM_KIND_UP
    draft.claim(kind, "counter_change")
    draft.claim(ClaimKind.CLAIM_KIND_LOWEST, "counter", "counter_change")
    draft.sentence += "; {counter} moved it by {counter_change}"


def _change_of(
    series: Series, group: Axis, label: PythonValue, windows: tuple[Window, Window]
) -> str:
    """The formula of one group's part in the change."""
    one = f"({group.formula} == {literal(label)})"
    first, last = (overall(series.measure, where=f"{w.where} and {one}") for w in windows)
    return f"{last} - {first}"


def _number(series: Series, formula: str) -> float | None:
    return number_of(evaluate(formula, series.table).value)
