"""Serving endpoints: list and get."""

from typing import Any

from fastapi import APIRouter

from local_workspace.api_errors import ApiError
from local_workspace.routes.access import Caller, Served

router = APIRouter(prefix="/api/2.0/serving-endpoints")


def endpoint_json(name: str) -> dict[str, Any]:
    """One endpoint; `capabilities` is what the SDK's typed class leaves out."""
    return {
        "name": name,
        "id": f"local-{name}",
        "creator": "local-workspace",
        "task": "llm/v1/chat",
        "state": {"ready": "READY", "config_update": "NOT_UPDATING"},
        "permission_level": "CAN_QUERY",
        "capabilities": {"function_calling": True},
        "config": {"served_entities": [{"name": name, "entity_name": name}]},
    }


def missing(name: str) -> ApiError:
    """404 in the words of model serving."""
    return ApiError(
        404,
        "ENDPOINT_NOT_FOUND",
        f"The given endpoint does not exist, please retry after checking the specified model: "
        f"'{name[:100]}'.",
    )


@router.get("")
async def list_endpoints(workspace: Served, _: Caller) -> dict[str, Any]:
    """All chat models."""
    return {"endpoints": [endpoint_json(name) for name in workspace.settings.chat_models]}


@router.get("/{name}")
async def get_endpoint(name: str, workspace: Served, _: Caller) -> dict[str, Any]:
    """One chat model."""
    if name not in workspace.settings.chat_models:
        raise missing(name)
    return endpoint_json(name)
