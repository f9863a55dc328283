"""What asking a question reports, and the one line that the log keeps of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from aislides_runtime.logs import get_logger

from genie_svc.asking import Accepted
from genie_svc.domain.failures import Failure
from genie_svc.domain.message import Message, Query, Status
from genie_svc.ports import Place
from genie_svc.results import Result

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """Genie's status changed."""

    status: Status
    raw_status: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The query succeeded. `seconds` is the time from asking to rows."""

    message: Message
    result: Result
    seconds: float
    space_title: str


@dataclass(frozen=True, slots=True)
class Words:
    """Genie answered in words only."""

    message: Message


@dataclass(frozen=True, slots=True)
class AskedBack:
    """Genie asks to clarify."""

    message: Message


@dataclass(frozen=True, slots=True)
class Failed:
    """The question failed for good."""

    failure: Failure
    message: Message


Outcome = Rows | Words | AskedBack | Failed
Event = Place | Accepted | StatusChanged | Query | Rows | Words | AskedBack | Failed


def log_outcome(accepted: Accepted, message: Message, outcome: Outcome, seconds: float) -> None:
    """One line for each question: ids, sizes and a hash of the SQL, never words or rows."""
    sql = message.query.sql.encode("utf-8", "replace") if message.query else b""
    header = outcome.result.header if isinstance(outcome, Rows) else None
    log.info(
        "question_finished",
        outcome=type(outcome).__name__.lower(),
        reason=outcome.failure.reason if isinstance(outcome, Failed) else "",
        space_id=message.space_id,
        conversation_id=accepted.conversation_id,
        message_id=accepted.message_id,
        statement_id=header.statement_id if header else "",
        sql_sha256=hashlib.sha256(sql).hexdigest() if sql else "",
        rows=header.row_count if header else 0,
        columns=len(header.columns) if header else 0,
        resumed=accepted.resumed,
        seconds=round(seconds, 3),
    )
