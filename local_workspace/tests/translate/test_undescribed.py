"""Tables that nobody has described: parts of names, word families, near-equal words, directions."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate
from local_workspace.translate.forms import family, is_participle

from .conftest import plain, run


@pytest.fixture(scope="module")
def depot_data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE drivers(driver_id INT, driver_name VARCHAR, home_town VARCHAR, gender VARCHAR);
        INSERT INTO drivers VALUES (1,'Ann','Leeds','F'),(2,'Bob','York','M'),(3,'Cid','York','M');
        CREATE TABLE parcels(parcel_id INT, shipped_on DATE, returned_on DATE, driver_id INT,
          origin_hub VARCHAR, destination_hub VARCHAR, weight_kg DOUBLE, handling_fee DECIMAL(8,2),
          transit_days INT, service VARCHAR, damaged BOOLEAN, rating INT);
        INSERT INTO parcels VALUES
          (1,'2023-01-05',NULL,1,'Leeds','York',10,5,2,'express',false,5),
          (2,'2023-01-20','2023-03-01',1,'York','Leeds',30,9,4,'standard',true,NULL),
          (3,'2023-02-11',NULL,2,'Leeds','Hull',20,7,3,'standard',false,4),
          (4,'2023-02-14','2023-03-20',2,'Hull','York',40,8,6,'express',false,NULL),
          (5,'2024-01-01',NULL,2,'Leeds','York',50,11,5,'Team',true,3),
          (6,'2024-03-05','2024-04-02',3,'Leeds','Hull',25,6,1,'standard',false,2);
        """
    )
    return connection


@pytest.fixture(scope="module")
def depot(depot_data: duckdb.DuckDBPyConnection) -> Catalog:
    space = infer_space("depot", ["parcels", "drivers"], depot_data)
    return profile_space(space, depot_data)


ANSWERED: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("total fee by destination", [("York", 24), ("Hull", 13), ("Leeds", 9)]),
    ("how many consignments in 2023", [(4,)]),
    ("parcels from Leeds to York", [(2,)]),
    ("parcels out of Leeds", [(4,)]),
    ("returns by month in 2023", [("2023-03-01", 2)]),
    ("heaviest parcel", [(50,)]),
    (
        "fee per kilogram by service, highest first",
        [("express", 0.26), ("standard", 0.293), ("Team", 0.22)],
    ),
    ("parcels for women vs men", [("F", 2), ("M", 4)]),
    ("damaged vs undamaged parcels", [(False, 4), (True, 2)]),
    ("number of parcels that were never rated", [(2,)]),
    ("parcel count by service", [("standard", 3), ("express", 2), ("Team", 1)]),
    ("parcels not returned", [(3,)]),
    ("parcels for Team", [(1,)]),
    ("January and February 2023 parcels", [(4,)]),
    ("which drivers have an above-average number of parcels", [("Bob",)]),
    ("how long do parcels take on average", [(3.5,)]),
    ("the slowest driver", [("Bob",)]),
    ("share of parcels that were express by origin", [("Leeds", 0.25), ("York", 0), ("Hull", 1)]),
    ("fee as a share of weight by driver", [("Ann", 0.35), ("Bob", 0.236), ("Cid", 0.24)]),
    ("average rating per service", [("express", 5), ("standard", 3), ("Team", 3)]),
    ("what percentage of fees was made in 2024", [(0.37,)]),
    ("growth in parcels 2023 to 2024", [("2024-01-01", 2)]),
    ("how many parcels per month on average", [(1.5,)]),
    ("drivers who shipped more than 2 times", [("Bob",)]),
]


@pytest.mark.parametrize(("question", "rows"), ANSWERED, ids=[q for q, _ in ANSWERED])
def test_answers(
    question: str,
    rows: list[tuple[Any, ...]],
    depot: Catalog,
    depot_data: duckdb.DuckDBPyConnection,
) -> None:
    answer = translate(question, depot)
    assert isinstance(answer, Answer), answer
    found = run(depot_data, answer.sql)[1]
    width = len(rows[0])
    shown = {tuple(plain(v) for v in row[:width]) for row in found}
    assert shown == {tuple(plain(v) for v in row) for row in rows}, answer.sql


@pytest.mark.parametrize(
    "question",
    [
        "parcels to Bristol",
        "parcels by hub",
        "tracking cost per parcel",
        "share of Team by driver",
        "parcels of express and of standard returned by gender vs Hull",
        "fee per day of stay",
        "open parcels",
        "largest driver",
        "parcels for team",
        "shipped and returned by month",
    ],
)
def test_asks_back(question: str, depot: Catalog) -> None:
    assert isinstance(translate(question, depot), Clarification), translate(question, depot)


def test_word_families() -> None:
    assert {"shipped", "ship", "shipping"} <= set(family("shipment"))
    assert "admission" in family("admitted")
    assert "cancellation" in family("cancelled")
    assert family("department") == ()
    assert is_participle("delivered") and not is_participle("delivery")
