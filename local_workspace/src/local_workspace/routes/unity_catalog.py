"""Unity Catalog: the catalogs and schemas of the spaces that the caller may ask."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from local_workspace.api_errors import not_found
from local_workspace.registry import RegisteredSpace
from local_workspace.routes.access import Caller, Served
from local_workspace.routes.pages import PageRequest

PREFIX = "/api/2.1/unity-catalog"
router = APIRouter(prefix=PREFIX)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which page: Unity Catalog says `max_results` where Genie says `page_size`."""

    max_results: Annotated[int, Query(ge=0)] = 0
    page_token: Annotated[str, Query(max_length=100)] = ""


def _page(wanted: Annotated[_Wanted, Depends()]) -> PageRequest:
    return PageRequest(wanted.max_results, wanted.page_token)


UnityPage = Annotated[PageRequest, Depends(_page)]


@router.get("/catalogs")
async def list_catalogs(workspace: Served, user: Caller, page: UnityPage) -> dict[str, Any]:
    """The catalogs that hold tables of the caller's spaces."""
    names = {entry.schema.catalog for entry in workspace.registry.visible_to(user)}
    return page.of("catalogs", sorted(names), catalog_json)


@router.get("/catalogs/{name}")
async def get_catalog(name: str, workspace: Served, user: Caller) -> dict[str, Any]:
    """One catalog."""
    for entry in workspace.registry.visible_to(user):
        if entry.schema.catalog.casefold() == name.casefold():
            return catalog_json(entry.schema.catalog)
    raise not_found("Catalog", name)


@router.get("/schemas")
async def list_schemas(
    workspace: Served, user: Caller, page: UnityPage, catalog_name: str
) -> dict[str, Any]:
    """The schemas of a catalog: one for each of the caller's spaces."""
    entries = [
        entry
        for entry in workspace.registry.visible_to(user)
        if entry.schema.catalog.casefold() == catalog_name.casefold()
    ]
    if not entries:
        raise not_found("Catalog", catalog_name)
    return page.of("schemas", sorted(entries, key=lambda entry: entry.schema.name), schema_json)


@router.get("/schemas/{full_name}")
async def get_schema(full_name: str, workspace: Served, user: Caller) -> dict[str, Any]:
    """One schema."""
    for entry in workspace.registry.visible_to(user):
        if f"{entry.schema.catalog}.{entry.schema.name}".casefold() == full_name.casefold():
            return schema_json(entry)
    raise not_found("Schema", full_name)


def catalog_json(name: str) -> dict[str, Any]:
    """CatalogInfo."""
    return {
        "name": name,
        "full_name": name,
        "catalog_type": "MANAGED_CATALOG",
        "securable_type": "CATALOG",
        "comment": "Tables of the local workspace's spaces.",
    }


def schema_json(entry: RegisteredSpace) -> dict[str, Any]:
    """SchemaInfo."""
    schema = entry.schema
    return {
        "name": schema.name,
        "catalog_name": schema.catalog,
        "catalog_type": "MANAGED_CATALOG",
        "full_name": f"{schema.catalog}.{schema.name}",
        "comment": entry.space.title,
    }
