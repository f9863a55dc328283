"""Reading what Genie says, however it says it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from databricks.sdk.service.dashboards import MessageErrorType
from genie_script import query, words
from genie_svc.domain.failures import KNOWN_TYPES, failure_of, with_detail
from genie_svc.domain.message import Status, read_message
from genie_svc.domain.space import read_space, unit_in
from genie_svc.domain.statement import State, read_chunk, read_statement
from hypothesis import given
from hypothesis import strategies as st

FOLLOW_UP, ANSWER = "FOLLOW_UP_QUESTION", "TEXT_ATTACHMENT_PURPOSE_ANSWER"


def message(attachments=None, status="COMPLETED", **more):
    raw = {"message_id": "m", "status": status, "attachments": attachments, **more}
    return read_message(raw, space_id="s", conversation_id="c")


def test_words_between_queries_are_dropped_and_the_others_joined():
    read = message(
        [words("Before."), query("a1", "old"), words("draft"), query("a2", "new"), words("After.")]
    )
    assert read.query.sql == "new" and [q.sql for q in read.superseded] == ["old"]
    assert read.text == "Before.\n\nAfter."


def test_text_query_and_follow_up_live_together():
    read = message([query("a1"), words("So it is.", ANSWER), words("By month?", FOLLOW_UP)])
    assert read.query and read.text == "So it is." and read.clarification == "By month?"


def test_question_without_query_is_asking_back_even_without_a_purpose():
    assert message([words("Which year do you mean?")]).clarification == "Which year do you mean?"
    assert message([words("Done. Good?"), query("a1")]).clarification == ""
    assert message([words("Thinking?")], status="ASKING_AI").clarification == ""


def test_old_style_statement_id_is_found():
    assert message([query("a1")], query_result={"statement_id": "st"}).query.statement_id == "st"


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("SUBMITTED", Status.RUNNING), ("IN_PROGRESS", Status.RUNNING), (None, Status.RUNNING),
        ("PENDING_WAREHOUSE", Status.PENDING_WAREHOUSE), ("CANCELLED", Status.CANCELLED),
        ("QUERY_RESULT_EXPIRED", Status.RESULT_EXPIRED), ("FAILED", Status.FAILED),
    ],
)  # fmt: skip
def test_statuses(word, status):
    read = message(status=word)
    assert read.status is status
    assert read.status.terminal == (word in ("FAILED", "CANCELLED", "QUERY_RESULT_EXPIRED"))


@pytest.mark.parametrize("epoch", [1795246800, 1795246800000, "1795246800"])
def test_epochs_in_seconds_and_milliseconds_are_the_same_moment(epoch):
    assert message(created_timestamp=epoch).created_at == datetime(2026, 11, 21, 7, 40, tzinfo=UTC)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
KEYS = ["attachments", "status", "error", "created_timestamp", "query_result", "content"]


@given(st.dictionaries(st.sampled_from(KEYS), junk), st.lists(junk, max_size=3))
def test_no_reply_can_crash_the_reader(raw, attachments):
    read_message(raw, space_id="s")
    read_message(
        {**raw, "attachments": [{"text": a, "query": a} for a in attachments]}, space_id=""
    )


@given(
    st.dictionaries(st.sampled_from(["status", "manifest", "result", "statement_id"]), junk), junk
)
def test_no_statement_can_crash_the_reader(raw, inner):
    read_statement(raw)
    read_statement({"manifest": {"schema": {"columns": [inner, {"position": inner}]}}})
    read_chunk({"data_array": inner, "external_links": [{"external_link": inner}]})


@given(st.text(), junk)
def test_no_serialized_space_can_crash_the_reader(text, inner):
    import json

    read_space({"serialized_space": text}, space_id="s")
    read_space(
        {"serialized_space": json.dumps({"data_sources": inner, "config": inner})}, space_id="s"
    )


def test_unknown_state_counts_as_running():
    assert read_statement({"status": {"state": "WARMING_UP"}}).state is State.RUNNING


EXPECTED = {
    "RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION": ("GENIE_RATE_LIMITED", True),
    "RETRYABLE_PROCESSING_EXCEPTION": ("GENIE_TRANSIENT", True),
    "SQL_EXECUTION_EXCEPTION": ("GENIE_SQL_FAILED", False),
    "CONTENT_FILTER_EXCEPTION": ("GENIE_QUESTION_REFUSED", False),
    "WAREHOUSE_ACCESS_MISSING_EXCEPTION": ("GENIE_WAREHOUSE_DENIED", False),
    "NO_TABLES_TO_QUERY_EXCEPTION": ("GENIE_SPACE_UNUSABLE", False),
    "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION": ("GENIE_INTERRUPTED", False),
    "A_TYPE_OF_TOMORROW": ("GENIE_FAILED", False),
}


@pytest.mark.parametrize(("error_type", "expected"), EXPECTED.items())
def test_error_types_become_reasons(error_type, expected):
    failure = failure_of(message(status="FAILED", error={"type": error_type, "error": "why"}))
    assert (failure.reason, failure.retryable) == expected and "why" in failure.text


def test_every_error_type_of_the_sdk_has_its_group():
    assert {error_type.value for error_type in MessageErrorType} == KNOWN_TYPES


def test_cancelled_message_needs_no_error():
    assert failure_of(message(status="CANCELLED")).reason == "GENIE_CANCELLED"
    cancelled = {"type": "MESSAGE_CANCELLED_WHILE_EXECUTING_EXCEPTION", "error": "x"}
    assert failure_of(message(status="CANCELLED", error=cancelled)).reason == "GENIE_CANCELLED"


def test_words_of_the_workspace_are_one_short_line():
    told = with_detail("advice", "a\nb\x00\u202ec" + "x" * 1000)
    assert "\n" not in told and "\u202e" not in told and len(told) < 340


def test_space_tells_units_and_leaves_ambiguous_columns_alone():
    import json

    def table(name, description):
        column = {"column_name": "amount", "description": [description], "synonyms": ["sum"]}
        return {"identifier": name, "description": ["T"], "column_configs": [column]}

    def space(*tables):
        inner = {
            "data_sources": {"tables": tables},
            "config": {"sample_questions": [{"question": ["How ", "much?"]}]},
            "instructions": {"text_instructions": [{"content": ["Be kind.\n"]}]},
        }
        return read_space({"title": "S", "serialized_space": json.dumps(inner)}, space_id="s")

    one = space(table("a", "Paid. Unit: USD."))
    assert unit_in(one.column("AMOUNT").description) == "USD" and unit_in("no unit") == ""
    assert one.sample_questions == ("How much?",) and one.instructions == "Be kind."
    assert space(table("a", "Paid."), table("b", "Owed.")).column("amount") is None
