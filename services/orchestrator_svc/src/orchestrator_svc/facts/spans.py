"""The two spans of time that a contribution compares, as rows of its result."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from aislides.deck.v1.fact_pb2 import Fact, FactKind, FactValue

from orchestrator_svc.deck.formats import display
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import from_python

_LOCALE = "en-GB"


@dataclass(frozen=True, slots=True)
class Span:
    """One of the two: the value that names it, and its rows."""

    name: FactValue
    rows: frozenset[int]


def bridge_fact(
    facts: Iterable[Fact],
    result_id: str,
    group: str,
    measure: str,
    *,
    cited: Collection[str] = (),
) -> Fact | None:
    """The fact about the groups' parts in the change of a measure; None when there is none.

    Of several, about other spans, the first whose id is among `cited`.
    """
    found = [
        fact
        for fact in facts
        if fact.kind == FactKind.FACT_KIND_CONTRIBUTION
        and (fact.dimension, fact.measure) == (group, measure)
        and result_id in fact.result_ids
        and _has_steps({value.name for value in fact.values})
    ]
    return next((fact for fact in found if fact.id in cited), found[0] if found else None)


def _has_steps(names: set[str]) -> bool:
    """Whether the groups' changes add up to one that the fact holds, between two spans."""
    sums = "first_change" in names or {"rose", "change"} <= names
    return sums and {"previous_period", "last_period"} <= names


def spans_of(fact: Fact, table: Table) -> tuple[Span, Span] | None:
    """The earlier and the later span; None when the table's rows do not hold them."""
    times = [name for name in table.names if table.is_time(name)]
    named = {value.name: value for value in fact.values}
    if len(times) != 1 or not {"previous_period", "last_period"} <= named.keys():
        return None
    cells = table.column(times[0])
    found = []
    for name in ("previous_period", "last_period"):
        value = named[name]
        wanted = display(value.value, value.format, _LOCALE)
        rows = frozenset(
            row
            for row, cell in enumerate(cells)
            if cell is not None and display(from_python(cell), value.format, _LOCALE) == wanted
        )
        found.append(Span(value, rows))
    before, after = found
    return (before, after) if before.rows and after.rows else None
