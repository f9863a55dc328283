"""Genie spaces: list and get. They are files, so nothing here writes them."""

from typing import Any, NoReturn

from fastapi import APIRouter

from local_workspace.api_errors import ApiError
from local_workspace.genie.known_values import with_values
from local_workspace.genie.shapes import space_json
from local_workspace.routes.access import Caller, Served
from local_workspace.routes.pages import Page
from local_workspace.spaces import SpaceDataError

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
    if not include_serialized_space:
        return space_json(entry)
    serialized = entry.space.serialized()
    try:
        catalog = await workspace.registry.catalog(entry)
    except SpaceDataError:
        # What does not fit is told by the first question.
        return space_json(entry, serialized=serialized)
    hidden = user.restrictions.get(entry.space.name, {})
    return space_json(entry, serialized=with_values(serialized, catalog, hidden=hidden))


@router.post("", response_model=None)
async def create_space(_: Caller) -> NoReturn:
    """Refused: `aislides data add` makes a space from files."""
    raise read_only("make one from your files with: aislides data add FILES --name NAME")


@router.patch("/{space_id}", response_model=None)
async def update_space(space_id: str, workspace: Served, user: Caller) -> NoReturn:
    """Refused: an edit of the space's file is seen at once."""
    space = workspace.registry.find(space_id, user).space
    raise read_only(f"edit the space file of '{space.name}'; the edit is seen at once")


@router.delete("/{space_id}", response_model=None)
async def trash_space(space_id: str, workspace: Served, user: Caller) -> NoReturn:
    """Refused: `aislides data remove` takes a space away."""
    space = workspace.registry.find(space_id, user).space
    raise read_only(f"take it away with: aislides data remove {space.name}")


def read_only(instead: str) -> ApiError:
    """403: what a caller over HTTP may not do, and who may."""
    return ApiError(403, "PERMISSION_DENIED", f"Spaces of the local workspace are files; {instead}")
