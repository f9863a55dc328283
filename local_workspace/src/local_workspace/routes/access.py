"""What every route asks for: the workspace, the caller, the faults that struck this call."""

from typing import Annotated

from fastapi import Depends, Request

from local_workspace.faults.book import Struck
from local_workspace.genie.model import Message
from local_workspace.genie.service import Place
from local_workspace.identity import User
from local_workspace.workspace import Workspace


def workspace_of(request: Request) -> Workspace:
    """The workspace behind the application."""
    workspace: Workspace = request.app.state.workspace
    return workspace


def caller(request: Request) -> User:
    """The user of the bearer token. Raises ApiError 401 or 403."""
    identities = workspace_of(request).identities
    return identities.authenticate(request.headers.get("authorization"))


def struck_by(request: Request) -> Struck:
    """The faults of this call; none when the middleware did not see it."""
    struck: Struck = getattr(request.state, "struck", None) or Struck()
    return struck


Served = Annotated[Workspace, Depends(workspace_of)]
Caller = Annotated[User, Depends(caller)]
Faulty = Annotated[Struck, Depends(struck_by)]


def place_of(space_id: str, conversation_id: str, workspace: Served, user: Caller) -> Place:
    """The conversation that the path names. Raises ApiError 403 or 404."""
    return workspace.genie.place(space_id, conversation_id, user)


Here = Annotated[Place, Depends(place_of)]


def message_of(message_id: str, place: Here, workspace: Served) -> Message:
    """The message that the path names, as it stands now. Raises ApiError 404."""
    return workspace.genie.message(place, message_id)


Asked = Annotated[Message, Depends(message_of)]
