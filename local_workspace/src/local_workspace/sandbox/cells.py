"""Types and cells of a result as the statement-execution API writes them: all text, or null."""

import base64
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

LONG_MIN, LONG_MAX = -(2**63), 2**63 - 1

Cell = str | None


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A column's SQL type: `type_name` of the API's enum and the full text."""

    type_name: str
    type_text: str
    precision: int | None = None
    scale: int | None = None


PLAIN: Final = {
    "BOOLEAN": ColumnType("BOOLEAN", "BOOLEAN"),
    "TINYINT": ColumnType("BYTE", "TINYINT"),
    "SMALLINT": ColumnType("SHORT", "SMALLINT"),
    "UTINYINT": ColumnType("SHORT", "SMALLINT"),
    "INTEGER": ColumnType("INT", "INT"),
    "USMALLINT": ColumnType("INT", "INT"),
    "BIGINT": ColumnType("LONG", "BIGINT"),
    "UINTEGER": ColumnType("LONG", "BIGINT"),
    "FLOAT": ColumnType("FLOAT", "FLOAT"),
    "DOUBLE": ColumnType("DOUBLE", "DOUBLE"),
    "DATE": ColumnType("DATE", "DATE"),
    "BLOB": ColumnType("BINARY", "BINARY"),
    "INTERVAL": ColumnType("INTERVAL", "INTERVAL"),
    "NULL": ColumnType("NULL", "VOID"),
    '"NULL"': ColumnType("NULL", "VOID"),
}
HUGE = frozenset({"HUGEINT", "UHUGEINT", "UBIGINT"})


def column_type(engine_type: str) -> ColumnType:  # noqa: PLR0911 - a table of types
    """The API's type for one of DuckDB's; anything textual or unknown is a STRING."""
    if plain := PLAIN.get(engine_type):
        return plain
    if engine_type.startswith("DECIMAL("):
        precision, scale = (int(part) for part in engine_type[8:-1].split(","))
        return ColumnType("DECIMAL", f"DECIMAL({precision},{scale})", precision, scale)
    if engine_type.startswith("TIMESTAMP"):
        return ColumnType("TIMESTAMP", "TIMESTAMP")
    if engine_type.endswith("]"):
        return ColumnType("ARRAY", f"ARRAY<{column_type(engine_type[:-2]).type_text}>")
    if engine_type.startswith("STRUCT("):
        return ColumnType("STRUCT", "STRUCT")
    if engine_type.startswith("MAP("):
        return ColumnType("MAP", "MAP")
    return ColumnType("STRING", "STRING")


def huge_type(values: list[Any]) -> ColumnType:
    """DuckDB sums integers in 128 bits; Databricks in 64. LONG when all values fit."""
    if all(value is None or LONG_MIN <= value <= LONG_MAX for value in values):
        return PLAIN["BIGINT"]
    return ColumnType("DECIMAL", "DECIMAL(38,0)", 38, 0)


def writer(engine_type: str) -> Callable[[Any], Cell]:
    """The function that writes one non-null cell of a column of this type."""
    if engine_type == "FLOAT":
        return lambda value: java_number(value, shortest_float(value))
    return text


def text(value: Any) -> Cell:  # noqa: PLR0911 - a table of types
    """One cell, as it travels in a JSON_ARRAY."""
    match value:
        case None:
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return java_number(value, repr(value))
        case Decimal():
            return f"{value:f}"
        case datetime():
            return timestamp(value)
        case date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case list() | tuple() | dict():
            return json.dumps(nested(value), ensure_ascii=False, separators=(",", ":"))
        case timedelta():
            return interval(value)
        case _:
            return str(value)


def nested(value: Any) -> Any:
    """A list, struct or map as plain JSON values."""
    if isinstance(value, dict):
        return {str(key): nested(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [nested(item) for item in value]
    return value if isinstance(value, str | int | bool | None) else text(value)


def timestamp(value: datetime) -> str:
    """Milliseconds as the API shows them; microseconds only when there are some."""
    digits = "microseconds" if value.microsecond % 1000 else "milliseconds"
    return value.replace(tzinfo=None).isoformat(timespec=digits) + "Z"


def interval(value: timedelta) -> str:
    """A day-to-second interval: `3 04:05:06.000000`."""
    sign = "-" if value < timedelta(0) else ""
    value = abs(value)
    hours, rest = divmod(value.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{value.days} {hours:02}:{minutes:02}:{seconds:02}.{value.microseconds:06}"


def shortest_float(value: float) -> str:
    """The fewest digits that read back as the same 32-bit number."""
    for digits in range(1, 10):
        shown = f"{value:.{digits}g}"
        if struct.pack("f", float(shown)) == struct.pack("f", value):
            return shown
    return repr(value)


def java_number(value: float, shown: str) -> str:
    """`0.5`, `3.336E8`, `NaN`, `Infinity`: what Java's Double.toString prints.

    `shown` holds the digits to print, in any notation that Decimal reads.
    """
    if value != value:  # noqa: PLR0124 - the test for NaN that needs no import
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "-0.0" if str(value).startswith("-") else "0.0"
    if 1e-3 <= abs(value) < 1e7:
        plain = f"{Decimal(shown):f}"
        return plain if "." in plain else f"{plain}.0"
    sign, digits, exponent = Decimal(shown).normalize().as_tuple()
    power = len(digits) - 1 + int(exponent)
    rest = "".join(str(digit) for digit in digits[1:]) or "0"
    return f"{'-' if sign else ''}{digits[0]}.{rest}E{power}"
