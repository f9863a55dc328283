"""The proof behind every printed figure, as data inside the file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from aislides.deck.v1 import result_pb2

from orchestrator_svc.deck.formats import display, format_for_column
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import print_value
from orchestrator_svc.deck.values import from_python
from orchestrator_svc.render.markup import Markup, cleaned
from orchestrator_svc.render.scene import Scene

MOST_ROWS: Final = 24
"""Rows that one figure opens, and that a result shows whole."""
WORDS: Final = {
    "o": "overview",
    "n": "notes",
    "p": "present",
    "d": "dark",
    "f": "full-screen",
    **{
        name: name
        for name in (
            *("previous", "next", "present", "close"),
            *("evidence", "formula", "question", "space", "rows"),
        )
    },
}
"""What the viewer's script calls things, by key or name."""


def evidence_json(scene: Scene) -> Markup:
    """JSON for a script element: figures by reference, results by id."""
    data = {
        "figures": {ref: _figure(scene, ref) for ref in scene.used},
        "results": {result.id: _result(scene, result) for result in scene.bundle.results},
        "words": {name: scene.say(phrase) for name, phrase in WORDS.items()},
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for plain, escaped in (
        ("&", "\\u0026"),
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(plain, escaped)
    return Markup(cleaned(text))


def _figure(scene: Scene, ref: str) -> dict[str, Any]:
    fact_id, name = ref.split(".", 1)
    value = next(item for item in scene.facts[fact_id].values if item.name == name)
    table = scene.tables.get(value.provenance.result_id)
    figure: dict[str, Any] = {
        "label": value.label,
        "shown": print_value(value, scene.locale),
        "formula": value.provenance.formula,
        "result": value.provenance.result_id,
    }
    if table is not None:
        touched = list(value.provenance.rows) or list(range(len(table)))
        figure["rows"] = touched[:MOST_ROWS]
        figure["of"] = len(touched)
    return figure


def _result(scene: Scene, result: result_pb2.Result) -> dict[str, Any]:
    table = scene.tables[result.id]
    needed = _rows_needed(scene, result.id)
    formats = {name: format_for_column(table, name) for name in table.names}
    return {
        "question": result.question,
        "sql": result.source.sql,
        "space": result.source.space_title,
        "asOf": result.source.completed_at.ToJsonString()
        if result.source.HasField("completed_at")
        else "",
        "statement": result.source.statement_id,
        "columns": table.names,
        "rows": {
            row: [
                display(from_python(table.column(name)[row]), formats[name], scene.locale)
                for name in table.names
            ]
            for row in needed
        },
    }


def _rows_needed(scene: Scene, result_id: str) -> Iterable[int]:
    """Rows that some printed figure opens; all of a small result, for its marks and cells."""
    table: Table = scene.tables[result_id]
    if len(table) <= MOST_ROWS:
        return range(len(table))
    wanted: set[int] = set()
    for ref in scene.used:
        fact_id, name = ref.split(".", 1)
        for value in scene.facts[fact_id].values:
            if value.name == name and value.provenance.result_id == result_id:
                rows = list(value.provenance.rows) or list(range(len(table)))
                wanted.update(rows[:MOST_ROWS])
    return sorted(wanted)
