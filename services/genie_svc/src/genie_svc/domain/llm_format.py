"""Results as text for a language model: compact, exact, and honest about what is left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from genie_svc.domain.cells import Cell
from genie_svc.domain.columns import Column, ColumnType
from genie_svc.domain.rows import Row

_BYTES_A_TOKEN: Final = 3
_MOST_CELL_CHARACTERS: Final = 200
_NOTES_TOKENS: Final = 60
_EXACT_TEXT: Final = {ColumnType.DECIMAL, ColumnType.JSON}


def estimated_tokens(text: str) -> int:
    """Tokens of a text, rather too many than too few: one for each three bytes of UTF-8."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)


def format_results_for_llm(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    row_count: int | None = None,
    truncated: bool = False,
    max_tokens: int = 2_000,
) -> str:
    """The result in at most `max_tokens` (100 or more), by `estimated_tokens`.

    One line names the columns with types and units, then one JSON array stands for each row, so
    that no cell can pass for structure. Numbers are never rounded and never become text; DECIMAL
    keeps its scale. When not everything fits, columns go first from the right, then rows from the
    middle; long text is cut. A last line says what is missing, by number. `row_count` is how many
    rows the query produced, the number of `rows` by default.
    """
    if max_tokens < 100:
        raise ValueError("max_tokens must be at least 100")
    budget = max_tokens - _NOTES_TOKENS
    shown = list(columns)
    while len(shown) > 1 and estimated_tokens(_head(shown)) > budget // 2:
        shown.pop()
    head = _head(shown)
    budget -= estimated_tokens(head) + 1
    first, last = _fitting([_line(row, shown) for row in rows], budget)
    between = len(rows) - len(first) - len(last)
    body = [*first, *([f"... {between:,} rows left out here ..."] if between else []), *last]
    total = len(rows) if row_count is None else row_count
    notes = [f"{len(first) + len(last):,} of {total:,} rows"]
    if len(shown) < len(columns):
        notes.append(f"{len(shown):,} of {len(columns):,} columns")
    if truncated or total > len(rows):
        notes.append("the query result itself is incomplete, so do not total it")
    return "\n".join([head, *body, f"({'; '.join(notes)})"])


def _head(columns: Sequence[Column]) -> str:
    named = []
    for column in columns:
        kind = column.type_text or column.type.value
        about = f"{kind}, {column.unit}" if column.unit else kind
        named.append(f"{json.dumps(_cut(column.name), ensure_ascii=False)} ({_cut(about)})")
    return " | ".join(named)


def _line(row: Row, columns: Sequence[Column]) -> str:
    cells = zip(row, columns, strict=False)
    return f"[{','.join(_cell(cell, column) for cell, column in cells)}]"


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return "null"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, bytes):
        return f'"<{len(cell):,} bytes>"'
    if isinstance(cell, str) and column.type in _EXACT_TEXT and len(cell) <= _MOST_CELL_CHARACTERS:
        return cell if type(cell) is str else json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, str):
        return json.dumps(_cut(cell), ensure_ascii=False)
    return repr(cell) if cell == cell and abs(cell) != float("inf") else f'"{cell}"'  # noqa: PLR0124 - NaN


def _cut(text: str) -> str:
    left_out = len(text) - _MOST_CELL_CHARACTERS
    if left_out <= 0:
        return text
    return f"{text[:_MOST_CELL_CHARACTERS]}... ({left_out:,} more characters)"


def _fitting(lines: Sequence[str], budget: int) -> tuple[list[str], list[str]]:
    """Lines from the start and the end that fit, about four to one."""
    costs = [estimated_tokens(line) + 1 for line in lines]
    if sum(costs) <= budget:
        return list(lines), []
    head, tail = 0, 0
    spent = 0
    while head + tail < len(lines):
        from_end = tail * 4 < head
        cost = costs[len(lines) - 1 - tail] if from_end else costs[head]
        if spent + cost > budget:
            break
        spent += cost
        head, tail = (head, tail + 1) if from_end else (head + 1, tail)
    return list(lines[:head]), list(lines[len(lines) - tail :])
