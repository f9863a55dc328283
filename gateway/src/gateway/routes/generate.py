"""The simple call: a question in, the whole deck out."""

from __future__ import annotations

import time

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from fastapi import APIRouter, Response

from gateway import schemas
from gateway.errors import RequestInFlight
from gateway.mapping import create_request, deck_of
from gateway.routes.dependencies import IdempotencyKey, UpstreamOf

router = APIRouter(tags=["simple"])


@router.post("/generate-slides")
async def generate_slides(
    body: schemas.GenerateSlides,
    upstream: UpstreamOf,
    response: Response,
    idempotency_key: IdempotencyKey = "",
) -> schemas.GeneratedSlides:
    """Makes a deck and waits for it. A repeated call with the same `Idempotency-Key` gets the same
    deck, and 409 while that is being made."""
    began = time.monotonic()
    wanted = schemas.CreateDeck(**body.model_dump())
    request = create_request(wanted, idempotency_key)
    created = await upstream.call(upstream.stub.CreateDeck, request)
    if created.already_existed:
        if created.deck.state in (pb.STATE_QUEUED, pb.STATE_RUNNING):
            raise RequestInFlight(created.deck.deck_id)
        response.headers["Idempotency-Replayed"] = "true"
    info = await upstream.finished(created.deck.deck_id)
    file = await upstream.export(info.deck_id, pb.EXPORT_FORMAT_HTML)
    return schemas.GeneratedSlides(
        html=file.content.decode(),
        metadata=schemas.Metadata(
            deck=deck_of(info), processing_seconds=round(time.monotonic() - began, 3)
        ),
    )
