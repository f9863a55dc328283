"""Decks: make, read, watch, cancel, delete."""

from __future__ import annotations

import re
from typing import Annotated, Any

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from fastapi import APIRouter, Header, Path, Query, Response
from sse_starlette import EventSourceResponse

from gateway import schemas
from gateway.conditional import deck_tag, has_it, is_unchanged, last_modified, not_modified
from gateway.mapping import FORMATS, MEDIA_TYPES, ORDERS, STATES, create_request, deck_of, json_of
from gateway.routes.dependencies import DeckId, IdempotencyKey, UpstreamOf

router = APIRouter(prefix="/v1/decks", tags=["decks"])

IfNoneMatch = Annotated[str, Header(max_length=2_000, description="ETags that the caller has.")]

Answers = dict[int | str, dict[str, Any]]
AS_HTML: Answers = {
    200: {"content": {"text/html": {"schema": {"type": "string"}}}},
    304: {"description": "The caller has it."},
}
AS_EVENTS: Answers = {
    200: {
        "description": "One message an event; the last one ends the run.",
        "content": {"text/event-stream": {}},
    }
}
AS_FILE: Answers = {
    200: {
        "description": "The file, as an attachment.",
        "content": {
            media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA_TYPES
        },
    }
}

DECK_POLICY = "sandbox allow-scripts; frame-ancestors 'self'"
"""A deck carries its own policy; this one keeps it away from our origin."""
STILL_POLICY = "sandbox; frame-ancestors 'self'"


@router.post("", status_code=202)
async def create_deck(
    body: schemas.CreateDeck,
    upstream: UpstreamOf,
    response: Response,
    idempotency_key: IdempotencyKey = "",
    prefer: Annotated[str, Header(max_length=200, description="`wait=N` waits N seconds.")] = "",
) -> schemas.Deck:
    """Accepts a question and begins work; the answer tells where to look."""
    request = create_request(body, idempotency_key)
    created = await upstream.call(upstream.stub.CreateDeck, request)
    response.headers["Location"] = f"/v1/decks/{created.deck.deck_id}"
    if created.already_existed:
        response.headers["Idempotency-Replayed"] = "true"
    info = created.deck
    if wait := _seconds_to_wait(prefer):
        response.headers["Preference-Applied"] = f"wait={wait}"
        info = await upstream.settled(info.deck_id, min(wait, upstream.settings.wait_seconds))
    return deck_of(info)


def _seconds_to_wait(prefer: str) -> int:
    """N of a `wait=N` preference, 0 without one."""
    found = re.search(r"(?:^|[,;\s])wait=(\d{1,4})(?=$|[,;\s])", prefer)
    return int(found[1]) if found else 0


@router.get("")
async def list_decks(
    upstream: UpstreamOf,
    text: Annotated[str, Query(max_length=200, description="Part of question or title.")] = "",
    state: Annotated[
        list[schemas.StateName] | None, Query(description="Only decks in these states.")
    ] = None,
    space: Annotated[schemas.Name, Query(description="Only decks of this space.")] = "",
    order: schemas.OrderName = "newest",
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
    page_token: Annotated[str, Query(max_length=500)] = "",
) -> schemas.DeckPage:
    """Lists decks, newest first unless `order` says `oldest` or `updated`."""
    request = pb.ListDecksRequest(
        text=text,
        states=[STATES[name] for name in state or ()],
        space_id=space,
        order=ORDERS[order],
        page_size=page_size,
        page_token=page_token,
    )
    listed = await upstream.call(upstream.stub.ListDecks, request)
    return schemas.DeckPage(
        decks=[deck_of(info) for info in listed.decks], next_page_token=listed.next_page_token
    )


@router.get("/{deck_id}", response_model=schemas.Deck, responses={304: {"description": "Same."}})
async def get_deck(
    deck_id: DeckId,
    upstream: UpstreamOf,
    response: Response,
    if_none_match: IfNoneMatch = "",
    if_modified_since: Annotated[str, Header(max_length=100)] = "",
) -> schemas.Deck | Response:
    """The deck as it stands."""
    got = await upstream.call(upstream.stub.GetDeck, pb.GetDeckRequest(deck_id=deck_id))
    validators = {"ETag": deck_tag(got.deck), "Last-Modified": last_modified(got.deck)}
    settled = got.deck.state not in (pb.STATE_QUEUED, pb.STATE_RUNNING)
    if is_unchanged(got.deck, if_none_match, if_modified_since, settled=settled):
        return not_modified(validators)
    response.headers.update(validators)
    return deck_of(got.deck)


@router.delete("/{deck_id}", status_code=204)
async def delete_deck(deck_id: DeckId, upstream: UpstreamOf) -> None:
    """Deletes the deck with all that belongs to it."""
    await upstream.call(upstream.stub.DeleteDeck, pb.DeleteDeckRequest(deck_id=deck_id))


@router.get("/{deck_id}/html", response_class=Response, responses=AS_HTML)
async def get_html(
    deck_id: DeckId, upstream: UpstreamOf, if_none_match: IfNoneMatch = ""
) -> Response:
    """The deck as one self-contained page."""
    file = await upstream.export(deck_id, pb.EXPORT_FORMAT_HTML)
    tag = f'"{file.header.sha256}"'
    if has_it(if_none_match, tag):
        return not_modified({"ETag": tag})
    return _file(file.content, file.header, inline=True)


@router.get("/{deck_id}/slides/{slide_id}", response_class=Response, responses=AS_HTML)
async def get_slide(
    deck_id: DeckId,
    slide_id: Annotated[str, Path(pattern="^s[0-9]{1,4}$", examples=["s2"])],
    upstream: UpstreamOf,
    if_none_match: IfNoneMatch = "",
) -> Response:
    """One slide as a still page of 1280 x 720, as soon as the event `slide_ready` names it."""
    file = await upstream.slide(deck_id, slide_id)
    tag = f'"{file.header.sha256}"'
    if has_it(if_none_match, tag):
        return not_modified({"ETag": tag})
    return _file(file.content, file.header, inline=True, policy=STILL_POLICY)


@router.get("/{deck_id}/export", response_class=Response, responses=AS_FILE)
async def export_deck(
    deck_id: DeckId,
    upstream: UpstreamOf,
    format: Annotated[str, Query(pattern="^(html|pdf|pptx|md|json|png)$")] = "html",  # noqa: A002
    if_none_match: IfNoneMatch = "",
) -> Response:
    """The deck as a file to keep."""
    file = await upstream.export(deck_id, FORMATS[format])
    tag = f'"{file.header.sha256}"'
    if has_it(if_none_match, tag):
        return not_modified({"ETag": tag})
    return _file(file.content, file.header, inline=False)


@router.get("/{deck_id}/events", response_class=EventSourceResponse, responses=AS_EVENTS)
async def watch_deck(
    deck_id: DeckId,
    upstream: UpstreamOf,
    last_event_id: Annotated[int, Header(ge=0, le=2**63 - 1)] = 0,
) -> EventSourceResponse:
    """Events as they happen; `Last-Event-ID` resumes."""
    # An unknown deck is a 404, not an empty stream.
    await upstream.call(upstream.stub.GetDeck, pb.GetDeckRequest(deck_id=deck_id))
    return EventSourceResponse(
        upstream.follow(deck_id, last_event_id),
        ping=round(upstream.settings.heartbeat_seconds),
    )


@router.post("/{deck_id}:cancel")
async def cancel_deck(deck_id: DeckId, upstream: UpstreamOf) -> schemas.Deck:
    """Stops work; a finished deck stays as it was."""
    request = pb.CancelDeckRequest(deck_id=deck_id)
    return deck_of((await upstream.call(upstream.stub.CancelDeck, request)).deck)


@router.post("/{deck_id}:revise", status_code=202)
async def revise_deck(
    deck_id: DeckId,
    body: schemas.ReviseDeck,
    upstream: UpstreamOf,
    idempotency_key: IdempotencyKey = "",
) -> schemas.Deck:
    """Changes the deck as instructed, as a new revision; or goes on with an answer."""
    request = pb.ReviseDeckRequest(
        deck_id=deck_id, base_revision=body.base_revision, request_id=idempotency_key
    )
    if body.instruction is not None:
        request.instruction = body.instruction
    else:
        request.clarification_answer = body.clarification_answer or ""
    return deck_of((await upstream.call(upstream.stub.ReviseDeck, request)).deck)


@router.get("/{deck_id}/evidence/{ref}")
async def get_evidence(deck_id: DeckId, ref: str, upstream: UpstreamOf) -> schemas.Json:
    """SQL, rows and formula behind a figure such as `f3.change`."""
    request = pb.GetEvidenceRequest(deck_id=deck_id, ref=ref[:100])
    return json_of((await upstream.call(upstream.stub.GetEvidence, request)).evidence)


def _file(
    content: bytes, header: pb.ExportHeader, *, inline: bool, policy: str = DECK_POLICY
) -> Response:
    kind = "inline" if inline else "attachment"
    return Response(
        content,
        media_type=header.media_type,
        headers={
            # The name is ours: letters, digits and dashes only.
            "Content-Disposition": f'{kind}; filename="{header.file_name}"',
            "Content-Security-Policy": policy,
            "ETag": f'"{header.sha256}"',
            "X-Frame-Options": "SAMEORIGIN",
        },
    )
