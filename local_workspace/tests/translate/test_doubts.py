"""Rows of a state, their dates, rates and shares: what has two readings is asked back."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from .conftest import run


@pytest.fixture(scope="module")
def gym_data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE members(member_id INT, member_name VARCHAR, town VARCHAR, tier VARCHAR);
        INSERT INTO members VALUES (1,'Ann','Ulm','gold'),(2,'Bob','Ulm','basic'),
          (3,'Cid','Bonn','gold');
        CREATE TABLE contracts(contract_id INT, member_id INT, started_on DATE, cancelled_on DATE,
          kind VARCHAR, monthly_fee DECIMAL(8,2), scrapped_cards INT, state VARCHAR, rate INT);
        INSERT INTO contracts VALUES
          (1,1,'2022-01-05',NULL,'yearly',30,1,'kept',4),(2,1,'2022-03-05','2023-02-01','monthly',40,0,'no-show',3),
          (3,2,'2022-05-05','2023-07-01','yearly',30,2,'kept',5),(4,3,'2023-02-09',NULL,'monthly',45,1,'kept',1),
          (5,3,'2023-03-09','2023-09-09','yearly',30,0,'no-show',2),(6,2,'2023-06-01',NULL,'yearly',31,0,'kept',5);
        """
    )
    return connection


@pytest.fixture(scope="module")
def gym(gym_data: duckdb.DuckDBPyConnection) -> Catalog:
    return profile_space(infer_space("gym", ["contracts", "members"], gym_data), gym_data)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("starts by kind", [("yearly", 4), ("monthly", 2)]),
        ("active contracts by kind", [("yearly", 2), ("monthly", 1)]),
        ("active members by town", [("Ulm", 2), ("Bonn", 1)]),
        ("no-show by kind", [("monthly", 1), ("yearly", 1)]),
        ("gold members by town", [("Ulm", 1), ("Bonn", 1)]),
        ("contracts, scrapped cards and average monthly fee by kind",
         [("yearly", 4, 3, 30.25), ("monthly", 2, 1, 42.5)]),
        ("worst kind by scrapped cards", [("yearly", 3)]),
        ("cards scrapped by kind", [("yearly", 3), ("monthly", 1)]),
        ("canceled contracts by kind", [("yearly", 2), ("monthly", 1)]),
    ],
)  # fmt: skip
def test_the_one_reading_is_answered(question, rows, gym, gym_data):
    answer = translate(question, gym)
    assert isinstance(answer, Answer), answer
    _, found = run(gym_data, answer.sql)
    assert sorted(tuple(row)[: len(rows[0])] for row in found) == sorted(rows)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("no-show rate by kind", "“rate”"),
        ("share of Ann and Bob contracts", "together"),
        ("contract total by kind", "“total”"),
        ("kind mix by town", ""),
        ("worst town by contract id", ""),
    ],
)
def test_two_readings_are_asked_back(question, says, gym):
    answer = translate(question, gym)
    assert isinstance(answer, Clarification), answer
    assert says in answer.text
