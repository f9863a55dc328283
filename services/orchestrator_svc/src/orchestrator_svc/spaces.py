"""The Genie spaces that decks can be made from, with what helps to choose one."""

from __future__ import annotations

import asyncio

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import ServiceError

from orchestrator_svc.ports import Genie, Space


async def list_spaces(genie: Genie, page_size: int, page_token: str) -> pb.ListSpacesResponse:
    """A page of spaces. Genie lists titles only; questions come from each space, where it tells."""
    listed, token = await genie.list_spaces(page_size, page_token)
    default, *full = await asyncio.gather(
        _detailed(genie, ""), *(_detailed(genie, space.space_id) for space in listed)
    )
    return pb.ListSpacesResponse(
        spaces=[
            pb.SpaceInfo(
                space_id=space.space_id,
                title=space.title,
                description=space.description or (known.description if known else ""),
                sample_questions=known.sample_questions if known else (),
                is_default=default is not None and default.space_id == space.space_id,
            )
            for space, known in zip(listed, full, strict=True)
        ],
        next_page_token=token,
    )


async def _detailed(genie: Genie, space_id: str) -> Space | None:
    """The space; None when none is configured or it cannot be read, which only costs comfort."""
    try:
        return await genie.space(space_id)
    except ServiceError:
        return None
