"""Statements and their rows as the REST API writes them."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from local_workspace.sandbox.result import Column, Result
from local_workspace.statements.statement import Statement

Link = Callable[[int], dict[str, Any]]
"""Makes the link fields of one chunk: `external_link` and `expiration`."""


def statement_response(
    statement: Statement, *, result: Result | None = None, link: Link | None = None
) -> dict[str, Any]:
    """The StatementResponse: manifest and first chunk once it has succeeded.

    `result` stands in for the statement's own rows (Genie shows the first 5,000 only).
    """
    response: dict[str, Any] = {"statement_id": statement.id, "status": statement.status()}
    rows = result or statement.result
    if rows is not None:
        response["manifest"] = manifest(rows, statement.format, external=link is not None)
        response["result"] = chunk(statement.id, rows, 0, link) if rows.chunks else {}
    return response


def manifest(result: Result, format_name: str, *, external: bool) -> dict[str, Any]:
    """Columns, chunks and counts."""
    chunks = [
        {
            "chunk_index": index,
            "row_offset": index * result.chunk_rows,
            "row_count": rows_in(result, index),
            **({"byte_count": len(text.encode())} if external else {}),
        }
        for index, text in enumerate(result.chunks)
    ]
    written: dict[str, Any] = {
        "format": format_name,
        "schema": {
            "column_count": len(result.columns),
            "columns": [described(column, at) for at, column in enumerate(result.columns)],
        },
        "total_chunk_count": len(chunks),
        "total_row_count": result.row_count,
        "truncated": bool(result.truncated),
        "chunks": chunks,
    }
    if external:
        written["total_byte_count"] = result.size
    return written


def described(column: Column, position: int) -> dict[str, Any]:
    """One column of the schema."""
    entry: dict[str, Any] = {
        "name": column.name,
        "type_text": column.type_text,
        "type_name": column.type_name,
        "position": position,
    }
    if column.precision is not None:
        entry["type_precision"] = column.precision
        entry["type_scale"] = column.scale
    return entry


def chunk(statement_id: str, result: Result, index: int, link: Link | None) -> dict[str, Any]:
    """One ResultData: rows, or a link to them. Raises IndexError."""
    part: dict[str, Any] = {
        "chunk_index": index,
        "row_offset": index * result.chunk_rows,
        "row_count": rows_in(result, index),
    }
    following: dict[str, Any] = {}
    if index + 1 < len(result.chunks):
        following = {
            "next_chunk_index": index + 1,
            "next_chunk_internal_link": (
                f"/api/2.0/sql/statements/{statement_id}/result/chunks/{index + 1}"
            ),
        }
    if link is None:
        return {**part, **following, "data_array": result.chunk(index)}
    size = len(result.chunks[index].encode())
    return {"external_links": [{**part, "byte_count": size, **following, **link(index)}]}


def rows_in(result: Result, index: int) -> int:
    """How many rows a chunk holds. Raises IndexError."""
    if not 0 <= index < len(result.chunks):
        raise IndexError(index)
    return min(result.chunk_rows, result.row_count - index * result.chunk_rows)


def csv_chunk(result: Result, index: int) -> str:
    """One chunk as CSV; the first has the header line."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    if index == 0:
        lines.writerow(column.name for column in result.columns)
    lines.writerows(["" if c is None else c for c in row] for row in result.chunk(index))
    return out.getvalue()


def json_chunk(result: Result, index: int) -> str:
    """One chunk as a JSON array of rows."""
    return json.dumps(result.chunk(index), ensure_ascii=False)
