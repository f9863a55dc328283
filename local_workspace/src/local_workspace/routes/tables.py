"""Unity Catalog: the tables of the spaces that the caller may ask."""

from typing import Any

from fastapi import APIRouter

from local_workspace.api_errors import not_found
from local_workspace.registry import RegisteredSpace
from local_workspace.routes.access import Caller, Served
from local_workspace.routes.pages import Page
from local_workspace.sandbox.cells import HUGE, PLAIN, column_type
from local_workspace.spaces.catalog import ColumnInfo, TableInfo

router = APIRouter(prefix="/api/2.1/unity-catalog/tables")


@router.get("")
async def list_tables(
    workspace: Served,
    user: Caller,
    page: Page,
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


@router.get("/{full_name:path}")
async def get_table(full_name: str, workspace: Served, user: Caller) -> dict[str, Any]:
    """A table with its columns and their types, 404 where no space of the caller has it.

    A masked column has the table's own type, as Unity Catalog casts what a mask returns.
    """
    for entry in workspace.registry.visible_to(user):
        for table in entry.space.tables:
            if entry.space.identifier(table.name).casefold() == full_name.casefold():
                catalog = await workspace.registry.catalog(entry)
                return table_json(entry, catalog.tables[table.name])
    raise not_found("Table", full_name)


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
