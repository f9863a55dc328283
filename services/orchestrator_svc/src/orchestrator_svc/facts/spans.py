"""The two spans of time that a contribution compares, as rows of its result."""

from __future__ import annotations

from collections.abc import Iterable
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


def bridge_fact(facts: Iterable[Fact], result_id: str, group: str, measure: str) -> Fact | None:
    """The fact about the groups' parts in the change of a measure; None when there is none."""
    for fact in facts:
        if (
            fact.kind == FactKind.FACT_KIND_CONTRIBUTION
            and (fact.dimension, fact.measure) == (group, measure)
            and result_id in fact.result_ids
            and {"first_change", "previous_period", "last_period"} <= {v.name for v in fact.values}
        ):
            return fact
    return None


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
