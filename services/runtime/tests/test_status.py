from __future__ import annotations

import grpc
import grpc.aio
import pytest
from aislides_runtime.errors import (
    DeadlineExceeded,
    FieldViolation,
    InvalidRequest,
    Kind,
    ServiceError,
    Unavailable,
    Unimplemented,
)
from aislides_runtime.status import DETAILS_KEY, RemoteError, code_of, error_from_rpc, status_of
from google.rpc import error_details_pb2, status_pb2


class SpaceNotFound(ServiceError):
    kind = Kind.NOT_FOUND
    reason = "GENIE_SPACE_NOT_FOUND"


def over_the_wire(error: ServiceError) -> ServiceError:
    status = status_of(error)
    trailing = grpc.aio.Metadata(*status.trailing_metadata)
    return error_from_rpc(
        grpc.aio.AioRpcError(status.code, grpc.aio.Metadata(), trailing, details=status.message)
    )


def bare(code: grpc.StatusCode, *trailing: tuple[str, bytes | str]) -> grpc.aio.AioRpcError:
    return grpc.aio.AioRpcError(
        code, grpc.aio.Metadata(), grpc.aio.Metadata(*trailing), details="10.0.0.1 internals"
    )


def test_every_kind_has_its_own_code() -> None:
    assert len({code_of(kind) for kind in Kind}) == len(Kind)


def test_an_error_comes_back_as_it_was() -> None:
    error = SpaceNotFound(
        "space 'x' does not exist; call ListSpaces",
        metadata={"space_id": "x"},
        retry_after=2.5,
        field_violations=[FieldViolation("space_id", "must be one of a, b")],
    )
    back = over_the_wire(error)
    assert isinstance(back, RemoteError)
    assert (back.kind, back.reason) == (Kind.NOT_FOUND, "GENIE_SPACE_NOT_FOUND")
    assert back.message == error.message
    assert back.metadata == error.metadata
    assert back.retry_after == 2.5
    assert back.field_violations == error.field_violations


@pytest.mark.parametrize("cls", [InvalidRequest, DeadlineExceeded, Unavailable, Unimplemented])
def test_shared_errors_come_back_as_their_class(cls: type[ServiceError]) -> None:
    assert type(over_the_wire(cls("text"))) is cls


def test_the_status_holds_at_most_one_of_each_detail() -> None:
    error = InvalidRequest("x", retry_after=1, field_violations=[FieldViolation("a", "b")])
    ((key, raw),) = status_of(error).trailing_metadata
    status = status_pb2.Status.FromString(raw)
    assert key == DETAILS_KEY
    assert [detail.type_url.rpartition(".")[2] for detail in status.details] == [
        "ErrorInfo",
        "BadRequest",
        "RetryInfo",
    ]
    info = error_details_pb2.ErrorInfo()
    status.details[0].Unpack(info)
    assert (info.domain, info.reason) == ("aislides", "INVALID_REQUEST")


def test_a_huge_error_still_fits_into_metadata() -> None:
    error = InvalidRequest(
        "ä" * 100_000,
        metadata={f"key{n}": "€" * 5000 for n in range(100)},
        field_violations=[FieldViolation("f" * 500, "€" * 5000) for _ in range(1000)],
    )
    status = status_of(error)
    percent_encoded = 3 * len(status.message.encode())
    base64 = 4 * len(status.trailing_metadata[0][1]) // 3
    assert percent_encoded + base64 < 14_000
    back = over_the_wire(error)
    assert back.message.startswith("ää")
    assert back.message.endswith("…")
    assert back.metadata["key0"].startswith("€")


def test_text_that_is_no_unicode_does_not_break_the_answer() -> None:
    assert over_the_wire(InvalidRequest("a\ud800b")).message == "a?b"


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        (grpc.StatusCode.UNAVAILABLE, Kind.UNAVAILABLE, "SERVICE_UNAVAILABLE"),
        (grpc.StatusCode.DEADLINE_EXCEEDED, Kind.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED"),
        (grpc.StatusCode.CANCELLED, Kind.CANCELLED, "CANCELLED"),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, Kind.RESOURCE_EXHAUSTED, "RESOURCE_EXHAUSTED"),
        (grpc.StatusCode.UNIMPLEMENTED, Kind.UNIMPLEMENTED, "UNIMPLEMENTED"),
        (grpc.StatusCode.OUT_OF_RANGE, Kind.INVALID_ARGUMENT, "INVALID_ARGUMENT"),
        (grpc.StatusCode.UNKNOWN, Kind.INTERNAL, "INTERNAL"),
        (grpc.StatusCode.DATA_LOSS, Kind.INTERNAL, "INTERNAL"),
        (grpc.StatusCode.NOT_FOUND, Kind.NOT_FOUND, "NOT_FOUND"),
    ],
)
def test_a_status_without_details_maps_to_a_fitting_error(
    code: grpc.StatusCode, kind: Kind, reason: str
) -> None:
    error = error_from_rpc(bare(code), target="genie (127.0.0.1:50051)")
    assert (error.kind, error.reason) == (kind, reason)
    assert "genie (127.0.0.1:50051)" in error.message
    assert "internals" not in error.message


@pytest.mark.parametrize(
    "raw", [b"\xff\xff", status_pb2.Status(code=3, message="other code").SerializeToString()]
)
def test_details_that_do_not_fit_are_ignored(raw: bytes) -> None:
    error = error_from_rpc(bare(grpc.StatusCode.UNAVAILABLE, (DETAILS_KEY, raw)))
    assert type(error) is Unavailable


def test_a_detail_that_does_not_parse_is_skipped() -> None:
    status = status_pb2.Status(code=5, message="gone")
    status.details.add(type_url="type.googleapis.com/google.rpc.ErrorInfo", value=b"\xff")
    error = error_from_rpc(
        bare(grpc.StatusCode.NOT_FOUND, (DETAILS_KEY, status.SerializeToString()))
    )
    assert (error.reason, error.message) == ("NOT_FOUND", "gone")
