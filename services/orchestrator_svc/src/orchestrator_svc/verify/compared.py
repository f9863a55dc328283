"""What a comparison names in words: the next one, the average, the whole change, the usual."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aislides.deck.v1.fact_pb2 import Fact, FactKind

from orchestrator_svc.verify.derived import change_ratios, numbers
from orchestrator_svc.verify.entities import is_period, main_number, number
from orchestrator_svc.verify.reading import Cite, Reading

_SIDE_MARK = re.compile(r" (?:the |in |that of |a usual |a typical )*⟦(\d+)⟧")
_TWO_LEVELS = {
    FactKind.FACT_KIND_LEVEL_SHIFT,
    FactKind.FACT_KIND_SEASONALITY,
    FactKind.FACT_KIND_LEVEL,
    FactKind.FACT_KIND_TREND,
}
_OTHER_SIDE = {
    **{"peak": "low", "low": "peak", "before": "after", "start": "end", "previous": "last"},
    "usual": "first_value",
}
_DIFFERENCES = {"gap", "lead", "change", "swing", "pace", "slope"}


def named_side(reading: Reading, end: int, left: Sequence[Cite]) -> float | None:
    """By how much the figure before a comparison exceeds what is named behind it.

    None when the words name nothing that the facts know.
    """
    words = reading.context.lexicon.compared
    cite = left[-1]
    if words.whole_change.match(reading.flat, end):
        own = numbers(cite.fact)
        part = own.get(f"{cite.value.name.split('_')[0]}_change")
        whole = own.get("change")
        return abs(part) - abs(whole) if part is not None and whole is not None else None
    if words.next_one.match(reading.flat, end):
        own = numbers(cite.fact)
        first = cite.value.name.split("_")[0] in {"first", "lead"}
        known = first and "first_value" in own and "second_value" in own
        return own["first_value"] - own["second_value"] if known else None
    for fact in {one.fact.id: one.fact for one in left}.values():
        if fact.kind in _TWO_LEVELS:
            ratios = ratios_to_sides(reading, end, left, [fact])
            if ratios:
                return ratios[0] - 1
    size = _size(left)
    other = None if size is None else _level_named(reading, end, cite)
    return None if size is None or other is None else size - other


def ratios_to_sides(
    reading: Reading, end: int, left: Sequence[Cite], facts: Sequence[Fact]
) -> list[float]:
    """What a figure is of the level that words name: `a ninth of the peak`, `half its old level`.

    The figure is the last one told before, or the fact's own at the other side.
    """
    for pattern, names in reading.context.lexicon.compared.sides:
        if pattern.match(reading.flat, end):
            found = (_to_side(fact, names, left) for fact in facts)
            return [ratio for ratio in found if ratio is not None]
    return []


def _to_side(fact: Fact, names: Sequence[str], left: Sequence[Cite]) -> float | None:
    own = numbers(fact)
    base = next((name for name in names if own.get(name)), None)
    if base is None or (base == "usual") != (fact.kind == FactKind.FACT_KIND_OUTLIER):
        return None
    for cite in reversed(left):
        figure = main_number(cite.fact, cite.value) if cite.fact.id == fact.id else None
        told = figure is not None and not _DIFFERENCES & set(figure.name.split("_"))
        if figure is not None and told and figure.name != base and not is_period(cite.value):
            return (number(figure) or 0.0) / own[base]
    other = own.get(_OTHER_SIDE[base])
    return None if other is None else other / own[base]


def apart_from_side(
    reading: Reading, end: int, left: Sequence[Cite], facts: Sequence[Fact]
) -> list[float]:
    """The relative difference in `a fifth below its earlier level`, `took a quarter off`."""
    apart = reading.context.lexicon.compared.apart.match(reading.flat, end)
    if apart is None:
        return []
    ratios = ratios_to_sides(reading, apart.end(), left, facts)
    mark = _SIDE_MARK.match(reading.flat, apart.end())
    if mark and not ratios:
        ratios = _to_a_mark(reading.cites[int(mark[1])], left)
    if apart[1] and not ratios:
        ratios = change_ratios(facts)
    sign = 1 if apart[3] else -1
    return [sign * (ratio - 1) for ratio in ratios]


def _to_a_mark(right: Cite, left: Sequence[Cite]) -> list[float]:
    """What the last level told is of the one of a cited name or figure."""
    other = main_number(right.fact, right.value)
    size = _size(left)
    base = number(other) if other is not None else None
    return [size / base] if size is not None and base else []


def _level_named(reading: Reading, end: int, cite: Cite) -> float | None:
    """The average, start or usual level that the words name, for the measure of a figure."""
    words = reading.context.lexicon.compared
    own = numbers(cite.fact)
    if words.average.match(reading.flat, end):
        means = _of_measure(reading, cite, "mean")
        return means[0] if len(means) == 1 else None
    if words.start.match(reading.flat, end):
        return own.get("start")
    odd = cite.fact.kind == FactKind.FACT_KIND_OUTLIER
    return own.get("usual") if odd and words.usual.match(reading.flat, end) else None


def _size(left: Sequence[Cite]) -> float | None:
    """The last level that is told before the comparison."""
    for cite in reversed(left):
        figure = main_number(cite.fact, cite.value)
        if figure is not None and not _DIFFERENCES & set(figure.name.split("_")):
            return number(figure)
    return None


def _of_measure(reading: Reading, cite: Cite, name: str) -> list[float]:
    """The figures of that name over all groups, of the measure and part of the data."""
    same = (
        fact
        for fact in reading.context.facts.values()
        if fact.measure == cite.fact.measure and fact.scope == cite.fact.scope
    )
    found = {numbers(fact)[name] for fact in same if not fact.dimension and name in numbers(fact)}
    return sorted(found)
