"""Exact values from the text of JSON_ARRAY cells, as the manifest types them."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from genie_svc.domain.columns import ColumnType

Cell = None | bool | int | float | str | bytes
"""A decoded cell. DECIMAL, dates and times stay text, in one canonical and exact form."""


class RawText(str):
    """A cell that could not be decoded: the text as it came, whatever its column's type."""

    __slots__ = ()


def decoder(kind: ColumnType) -> Callable[[str], Cell]:
    """A function from a cell's text to its value; it raises ValueError for text of another form."""
    return _DECODERS[kind]


def _boolean(value: str) -> bool:
    folded = value.lower()
    if folded not in ("true", "false"):
        raise ValueError(value)
    return folded == "true"


_WHOLE: Final = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_LEAST, _MOST = -(2**63), 2**63 - 1


def _integer(value: str) -> int:
    if not _WHOLE.fullmatch(value):
        raise ValueError(value)
    number = int(value)
    if not _LEAST <= number <= _MOST:
        raise ValueError(value)
    return number


def _number(value: str) -> float:
    if len(value) > 400 or "_" in value:
        raise ValueError(value)
    return float(value)


_PLAIN_DECIMAL: Final = re.compile(r"-?(?:0|[1-9]\d{0,37})(?:\.\d{1,38})?", re.ASCII)


def _decimal(value: str) -> str:
    if len(value) > 100:
        raise ValueError(value)
    if not _PLAIN_DECIMAL.fullmatch(value):
        try:
            exact = Decimal(value)
        except InvalidOperation:
            raise ValueError(value) from None
        if not exact.is_finite() or abs(exact.adjusted()) > 76:
            raise ValueError(value)
        value = f"{exact:f}"
    if sum(character.isdigit() for character in value.lstrip("-0.")) > 38:
        raise ValueError(value)
    return value


_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError(value)
    date.fromisoformat(value)
    return value


_TIME: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)


def _moment(value: str) -> tuple[str, str]:
    """The wall-clock part in ISO form to the second at least, and the offset (may be empty)."""
    found = _TIME.fullmatch(value)
    if not found:
        raise ValueError(value)
    day, minutes, seconds, fraction, offset = found.groups()
    wall = f"{day}T{minutes or '00:00'}{seconds or ':00'}"
    datetime.fromisoformat(wall)
    if not offset or offset == "Z":
        return wall + (fraction or ""), offset or ""
    digits = offset[1:].replace(":", "").ljust(4, "0")
    if int(digits[:2]) > 18 or int(digits[2:]) > 59:
        raise ValueError(value)
    return wall + (fraction or ""), f"{offset[0]}{digits[:2]}:{digits[2:]}"


def _timestamp(value: str) -> str:
    wall, offset = _moment(value)
    return wall + (offset or "Z")


def _local_timestamp(value: str) -> str:
    wall, offset = _moment(value)
    if offset:
        raise ValueError(value)
    return wall


def _json(value: str) -> str:
    try:
        json.loads(value)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def _binary(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        raise ValueError(value) from None


def _text(value: str) -> str:
    return value


_DECODERS: Final[Mapping[ColumnType, Callable[[str], Cell]]] = {
    ColumnType.UNKNOWN: _text,
    ColumnType.BOOLEAN: _boolean,
    ColumnType.INTEGER: _integer,
    ColumnType.NUMBER: _number,
    ColumnType.DECIMAL: _decimal,
    ColumnType.TEXT: _text,
    ColumnType.DATE: _date,
    ColumnType.TIMESTAMP: _timestamp,
    ColumnType.LOCAL_TIMESTAMP: _local_timestamp,
    ColumnType.JSON: _json,
    ColumnType.BINARY: _binary,
}
