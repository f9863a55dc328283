"""Tables as systems name them: abbreviations, cents, flags, and filters of tables that rows lead to."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.spaces.model import NamedFilter
from local_workspace.spaces.names import label_and_unit
from local_workspace.translate import Answer, Clarification, translate

from .conftest import run


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE stations(stn_cd VARCHAR, stn_nm VARCHAR, is_airport INT, is_open INT);
        INSERT INTO stations VALUES ('A','Lyon Airport',1,1),('B','Lyon Centre',0,1),
          ('C','Nice Centre',0,0);
        CREATE TABLE campaigns(camp_id INT, camp_nm VARCHAR);
        INSERT INTO campaigns VALUES (1,'Spring'),(2,'Autumn');
        CREATE TABLE hires(hire_no INT, hire_dt DATE, stn_cd VARCHAR, camp_id INT, pay_meth VARCHAR,
          amt_net DECIMAL(8,2), weight_kg DOUBLE, trip_km INT, cust_typ VARCHAR);
        INSERT INTO hires VALUES
          (1,'2024-01-01','A',1,'CARD',100,10,500,'B'),(2,'2024-02-01','A',NULL,'CASH',300,20,50,'P'),
          (3,'2024-03-01','B',NULL,'CARD',200,30,700,'P'),(4,'2024-04-01','C',2,'CARD',50,40,90,'B'),
          (5,'2024-05-01','B',1,'CASH',70,50,80,'P'),(6,'2024-06-01','A',NULL,'CASH',900,60,60,'P');
        CREATE TABLE grants(grant_no INT, grant_dt DATE, amt DECIMAL(8,2));
        INSERT INTO grants VALUES (1,'2024-01-01',1000),(2,'2024-02-01',2000);
        """
    )
    return connection


@pytest.fixture(scope="module")
def hires(data: duckdb.DuckDBPyConnection) -> Catalog:
    space = infer_space("hires", ["hires", "stations", "campaigns", "grants"], data)
    return profile_space(space, data)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("revenue by payment method", [("CARD", 350), ("CASH", 1270)]),
        ("hires by customer type", [("B", 2), ("P", 4)]),
        ("income in 2024", [(1620,)]),
        ("average hire value by station", [
            ("Lyon Airport", 1300 / 3), ("Lyon Centre", 135), ("Nice Centre", 50)]),
        ("hires over 400 km", [(2,)]),
        ("hires over £250", [(2,)]),
        ("revenue of airport stations", [(1300,)]),
        ("share of revenue from airport stations", [(1300 / 1620,)]),
        ("which campaign has the most revenue?", [("Spring", 170)]),
        ("how much revenue at airport stations by payment method", [
            ("CARD", 100), ("CASH", 1200)]),
    ],
)  # fmt: skip
def test_answers(
    question: str, rows: list[tuple[Any, ...]], hires: Catalog, data: duckdb.DuckDBPyConnection
) -> None:
    answer = translate(question, hires)
    assert isinstance(answer, Answer), answer
    found = [_plain(row[: len(rows[0])]) for row in run(data, answer.sql)[1]]
    assert sorted(found) == sorted(map(_plain, rows)), answer.sql


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(v if isinstance(v, str) else round(float(v), 3) for v in row)


def test_what_is_granted_is_no_income(hires: Catalog) -> None:
    answer = translate("income of grants by month", hires)
    assert isinstance(answer, Clarification), answer


def test_a_filter_told_of_two_tables_of_one_kind_is_asked_back(
    data: duckdb.DuckDBPyConnection,
) -> None:
    data.execute(
        "CREATE OR REPLACE TABLE moves(move_no INT, from_stn VARCHAR, to_stn VARCHAR, kg INT);"
        "INSERT INTO moves VALUES (1,'A','B',5),(2,'B','C',6),(3,'C','A',7),(4,'B','A',8)"
    )
    space = infer_space("moves", ["moves", "stations"], data)
    marked = NamedFilter(name="big", table="stations", sql="is_airport = 1 AND is_open = 1")
    space = space.model_copy(update={"filters": [*space.filters, marked]})
    answer = translate("how many moves of big stations", profile_space(space, data))
    assert isinstance(answer, Clarification), answer


@pytest.mark.parametrize(
    ("name", "label", "unit"),
    [
        ("amt_ct", "amount", "cents"),
        ("price_per_kg", "price per kg", None),
        ("weight_kg", "weight", "kg"),
        ("cust_nm", "customer name", None),
        ("dt_booked", "date booked", None),
        ("Loss (l)", "loss", "l"),
        ("Rating (1-5)", "rating", None),
        ("ABV %", "abv", "%"),
    ],
)
def test_labels(name: str, label: str, unit: str | None) -> None:
    assert label_and_unit(name) == (label, unit)


@pytest.fixture(scope="module")
def levels_data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE depots(depot_id INT, depot_name VARCHAR, city VARCHAR);
        INSERT INTO depots VALUES (1,'Hull','Hull'),(2,'York','York');
        CREATE TABLE stock_levels(level_date DATE, depot_id INT, pallets INT);
        INSERT INTO stock_levels
          SELECT DATE '2024-01-01' + INTERVAL (n) MONTH, d, 10 * d + n
          FROM range(6) AS months(n), range(1, 3) AS depots(d);
        CREATE TABLE loads(load_id INT, loaded_on DATE, depot_id INT, weight_kg DOUBLE);
        INSERT INTO loads VALUES (1,'2024-01-03',1,10),(2,'2024-02-03',2,30),(3,'2024-02-05',2,50);
        """
    )
    return connection


@pytest.fixture(scope="module")
def levels(levels_data: duckdb.DuckDBPyConnection) -> Catalog:
    space = infer_space("levels", ["loads", "depots", "stock_levels"], levels_data)
    return profile_space(space, levels_data)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("pallets by depot in March 2024", [("Hull", 12), ("York", 22)]),
        ("average pallets by depot", [("Hull", 12.5), ("York", 22.5)]),
        ("How many pallets are there now, by depot?", [("Hull", 15), ("York", 25)]),
        ("current pallets", [(40,)]),
        ("how many depots do we have now", [(2,)]),
        ("loaded weight by depot", [("Hull", 10), ("York", 80)]),
        ("average weight by depot", [("Hull", 10), ("York", 40)]),
    ],
)
def test_levels(
    question: str,
    rows: list[tuple[Any, ...]],
    levels: Catalog,
    levels_data: duckdb.DuckDBPyConnection,
) -> None:
    answer = translate(question, levels)
    assert isinstance(answer, Answer), answer
    found = [_plain(row[: len(rows[0])]) for row in run(levels_data, answer.sql)[1]]
    assert sorted(found) == sorted(map(_plain, rows)), answer.sql


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("pallets by depot", "cannot be added up"),
        ("total pallets by quarter", "cannot be added up"),
        ("weight by depot", "total weight or the average"),
        ("and how many of those", "ask it in full"),
    ],
)
def test_levels_asked_back(question: str, says: str, levels: Catalog) -> None:
    answer = translate(question, levels)
    assert isinstance(answer, Clarification), answer
    assert says in answer.text
