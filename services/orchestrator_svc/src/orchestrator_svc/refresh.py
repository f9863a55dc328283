"""Begins the run that refreshes a deck."""

from __future__ import annotations

import json

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.errors import AtWork
from orchestrator_svc.pipeline.make_deck import REFRESH
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.tables import FINAL_STATES


async def begin_refresh(store: DeckStore, deck_id: str, request_id: str) -> pb.DeckInfo:
    """The deck, queued for its refresh; with the same `request_id` it is begun once.

    Raises DeckNotFound, and AtWork while the deck is being made.
    """

    def edit(change: Change) -> pb.DeckInfo:
        event = pb.DeckEvent(accepted=pb.DeckAccepted(question=change.info.question))
        once = f"refresh:{request_id}"[:64] if request_id else None
        if change.record(event, once=once):
            if change.info.state not in FINAL_STATES:
                raise AtWork("the deck is being made; wait until it is done, or cancel it first")
            change.begin_run(change.request)
            change.keep_step(REFRESH, json.dumps({"revision": change.info.revision}))
        return change.info

    return await store.change(deck_id, edit)
