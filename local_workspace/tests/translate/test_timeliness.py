"""Late and on time of two dates of a row, and rates of an end that only some rows have."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from .conftest import run


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE jobs(job_id INT, due_on DATE, completed_on DATE, team VARCHAR);
        INSERT INTO jobs VALUES (1,'2024-01-05','2024-01-04','red'),(2,'2024-01-05','2024-01-09','red'),
          (3,'2024-02-05','2024-02-05','blue'),(4,'2024-02-06',NULL,'blue');
        CREATE TABLE subscriptions(subscription_id INT, started_on DATE, churned_on DATE, plan VARCHAR);
        INSERT INTO subscriptions VALUES (1,'2023-01-01','2023-06-01','S'),(2,'2023-01-01',NULL,'S'),
          (3,'2024-01-01',NULL,'L'),(4,'2024-02-01',NULL,'L');
        """
    )
    return connection


@pytest.fixture(scope="module")
def jobs(data: duckdb.DuckDBPyConnection) -> Catalog:
    return profile_space(infer_space("jobs", ["jobs", "subscriptions"], data), data)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("late jobs by team", [("red", 1)]),
        ("on-time rate by team", [("red", 0.5), ("blue", 1)]),
        ("how many jobs were on time?", [(2,)]),
        ("churn rate by plan", [("S", 0.5), ("L", 0)]),
    ],
)
def test_answers(
    question: str, rows: list[tuple[Any, ...]], jobs: Catalog, data: duckdb.DuckDBPyConnection
) -> None:
    answer = translate(question, jobs)
    assert isinstance(answer, Answer), answer
    found = [tuple(row[: len(rows[0])]) for row in run(data, answer.sql)[1]]
    assert sorted(found) == sorted(rows), answer.sql


@pytest.mark.parametrize("question", ["churn rate by month", "churn rate in 2023"])
def test_leaving_by_the_date_of_the_start_is_asked_back(question: str, jobs: Catalog) -> None:
    answer = translate(question, jobs)
    assert isinstance(answer, Clarification), answer
