"""Measures whose words a sentence tears apart: "how many cases did we reject"."""

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
        CREATE TABLE drops(drop_id INT, drop_date DATE, depot VARCHAR, cases_ordered INT,
          cases_rejected INT);
        INSERT INTO drops VALUES (1,'2024-01-05','Hull',10,1),(2,'2024-02-05','Hull',20,7),
          (3,'2024-02-06','York',30,2);
        """
    )
    return connection


@pytest.fixture(scope="module")
def drops(data: duckdb.DuckDBPyConnection) -> Catalog:
    return profile_space(infer_space("drops", ["drops"], data), data)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how many cases did we reject?", [(10,)]),
        ("how many cases were rejected by depot", [("Hull", 8), ("York", 2)]),
        ("depots where we rejected more than 5 cases", [("Hull", 8)]),
        ("how many cases were ordered in February", [(50,)]),
        ("cases rejected by depot", [("Hull", 8), ("York", 2)]),
    ],
)
def test_answers(question, rows, drops, data):
    answer = translate(question, drops)
    assert isinstance(answer, Answer), answer
    found = [tuple(row[: len(rows[0])]) for row in run(data, answer.sql)[1]]
    assert sorted(found) == sorted(rows), answer.sql


def test_the_noun_alone_is_asked_back(drops):
    assert not isinstance(translate("how many cases by depot", drops), Answer)
