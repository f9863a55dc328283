"""Cells decode exactly or stay as they came."""

from __future__ import annotations

import base64
import json
import math
from datetime import date, datetime
from decimal import Decimal

import pytest
from genie_svc.domain.cells import RawText, decoder
from genie_svc.domain.columns import ColumnType, read_column
from genie_svc.domain.rows import CellLimits, RowDecoder
from hypothesis import given
from hypothesis import strategies as st

T = ColumnType


@pytest.mark.parametrize(
    ("type_text", "type_name", "expected"),
    [
        ("STRING", "STRING", T.TEXT), ("BIGINT", "LONG", T.INTEGER), ("", "LONG", T.INTEGER),
        ("TINYINT", "BYTE", T.INTEGER), ("DOUBLE", "DOUBLE", T.NUMBER), ("DATE", "DATE", T.DATE),
        ("DECIMAL(10,2)", "DECIMAL", T.DECIMAL), ("TIMESTAMP", "TIMESTAMP", T.TIMESTAMP),
        ("TIMESTAMP_NTZ", None, T.LOCAL_TIMESTAMP), ("VARIANT", None, T.JSON),
        ("ARRAY<STRING>", "ARRAY", T.JSON), ("STRUCT<a: INT>", "STRUCT", T.JSON),
        ("INTERVAL YEAR TO MONTH", "INTERVAL", T.TEXT), ("BINARY", "BINARY", T.BINARY),
        ("VARCHAR(10)", "STRING", T.TEXT), ("GEOGRAPHY", None, T.UNKNOWN), ("", None, T.UNKNOWN),
        ("VOID", "NULL", T.TEXT), ("BOOLEAN", "BOOLEAN", T.BOOLEAN),
    ],
)  # fmt: skip
def test_full_sql_type_decides(type_text, type_name, expected):
    raw = {"name": "c", "type_text": type_text, "type_name": type_name}
    assert read_column(raw).type is expected


def test_decimal_digits_come_from_the_fields_or_from_the_text():
    by_text = read_column({"type_text": "decimal(18, 4)"})
    by_field = read_column({"type_name": "DECIMAL", "type_precision": 18, "type_scale": 4})
    assert (by_text.precision, by_text.scale) == (by_field.precision, by_field.scale) == (18, 4)


@given(st.integers(-(2**63), 2**63 - 1))
def test_every_long_survives(value):
    assert decoder(T.INTEGER)(str(value)) == value


@given(st.floats(allow_nan=False))
def test_every_double_survives(value):
    assert decoder(T.NUMBER)(repr(value)) == value


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**30), max_value=10**30
    )
)
def test_decimals_keep_value_and_scale(value):
    text = f"{value:f}"
    assert decoder(T.DECIMAL)(text) == text


@given(st.dates())
def test_every_date_survives(value: date):
    assert decoder(T.DATE)(value.isoformat()) == value.isoformat()


@given(st.datetimes())
def test_timestamps_become_one_canonical_form(value: datetime):
    text = value.isoformat(timespec="milliseconds")
    assert decoder(T.LOCAL_TIMESTAMP)(text.replace("T", " ")) == text
    assert decoder(T.TIMESTAMP)(text) == text + "Z"


@given(st.binary())
def test_bytes_survive(value):
    assert decoder(T.BINARY)(base64.b64encode(value).decode()) == value


@given(st.sampled_from(T), st.text())
def test_no_text_can_crash_a_decoder(kind, text):
    try:
        cell = decoder(kind)(text)
    except ValueError:
        return
    assert cell is not None


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (T.BOOLEAN, "TRUE", True), (T.NUMBER, "3.336E8", 3.336e8), (T.NUMBER, "Infinity", math.inf),
        (T.DECIMAL, "1.50", "1.50"), (T.DECIMAL, "1E+3", "1000"), (T.DECIMAL, "-0.00", "-0.00"),
        (T.DECIMAL, "9" * 38, "9" * 38), (T.DATE, "9999-12-31", "9999-12-31"),
        (T.TIMESTAMP, "2026-01-31 13:45", "2026-01-31T13:45:00Z"),
        (T.TIMESTAMP, "2026-01-31", "2026-01-31T00:00:00Z"),
        (T.TIMESTAMP, "2026-01-31T13:45:00.5+0530", "2026-01-31T13:45:00.5+05:30"),
        (T.TIMESTAMP, "2026-01-31T13:45:00.123456789Z", "2026-01-31T13:45:00.123456789Z"),
        (T.JSON, '{"a": [1, null]}', '{"a": [1, null]}'), (T.TEXT, "null", "null"),
    ],
)  # fmt: skip
def test_forms_that_warehouses_send(kind, text, expected):
    assert decoder(kind)(text) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (T.BOOLEAN, "yes"), (T.INTEGER, "1.0"), (T.INTEGER, str(2**63)), (T.INTEGER, "１"),
        (T.INTEGER, "1_000"), (T.NUMBER, "1_0"), (T.NUMBER, "abc"), (T.NUMBER, "9" * 500),
        (T.DECIMAL, "NaN"), (T.DECIMAL, "1,5"), (T.DECIMAL, "9" * 39), (T.DECIMAL, "1e500"),
        (T.DATE, "2026-02-30"), (T.DATE, "31.01.2026"), (T.DATE, "10000-01-01"),
        (T.TIMESTAMP, "2026-13-01"), (T.TIMESTAMP, "2026-01-01T00:00:00+99:00"),
        (T.LOCAL_TIMESTAMP, "2026-01-01T00:00:00Z"), (T.JSON, "{"), (T.JSON, "[" * 100_000),
        (T.BINARY, "a"),
    ],
)  # fmt: skip
def test_text_of_another_form_is_refused(kind, text):
    with pytest.raises(ValueError):
        decoder(kind)(text)


def test_duplicate_names_and_null_words_are_told_apart():
    columns = [read_column({"name": "a", "type_text": "STRING"})] * 2
    assert RowDecoder(columns).decode([["null", None]]) == [("null", None)]


def test_undecodable_cell_stays_text_and_is_named_once_each():
    decode = RowDecoder([read_column({"name": "n", "type_text": "INT"})])
    (row,) = decode.decode([["x"]])
    assert row == ("x",) and type(row[0]) is RawText
    assert decode.warnings == ["column 'n', row 0: 'x' is no INT"]


def test_warnings_are_bounded_and_count_the_rest():
    decode = RowDecoder([read_column({"name": "n", "type_text": "INT"})])
    decode.decode([["x"]] * 1000)
    assert len(decode.warnings) == 51 and decode.warnings[-1] == "and 950 more"


def test_wide_rows_get_shorter_cells():
    columns = [read_column({"name": f"c{n}", "type_text": "STRING"}) for n in range(500)]
    decode = RowDecoder(columns, CellLimits(columns=500))
    (row,) = decode.decode([["x" * 10_000] * 500])
    assert sum(map(len, row)) <= 256 * 1024


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_cells_that_are_no_text_are_read_all_the_same(value):
    (row,) = RowDecoder([read_column({"name": "c", "type_text": "STRING"})]).decode([[value]])
    assert row[0] is None if value is None else isinstance(row[0], str)
    if isinstance(value, list):
        assert json.loads(row[0]) == value


def test_decimal_never_passes_through_binary_floating_point():
    text = "0.1000000000000000055511151231257827021"
    assert Decimal(str(decoder(T.DECIMAL)(text))) == Decimal(text)
