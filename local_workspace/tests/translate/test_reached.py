"""Periods that the data cut, and ratios of sums of which some rows lack one side."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, translate

from .conftest import run


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE visits AS SELECT DATE '2024-01-15' + n::INT AS visit_day, n % 7 AS guests
          FROM range(0, 422) t(n);
        CREATE TABLE closings(month DATE, branch VARCHAR, spent INT, budget INT);
        INSERT INTO closings VALUES ('2024-01-01','A',110,100), ('2024-02-01','A',110,100),
          ('2024-03-01','A',NULL,100), ('2024-01-01','B',90,100), ('2024-02-01','B',90,NULL);
        """
    )
    return connection


@pytest.fixture(scope="module")
def catalog(data: duckdb.DuckDBPyConnection) -> Catalog:
    return profile_space(infer_space("club", ["visits", "closings"], data), data)


def told(question: str, catalog: Catalog) -> str:
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    return answer.description


def test_the_edges_of_the_data_are_told_where_they_cut_a_period(catalog: Catalog):
    said = told("total guests by month", catalog)
    assert "The data begin on 2024-01-15, inside the first month and end on 2025-03-11" in said


@pytest.mark.parametrize(
    "question",
    ["total guests by month in 2025", "total guests by month since February 2024"],
)
def test_an_edge_that_the_question_sets_is_no_cut(question: str, catalog: Catalog):
    said = told(question, catalog)
    assert "begin on" not in said
    assert "The data end on 2025-03-11, inside the last month." in said


def test_months_that_the_question_ends_are_whole(catalog: Catalog):
    assert "The data" not in told("total guests by month from March 2024 to May 2024", catalog)


def test_rows_of_whole_months_cut_nothing(catalog: Catalog):
    assert "The data" not in told("total spent by month", catalog)


def test_a_ratio_of_sums_counts_only_rows_that_have_both(
    data: duckdb.DuckDBPyConnection, catalog: Catalog
):
    answer = translate("spent per budget by branch", catalog)
    assert isinstance(answer, Answer), answer
    _, rows = run(data, answer.sql)
    ratios = {row[0]: float(row[1]) for row in rows}
    assert ratios == {"A": 1.1, "B": 0.9}
    assert "with known spent and budget" in answer.description
