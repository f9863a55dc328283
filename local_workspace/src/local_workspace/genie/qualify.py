"""Writes full table names into SQL, so that it runs outside its space too."""

from local_workspace.registry import RegisteredSpace
from local_workspace.sandbox.errors import StatementRefused
from local_workspace.sandbox.guard import checked
from local_workspace.spaces.names import quoted


def qualified(sql: str, entry: RegisteredSpace) -> str:
    """The same text with `catalog.schema.` before each bare table name.

    Layout and comments stay. SQL that the parse check refuses comes back unchanged; it fails with
    a clear message when it runs.
    """
    schema = entry.schema
    try:
        query = checked(sql, [schema])
    except StatementRefused:
        return sql
    prefix = f"{quoted(schema.catalog)}.{quoted(schema.name)}."
    bare = [reference for reference, _ in query.tables() if not reference.db]
    places = sorted((int(reference.this.meta["start"]) for reference in bare), reverse=True)
    for place in places:
        sql = sql[:place] + prefix + sql[place:]
    return sql
