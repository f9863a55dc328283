"""Rows that others point to and that happened themselves, and turns of phrase that add nothing."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from local_workspace.spaces import Catalog, Space, profile_space
from local_workspace.translate import Answer, translate

from .conftest import run


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE salons(salon_id INT, salon VARCHAR, zone VARCHAR);
        INSERT INTO salons VALUES (1,'Oak','1'),(2,'Elm','3');
        CREATE TABLE cuts(cut_no INT, cut_on DATE, booked_on DATE, salon_id INT, cut_type VARCHAR,
          state VARCHAR, fee DECIMAL(6,2), stars INT, closed_on DATE);
        INSERT INTO cuts VALUES
          (1,'2023-02-04','2023-01-01',1,'TRIM','done',10,1,'2023-02-05'),
          (2,'2023-02-06','2023-02-01',1,'PERM','missed',20,2,'2023-02-16'),
          (3,'2024-03-09','2024-02-09',2,'TRIM','missed',30,3,'2024-03-10'),
          (4,'2024-04-01','2024-03-01',2,'TRIM','missed',40,5,'2024-04-02');
        CREATE TABLE potions(potion_no INT, cut_no INT, potion VARCHAR, potion_sort VARCHAR);
        INSERT INTO potions VALUES (1,1,'Gel','wet'),(2,1,'Wax','dry'),(3,4,'Gel','wet');
        """
    )
    return connection


@pytest.fixture(scope="module")
def salon(data: duckdb.DuckDBPyConnection) -> Catalog:
    space = Space.model_validate(
        {
            "name": "salon",
            "title": "Salons",
            "tables": [
                {
                    "name": "cuts",
                    "row": "cut",
                    "synonyms": ["visit"],
                    "time": "cut_on",
                    "columns": [
                        {"name": "cut_no", "role": "id"},
                        {"name": "cut_type", "role": "dimension", "label": "cut type",
                         "values": {"TRIM": ["trims"], "PERM": ["perm", "perms"]}},
                        {"name": "state", "role": "dimension", "label": "cut status"},
                        {"name": "fee", "role": "measure", "aggregate": "sum", "unit": "GBP"},
                        {"name": "stars", "role": "measure", "aggregate": "avg"},
                        {"name": "booked_on", "role": "time", "label": "booking date"},
                        {"name": "closed_on", "role": "time", "label": "date closed"},
                    ],
                },
                {
                    "name": "salons",
                    "row": "salon",
                    "label": "salon",
                    "columns": [{"name": "zone", "role": "dimension"}],
                },
                {
                    "name": "potions",
                    "row": "potion",
                    "synonyms": ["prescription"],
                    "columns": [
                        {"name": "potion", "role": "dimension", "label": "mixture"},
                        {"name": "potion_sort", "role": "dimension", "label": "mixture sort"},
                    ],
                },
            ],
            "joins": [
                {"name": "salon", "many": "cuts.salon_id", "one": "salons.salon_id"},
                {"name": "given at", "many": "potions.cut_no", "one": "cuts.cut_no"},
            ],
            "measures": [
                {"name": "days to close", "table": "cuts", "unit": "days", "additive": False,
                 "sql": "avg(date_diff(closed_on, cut_on))"},
            ],
            "filters": [
                {"name": "no-shows", "table": "cuts", "sql": "state = 'missed'",
                 "synonyms": ["no shows"]},
            ],
        }
    )  # fmt: skip
    return profile_space(space, data)


def answered(
    question: str, salon: Catalog, data: duckdb.DuckDBPyConnection
) -> list[tuple[Any, ...]] | None:
    answer = translate(question, salon)
    return run(data, answer.sql)[1] if isinstance(answer, Answer) else None


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many visits did each salon have in 2024?", [("Elm", 2)]),
        ("What share of visits is on a Saturday?", [(0.5,)]),
        ("What portion of visits falls on a Saturday?", [(0.5,)]),
        ("No shows by year", [("2023-01-01", 1), ("2024-01-01", 2)]),
        ("no-shows in 2024", [(2,)]),
        ("trims in 2024", [(2,)]),
        ("visits with more than one prescription", [(1, 2)]),
        ("how many visits had no prescription?", [(2,)]),
        ("what was our busiest month for bookings?", [("2023-01-01", 1)]),
        ("total fee by type", [("TRIM", 80), ("PERM", 20)]),
        ("What's the mixture we prescribe most often?", [("Gel", 2)]),
        ("whats the highest fee we ever charged", [(40,)]),
        ("How many 1 or 2 stars visits did Oak get?", [(2,)]),
        ("how many visits did clients book in February 2023?", None),
        ("how many visits did we book in February 2023?", [(1,)]),
        ("how many visits did Oak close in 2023", [(2,)]),
        ("Which salon is the slowest?", [("Oak", 5.5, 2)]),
        ("salons in zone 3", [("Elm",)]),
        ("How far ahead do people book, on average?", [(24.75,)]),
        ("Did fees fall in 2024?", [("2024-01-01", 70, 30, 4 / 3)]),
        ("fees by level", None),
        ("Which salons took more than £50?", [("Elm", 70)]),
        ("salons that made over £20 in 2023", [("Oak", 30)]),
        ("how many visits took more than 20 minutes", None),
        ("how much money did we make in 2024", [(70,)]),
        ("visits by salon and type, top 1 combos", [("Elm", "TRIM", 2)]),
        ("the biggest single fee", [(40,)]),
    ],
)
def test_events_and_turns(
    question: str,
    rows: list[tuple[Any, ...]] | None,
    salon: Catalog,
    data: duckdb.DuckDBPyConnection,
) -> None:
    found = answered(question, salon, data)
    if rows is None or found is None:
        assert found == rows
        return
    plain = [tuple(str(v)[:10] if hasattr(v, "year") else v for v in row) for row in found]
    assert plain == [
        tuple(pytest.approx(v) if isinstance(v, float) else v for v in r) for r in rows
    ]
