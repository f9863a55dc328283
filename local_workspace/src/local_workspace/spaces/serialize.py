"""A space as the `serialized_space` object that Genie's space API exchanges."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from local_workspace.spaces.names import quoted

if TYPE_CHECKING:
    from local_workspace.spaces.model import Column, Join, Space


def serialized_space(space: Space) -> dict[str, Any]:
    """Return version 2 of the object; equal spaces give equal objects, ids included."""
    tables = [
        {
            "identifier": space.identifier(table.name),
            "description": [table.description] if table.description else [],
            "column_configs": [
                _column(column) for column in sorted(table.columns, key=lambda c: c.name)
            ],
        }
        for table in space.tables
    ]
    lines = _instructions(space)
    return {
        "version": 2,
        "config": {
            "sample_questions": [
                {"id": _id(space, "sample", question), "question": [question]}
                for question in space.sample_questions
            ]
        },
        "data_sources": {"tables": sorted(tables, key=lambda t: str(t["identifier"]))},
        "instructions": {
            "text_instructions": [
                {
                    "id": _id(space, "text", "\n".join(lines)),
                    "content": [f"{line}\n" for line in lines],
                }
            ]
            if lines
            else [],
            "example_question_sqls": [
                {
                    "id": _id(space, "example", example.question),
                    "question": [example.question],
                    "sql": [example.sql],
                }
                for example in space.examples
            ],
            "join_specs": [_join(space, join) for join in space.joins],
            "sql_snippets": {
                "filters": [_snippet(space, "filter", item) for item in space.filters],
                "expressions": [_snippet(space, "expression", d) for d in space.dimensions],
                "measures": [_snippet(space, "measure", item) for item in space.measures],
            },
        },
    }


ALSO_ANSWERED = (
    "Also answered: “second-highest …”, “how many stores had more than 100 …”, “products without … "
    "in 2024”, “cumulative … by month”, “3-month moving average of …”, “the 10 … with the highest "
    "…”, “H1 2024 vs H1 2023”, “average days between … and …”."
)
"""What the rules answer besides breakdowns; whoever asks, a model too, should know."""


def _instructions(space: Space) -> list[str]:
    """The space's own lines, what else is answered, and the measures that they do not list."""
    said = " ".join(space.instructions.lower().split())
    listed = "measures:" in said
    names = [m.name for m in space.measures if not listed or m.name.lower() not in said]
    if not listed:
        columns = [column for table in space.tables for column in table.columns]
        names += [c.label or c.name for c in columns if c.role == "measure"]
    lines = [*space.instructions.strip().splitlines(), ALSO_ANSWERED]
    if names:
        word = "More measures" if listed else "Measures"
        lines.append(f"{word}: {', '.join(dict.fromkeys(names))}.")
    return lines


def _column(column: Column) -> dict[str, Any]:
    config: dict[str, Any] = {"column_name": column.name}
    words = [
        column.description,
        f"Unit: {column.unit}." if column.unit else "",
        "Averaged, not added up." if column.aggregate == "avg" else "",
    ]
    description = " ".join(word for word in words if word)
    if description:
        config["description"] = [description]
    if column.synonyms or column.label:
        config["synonyms"] = [*([column.label] if column.label else []), *column.synonyms]
    if column.role == "hidden":
        config["exclude"] = True
    return config


def _join(space: Space, join: Join) -> dict[str, Any]:
    many, many_column = join.many.split(".")
    one, one_column = join.one.split(".")
    left = f"{quoted(many)}.{quoted(many_column)}"
    right = f"{quoted(join.name)}.{quoted(one_column)}"
    return {
        "id": _id(space, "join", join.name),
        "left": {"identifier": space.identifier(many), "alias": many},
        "right": {"identifier": space.identifier(one), "alias": join.name},
        "sql": [f"{left} = {right}", "--rt=FROM_RELATIONSHIP_TYPE_MANY_TO_ONE--"],
    }


def _snippet(space: Space, kind: str, item: Any) -> dict[str, Any]:
    snippet: dict[str, Any] = {
        "id": _id(space, kind, item.name),
        "sql": [item.sql],
        "display_name": item.name,
    }
    if kind != "filter":
        snippet["alias"] = item.name.replace(" ", "_")
    if item.synonyms:
        snippet["synonyms"] = list(item.synonyms)
    if item.description:
        snippet["instruction"] = [item.description]
    return snippet


def _id(space: Space, kind: str, text: str) -> str:
    return hashlib.sha256(f"{space.name}/{kind}/{text}".encode()).hexdigest()[:32]
