"""Unity Catalog: the tables of the spaces that the caller may ask."""

from fnmatch import fnmatchcase
from typing import Any

from fastapi import APIRouter

from local_workspace.api_errors import not_found
from local_workspace.identity import User
from local_workspace.registry import RegisteredSpace
from local_workspace.routes.access import Caller, Served
from local_workspace.routes.unity_catalog import PREFIX, UnityPage
from local_workspace.sandbox.cells import HUGE, PLAIN, column_type
from local_workspace.spaces.catalog import ColumnInfo, TableInfo
from local_workspace.workspace import Workspace

router = APIRouter(prefix=PREFIX)


@router.get("/tables")
async def list_tables(
    workspace: Served,
    user: Caller,
    page: UnityPage,
    catalog_name: str,
    schema_name: str,
    omit_columns: bool = False,
) -> dict[str, Any]:
    """The tables of one schema that the caller may ask."""
    found = [
        table_json(entry, table)
        for entry in workspace.registry.visible_to(user)
        if (entry.schema.catalog, entry.schema.name) == (catalog_name, schema_name)
        for table in (await workspace.registry.catalog(entry)).tables.values()
    ]
    if omit_columns:
        found = [{name: value for name, value in t.items() if name != "columns"} for t in found]
    return page.of("tables", found, lambda table: table)


@router.get("/table-summaries")
async def list_table_summaries(
    workspace: Served,
    user: Caller,
    page: UnityPage,
    catalog_name: str,
    schema_name_pattern: str = "%",
    table_name_pattern: str = "%",
) -> dict[str, Any]:
    """The names of the tables of a catalog; patterns are those of SQL's LIKE."""
    names = [
        entry.space.identifier(table.name)
        for entry in workspace.registry.visible_to(user)
        if entry.schema.catalog == catalog_name and like(schema_name_pattern, entry.schema.name)
        for table in entry.space.tables
        if like(table_name_pattern, table.name)
    ]
    return page.of(
        "tables", sorted(names), lambda name: {"full_name": name, "table_type": "MANAGED"}
    )


@router.get("/tables/{full_name}/exists")
async def table_exists(full_name: str, workspace: Served, user: Caller) -> dict[str, Any]:
    """Whether some space of the caller has the table."""
    return {"table_exists": _found(workspace, user, full_name) is not None}


@router.get("/tables/{full_name:path}")
async def get_table(full_name: str, workspace: Served, user: Caller) -> dict[str, Any]:
    """A table with its columns and their types, 404 where no space of the caller has it.

    A masked column has the table's own type, as Unity Catalog casts what a mask returns.
    """
    found = _found(workspace, user, full_name)
    if found is None:
        raise not_found("Table", full_name)
    entry, name = found
    catalog = await workspace.registry.catalog(entry)
    return table_json(entry, catalog.tables[name])


def _found(workspace: Workspace, user: User, full_name: str) -> tuple[RegisteredSpace, str] | None:
    for entry in workspace.registry.visible_to(user):
        for table in entry.space.tables:
            if entry.space.identifier(table.name).casefold() == full_name.casefold():
                return entry, table.name
    return None


def like(pattern: str, name: str) -> bool:
    """Whether a name is like a pattern with `%` and `_`, ignoring case."""
    signs = {"%": "*", "_": "?", "*": "[*]", "?": "[?]", "[": "[[]"}
    shell = "".join(signs.get(sign, sign) for sign in pattern[:200])
    return fnmatchcase(name.casefold(), shell.casefold())


def table_json(entry: RegisteredSpace, table: TableInfo) -> dict[str, Any]:
    """TableInfo."""
    schema = entry.schema
    return {
        "name": table.name,
        "catalog_name": schema.catalog,
        "schema_name": schema.name,
        "full_name": entry.space.identifier(table.name),
        "table_type": "MANAGED",
        "data_source_format": "DELTA",
        "comment": table.description,
        "columns": [
            column_json(position, column) for position, column in enumerate(table.columns.values())
        ],
    }


def column_json(position: int, column: ColumnInfo) -> dict[str, Any]:
    """ColumnInfo. Unity Catalog writes types in small letters."""
    kind = PLAIN["BIGINT"] if column.type_name in HUGE else column_type(column.type_name)
    said = [column.description, f"Unit: {column.unit}." if column.unit else ""]
    body: dict[str, Any] = {
        "name": column.name,
        "position": position,
        "type_name": kind.type_name,
        "type_text": kind.type_text.lower(),
        "nullable": True,
        "comment": " ".join(part for part in said if part),
    }
    if kind.precision is not None:
        body |= {"type_precision": kind.precision, "type_scale": kind.scale}
    return body
