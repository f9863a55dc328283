"""External links to results: no token, like a presigned address of cloud storage."""

from fastapi import APIRouter, Request, Response

from local_workspace.api_errors import invalid
from local_workspace.routes.access import Served

router = APIRouter()


@router.get("/external/{token}")
async def follow(token: str, request: Request, workspace: Served) -> Response:
    """The rows of one chunk. Cloud storage refuses a second kind of authentication; so do we."""
    if "authorization" in request.headers:
        raise invalid("Only one auth mechanism allowed; send no Authorization header.")
    text, media_type = workspace.links.follow(token)
    return Response(text, media_type=media_type)
