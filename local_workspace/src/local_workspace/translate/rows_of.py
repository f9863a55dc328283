"""Whether rows are happenings or things: a visit that prescriptions point to is still a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.everyday import WORKERS
from local_workspace.translate.forms import family

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog

_BEGUN = frozenset(
    {"signup", "joined", "join", "registered", "registration", "hired", "hire", "born", "birth"}
    | {"opened", "opening", "since", "launched", "launch", "founded", "bought", "purchased"}
    | {"purchase", "built", "acquired", "added", "start", "started", "released"}
    | {"release", "published", "issued", "installed", "commissioned", "first", "last"}
)
"""The date of what goes on being there: customers since, machines bought."""


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
    if all(join.one != name for join in catalog.joins):
        return True
    table = catalog.tables[name]
    if table.label or table.time is None or all(join.many != name for join in catalog.joins):
        return False
    told = set(table.columns[table.time].label.lower().split())
    rows = {w for noun in (table.row, *table.synonyms) for w in (noun, *family(noun.split()[-1]))}
    return bool(told & rows) or not told & _BEGUN
