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


@pytest.fixture(scope="module")
def people_data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE employees(employee_id INT, hire_date DATE, termination_date DATE,
          job_title VARCHAR, manager_id INT, pay_gbp INT, bonus_gbp INT);
        INSERT INTO employees VALUES (1,'2020-01-01',NULL,'Manager',9,50,5),
          (2,'2020-02-01','2021-01-01','Analyst',1,30,3),(3,'2021-02-01',NULL,'Analyst',1,40,1),
          (4,'2021-03-01',NULL,'Analyst',9,20,1);
        """
    )
    return connection


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("headcount by job title", [("Analyst", 2), ("Manager", 1)]),
        ("average pay by manager", [(1, 35), (9, 35)]),
        ("how many managers", [(1,)]),
        ("bonus as % of pay", [(10 / 140,)]),
    ],
)
def test_words_of_people(question, rows, people_data):
    catalog = profile_space(infer_space("people", ["employees"], people_data), people_data)
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    found = [tuple(row[: len(rows[0])]) for row in run(people_data, answer.sql)[1]]
    assert sorted(found) == sorted(rows), answer.sql
