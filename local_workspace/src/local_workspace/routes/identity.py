"""Who am I: the SCIM user of the caller."""

from typing import Any

from fastapi import APIRouter, Response

from local_workspace.routes.access import Caller
from local_workspace.routes.wellknown import WORKSPACE_ID

router = APIRouter()


@router.get("/api/2.0/preview/scim/v2/Me")
async def me(response: Response, user: Caller) -> dict[str, Any]:
    """The caller; the header carries the workspace's id."""
    response.headers["X-Databricks-Org-Id"] = WORKSPACE_ID
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": str(user.id),
        "userName": user.user_name,
        "displayName": user.display_name,
        "active": True,
        "emails": [{"value": user.user_name, "type": "work", "primary": True}],
        "groups": [],
        "entitlements": [{"value": "workspace-access"}, {"value": "databricks-sql-access"}],
    }
