"""Errors as RFC 9457 problem+json, with the reason that gRPC callers get."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from aislides_runtime.errors import InvalidRequest, Kind, ServiceError
from aislides_runtime.logs import get_logger
from aislides_runtime.request_ids import current_request_id
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from gateway.errors import BodyTooLarge, ClarificationNeeded, SlowBody

log = get_logger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
_STATUS_BY_REASON: Final = {
    InvalidRequest.reason: HTTPStatus.UNPROCESSABLE_ENTITY,
    ClarificationNeeded.reason: HTTPStatus.UNPROCESSABLE_ENTITY,
    # A client must not take it for a conflict that passes: the key is spent.
    "REQUEST_ID_REUSED": HTTPStatus.UNPROCESSABLE_ENTITY,
    BodyTooLarge.reason: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    SlowBody.reason: HTTPStatus.REQUEST_TIMEOUT,
}
_REASON_BY_STATUS: Final = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 400: "BAD_REQUEST"}

_PLAIN_WORDS: Final = {
    "missing": "is required",
    "extra_forbidden": "is not a known field",
    "model_attributes_type": "must be a JSON object, sent with Content-Type: application/json",
    "json_invalid": "is not valid JSON",
}


def problem(error: ServiceError) -> JSONResponse:
    """The answer for an error."""
    status = _STATUS_BY_REASON.get(error.reason) or HTTPStatus(_known(error.http_status))
    extra: dict[str, Any] = {}
    if error.field_violations:
        extra["errors"] = [
            {"field": item.field, "detail": item.description} for item in error.field_violations
        ]
    if isinstance(error, ClarificationNeeded):
        extra["suggestions"] = error.suggestions
    extra |= {name: text for name, text in error.metadata.items() if name == "deck_id"}
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(max(1, round(error.retry_after)))
    if error.kind is Kind.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return _answer(int(status), error.reason, error.message, extra, headers)


def install(app: FastAPI) -> None:
    """Makes every failure of the application a problem."""

    async def on_service_error(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ServiceError)
        return problem(error)

    async def on_invalid(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        found = [
            {
                "field": ".".join(str(part) for part in item["loc"][1:]) or str(item["loc"][0]),
                "detail": _plainly(item),
            }
            for item in error.errors()
        ]
        told = "; ".join(f"{item['field']}: {item['detail']}" for item in found)
        return _answer(422, InvalidRequest.reason, told, {"errors": found}, {})

    async def on_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        reason = _REASON_BY_STATUS.get(error.status_code, "HTTP_ERROR")
        headers = dict(error.headers or {})
        detail = str(error.detail)
        if error.status_code == HTTPStatus.NOT_FOUND:
            detail = f"there is no {request.url.path[:200]!r} here; /docs lists the calls"
        elif error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            detail = f"{request.method} is not possible here; allowed: {headers.get('Allow', '')}"
        elif error.status_code == HTTPStatus.BAD_REQUEST:
            detail = "the body cannot be read: send JSON as UTF-8 text"
        return _answer(error.status_code, reason, detail, {}, headers)

    app.add_exception_handler(ServiceError, on_service_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)


def _answer(
    status: int, reason: str, detail: str, extra: dict[str, Any], headers: dict[str, str]
) -> JSONResponse:
    body = {
        "type": f"urn:aislides:problem:{reason.lower().replace('_', '-')}",
        "title": HTTPStatus(_known(status)).phrase if status != 499 else "Client Closed Request",
        "status": status,
        "detail": detail,
        "reason": reason,
        "instance": f"urn:aislides:request:{current_request_id.get() or 'none'}",
        **extra,
    }
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _known(status: int) -> int:
    return status if status in {item.value for item in HTTPStatus} else 400


def _plainly(item: Any) -> str:
    """What a field must be, in words that name no library."""
    limits = item.get("ctx") or {}
    match item["type"]:
        case kind if kind in _PLAIN_WORDS:
            return _PLAIN_WORDS[kind]
        case "greater_than_equal" | "less_than_equal":
            wanted = item["msg"].lower().replace("input should be", "must be")
            return f"is {item['input']!r:.40}; {wanted}"
        case "string_too_long":
            return f"at most {limits.get('max_length')} characters are accepted"
        case _:
            return (
                str(item["msg"]).replace("Input should be", "must be").replace("Value error, ", "")
            )
