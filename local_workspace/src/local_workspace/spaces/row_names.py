"""What the rows of a table are called, from its name: the hires of `stg_hire_hdr_v2`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.names import singular_phrase, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LAYERS = re.compile(
    r"^(?:(?i:(?:dim|fact|fct|tbl|stg|staging|ods|dwh|dw|edw|mart|vw|lkp|lookup|mst|rpt|t|f|d|v)_)"
    r"|(?:Dim|Fact|Tbl|tbl|dim|fact|Stg)(?=[A-Z]))+(?=[A-Za-z])"
)
_ENDINGS = re.compile(
    r"(?i)(?<=[a-z0-9])(?:_(?:dim|fact|fct|tbl|table|hdr|header|headers|mst|mstr|master|vw"
    r"|v\d+|19\d\d|20\d\d))+$"
)
_LINES = re.compile(r"(?i)_(?:lns?|dtls?|dets?|lin)$")


def row_name(table: str, told: Mapping[str, str] | None = None) -> str:
    """The singular noun of a row, without what only says where the table stands in a warehouse."""
    bare = _ENDINGS.sub("", _LAYERS.sub("", table)) or table
    return singular_phrase(in_english(spoken(_LINES.sub("_line", bare), told)))


def row_names(tables: Iterable[str], told: Mapping[str, str] | None = None) -> dict[str, str]:
    """The row of every table; one that two tables would share keeps its table's whole name."""
    short = {table: row_name(table, told) for table in tables}
    taken = list(short.values())
    return {
        table: row if taken.count(row) == 1 else singular_phrase(in_english(spoken(table, told)))
        for table, row in short.items()
    }
