"""What a deck becomes when its owner answers or asks for a change."""

from __future__ import annotations

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.errors import NotClarifying, NotOffered
from orchestrator_svc.requests import Faults, clean_text


def revised_request(
    request: pb.ReviseDeckRequest, info: pb.DeckInfo, current: pb.CreateDeckRequest
) -> pb.CreateDeckRequest:
    """The request of the deck's next run.

    Raises InvalidRequest for an empty answer, NotClarifying when nothing was asked, NotOffered
    for changes that cannot be made yet.
    """
    if request.WhichOneof("change") != "clarification_answer":
        raise NotOffered("only clarification_answer is offered yet; make a new deck instead")
    faults = Faults()
    answer = clean_text(request.clarification_answer, "clarification_answer", faults)
    faults.check()
    if info.state != pb.STATE_NEEDS_CLARIFICATION:
        raise NotClarifying("this deck asks nothing; make a new deck for another question")
    revised = pb.CreateDeckRequest()
    revised.CopyFrom(current)
    # One of the questions that we offered is a whole question; other answers add to the first.
    whole = answer in info.clarification.suggestions or answer.endswith("?")
    revised.question = answer if whole else f"{current.question} ({answer})"
    return revised
