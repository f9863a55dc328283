"""Lists decks page by page, with filters and order."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Final

import sqlalchemy as sa
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import FieldViolation, InvalidRequest

from orchestrator_svc.requests import checked_tenant
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.tables import deck
from orchestrator_svc.store.tenants import EVERYBODY, seen_by

_ORDERS: Final[dict[int, tuple[sa.Column[Any], bool]]] = {
    pb.DECK_ORDER_UNSPECIFIED: (deck.c.created_at, True),
    pb.DECK_ORDER_CREATED_DESCENDING: (deck.c.created_at, True),
    pb.DECK_ORDER_CREATED_ASCENDING: (deck.c.created_at, False),
    pb.DECK_ORDER_UPDATED_DESCENDING: (deck.c.updated_at, True),
}


def page_limit(page_size: int, default: int) -> int:
    """Rows a page: the default for 0, at most 100; raises InvalidRequest when negative."""
    if page_size < 0:
        raise InvalidRequest(
            "page_size is negative",
            field_violations=[FieldViolation("page_size", "0 for the default, or 1 to 100")],
        )
    return min(page_size or default, 100)


def encode_token(*key: int | str) -> str:
    """An opaque page token for a position."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode_token(token: str, *kinds: type) -> list[Any]:
    """The position that `encode_token` wrote. Raises InvalidRequest for anything else."""
    try:
        key = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if [type(part) for part in key] != list(kinds):
            raise ValueError
    except (ValueError, TypeError, binascii.Error) as error:
        raise InvalidRequest(
            "page_token is not one that we gave",
            field_violations=[
                FieldViolation("page_token", "leave it empty, or send a next_page_token unchanged")
            ],
        ) from error
    return list(key)


async def list_decks(store: DeckStore, request: pb.ListDecksRequest) -> pb.ListDecksResponse:
    """A page of a tenant's decks, without their sentences."""
    limit = page_limit(request.page_size, 20)
    if len(request.text) > 200:
        raise InvalidRequest(
            "text is too long", field_violations=[FieldViolation("text", "at most 200 characters")]
        )
    if request.order not in _ORDERS:
        raise InvalidRequest(
            "order is unknown", field_violations=[FieldViolation("order", "a DeckOrder value")]
        )
    column, descending = _ORDERS[request.order]
    everybodys = sa.select(deck.c.info, deck.c.deck_id, deck.c.tenant, column.label("key"))
    query = seen_by(everybodys, checked_tenant(request.tenant))
    if request.text:
        escaped = request.text.casefold().replace("\\", "\\\\")
        escaped = escaped.replace("%", "\\%").replace("_", "\\_")
        query = query.where(deck.c.search_text.like(f"%{escaped}%", escape="\\"))
    if request.states:
        query = query.where(deck.c.state.in_(list(request.states)))
    if request.space_id:
        query = query.where(deck.c.space_id == request.space_id)
    if request.page_token:
        key, deck_id = decode_token(request.page_token, int, str)
        place = sa.tuple_(column, deck.c.deck_id)
        here = sa.tuple_(sa.literal(key), sa.literal(deck_id))
        query = query.where(place < here if descending else place > here)
    direction = sa.desc if descending else sa.asc
    query = query.order_by(direction(column), direction(deck.c.deck_id)).limit(limit + 1)
    rows = await store.page(query)
    response = pb.ListDecksResponse()
    for row in rows[:limit]:
        info = pb.DeckInfo.FromString(row.info)
        info.verdict.ClearField("sentences")
        if request.tenant == EVERYBODY:
            info.tenant = row.tenant
        response.decks.append(info)
    if len(rows) > limit:
        last = rows[limit - 1]
        response.next_page_token = encode_token(last.key, last.deck_id)
    return response
