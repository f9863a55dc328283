"""Limits that name no column: a verb, a comparative or the rows say which one is meant."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.spaces.catalog import Catalog
from local_workspace.translate import Answer, Clarification, translate

TABLES = """
CREATE TABLE depots(depot_id INT, depot_name VARCHAR, city VARCHAR);
INSERT INTO depots SELECT i, 'Depot ' || i, 'City ' || i FROM range(1, 6) t(i);
CREATE TABLE parcels(parcel_id INT, sent_on DATE, depot_id INT, weight_kg DOUBLE,
  declared_value DOUBLE, service VARCHAR);
INSERT INTO parcels SELECT i, DATE '2023-01-01' + i::INT, 1 + i % 5, 0.5 + i % 40,
  10.0 * (i % 90), CASE WHEN i % 3 = 0 THEN 'express' ELSE 'normal' END FROM range(600) t(i);
CREATE TABLE nurses(nurse_id INT, nurse_name VARCHAR, age INT, hired_on DATE, shift VARCHAR);
INSERT INTO nurses SELECT i, 'Nurse ' || i, 21 + i % 45, DATE '2015-01-01' + (i * 3)::INT,
  CASE WHEN i % 2 = 0 THEN 'day' ELSE 'night' END FROM range(300) t(i);
CREATE TABLE donations(donation_id INT, given_on DATE, amount DOUBLE, method VARCHAR);
INSERT INTO donations SELECT i, DATE '2023-01-01' + (i // 2)::INT, 5.0 * (i % 50),
  CASE WHEN i % 4 = 0 THEN 'cash' ELSE 'card' END FROM range(700) t(i);
CREATE TABLE trains(train_id INT, run_date DATE, line VARCHAR, departure_delay_minutes INT,
  arrival_delay_minutes INT);
INSERT INTO trains SELECT i, DATE '2023-01-01' + i::INT, 'Line ' || i % 4, i % 120 - 10,
  i % 100 - 15 FROM range(700) t(i);
"""

CASES = [
    ("parcels weighing over 20 kg by service", "weight_kg > 20"),
    ("how many parcels weighed less than 5 kg", "weight_kg < 5"),
    ("parcels heavier than 30 kg by depot", "weight_kg > 30"),
    ("nurses over 50 by shift", "age > 50"),
    ("nurses over 30 and under 40 by shift", "age > 30"),
    ("how many nurses are in the under 25s", "age < 25"),
    ("how many parcels are worth more than 500 in declared value", "declared_value > 500"),
    ("nurses aged between 30 and 40 by shift", "age BETWEEN 30 AND 40"),
    ("how many nurses are younger than 30", "age < 30"),
    ("donations over 100 by method", "amount > 100"),
    ("donations of 200 or more by month", "amount >= 200"),
    ("share of donations worth more than 150", "amount > 150"),
    ("trains that left more than an hour late by line", "departure_delay_minutes > 60"),
    ("how many trains were over 30 minutes late on arrival", "arrival_delay_minutes > 30"),
    ("trains arriving at least 10 minutes early by month", "arrival_delay_minutes <= -10"),
    (
        "which lines have the most trains departing over an hour late",
        "departure_delay_minutes > 60",
    ),
]

ASKED_BACK = [
    "trains delayed by more than an hour",  # at departure or at arrival?
    "depots over 100",  # a depot has no amount
    "depots with parcels over 100",  # parcels, or what they are worth?
    "parcels lasting more than 2 hours",  # nothing tells how long
]


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(TABLES)
    return connection


@pytest.fixture(scope="module")
def catalog(data: duckdb.DuckDBPyConnection) -> Catalog:
    names = [name for (name,) in data.execute("SHOW TABLES").fetchall()]
    return profile_space(infer_space("limits", names, data), data)


@pytest.mark.parametrize(("question", "limit"), CASES)
def test_the_column_is_the_one_that_such_a_limit_is_told_in(
    catalog: Catalog, question: str, limit: str
) -> None:
    answer = translate(question, catalog)

    assert isinstance(answer, Answer), answer
    assert limit in answer.sql.replace("`", "")
    assert "HAVING" not in answer.sql


@pytest.mark.parametrize("question", ASKED_BACK)
def test_a_limit_of_no_clear_column_is_asked_back(catalog: Catalog, question: str) -> None:
    assert isinstance(translate(question, catalog), Clarification)
