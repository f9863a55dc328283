"""Checks what callers send, before any work. Every fault of a request is told at once."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import FieldViolation, InvalidRequest

from orchestrator_svc.render.themes import themes
from orchestrator_svc.store.tenants import EVERYBODY, tenant_named

MAX_QUESTION: Final = 4_000
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,128}\Z")
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._:/-]{1,128}\Z")
_DECK_ID: Final = re.compile(r"[0-9a-f]{32}\Z")
_LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?\Z")
# Direction overrides and zero-width characters change what a reader sees, not what is asked.
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


class Faults:
    """Collects what is wrong with a request."""

    def __init__(self) -> None:
        self._found: list[FieldViolation] = []

    def add(self, field: str, description: str) -> None:
        """Notes a fault of one field."""
        self._found.append(FieldViolation(field, description))

    def check(self) -> None:
        """Raises InvalidRequest when there are faults."""
        if self._found:
            told = "; ".join(f"{item.field}: {item.description}" for item in self._found)
            raise InvalidRequest(told, field_violations=self._found)


def clean_text(text: str, field: str, faults: Faults) -> str:
    """The text in normal form, trimmed, without invisible controls."""
    cleaned = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip()
    if not cleaned:
        faults.add(field, "is empty; ask in plain words, such as “How did sales develop?”")
    elif len(cleaned) > MAX_QUESTION:
        faults.add(field, f"has {len(cleaned):,} characters; at most {MAX_QUESTION:,} are accepted")
    elif any(ord(char) < 32 and char not in "\t\n\r" for char in cleaned) or "\x7f" in cleaned:
        faults.add(field, "holds control characters; send plain text")
    return cleaned


def checked_create(request: pb.CreateDeckRequest) -> pb.CreateDeckRequest:
    """The request in normal form. Raises InvalidRequest naming every field at fault."""
    faults = Faults()
    checked = pb.CreateDeckRequest()
    checked.CopyFrom(request)
    if request.question or not request.HasField("spec"):
        checked.question = clean_text(request.question, "question", faults)
    if request.HasField("spec") and not request.spec.deck.slides:
        faults.add("spec.deck.slides", "is empty; a deck has at least one slide")
    if request.HasField("max_slides") and not 3 <= request.max_slides <= 40:
        faults.add("max_slides", f"is {request.max_slides}; must be 3 to 40")
    if request.space_id and not _ID.match(request.space_id):
        faults.add("space_id", "must be letters, digits, - and _ only, at most 128")
    if request.request_id:
        check_request_id(request.request_id, faults)
    if request.theme:
        check_theme(request.theme, faults)
    _check_tenant(request.tenant, faults)
    if request.tenant == EVERYBODY:
        faults.add("tenant", "must be the one tenant whose deck it will be")
    if request.locale and not _LOCALE.match(request.locale):
        faults.add("locale", "must look like en-GB")
    if request.depth not in pb.Depth.values():
        faults.add("depth", "must be quick, standard or deep")
    _check_limits(request.limits, faults)
    faults.check()
    return checked


def checked_tenant(tenant: str) -> str:
    """The tenant whose decks a call may see, or EVERYBODY. Raises InvalidRequest."""
    faults = Faults()
    _check_tenant(tenant, faults)
    faults.check()
    return tenant_named(tenant)


def _check_tenant(tenant: str, faults: Faults) -> None:
    if len(tenant) > 128 or not tenant.isprintable():
        faults.add("tenant", "must be at most 128 printable characters")


def _check_limits(limits: pb.Limits, faults: Faults) -> None:
    if limits.time.ToNanoseconds() < 0:
        faults.add("limits.time", "must not be negative")
    for name in ("tokens", "cost_micro_usd", "genie_questions"):
        if getattr(limits, name) < 0:
            faults.add(f"limits.{name}", "must not be negative")


def check_request_id(request_id: str, faults: Faults) -> None:
    """Notes a fault when the idempotency key is not of the agreed form."""
    if not _REQUEST_ID.match(request_id):
        faults.add("request_id", "must be 1 to 128 of letters, digits and . _ : / -")


def check_theme(name: str, faults: Faults) -> None:
    """Notes a fault when there is no such theme."""
    known = [theme.name for theme in themes()]
    if name not in known:
        faults.add("theme", f"is unknown; choose one of {', '.join(known)}")


def checked_deck_id(deck_id: str) -> str:
    """The id, when it has the form of one. Raises InvalidRequest."""
    if not _DECK_ID.match(deck_id):
        faults = Faults()
        faults.add("deck_id", "must be the 32 hex digits that CreateDeck returned")
        faults.check()
    return deck_id
