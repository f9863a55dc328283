"""Genie spaces: list and get."""

from typing import Any

from fastapi import APIRouter

from local_workspace.genie.shapes import space_json
from local_workspace.routes.access import Caller, Served
from local_workspace.routes.pages import Page

router = APIRouter(prefix="/api/2.0/genie/spaces")


@router.get("")
async def list_spaces(workspace: Served, user: Caller, page: Page) -> dict[str, Any]:
    """The spaces the caller may ask."""
    return page.of("spaces", workspace.registry.visible_to(user), space_json)


@router.get("/{space_id}")
async def get_space(
    space_id: str, workspace: Served, user: Caller, include_serialized_space: bool = False
) -> dict[str, Any]:
    """One space, by id or by name."""
    entry = workspace.registry.find(space_id, user)
    return space_json(entry, serialized=include_serialized_space)
