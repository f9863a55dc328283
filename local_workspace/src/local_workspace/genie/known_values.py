"""The names that columns hold, in their descriptions: a planner then knows whose a name is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from local_workspace.spaces.catalog import Catalog, ColumnInfo

MOST_VALUES: Final = 20
FEW: Final = 40
"""Distinct values up to which a column splits rows rather than names them."""
LONGEST: Final = 40
_BREAKS: Final = frozenset('.,;:()/"\n')


def with_values(
    serialized: dict[str, Any], catalog: Catalog, *, hidden: Collection[str] = ()
) -> dict[str, Any]:
    """The space with the usual values of its few-valued text columns behind their descriptions.

    Tables of which the caller sees a part only are `hidden` and tell none.
    """
    for table in serialized["data_sources"]["tables"]:
        known = catalog.tables.get(str(table["identifier"]).rsplit(".", maxsplit=1)[-1])
        if known is None or known.name in hidden:
            continue
        for config in table["column_configs"]:
            column = known.columns.get(config["column_name"])
            told = " ".join(config.get("description", []))
            values = _names(column) if column else []
            if values and not any(value in told for value in values):
                config["description"] = [f"{told} Such as {', '.join(values)}".strip()]
    return serialized


def _names(column: ColumnInfo) -> list[str]:
    """Most frequent values first; none where there are many, or they would not read as names."""
    if column.role != "dimension" or not 2 <= len(column.values) <= FEW:
        return []
    plain = [v for v in column.values if 1 < len(v) <= LONGEST and not _BREAKS & set(v)]
    return plain[:MOST_VALUES] if len(plain) == len(column.values) else []
