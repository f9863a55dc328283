"""A question as a caller gives it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Final

from aislides_runtime.errors import FieldViolation, InvalidRequest

MOST_CHARACTERS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a space; `conversation_id` is empty for a first question.

    `request_id` is the caller's idempotency key. `tenant` decides the place in the queue.
    """

    space_id: str
    text: str
    conversation_id: str
    request_id: str
    tenant: str

    @property
    def fingerprint(self) -> str:
        """Equal for equal questions: SHA-256 hex over space, conversation and text."""
        parts = json.dumps([self.space_id, self.conversation_id, self.text])
        return hashlib.sha256(parts.encode()).hexdigest()


def question_text(text: str) -> str:
    """The question in Unicode form C without outer white space, 1-4,000 characters.

    Raises InvalidRequest for an empty or longer one, and for control characters other than tab
    and newline.
    """
    if len(text) > 4 * MOST_CHARACTERS:  # no work on a text that can only be refused
        raise _refused(f"must have at most {MOST_CHARACTERS:,} characters")
    clean = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    if not any(_visible(character) for character in clean):
        raise _refused("must not be empty: ask something about the data")
    if len(clean) > MOST_CHARACTERS:
        raise _refused(f"must have at most {MOST_CHARACTERS:,} characters")
    if any(_forbidden(character) for character in clean):
        raise _refused("must not hold control characters other than tab and newline")
    return clean


def _visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in {"Cf", "Cc", "Cs"}


def _forbidden(character: str) -> bool:
    return character not in "\t\n" and unicodedata.category(character) in {"Cc", "Cs"}


def _refused(description: str) -> InvalidRequest:
    return InvalidRequest(
        f"question {description}", field_violations=[FieldViolation("question", description)]
    )
