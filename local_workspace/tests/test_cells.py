"""Cells as section 5.1 of the API reference writes them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from local_workspace.sandbox.cells import column_type, huge_type, text, writer


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, "true"),
        (False, "false"),
        (42, "42"),
        (0.5, "0.5"),
        (3.336e8, "3.336E8"),
        (1e7, "1.0E7"),
        (9999999.0, "9999999.0"),
        (0.001, "0.001"),
        (0.0001, "1.0E-4"),
        (-2.5e-7, "-2.5E-7"),
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        ("text", "text"),
        ("null", "null"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 13, 45), "2026-01-31T13:45:00.000Z"),
        (datetime(2026, 1, 31, 13, 45, 0, 125000), "2026-01-31T13:45:00.125Z"),
        (datetime(2026, 1, 31, 13, 45, 0, 1), "2026-01-31T13:45:00.000001Z"),
        (b"\x00\xff", "AP8="),
        ([1, None, "é"], '[1,null,"é"]'),
        ({"a": date(2026, 1, 1), "b": [1.5]}, '{"a":"2026-01-01","b":["1.5"]}'),
        (timedelta(days=-1, seconds=1), "-0 23:59:59.000000"),
        (timedelta(days=3, hours=4), "3 04:00:00.000000"),
    ],
)
def test_cell_is_text_or_null(value: Any, expected: str | None) -> None:
    assert text(value) == expected


def test_float_has_the_digits_of_32_bits() -> None:
    assert writer("FLOAT")(1.100000023841858) == "1.1"
    assert writer("FLOAT")(16777216.0) == "1.6777216E7"


@pytest.mark.parametrize(
    ("engine_type", "type_name", "type_text"),
    [
        ("BOOLEAN", "BOOLEAN", "BOOLEAN"),
        ("TINYINT", "BYTE", "TINYINT"),
        ("SMALLINT", "SHORT", "SMALLINT"),
        ("INTEGER", "INT", "INT"),
        ("BIGINT", "LONG", "BIGINT"),
        ("FLOAT", "FLOAT", "FLOAT"),
        ("DOUBLE", "DOUBLE", "DOUBLE"),
        ("DECIMAL(18,2)", "DECIMAL", "DECIMAL(18,2)"),
        ("VARCHAR", "STRING", "STRING"),
        ("UUID", "STRING", "STRING"),
        ("DATE", "DATE", "DATE"),
        ("TIMESTAMP", "TIMESTAMP", "TIMESTAMP"),
        ("INTERVAL", "INTERVAL", "INTERVAL"),
        ("INTEGER[]", "ARRAY", "ARRAY<INT>"),
        ("STRUCT(a INTEGER)", "STRUCT", "STRUCT"),
        ("MAP(VARCHAR, INTEGER)", "MAP", "MAP"),
        ("BLOB", "BINARY", "BINARY"),
        ('"NULL"', "NULL", "VOID"),
    ],
)
def test_type_has_the_apis_name(engine_type: str, type_name: str, type_text: str) -> None:
    found = column_type(engine_type)
    assert (found.type_name, found.type_text) == (type_name, type_text)


def test_sum_of_integers_is_long_when_it_fits() -> None:
    assert huge_type([None, 2**63 - 1]).type_name == "LONG"
    assert huge_type([2**63]).type_text == "DECIMAL(38,0)"
