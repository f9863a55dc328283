"""An example of every answer, and of every body, for the OpenAPI description."""

from __future__ import annotations

from typing import Any, Final

from gateway import schemas

ID: Final = "5f1c8d0a9b7e4c3d8a6f2e1b0c9d8e7f"
QUESTION: Final = "How did departure delays develop in 2013?"

DECK: Final[dict[str, Any]] = schemas.Deck(
    id=ID,
    state="succeeded",
    question=QUESTION,
    title="Departure delays in 2013",
    space_id="flights",
    theme="professional",
    revision=1,
    slide_count=10,
    last_sequence=48,
    created_at="2026-11-21T10:00:00Z",
    updated_at="2026-11-21T10:00:05Z",
    finished_at="2026-11-21T10:00:05Z",
    usage=schemas.Usage(
        model_calls=2,
        input_tokens=9_800,
        output_tokens=1_370,
        cost_usd=0.05,
        genie_questions=4,
        seconds=4.6,
    ),
    verdict=schemas.Checked(proved=56, repaired=0, replaced=0, removed=0, references=85),
    error=None,
    change_error=None,
    clarification=None,
    remarks=[],
).model_dump()
QUEUED: Final = DECK | {
    "state": "queued",
    "title": "",
    "revision": 0,
    "slide_count": 0,
    "last_sequence": 1,
    "finished_at": None,
    "verdict": None,
}
REVISION: Final = {
    "revision": 1,
    "parent": 0,
    "origin": "created",
    "instruction": "",
    "title": DECK["title"],
    "slide_count": 10,
    "created_at": "2026-11-21T10:00:05Z",
}
PROBLEM: Final = schemas.Problem(
    type="urn:aislides:problem:invalid-request",
    title="Unprocessable Entity",
    status=422,
    detail="max_slides: is 1000; must be less than or equal to 40",
    reason="INVALID_REQUEST",
    instance="urn:aislides:request:3f0b6c9e5d1a4e7f",
).model_dump()
EVIDENCE: Final = {
    "ref": "f3.change",
    "display": "16.3 min",
    "label": "change of average departure delay",
    "value": {"number": 16.3},
    "recomputed": {"number": 16.3},
    "provenance": {
        "result_id": "r1",
        "formula": "max(avg_delay) - min(avg_delay)",
        "rows": [6, 10],
    },
    "source": {"space_title": "New York flights 2013", "sql": "SELECT month, avg(delay) ..."},
    "question": "average departure delay by month in 2013",
    "columns": [{"name": "month"}, {"name": "avg_delay", "unit": "min"}],
    "rows": [{"values": [{"text": "2013-07"}, {"number": 21.7}]}],
    "row_count": "12",
    "truncated": False,
}
EVENT: Final = (
    "id: 31\nevent: slide_ready\n"
    'data: {"sequence":"31","at":"2026-11-21T10:00:03Z","slide_ready":{"position":2,'
    '"slide_id":"s2","headline":"Average departure delay stood at 12.6 min overall"}}\n\n'
)
PAGE_OF_HTML: Final = '<!DOCTYPE html>\n<html lang="en">...</html>\n'

ANSWERS: Final[dict[str, object]] = {
    "generate_slides": {
        "html": PAGE_OF_HTML,
        "metadata": {"deck": DECK, "processing_seconds": 4.7},
    },
    "create_deck": QUEUED,
    "list_decks": {"decks": [DECK], "next_page_token": "WzE3NjM3MTkyMDAwMDAwMDAsICI1ZjFjIl0"},
    "get_deck": DECK,
    "get_html": PAGE_OF_HTML,
    "get_slide": PAGE_OF_HTML,
    "export_deck": PAGE_OF_HTML,
    "watch_deck": EVENT,
    "cancel_deck": DECK | {"state": "cancelled"},
    "revise_deck": QUEUED,
    "refresh_deck": QUEUED,
    "get_evidence": EVIDENCE,
    "list_revisions": {"revisions": [REVISION], "next_page_token": ""},
    "get_revision": {"revision": REVISION, "bundle": {"deck": {}, "facts": [], "results": []}},
    "restore_revision": DECK | {"revision": 3},
    "diff_revisions": {
        "changes": [
            {
                "kind": "CHANGE_KIND_FIGURE",
                "slide_id": "s3",
                "field": "f3.change",
                "before": "16.3 min",
                "after": "15.1 min",
                "summary": "the change fell from 16.3 min to 15.1 min",
            }
        ]
    },
    "list_spaces": {
        "spaces": [
            {
                "space_id": "flights",
                "title": "New York flights 2013",
                "description": "Every scheduled departure from the three New York airports.",
                "sample_questions": ["How does the average departure delay change by month?"],
                "is_default": True,
            }
        ],
        "next_page_token": "",
    },
    "list_themes": {
        "themes": [{"name": "professional", "description": "Calm and light.", "is_default": True}]
    },
    "get_usage": {
        "decks": 12,
        "total": {"model_calls": 24, "output_tokens": "16440", "genie_questions": 46},
    },
    "live": {"status": "ok", "dependencies": {}},
    "health": {"status": "ok", "dependencies": {"orchestrator": "ok"}},
    "ready": {"status": "ok", "dependencies": {"orchestrator": "ok"}},
}
"""What a route answers when all is well, by the name of its function."""

BODIES: Final[dict[str, object]] = {
    "generate_slides": {"question": QUESTION, "max_slides": 8},
    "create_deck": {"question": QUESTION, "max_slides": 8, "depth": "standard"},
    "revise_deck": {"clarification_answer": "Average departure delay by month in 2013"},
}
"""What a route may be sent, by the name of its function."""


def add_examples(described: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI description, in place, with an example on every answer and every body."""
    for operations in described["paths"].values():
        for operation in operations.values():
            name = operation["operationId"]
            if "requestBody" in operation:
                operation["requestBody"]["content"]["application/json"]["example"] = BODIES[name]
            for status, response in operation["responses"].items():
                for media, content in response.get("content", {}).items():
                    content["example"] = _answer(name, status, media)
    return described


def _answer(name: str, status: str, media: str) -> object:
    if "problem" in media:
        return PROBLEM
    if status == "503":
        return {"status": "unavailable", "dependencies": {"orchestrator": "unavailable"}}
    if name == "export_deck":
        return PAGE_OF_HTML if media == "text/html" else f"(a file of type {media})"
    return ANSWERS[name]
