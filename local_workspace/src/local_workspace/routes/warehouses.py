"""The one SQL warehouse of the workspace."""

from typing import Any

from fastapi import APIRouter

from local_workspace.api_errors import not_found
from local_workspace.registry import WAREHOUSE_ID
from local_workspace.routes.access import Caller

router = APIRouter(prefix="/api/2.0/sql/warehouses")

WAREHOUSE = {
    "id": WAREHOUSE_ID,
    "name": "Local DuckDB",
    "state": "RUNNING",
    "cluster_size": "2X-Small",
    "warehouse_type": "PRO",
    "enable_serverless_compute": True,
}


@router.get("")
async def list_warehouses(_: Caller) -> dict[str, Any]:
    """The warehouse."""
    return {"warehouses": [WAREHOUSE]}


@router.get("/{warehouse_id}")
async def get_warehouse(warehouse_id: str, _: Caller) -> dict[str, Any]:
    """Its state: always running."""
    require(warehouse_id)
    return WAREHOUSE


@router.post("/{warehouse_id}/start")
async def start_warehouse(warehouse_id: str, _: Caller) -> dict[str, Any]:
    """It runs already."""
    require(warehouse_id)
    return {}


def require(warehouse_id: str) -> None:
    """Raises ApiError 404 for any but the one warehouse."""
    if warehouse_id != WAREHOUSE_ID:
        raise not_found("Warehouse", warehouse_id)
