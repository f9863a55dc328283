"""What the writer of a deck is given: question, results and facts, bounded, as one JSON object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from aislides.deck.v1.fact_pb2 import Fact, FactKind, FactValue
from aislides.deck.v1.result_pb2 import Result
from aislides.deck.v1.table_pb2 import ColumnType

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import print_value, template
from orchestrator_svc.deck.values import PythonValue, number_of, to_python
from orchestrator_svc.facts.roles import roles_of
from orchestrator_svc.facts.scope import Scope, scopes_of
from orchestrator_svc.facts.search import MAX_FACTS

MAX_ROWS: Final = 40
MAX_COLUMNS: Final = 50
MAX_CELL: Final = 200
"""Characters of one text cell that the writer sees."""

_COLUMN_TYPES: Final = "COLUMN_TYPE_"


def write_payload(
    question: str,
    max_slides: int,
    results: Sequence[Result],
    facts: Sequence[Fact],
    *,
    locale: str = "en-GB",
) -> dict[str, Any]:
    """The write task as JSON-ready data: at most 40 rows a result and the 25 best facts.

    Numbers are never rounded. Everything in it came from data or callers, so it belongs inside the
    data fence of a prompt.
    """
    best = sorted(facts, key=lambda fact: -fact.score)[:MAX_FACTS]
    tables = [Table(result) for result in results]
    deck, scopes = scopes_of(tables)
    return {
        "task": "write",
        "question": question,
        "max_slides": max_slides,
        **({"only": deck} if deck else {}),
        "results": {
            table.id: _result(table, scope) for table, scope in zip(tables, scopes, strict=True)
        },
        "facts": [_fact(fact, locale) for fact in best],
    }


def json_cell(value: PythonValue) -> object:
    """A cell as JSON holds it: exact decimals as numbers where they stay exact, else as text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if number_of(value) is not None else None
    if isinstance(value, Decimal):
        number = number_of(value)
        return number if number is not None and Decimal(repr(number)) == value else str(value)
    if isinstance(value, date):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value if len(value) <= MAX_CELL else value[: MAX_CELL - 1] + "…"


def _result(table: Table, scope: Scope) -> dict[str, Any]:
    names = table.names[:MAX_COLUMNS]
    labels = {measure.name: measure.label for measure in roles_of(table).measures}
    columns = [
        {
            "name": name,
            "label": labels.get(name) or label_for_column(table, name),
            "type": table_type(table, name),
            "unit": format_for_column(table, name).unit,
        }
        for name in names
    ]
    return {
        "question": table.result.question,
        **({"only": " in ".join(scope.parts)} if scope.parts else {}),
        "columns": columns,
        "row_count": table.row_count,
        "truncated": table.truncated,
        "rows": [[json_cell(cell) for cell in row[: len(names)]] for row in table.rows[:MAX_ROWS]],
    }


def table_type(table: Table, name: str) -> str:
    """The column's type in lower case: `number`, `date`, `text`."""
    return ColumnType.Name(table.spec(name).type).removeprefix(_COLUMN_TYPES).lower()


def _fact(fact: Fact, locale: str) -> Mapping[str, Any]:
    return {
        "id": fact.id,
        "kind": FactKind.Name(fact.kind).removeprefix("FACT_KIND_").lower(),
        "says": fact.says,
        "values": {value.name: _value(value, locale) for value in fact.values},
        "sentence": template(fact.sentence),
        "headline": template(fact.headline),
        "lead": fact.lead,
        "result": fact.result_ids[0] if fact.result_ids else "",
        "measure": fact.measure,
        "by": fact.dimension,
        "score": round(fact.score, 3),
        **({"scope": list(fact.scope)} if fact.scope else {}),
    }


def _value(value: FactValue, locale: str) -> dict[str, object]:
    return {
        "v": json_cell(to_python(value.value)),
        "unit": value.format.unit,
        "display": print_value(value, locale),
    }
