"""What moved a ratio: the groups' own change, the shift between them, and volume."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from aislides.deck.v1.fact_pb2 import ClaimKind, FactKind, Format, FormatKind

from orchestrator_svc.deck.labels import label_for_name, plural
from orchestrator_svc.deck.values import number_of
from orchestrator_svc.facts.axes import Axis
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.formula import column_name, evaluate
from orchestrator_svc.facts.series import Series, group_noun, overall
from orchestrator_svc.facts.windows import Window
from orchestrator_svc.facts.wording import CHANGE, difference_format, signed, subject_first

MIN_RELATIVE_CHANGE = 0.02
MIN_MIX = 0.1
"""Shifts between groups below this part of the change are not told."""
_TIMES: Final = frozenset({"s", "min", "h", "d"})
"""Units whose total over many cases people speak of."""


def decompositions(series: Series, group: Axis, before: Window, after: Window) -> Iterator[Draft]:
    """The change of a weighted mean as the groups' own change plus the shift between groups.

    Where the mean times what it rests on is an amount, its change too: volume, rate and mix.
    """
    measure = series.measure
    first, last = overall(measure, where=before.where), overall(measure, where=after.where)
    old, new = _number(series, first), _number(series, last)
    if old is None or new is None or abs(new - old) < MIN_RELATIVE_CHANGE * abs(old or 1.0):
        return
    columns = f"{column_name(measure.name)}, {column_name(measure.weight)}"
    masks = f"by={group.formula}, before={before.where}, after={after.where}"
    many = plural(group_noun(group.column))
    draft = Draft(
        FactKind.FACT_KIND_CONTRIBUTION,
        series.table,
        measure.name,
        group.column,
        f"change of {measure.label}: {many}' own change and shift between them",
        specificity=0.7,
    )
    change = signed(difference_format(measure.format))
    draft.add("previous", first, measure.format, f"{measure.label} before")
    draft.add("previous_period", before.name, before.format, f"{before.noun} before")
    draft.add("last", last, measure.format, f"{measure.label} last")
    draft.add("last_period", after.name, after.format, f"last {after.noun}")
    draft.add("change", f"{last} - {first}", change, f"change of {measure.label}")
    rate, mix = f"rate_effect({columns}, {masks})", f"mix_effect({columns}, {masks})"
    own = draft.add_number("rate", rate, change, "groups' own change")
    shift = draft.add_number("mix", mix, change, "shift of the mix")
    if own is None or shift is None or abs(shift) < MIN_MIX * abs(new - old):
        return
    _product(draft, series, (before, after), rate=rate, mix=mix)
    kind = ClaimKind.CLAIM_KIND_UP if new > old else ClaimKind.CLAIM_KIND_DOWN
    draft.claim(kind, "previous", "last")
    draft.claim(ClaimKind.CLAIM_KIND_BEFORE, "previous_period", "last_period")
    draft.lead = "Own change and mix"
    verb = "rose" if new > old else "fell"
    what = subject_first(measure)
    draft.headline = f"{what} {verb} to {{last}}: {{rate}} within {many}, {{mix}} from shifts"
    draft.sentence = (
        f"{what} moved by {{change}} to {{last}} in {{last_period}}: {{rate}} within {many}, "
        "{mix} from shifts between them."
    )
    if own * (new - old) < 0:
        draft.caveats.append(
            f"Within {many} the measure moved the other way; the mix made the overall change."
        )
        draft.specificity = 1.0
    draft.impact = min(
        1.0, abs(new - old) / max(abs(old), 1e-12) * (0.3 + abs(shift / (new - old)))
    )
    yield draft


def _product(
    draft: Draft, series: Series, windows: tuple[Window, Window], *, rate: str, mix: str
) -> None:
    """Adds how the volume changed, and what moved the amount: volume, rate and mix add up to it."""
    measure = series.measure
    name, weight = column_name(measure.name), column_name(measure.weight)
    # Rows without a value carry no weight in the mean, so they are no volume of it either.
    earlier, later = (
        f"sum({weight}, where=({window.where}) and ({name} != None))" for window in windows
    )
    if not _number(series, earlier) or not _number(series, later):
        return
    rests = label_for_name(measure.weight)
    growth = f"({later} - {earlier}) / {earlier}"
    draft.add("volume", growth, CHANGE, f"relative change of {rests}")
    fmt = _product_format(series)
    if fmt is None:
        return
    first, last = (overall(measure, where=window.where) for window in windows)
    what = f"{measure.label} times {rests}"
    draft.says += f"; product: {what}"
    draft.add("product_change", f"{last} * {later} - {first} * {earlier}", fmt, f"change of {what}")
    volume = f"({first} + {last}) / 2 * ({later} - {earlier})"
    draft.add("product_by_volume", volume, fmt, f"part of volume in the change of {what}")
    middle = f"({earlier} + {later}) / 2"
    draft.add(
        "product_by_rate", f"{middle} * {rate}", fmt, f"part of rates in the change of {what}"
    )
    draft.add("product_by_mix", f"{middle} * {mix}", fmt, f"part of mix in the change of {what}")


def _product_format(series: Series) -> Format | None:
    """How mean times count is printed; None where that is no amount, as for scores."""
    fmt = series.measure.format
    if fmt.kind == FormatKind.FORMAT_KIND_PERCENT:
        # Without the unit: late deliveries are not deliveries, and nobody tells us their name.
        return Format(kind=FormatKind.FORMAT_KIND_NUMBER, signed=True)
    if fmt.kind == FormatKind.FORMAT_KIND_CURRENCY or fmt.unit in _TIMES:
        return signed(fmt)
    return None


def _number(series: Series, formula: str) -> float | None:
    return number_of(evaluate(formula, series.table).value)
