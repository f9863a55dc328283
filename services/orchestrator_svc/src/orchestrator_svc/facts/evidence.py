"""Evidence: everything behind one printed figure, with the figure computed again."""

from __future__ import annotations

from typing import Final

from aislides.deck.v1.deck_pb2 import DeckBundle
from aislides.deck.v1.fact_pb2 import FactValue
from aislides.deck.v1.result_pb2 import Result
from aislides.deck.v1.table_pb2 import Value
from aislides.deck.v1.verdict_pb2 import Evidence

from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import (
    UnknownReference,
    name_reference,
    parse_reference,
    print_value,
    resolve,
)
from orchestrator_svc.deck.values import from_python
from orchestrator_svc.facts.formula import FormulaError, evaluate

MAX_ROWS: Final = 200
"""Rows that evidence carries at most; `row_count` tells how many the formula reads."""


def evidence(bundle: DeckBundle, ref: str) -> Evidence:
    """What is behind `ref`, written `f3.change` with or without braces.

    The rows are those that the formula reads, at most 200. Raises UnknownReference, which lists
    near names.
    """
    facts = {fact.id: fact for fact in bundle.facts}
    parsed = parse_reference(ref)
    if parsed is None:
        raise UnknownReference.among(ref, facts)
    value = resolve(parsed, facts)
    result = next((one for one in bundle.results if one.id == value.provenance.result_id), None)
    found = Evidence(
        ref=name_reference(parsed),
        display=print_value(value, bundle.deck.locale),
        label=value.label,
        value=value.value,
        provenance=value.provenance,
    )
    if result is not None:
        _add_result(found, value, result)
    return found


def recompute(value: FactValue, table: Table) -> Value:
    """The value computed again from the rows; NULL when its formula does not fit them."""
    try:
        return from_python(evaluate(value.provenance.formula, table).value)
    except FormulaError:
        return Value()


def _add_result(found: Evidence, value: FactValue, result: Result) -> None:
    table = Table(result)
    positions = list(value.provenance.rows) or list(range(len(result.rows)))
    found.recomputed.CopyFrom(recompute(value, table))
    found.source.CopyFrom(result.source)
    found.question = result.question
    found.columns.extend(result.columns)
    kept = [at for at in positions if 0 <= at < len(result.rows)]
    found.rows.extend(result.rows[at] for at in kept[:MAX_ROWS])
    found.row_count = len(kept)
    found.truncated = table.truncated
