"""Columns of a result, from the manifest that the warehouse sends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from genie_svc.domain.reading import Json, text, whole


class ColumnType(Enum):
    """What every non-null cell of a column decodes to."""

    UNKNOWN = "unknown"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    TIMESTAMP = "timestamp"
    LOCAL_TIMESTAMP = "local timestamp"
    JSON = "json"
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; names may repeat, position identifies it."""

    name: str
    type: ColumnType
    type_text: str = ""
    precision: int = 0
    scale: int = 0
    unit: str = ""
    description: str = ""


_TYPES: Final = {
    "BOOLEAN": ColumnType.BOOLEAN,
    "BYTE": ColumnType.INTEGER,
    "TINYINT": ColumnType.INTEGER,
    "SHORT": ColumnType.INTEGER,
    "SMALLINT": ColumnType.INTEGER,
    "INT": ColumnType.INTEGER,
    "INTEGER": ColumnType.INTEGER,
    "LONG": ColumnType.INTEGER,
    "BIGINT": ColumnType.INTEGER,
    "FLOAT": ColumnType.NUMBER,
    "REAL": ColumnType.NUMBER,
    "DOUBLE": ColumnType.NUMBER,
    "DECIMAL": ColumnType.DECIMAL,
    "NUMERIC": ColumnType.DECIMAL,
    "STRING": ColumnType.TEXT,
    "CHAR": ColumnType.TEXT,
    "VARCHAR": ColumnType.TEXT,
    "INTERVAL": ColumnType.TEXT,
    "NULL": ColumnType.TEXT,
    "VOID": ColumnType.TEXT,
    "DATE": ColumnType.DATE,
    "TIMESTAMP": ColumnType.TIMESTAMP,
    "TIMESTAMP_LTZ": ColumnType.TIMESTAMP,
    "TIMESTAMP_NTZ": ColumnType.LOCAL_TIMESTAMP,
    "ARRAY": ColumnType.JSON,
    "MAP": ColumnType.JSON,
    "STRUCT": ColumnType.JSON,
    "VARIANT": ColumnType.JSON,
    "BINARY": ColumnType.BINARY,
}

_WORD: Final = re.compile(r"\s*([A-Za-z_]+)")
_DIGITS: Final = re.compile(r"\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)")


def read_column(raw: Json) -> Column:
    """The column that one manifest entry describes.

    The full SQL type decides before the type's name: the name is missing for TIMESTAMP_NTZ,
    VARIANT and other types that are younger than the API's list.
    """
    type_text = text(raw, "type_text")
    kind = _kind(type_text) or _kind(text(raw, "type_name")) or ColumnType.UNKNOWN
    precision, scale = 0, 0
    if kind is ColumnType.DECIMAL:
        digits = _DIGITS.search(type_text)
        precision = whole(raw, "type_precision", 0) or (int(digits.group(1)) if digits else 0)
        scale = whole(raw, "type_scale", 0) or (int(digits.group(2) or 0) if digits else 0)
    return Column(
        name=text(raw, "name"),
        type=kind,
        type_text=type_text or text(raw, "type_name"),
        precision=precision,
        scale=scale,
    )


def _kind(sql_type: str) -> ColumnType | None:
    word = _WORD.match(sql_type)
    return _TYPES.get(word.group(1).upper()) if word else None
