"""An earlier revision made current again, as a new revision: nothing is ever taken back."""

from __future__ import annotations

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.errors import AtWork
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.tables import FINAL_STATES


async def restore_revision(
    store: DeckStore, deck_id: str, number: int, request_id: str
) -> pb.DeckInfo:
    """The deck with the revision current again; with the same `request_id` it is done once.

    Raises DeckNotFound, RevisionNotFound, and AtWork while the deck is being made.
    """
    revision, bundle = await store.revision(deck_id, number)

    def edit(change: Change) -> pb.DeckInfo:
        if change.info.state not in FINAL_STATES:
            raise AtWork("the deck is being made; wait until it is done, or cancel it first")
        completed = pb.DeckCompleted(
            revision=change.info.revision + 1,
            title=revision.title,
            slide_count=revision.slide_count,
            usage=change.info.usage,
        )
        event = pb.DeckEvent(completed=completed)
        if change.record(event, once=f"restore:{request_id}"[:64] if request_id else None):
            change.add_revision(
                bundle, origin="restored", title=revision.title, parent=revision.revision
            )
            change.info.state = pb.STATE_SUCCEEDED
            change.info.ClearField("change_error")
            change.info.verdict.CopyFrom(bundle.verdict)
            change.info.theme = bundle.deck.theme
        return change.info

    return await store.change(deck_id, edit)
