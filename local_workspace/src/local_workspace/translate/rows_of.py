"""Whether rows are happenings or things: a visit that prescriptions point to is still a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.everyday import WORKERS
from local_workspace.translate.things import things

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog


def days_of_people(name: str, catalog: Catalog) -> bool:
    """Whether each row is a day of one person, as in a table of shifts."""
    table = catalog.tables[name]
    time = table.columns.get(table.time or "")
    if time is None or time.family != "date":
        return False
    people = [
        table.columns[join.many_column].distinct
        for join in catalog.joins
        if join.many == name and {catalog.tables[join.one].row} & WORKERS
    ]
    return len(people) == 1 and time.distinct < table.rows <= time.distinct * people[0]


def happens(name: str, catalog: Catalog) -> bool:
    """Whether rows of the table happened at their own time, though other rows point to them."""
    return name not in things(catalog)
