"""First and last periods that facts leave out as partial: a chart does not show them as whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aislides.deck.v1 import fact_pb2

from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.values import PythonValue, to_python
from orchestrator_svc.facts.formula import column_name


@dataclass(frozen=True, slots=True)
class Edges:
    """The cells of a time column whose period is not complete; None where it is."""

    first: PythonValue = None
    last: PythonValue = None


def partial_edges(facts: Iterable[fact_pb2.Fact], table: Table, column: str) -> Edges:
    """The partial first and last period of a result along the column, as its facts tell."""
    found: dict[str, PythonValue] = {}
    cell = f"cell({column_name(column)}, "
    for fact in facts:
        if fact.kind != fact_pb2.FACT_KIND_COVERAGE or fact.dimension != column:
            continue
        if table.id in fact.result_ids:
            # Months made from days are not the cells of the column.
            own = (one for one in fact.values if one.provenance.formula.startswith(cell))
            found |= {one.name: to_python(one.value) for one in own}
    return Edges(found.get("first_partial"), found.get("last_partial"))
