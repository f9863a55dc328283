"""Rows on a terminal: every value whole, whatever the width."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from aislides.deck.v1.table_pb2 import Column
from aislides_cli.cells import written
from aislides_cli.tables import tables, title
from rich.console import Console

TEXT, DECIMAL = 5, 4


def printed(columns, rows, width):
    console = Console(width=width, record=True, file=io.StringIO())
    for table in tables(columns, rows, width):
        console.print(table)
    return console.export_text()


COLUMNS = [
    Column(name="quarter", type=6),
    Column(name="category", type=TEXT),
    *(
        Column(name=f"average_order_value_{n}_usd", type=DECIMAL, unit="USD")
        for n in range(8)
    ),
]  # fmt: skip
ROWS = [
    [date(2024, 1 + 3 * n, 1), name, *(Decimal("1234567.89") + n for _ in range(8))]
    for n, name in enumerate(["Accessories", "Footwear", "Camping", "Apparel"])
]


@pytest.mark.parametrize("width", [40, 80, 120, 300])
def test_no_number_is_cut_and_no_line_is_too_long(width):
    told = printed(COLUMNS, ROWS, width)
    assert "…" not in told
    assert told.count("1,234,567.89") == 8
    assert all(name in told for name in ("Accessories", "Footwear", "2024 Q1", "2024 Q4"))
    assert max(len(line.rstrip()) for line in told.splitlines()) <= width


def test_a_wide_table_repeats_what_names_its_rows():
    assert len(tables(COLUMNS, ROWS, 300)) == 1
    parts = tables(COLUMNS, ROWS, 80)
    assert len(parts) > 1
    for part in parts:
        assert [column.header.plain for column in part.columns[:2]] == ["quarter", "category"]


def test_long_text_is_folded_not_cut():
    told = printed([Column(name="remark", type=TEXT)], [["word " * 40 + "end"]], 40)
    assert "end" in told


def test_headers_and_cells_are_for_people():
    assert title(Column(name="total_revenue_usd", type=3, unit="USD")) == "total revenue (USD)"
    assert title(Column(name="margin")) == "margin"


def cells(name, *values, type=3, unit=""):  # noqa: A002
    return written(Column(name=name, type=type, unit=unit), values)


def test_cells_are_printed_as_a_deck_would_print_the_column():
    assert cells("margin", 0.5, 0.39071) == ["50.0%", "39.1%"]
    assert cells("growth", -0.125, None) == ["-12.5%", ""]
    assert cells("cancelled_share", 0.0938, 0.0, 0.0004) == ["9.4%", "0.0%", "0.04%"]
    assert cells("cancelled_pct", 12.5, 0.25, unit="%") == ["12.50%", "0.25%"]
    assert cells("ratio_of_staff", 1.25, 0.5) == ["1.25", "0.50"]
    assert cells("weight", 0.5, 0.39071) == ["0.5000", "0.3907"]
    assert cells("x", 12.5, 0.25) == ["12.50", "0.25"]
    assert cells("revenue_usd", Decimal("1234567.89"), type=DECIMAL) == ["1,234,567.89"]
    assert cells("flights", 1_000, None, type=2) == ["1,000", ""]
    assert cells("open", True, False, type=1) == ["yes", "no"]
    assert cells("x", "a\x1b[31mb", type=TEXT) == ["a\ufffd[31mb"]


def test_periods_are_printed_as_such():
    assert cells("year", date(2024, 1, 1), None, type=6) == ["2024", ""]
    assert cells("year", 2013, 2014, type=2) == ["2013", "2014"]
    assert cells("quarter", date(2024, 1, 1), date(2024, 4, 1), type=6) == ["2024 Q1", "2024 Q2"]
    assert cells("month", *(datetime(2024, month, 1) for month in (2, 3)), type=8) == [
        "2024-02",
        "2024-03",
    ]
    assert cells("month", *range(1, 13), type=2)[:2] == ["January", "February"]
    assert cells("day", date(2024, 3, 15), date(2024, 3, 16), type=6)[0] == "2024-03-15"
    assert cells("at", datetime(2024, 3, 15, 10, 30), type=8) == ["2024-03-15 10:30:00"]


def test_a_percent_sign_is_in_the_cells_or_in_the_header_never_in_both():
    columns = [Column(name="region", type=TEXT), Column(name="late", type=3, unit="%")]
    told = printed(columns, [["North", 12.5], ["South", 7.25]], 80)
    assert "12.50%" in told and "(%)" not in told
