"""Rows on a terminal: every value whole, whatever the width."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from aislides.deck.v1.table_pb2 import Column
from aislides_cli.tables import tables, title, written
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
    assert title(Column(name="total_revenue_usd", unit="USD")) == "total revenue (USD)"
    assert title(Column(name="margin")) == "margin"
    assert written([0.5, 0.39071], "margin") == ["0.5000", "0.3907"]
    assert written([12.5, 0.25], "x") == ["12.50", "0.25"]
    assert written([date(2024, 1, 1), None], "year") == ["2024", ""]
    assert written([datetime(2024, 3, 1)], "month") == ["2024-03"]
    assert written([date(2024, 3, 15)], "month") == ["2024-03-15"]
    assert written([True, None, 1_000], "x") == ["yes", "", "1,000"]
    assert written(["a\x1b[31mb"], "x") == ["a�[31mb"]
