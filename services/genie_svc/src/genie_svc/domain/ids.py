"""Identifiers that go into request paths, which the SDK does not escape."""

from __future__ import annotations

import re

from aislides_runtime.errors import FieldViolation, InvalidRequest

_PATH_ID = re.compile(r"[0-9A-Za-z_-]{1,128}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:/-]{1,128}")


def path_id(field: str, value: str) -> str:
    """The value, if it is 1-128 of `0-9A-Za-z_-`; raises InvalidRequest naming `field`."""
    if not value:
        raise _refused(field, "must be given")
    if not _PATH_ID.fullmatch(value):
        raise _refused(field, "must be 1 to 128 letters, digits, '_' or '-'")
    return value


def request_id(value: str) -> str:
    """The value, if it is 1-128 of `A-Za-z0-9._:/-`; raises InvalidRequest."""
    if not _REQUEST_ID.fullmatch(value):
        raise _refused("request_id", "must be 1 to 128 letters, digits or any of ._:/-")
    return value


def _refused(field: str, description: str) -> InvalidRequest:
    return InvalidRequest(
        f"{field} {description}", field_violations=[FieldViolation(field, description)]
    )
