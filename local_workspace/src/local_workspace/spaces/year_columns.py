"""One number in a column for each year: `population_2020` and `population_2022`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_YEAR = re.compile(r"^(.+) ((?:19|20)\d\d)$|^((?:19|20)\d\d) (.+)$")


def words_of_year(column: ColumnInfo, table: TableInfo) -> list[str]:
    """ "population in 2020"; of the last year, the plain "population" too."""
    told = _told(column)
    if told is None or column.role != "measure":
        return []
    base, year = told
    years = [t[1] for c in table.columns.values() if (t := _told(c)) and t[0] == base]
    if len(years) < 2:
        return []
    found = [f"{base} {year}", f"{year} {base}", f"{base} in {year}", f"{base} of {year}"]
    plain = {c.label.lower() for c in table.columns.values()}
    return [*found, base] if year == max(years) and base not in plain else found


def _told(column: ColumnInfo) -> tuple[str, str] | None:
    match = _YEAR.match(column.label.lower())
    if match is None:
        return None
    first, after, before, last = match.groups()
    return (first, after) if first else (last, before)
