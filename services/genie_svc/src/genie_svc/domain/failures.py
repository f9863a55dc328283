"""Genie's sixty error types, grouped by what a caller can do about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from genie_svc.domain.message import Message, Status


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that failed for good: a stable reason and words that are safe to show."""

    reason: str
    text: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class _Group:
    reason: str
    advice: str
    retryable: bool = False


_RATE = _Group("GENIE_RATE_LIMITED", "Genie is asked too often; ask again later", True)
_TRANSIENT = _Group("GENIE_TRANSIENT", "Genie had a passing problem; ask again", True)
_SQL = _Group("GENIE_SQL_FAILED", "Genie's SQL did not work; ask in other words")
_INPUT = _Group(
    "GENIE_QUESTION_REFUSED", "Genie refuses the question; ask something shorter or simpler"
)
_SETUP = _Group(
    "GENIE_SPACE_UNUSABLE", "the space is not set up for this; its owner must put it right"
)
_GRANT = _Group(
    "GENIE_WAREHOUSE_DENIED", "the identity may not use the space's warehouse; grant CAN USE"
)
_INTERRUPTED = _Group("GENIE_INTERRUPTED", "the question was interrupted; ask again if you need it")
_CANCELLED = _Group("GENIE_CANCELLED", "the question was cancelled")
_OTHER = _Group("GENIE_FAILED", "Genie could not answer")

_BY_GROUP: Final = (
    (
        _RATE,
        """
        RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION RATE_LIMIT_EXCEEDED_SPECIFIED_WAIT_EXCEPTION
        """,
    ),
    (
        _TRANSIENT,
        """
        RETRYABLE_PROCESSING_EXCEPTION CHAT_COMPLETION_NETWORK_EXCEPTION
        CHAT_COMPLETION_CLIENT_EXCEPTION CHAT_COMPLETION_CLIENT_TIMEOUT_EXCEPTION
        GENERIC_CHAT_COMPLETION_EXCEPTION GENERIC_CHAT_COMPLETION_SERVICE_EXCEPTION
        GENERIC_SQL_EXEC_API_CALL_EXCEPTION REPLY_PROCESS_TIMEOUT_EXCEPTION
        UNEXPECTED_REPLY_PROCESS_EXCEPTION DESCRIBE_QUERY_TIMEOUT
        DESCRIBE_QUERY_UNEXPECTED_FAILURE COULD_NOT_GET_MODEL_DEPLOYMENTS_EXCEPTION
        COULD_NOT_GET_UC_SCHEMA_EXCEPTION COULD_NOT_GET_DASHBOARD_SCHEMA_EXCEPTION
        INTERNAL_CATALOG_ASSET_CREATION_ONGOING_EXCEPTION
        """,
    ),
    (
        _SQL,
        """
        SQL_EXECUTION_EXCEPTION MISSING_SQL_QUERY_EXCEPTION INVALID_SQL_UNKNOWN_TABLE_EXCEPTION
        INVALID_SQL_MULTIPLE_STATEMENTS_EXCEPTION
        INVALID_SQL_MULTIPLE_DATASET_REFERENCES_EXCEPTION DESCRIBE_QUERY_INVALID_SQL_ERROR
        GENERATED_SQL_QUERY_TOO_LONG_EXCEPTION INVALID_TABLE_IDENTIFIER_EXCEPTION
        INVALID_CHAT_COMPLETION_JSON_EXCEPTION INVALID_COMPLETION_REQUEST_EXCEPTION
        INVALID_FUNCTION_CALL_EXCEPTION FUNCTION_ARGUMENTS_INVALID_EXCEPTION
        FUNCTION_ARGUMENTS_INVALID_JSON_EXCEPTION FUNCTION_ARGUMENTS_INVALID_TYPE_EXCEPTION
        FUNCTION_CALL_MISSING_PARAMETER_EXCEPTION NO_QUERY_TO_VISUALIZE_EXCEPTION
        """,
    ),
    (
        _INPUT,
        """
        CONTENT_FILTER_EXCEPTION CONTEXT_EXCEEDED_EXCEPTION LOCAL_CONTEXT_EXCEEDED_EXCEPTION
        EXCEEDED_MAX_TOKEN_LENGTH_EXCEPTION MESSAGE_ATTACHMENT_TOO_LONG_ERROR
        TOO_MANY_TABLES_EXCEPTION TOO_MANY_CERTIFIED_ANSWERS_EXCEPTION
        """,
    ),
    (_GRANT, "WAREHOUSE_ACCESS_MISSING_EXCEPTION"),
    (
        _SETUP,
        """
        WAREHOUSE_NOT_FOUND_EXCEPTION NO_TABLES_TO_QUERY_EXCEPTION TABLES_MISSING_EXCEPTION
        FUNCTIONS_NOT_AVAILABLE_EXCEPTION DEPLOYMENT_NOT_FOUND_EXCEPTION
        NO_DEPLOYMENTS_AVAILABLE_TO_WORKSPACE UNKNOWN_AI_MODEL
        ILLEGAL_PARAMETER_DEFINITION_EXCEPTION INVALID_CERTIFIED_ANSWER_FUNCTION_EXCEPTION
        INVALID_CERTIFIED_ANSWER_IDENTIFIER_EXCEPTION
        INTERNAL_CATALOG_ASSET_CREATION_FAILED_EXCEPTION
        INTERNAL_CATALOG_ASSET_CREATION_UNSUPPORTED_EXCEPTION
        INTERNAL_CATALOG_MISSING_UC_PATH_EXCEPTION INTERNAL_CATALOG_PATH_OVERLAP_EXCEPTION
        UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION
        """,
    ),
    (
        _INTERRUPTED,
        """
        BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION MESSAGE_CANCELLED_WHILE_EXECUTING_EXCEPTION
        MESSAGE_DELETED_WHILE_EXECUTING_EXCEPTION MESSAGE_UPDATED_WHILE_EXECUTING_EXCEPTION
        STOP_PROCESS_DUE_TO_AUTO_REGENERATE
        """,
    ),
)

_BY_TYPE: Final = MappingProxyType(
    {name: group for group, names in _BY_GROUP for name in names.split()}
)

KNOWN_TYPES: Final = frozenset(_BY_TYPE)
"""Every error type of Genie's documentation."""


def failure_of(message: Message) -> Failure:
    """Why a FAILED or CANCELLED message failed, and whether asking again may help."""
    error_type = message.error.type if message.error else ""
    group = _BY_TYPE.get(error_type)
    if group is None or (message.status is Status.CANCELLED and group is _INTERRUPTED):
        group = _CANCELLED if message.status is Status.CANCELLED else (group or _OTHER)
    return Failure(
        reason=group.reason,
        text=with_detail(group.advice, message.error.text if message.error else ""),
        retryable=group.retryable,
    )


_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff]"
)


def with_detail(advice: str, detail: str) -> str:
    """The advice, followed by what the workspace said: one line, at most 300 characters of it."""
    said = " ".join(_UNSEEN.sub(" ", detail).split())
    if not said:
        return advice
    return f"{advice} (it says: {said if len(said) <= 300 else said[:299] + '…'})"
