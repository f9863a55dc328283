from __future__ import annotations

import pickle

import pytest
from aislides_runtime.errors import (
    HTTP_STATUS,
    FieldViolation,
    Internal,
    InvalidRequest,
    Kind,
    ServiceError,
    Unavailable,
    service_error_in,
)


def test_every_kind_has_an_http_status() -> None:
    assert set(HTTP_STATUS) == set(Kind)
    assert InvalidRequest("no").http_status == 400


def test_an_error_without_message_says_something_useful() -> None:
    assert str(Unavailable()) == Unavailable.default_message


def test_an_error_survives_pickling_with_all_its_data() -> None:
    error = InvalidRequest(
        "bad",
        metadata={"a": "b"},
        retry_after=1.5,
        field_violations=[FieldViolation("question", "must not be empty")],
    )
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is InvalidRequest
    assert vars(copy) == vars(error)


def test_an_internal_error_tells_only_its_id() -> None:
    error = Internal.with_id("abc")
    assert error.metadata == {"error_id": "abc"}
    assert "abc" in error.message


def test_a_task_group_of_service_errors_counts_as_its_first() -> None:
    first, second = InvalidRequest("a"), Unavailable("b")
    assert service_error_in(ExceptionGroup("g", [ExceptionGroup("h", [first]), second])) is first


@pytest.mark.parametrize(
    "error", [ValueError("x"), ExceptionGroup("g", [ServiceError("a"), ValueError("x")])]
)
def test_an_unexpected_exception_is_no_service_error(error: Exception) -> None:
    assert service_error_in(error) is None
