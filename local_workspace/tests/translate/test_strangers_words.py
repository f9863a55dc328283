"""Words of strangers over data nobody described: jargon, spellings, states, values like dates."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate
from local_workspace.translate.spellings import british

from .conftest import plain, run


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE clubs(club_id INT, club_name VARCHAR, town VARCHAR);
        INSERT INTO clubs VALUES (1,'Swim','York'),(2,'Chess','Leeds'),(3,'Judo','York');
        CREATE TABLE classes(class_id INT, held_on DATE, club_id INT, term VARCHAR, level VARCHAR,
          membership VARCHAR, fee DECIMAL(8,2), hours INT, no_show BOOLEAN, finished BOOLEAN,
          colour VARCHAR);
        INSERT INTO classes VALUES
          (1,'2023-01-10',1,'Autumn 2023','check-up','gold',10,1,false,true,'red'),
          (2,'2023-10-10',1,'Autumn 2023','check-up','gold',20,2,true,false,'blue'),
          (3,'2023-11-10',2,'Spring 2024','follow-up','silver',30,1,true,true,'red'),
          (4,'2024-01-10',2,'Spring 2024','follow-up','silver',40,3,false,true,'red'),
          (5,'2024-10-10',3,'Spring 2024','check-up','gold',50,2,false,false,'blue'),
          (6,'2024-11-20',1,'Autumn 2023','check-up','silver',60,1,true,true,'blue');
        """
    )
    return connection


@pytest.fixture(scope="module")
def clubs(data: duckdb.DuckDBPyConnection) -> Catalog:
    return profile_space(infer_space("clubs", ["classes", "clubs"], data), data)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("avg fee of check-ups", [(35,)]),
        ("avg. fee for check ups by color", [("red", 10), ("blue", 130 / 3)]),
        ("total fee in Autumn 2023", [(90,)]),
        ("total fees in the Spring 2024", [(120,)]),
        ("classes in Autumn 2023 vs Spring 2024", [("Autumn 2023", 3), ("Spring 2024", 3)]),
        ("how many no-shows", [(3,)]),
        ("share of no-shows by term", [("Autumn 2023", 2 / 3), ("Spring 2024", 1 / 3)]),
        ("top 1 club by no-shows", [("Swim", 2)]),
        ("which club has the most no-shows?", [("Swim", 2)]),
        ("completion rate by membership", [("gold", 1 / 3), ("silver", 1)]),
        ("classes by membership type", [("gold", 3), ("silver", 3)]),
        ("fee growth in 2024", [("2024-01-01", 150, 60, 1.5)]),
        ("yoy growth of fees in Q4", [("2023-10-01", 50, None), ("2024-10-01", 110, 50)]),
    ],
)
def test_answers(
    question: str, rows: list[tuple[Any, ...]], clubs: Catalog, data: duckdb.DuckDBPyConnection
) -> None:
    answer = translate(question, clubs)
    assert isinstance(answer, Answer), answer
    found = [tuple(plain(v) for v in row[: len(rows[0])]) for row in run(data, answer.sql)[1]]
    wanted = [tuple(plain(v) for v in row) for row in rows]
    assert sorted(map(str, found)) == sorted(map(str, wanted)), answer.sql


def test_a_change_of_years_is_of_whole_years(clubs: Catalog) -> None:
    answer = translate("fee growth by year, from March 2023 to June 2024", clubs)
    assert isinstance(answer, Clarification)


JARGON = [
    ("aov by region", "average order value by region"),
    ("top line by month", "revenue by month"),
    ("bottom line by region", "profit by region"),
    ("avg qty per order", "average quantity per order"),
    ("rev by prod cat", "revenue by product category"),
]


@pytest.mark.parametrize(("short", "long"), JARGON)
def test_jargon_means_the_long_words(short: str, long: str, shop: Catalog) -> None:
    told, said = translate(short, shop), translate(long, shop)
    assert isinstance(said, Answer), said
    assert isinstance(told, Answer), told
    assert told.sql == said.sql


@pytest.mark.parametrize(
    ("american", "spelled"),
    [
        ("color", "colour"),
        ("organization", "organisation"),
        ("center", "centre"),
        ("canceled", "cancelled"),
        ("sized", "sized"),
        ("order", "order"),
        ("customer", "customer"),
    ],
)
def test_spellings_are_one(american: str, spelled: str) -> None:
    assert british(american) == spelled
