"""Versions of a deck: list, read, restore, compare, refresh."""

from __future__ import annotations

from typing import Annotated

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from fastapi import APIRouter, Path, Query

from gateway import schemas
from gateway.mapping import deck_of, json_of
from gateway.routes.dependencies import DeckId, UpstreamOf

router = APIRouter(prefix="/v1/decks", tags=["revisions"])

Number = Annotated[int, Path(ge=1, le=1_000_000, description="Revision, from 1.")]


@router.get("/{deck_id}/revisions")
async def list_revisions(
    deck_id: DeckId,
    upstream: UpstreamOf,
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
    page_token: Annotated[str, Query(max_length=500)] = "",
) -> schemas.Json:
    """The revisions of a deck, newest first."""
    request = pb.ListRevisionsRequest(deck_id=deck_id, page_size=page_size, page_token=page_token)
    return json_of(await upstream.call(upstream.stub.ListRevisions, request))


@router.get("/{deck_id}/revisions:diff")
async def diff_revisions(
    deck_id: DeckId,
    upstream: UpstreamOf,
    older: Annotated[int, Query(alias="from", ge=1, le=1_000_000)],
    newer: Annotated[int, Query(alias="to", ge=0, le=1_000_000)] = 0,
) -> schemas.Json:
    """What changed between two revisions; `to` is the current one when left out."""
    request = pb.DiffRevisionsRequest(deck_id=deck_id, from_revision=older, to_revision=newer)
    return json_of(await upstream.call(upstream.stub.DiffRevisions, request))


@router.get("/{deck_id}/revisions/{number}")
async def get_revision(deck_id: DeckId, number: Number, upstream: UpstreamOf) -> schemas.Json:
    """One revision with its spec, facts and results."""
    request = pb.GetRevisionRequest(deck_id=deck_id, revision=number)
    return json_of(await upstream.call(upstream.stub.GetRevision, request))


@router.post("/{deck_id}/revisions/{number}:restore")
async def restore_revision(deck_id: DeckId, number: Number, upstream: UpstreamOf) -> schemas.Deck:
    """Makes an earlier revision current again, as a new one."""
    request = pb.RestoreRevisionRequest(deck_id=deck_id, revision=number)
    return deck_of((await upstream.call(upstream.stub.RestoreRevision, request)).deck)


@router.post("/{deck_id}:refresh", status_code=202)
async def refresh_deck(deck_id: DeckId, upstream: UpstreamOf) -> schemas.Deck:
    """Runs the stored queries again and re-checks every claim."""
    request = pb.RefreshDeckRequest(deck_id=deck_id)
    return deck_of((await upstream.call(upstream.stub.RefreshDeck, request)).deck)
