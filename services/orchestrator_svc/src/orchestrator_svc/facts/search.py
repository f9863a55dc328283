"""The search for facts: try every reading of every result, score, keep a diverse few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from aislides.deck.v1.fact_pb2 import Fact, FactKind, FormatKind
from aislides.deck.v1.result_pb2 import Result

from orchestrator_svc.deck.periods import WEEK
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import number_of, to_python
from orchestrator_svc.facts.axes import Axis, column_axis, time_axes
from orchestrator_svc.facts.chosen import picked
from orchestrator_svc.facts.draft import Draft
from orchestrator_svc.facts.kinds.breadth import breadths
from orchestrator_svc.facts.kinds.caution import cautions
from orchestrator_svc.facts.kinds.concentration import concentrations
from orchestrator_svc.facts.kinds.contribution import contributions
from orchestrator_svc.facts.kinds.coverage import coverages, partial_periods
from orchestrator_svc.facts.kinds.growth import growths
from orchestrator_svc.facts.kinds.leader import leaders
from orchestrator_svc.facts.kinds.level import levels, two_periods
from orchestrator_svc.facts.kinds.negative import negatives
from orchestrator_svc.facts.kinds.outlier import outliers
from orchestrator_svc.facts.kinds.seasonality import seasons
from orchestrator_svc.facts.kinds.shift import shifts
from orchestrator_svc.facts.kinds.trend import trends
from orchestrator_svc.facts.reach import Reach, reaches
from orchestrator_svc.facts.roles import Roles, roles_of
from orchestrator_svc.facts.scope import Scope, scopes_of
from orchestrator_svc.facts.series import Series, complete_periods, series_along
from orchestrator_svc.facts.statistics import benjamini_hochberg

MAX_FACTS = 25
MAX_P = 0.01
"""Facts that chance explains better than this, after correction over all tried, are not told."""

OVER_TIME: tuple[Callable[[Series], Iterator[Draft]], ...] = (
    growths,
    trends,
    seasons,
    outliers,
    shifts,
)
"""Kinds of fact about a measure along time."""

OVER_GROUPS: tuple[Callable[[Series], Iterator[Draft]], ...] = (
    leaders,
    negatives,
    concentrations,
    cautions,
)
"""Kinds of fact about a measure by group."""


def find_facts(results: Sequence[Result], most: int = MAX_FACTS) -> list[Fact]:
    """The facts worth telling, best first, named `f1`, `f2`, ...; at most `most`.

    Equal results give equal facts. No facts is a valid outcome.
    """
    tables = [table for result in results if len(table := Table(result))]
    tried = [
        draft
        for table, scope, reach in zip(tables, scopes_of(tables)[1], reaches(tables), strict=True)
        for draft in _drafts(table, scope, reach)
    ]
    drafts = [draft for draft, _ in tried]
    adjusted = benjamini_hochberg([draft.p for draft in drafts if draft.p is not None])
    tested = iter(adjusted)
    scored = []
    for draft, interest in tried:
        p = 0.0 if draft.p is None else next(tested)
        if p > MAX_P:
            continue
        score = draft.impact * draft.specificity * (1.0 - p)
        scored.append((draft, p, max(score * interest, 0.0)))
    chosen = _diverse(_without_repeats(_without_twins(scored)), most)
    return [
        draft.finished(f"f{number}", adjusted_p=p, score=min(score, 1.0))
        for number, (draft, p, score) in enumerate(chosen, 1)
    ]


def _drafts(table: Table, scope: Scope, reach: Reach | None) -> Iterator[tuple[Draft, float]]:
    """The candidates of one result, each with how much its measure interests, 0 to 1."""
    if picked(table.result.source.sql, len(table)):
        return
    roles = roles_of(table)
    for draft in _candidates(table, roles, scope, reach):
        draft.scope = scope.parts
        draft.caveats[:0] = scope.caveats
        # A count that the query only brought along to weigh its means is a side show.
        companion = _came_along(roles, draft.measure)
        coverage = draft.kind == FactKind.FACT_KIND_COVERAGE
        yield draft, 0.3 if companion and not coverage else 1.0


def _candidates(table: Table, plain: Roles, scope: Scope, reach: Reach | None) -> Iterator[Draft]:
    roles = scope.told_of(plain)
    along_time = [
        complete_periods(one, reach)
        for one in _series(table, roles, time_axes(table, roles.time) if roles.time else [])
    ]
    yield from levels(table, scope.told_of_all(plain), along_time)
    yield from coverages(table, roles)
    yield from partial_periods(along_time)
    for series in along_time:
        companion = _came_along(roles, series.measure.name)
        kinds = (seasons,) if companion else OVER_TIME
        for kind in kinds if series.regular else OVER_GROUPS:
            yield from kind(series)
        # Of a count that came along to weigh means nobody asked how it moved.
        told = not companion and (series.axis.plain or series.grain != WEEK)
        for name in roles.groups if told else ():
            yield from contributions(series, column_axis(table, name))
            yield from breadths(series, column_axis(table, name))
    for series in _series(table, roles, [column_axis(table, name) for name in roles.groups]):
        if series.measure.additive and two_periods(table):
            continue
        for kind in OVER_GROUPS:
            yield from kind(series)


def _came_along(roles: Roles, name: str) -> bool:
    """Whether a column counts what the means and ratios before it rest on."""
    ahead = [one for one in roles.measures if one.name != name]
    weighs = any(one.counted and one.weight == name for one in ahead)
    ratios = bool(roles.measures) and not roles.measures[0].additive
    return weighs or (name == roles.weight and ratios and name != roles.measures[0].name)


def _series(table: Table, roles: Roles, axes: Iterable[Axis]) -> list[Series]:
    found = []
    for axis in axes:
        for measure in roles.measures:
            one = series_along(table, measure, axis)
            if one is not None and one.points:
                found.append(one)
    return found


Scored = tuple[Draft, float, float]
_OF_GROUPS = (
    FactKind.FACT_KIND_LEADER,
    FactKind.FACT_KIND_CONCENTRATION,
    FactKind.FACT_KIND_CONTRIBUTION,
)
_TELLING_FIGURES = 3
"""Figures that must be the same for two breakdowns to be one under two names."""
_ONE_GRAIN = (FactKind.FACT_KIND_TREND, FactKind.FACT_KIND_LEVEL_SHIFT)
"""Kinds that are told at one grain only; of trends, at the coarsest."""


def _without_twins(scored: Sequence[Scored]) -> list[Scored]:
    """The findings without those that another breakdown tells in the same figures.

    Where each style has one beer, the ranking of beers is that of styles under other names.
    """
    seen: dict[tuple[object, ...], str] = {}
    kept = []
    for one in scored:
        draft = one[0]
        figures = tuple(
            number
            for value in draft.values
            if value.format.kind != FormatKind.FORMAT_KIND_NAME
            and (number := number_of(to_python(value.value))) is not None
        )
        split = draft.kind in _OF_GROUPS and draft.dimension and len(figures) >= _TELLING_FIGURES
        key = (draft.kind, draft.measure, draft.scope, figures)
        if not split or seen.setdefault(key, draft.dimension) == draft.dimension:
            kept.append(one)
    return kept


def _without_repeats(scored: Sequence[Scored]) -> list[Scored]:
    """One overall level for a measure, the one that rests on most; no fact twice."""
    kept: dict[tuple[object, ...], Scored] = {}
    for candidate in scored:
        draft = candidate[0]
        key: tuple[object, ...] = (draft.kind, draft.measure, draft.dimension, draft.says)
        if draft.kind == FactKind.FACT_KIND_COVERAGE:
            key = (*key, draft.table.id)
        yearly = draft.kind == FactKind.FACT_KIND_LEVEL and "year before" in draft.says
        if yearly:
            key = (draft.kind, draft.measure, draft.says)
        if draft.kind in _ONE_GRAIN:
            key = (draft.kind, draft.measure, draft.dimension, draft.scope)
        held = kept.get(key)
        coarser = draft.kind == FactKind.FACT_KIND_TREND
        better = held is None or coarser or _base(draft) > _base(held[0]) * 1.001
        if yearly and held is not None:
            # The plain course shows it best, where several queries brought the same.
            better = len(draft.table.names) < len(held[0].table.names)
        if better:
            kept[key] = candidate
    return list(kept.values())


def _base(draft: Draft) -> float:
    for value in draft.values:
        if value.name in ("count", "total"):
            return number_of(to_python(value.value)) or 0.0
    return float(len(draft.table))


def _diverse(scored: Sequence[Scored], most: int) -> list[Scored]:
    """The best, each next one weighed down by what it repeats of those before it."""
    left = sorted(scored, key=lambda one: -one[2])
    chosen: list[Scored] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda one: one[2] * _novelty(one[0], chosen))
        left.remove(best)
        novelty = _novelty(best[0], chosen)
        chosen.append((best[0], best[1], best[2] * novelty))
    return chosen


def _novelty(draft: Draft, chosen: Sequence[Scored]) -> float:
    weight = 1.0
    for other, _, _ in chosen:
        same_place = other.dimension == draft.dimension and other.table.id == draft.table.id
        if other.kind == draft.kind:
            weight *= 0.85 if other.measure != draft.measure or not same_place else 0.7
        elif same_place and other.measure == draft.measure:
            weight *= 0.9
    return max(weight, 0.25)
