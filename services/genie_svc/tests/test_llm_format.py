"""What a language model gets to read of a result."""

from __future__ import annotations

import json

import pytest
from genie_svc.domain.columns import Column, ColumnType
from genie_svc.domain.llm_format import estimated_tokens, format_results_for_llm
from hypothesis import given
from hypothesis import strategies as st

COLUMNS = [
    Column("region", ColumnType.TEXT, "STRING"),
    Column("revenue", ColumnType.DECIMAL, "DECIMAL(18,2)", unit="USD"),
    Column("share", ColumnType.NUMBER, "DOUBLE"),
]


def test_small_result_is_complete_and_exact():
    rows = [("North", "12400310.50", 1 / 3), ("West", None, 0.1)]
    assert format_results_for_llm(COLUMNS, rows) == (
        '"region" (STRING) | "revenue" (DECIMAL(18,2), USD) | "share" (DOUBLE)\n'
        '["North",12400310.50,0.3333333333333333]\n["West",null,0.1]\n(2 of 2 rows)'
    )


def test_what_does_not_fit_is_left_out_of_the_middle_and_said():
    rows = [(f"R{n}", f"{n}.00", 0.5) for n in range(5000)]
    text = format_results_for_llm(COLUMNS, rows, max_tokens=300)
    assert estimated_tokens(text) <= 300
    assert '"R0"' in text and '"R4999"' in text and "rows left out here" in text
    assert "of 5,000 rows)" in text.splitlines()[-1]


def test_incomplete_result_says_that_it_must_not_be_totalled():
    text = format_results_for_llm(COLUMNS, [("a", "1.00", 1.0)], row_count=9000, truncated=True)
    assert "1 of 9,000 rows; the query result itself is incomplete" in text


def test_many_columns_and_long_cells_are_cut_and_counted():
    columns = [Column(f"column_{n}", ColumnType.TEXT) for n in range(500)]
    text = format_results_for_llm(columns, [("x" * 10_000,) * 500], max_tokens=1000)
    assert estimated_tokens(text) <= 1000 and "of 500 columns" in text
    wide = format_results_for_llm(columns[:1], [("x" * 10_000,)])
    assert "(9,800 more characters)" in wide


def test_too_small_a_budget_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="at least 100"):
        format_results_for_llm(COLUMNS, [], max_tokens=10)


cells = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(), st.binary()
)


@given(st.lists(st.tuples(cells, cells), max_size=40), st.integers(100, 500))
def test_any_cells_stay_within_the_budget_and_on_lines_of_their_own(rows, tokens):
    columns = [Column("a", ColumnType.TEXT), Column("b", ColumnType.UNKNOWN)]
    text = format_results_for_llm(columns, rows, max_tokens=tokens)
    assert estimated_tokens(text) <= tokens
    body = [line for line in text.split("\n")[1:-1] if not line.startswith("...")]
    assert len(body) <= len(rows) and all(len(json.loads(line)) == 2 for line in body)
