"""Between REST bodies and the orchestrator's messages."""

from __future__ import annotations

from typing import Any, Final, Literal

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from google.protobuf import json_format
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from gateway import schemas

DEPTHS: Final = {
    "": pb.DEPTH_UNSPECIFIED,
    "quick": pb.DEPTH_QUICK,
    "standard": pb.DEPTH_STANDARD,
    "deep": pb.DEPTH_DEEP,
}
FORMATS: Final = {
    "html": pb.EXPORT_FORMAT_HTML,
    "pdf": pb.EXPORT_FORMAT_PDF,
    "pptx": pb.EXPORT_FORMAT_PPTX,
    "md": pb.EXPORT_FORMAT_MARKDOWN,
    "json": pb.EXPORT_FORMAT_JSON,
    "png": pb.EXPORT_FORMAT_PNG,
}
MEDIA_TYPES: Final = (
    "text/html",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "text/markdown",
    "application/json",
    "image/png",
)
"""What an export can be, in the order of FORMATS."""
ORDERS: Final[dict[str, pb.DeckOrder.ValueType]] = {
    "newest": pb.DECK_ORDER_CREATED_DESCENDING,
    "oldest": pb.DECK_ORDER_CREATED_ASCENDING,
    "updated": pb.DECK_ORDER_UPDATED_DESCENDING,
}
STATES: Final = {
    pb.State.Name(number).removeprefix("STATE_").lower(): number
    for number in pb.State.values()
    if number != pb.STATE_UNSPECIFIED
}


def create_request(body: schemas.CreateDeck, request_id: str) -> pb.CreateDeckRequest:
    """The request for a deck."""
    return pb.CreateDeckRequest(
        question=body.question,
        max_slides=body.max_slides,
        space_id=body.genie_space_id,
        theme=body.theme,
        depth=DEPTHS[body.depth],
        locale=body.locale,
        request_id=request_id,
    )


def deck_of(info: pb.DeckInfo) -> schemas.Deck:
    """The deck as REST shows it."""
    usage = info.usage
    return schemas.Deck(
        id=info.deck_id,
        state=pb.State.Name(info.state).removeprefix("STATE_").lower(),
        question=info.question,
        title=info.title,
        space_id=info.space_id,
        theme=info.theme,
        revision=info.revision,
        slide_count=info.slide_count,
        last_sequence=info.last_sequence,
        created_at=_moment(info.created_at) or "",
        updated_at=_moment(info.updated_at) or "",
        finished_at=_moment(info.finished_at) if info.HasField("finished_at") else None,
        usage=schemas.Usage(
            model_calls=usage.model_calls,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost_micro_usd / 1e6,
            genie_questions=usage.genie_questions,
            seconds=usage.wall_time.ToTimedelta().total_seconds(),
        ),
        verdict=_checked(info),
        error=_failure(info, "error"),
        change_error=_failure(info, "change_error"),
        clarification=_clarification(info),
        remarks=list(info.remarks),
    )


def json_of(message: Message) -> dict[str, Any]:
    """A message as JSON with its own field names; 64-bit numbers are strings."""
    found: dict[str, Any] = json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return found


def _checked(info: pb.DeckInfo) -> schemas.Checked | None:
    if not info.HasField("verdict"):
        return None
    verdict = info.verdict
    return schemas.Checked(
        proved=verdict.proved,
        repaired=verdict.repaired,
        replaced=verdict.replaced,
        removed=verdict.removed,
        references=verdict.references,
    )


def _failure(info: pb.DeckInfo, which: Literal["error", "change_error"]) -> schemas.Failure | None:
    if not info.HasField(which):
        return None
    error: pb.JobError = getattr(info, which)
    return schemas.Failure(reason=error.reason, message=error.message, retryable=error.retryable)


def _clarification(info: pb.DeckInfo) -> schemas.Clarification | None:
    if not info.HasField("clarification"):
        return None
    asked = info.clarification
    return schemas.Clarification(text=asked.text, suggestions=list(asked.suggestions))


def _moment(stamp: Timestamp) -> str | None:
    return stamp.ToJsonString() if stamp.ToNanoseconds() else None
