"""Sums what decks used."""

from __future__ import annotations

import sqlalchemy as sa
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.pipeline.journal import seconds
from orchestrator_svc.requests import checked_tenant
from orchestrator_svc.store.clock import wall_clock
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.tables import deck
from orchestrator_svc.store.tenants import seen_by

DAY_MICROSECONDS = 86_400_000_000


async def usage_between(store: DeckStore, request: pb.GetUsageRequest) -> pb.GetUsageResponse:
    """The sum over a tenant's decks accepted in the span; the last 24 hours when none is given."""
    until = request.to.ToMicroseconds() if request.HasField("to") else wall_clock()
    begin = getattr(request, "from")
    since = begin.ToMicroseconds() if request.HasField("from") else until - DAY_MICROSECONDS
    within = sa.select(deck.c.info).where(deck.c.created_at >= since, deck.c.created_at < until)
    query = seen_by(within, checked_tenant(request.tenant))
    response = pb.GetUsageResponse()
    total, wall_time = response.total, 0.0
    for row in await store.page(query):
        used = pb.DeckInfo.FromString(row.info).usage
        response.decks += 1
        total.model_calls += used.model_calls
        total.input_tokens += used.input_tokens
        total.output_tokens += used.output_tokens
        total.cost_micro_usd += used.cost_micro_usd
        total.genie_questions += used.genie_questions
        wall_time += used.wall_time.ToTimedelta().total_seconds()
    total.wall_time.CopyFrom(seconds(wall_time))
    return response
