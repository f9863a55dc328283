"""Begins the run that changes a deck: by an answer, an instruction, or a finished spec."""

from __future__ import annotations

import json
from typing import Final

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.errors import AtWork, NotClarifying, NotCurrent, NotFinished
from orchestrator_svc.pipeline.make_deck import REVISE
from orchestrator_svc.requests import Faults, check_request_id, clean_text
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.tables import FINAL_STATES

_ANSWER: Final = "clarification_answer"


async def begin_revision(store: DeckStore, request: pb.ReviseDeckRequest) -> pb.DeckInfo:
    """The deck, queued for its change; with the same `request_id` it is begun once.

    Raises InvalidRequest, DeckNotFound, NotClarifying when nothing was asked, NotFinished when
    there is nothing to change yet, NotCurrent for another base, AtWork while the deck is made.
    """
    said = _checked(request)
    once = f"revise:{request.request_id}"[:64] if request.request_id else None

    def edit(change: Change) -> pb.DeckInfo:
        question = change.info.question if request.HasField("spec") else said
        event = pb.DeckEvent(accepted=pb.DeckAccepted(question=question))
        if change.record(event, once=once):
            if request.WhichOneof("change") == _ANSWER:
                _go_on(change, said)
            else:
                _change(change, request, said)
        return change.info

    return await store.change(request.deck_id, edit)


def _checked(request: pb.ReviseDeckRequest) -> str:
    """What the owner says, in normal form; empty for a spec."""
    faults, said = Faults(), ""
    kind = request.WhichOneof("change")
    if kind is None:
        faults.add("change", "is missing; send instruction, clarification_answer or spec")
    elif kind == "spec":
        if not request.spec.deck.slides:
            faults.add("spec.deck.slides", "is empty; a deck has at least one slide")
    else:
        said = clean_text(getattr(request, kind), kind, faults)
    if request.request_id:
        check_request_id(request.request_id, faults)
    faults.check()
    return said


def _go_on(change: Change, answer: str) -> None:
    """The run with the question as it was, and the answer to what was asked back."""
    if change.info.state != pb.STATE_NEEDS_CLARIFICATION:
        raise NotClarifying("this deck asks nothing; send an instruction to change it")
    revised = pb.CreateDeckRequest()
    revised.CopyFrom(change.request)
    # One of the questions that we offered is a whole question; other answers add to the first.
    whole = answer in change.info.clarification.suggestions or answer.endswith("?")
    revised.question = answer if whole else f"{change.request.question} ({answer})"
    change.begin_run(revised)
    change.info.question = revised.question


def _change(change: Change, request: pb.ReviseDeckRequest, instruction: str) -> None:
    """The run that makes a new revision of the current one."""
    info = change.info
    if info.state not in FINAL_STATES:
        raise AtWork("the deck is being made; wait until it is done, or cancel it first")
    if not info.revision:
        raise NotFinished("the deck has no revision to change; make a new deck")
    if request.base_revision and request.base_revision != info.revision:
        raise NotCurrent(
            f"the deck is at revision {info.revision}, not {request.base_revision}; "
            "read it again and repeat the change",
            metadata={"revision": str(info.revision)},
        )
    made_from = pb.CreateDeckRequest()
    made_from.CopyFrom(change.request)
    made_from.ClearField("spec")
    if request.HasField("spec"):
        made_from.spec.CopyFrom(request.spec)
    change.begin_run(made_from)
    step = {"revision": info.revision, "instruction": instruction}
    change.keep_step(REVISE, json.dumps(step))
