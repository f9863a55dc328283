"""Two spaces that nobody has described, small enough to check by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest
import sqlglot
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, translate

Space = tuple[Catalog, duckdb.DuckDBPyConnection]

_HAULAGE = """
    CREATE TABLE hubs(hub_code VARCHAR, hub_name VARCHAR, country VARCHAR);
    INSERT INTO hubs VALUES ('KIE','Kiel','Germany'),('BRE','Brest','France'),
      ('LIL','Lille','France');
    CREATE TABLE drivers(driver_id INT, driver_name VARCHAR, country VARCHAR);
    INSERT INTO drivers VALUES (1,'Ann','Poland'),(2,'Bob','France');
    CREATE TABLE hauls(haul_id INT, left_on DATE, hub_out VARCHAR, hub_in VARCHAR, driver_id INT,
      pallets_loaded INT, pallets_damaged INT, fee_eur DECIMAL(8,2), hours DOUBLE,
      driver_age INT, axles INT);
    INSERT INTO hauls VALUES
      (1,'2024-01-02','KIE','BRE',1,40,4,900,11.5,31,3),
      (2,'2024-01-09','KIE','BRE',2,20,1,800,10.0,47,4),
      (3,'2024-02-03','BRE','KIE',1,30,0,700,12.0,31,3),
      (4,'2024-02-20','LIL','KIE',2,10,2,300,6.5,48,4),
      (5,'2024-03-04','KIE','LIL',2,50,3,650,7.0,48,4);
"""
_CANTEEN = """
    CREATE TABLE canteens(canteen_id INT, canteen_name VARCHAR, town VARCHAR);
    INSERT INTO canteens VALUES (1,'North Hall','Ayr'),(2,'Dock','Ayr'),(3,'Mill','Oban');
    CREATE TABLE dishes(dish_id INT, dish_name VARCHAR, kind VARCHAR);
    INSERT INTO dishes VALUES (1,'Stew','hot'),(2,'Salad','cold'),(3,'Pie','hot');
    CREATE TABLE servings(serving_no INT, served_on DATE, canteen_id INT, dish_id INT,
      shift VARCHAR, portions_made INT, portions_wasted INT, guest_rating INT);
    INSERT INTO servings VALUES
      (1,'2024-05-01',1,1,'noon',50,5,4),(2,'2024-05-01',1,1,'evening',40,10,3),
      (3,'2024-05-02',2,1,'noon',30,0,5),(4,'2024-05-02',2,3,'noon',60,6,4),
      (5,'2024-05-03',3,2,'noon',20,5,4),(6,'2024-05-04',1,3,'noon',70,7,3),
      (7,'2024-05-05',3,2,'evening',25,0,5);
"""
_WORKSHOP = """
    CREATE TABLE jobs(job_no INT, bench VARCHAR, received_at TIMESTAMP, quoted_at TIMESTAMP,
      repaired_at TIMESTAMP, talk_secs INT, deposit_pence INT, weight_g INT, refund_pence INT);
    INSERT INTO jobs VALUES
      (1,'A','2024-03-01 09:00','2024-03-01 10:00','2024-03-01 11:00',1800,3000,2500,100),
      (2,'A','2024-03-04 09:00','2024-03-04 09:30','2024-03-06 11:00',2400,1500,1000,0),
      (3,'B','2024-03-05 08:00','2024-03-05 12:00','2024-03-05 13:00',600,500,2000,0),
      (4,'B','2024-03-07 08:00','2024-03-07 12:00',NULL,600,0,0,0);
"""
_FERRY = """
    CREATE TABLE berths(berth_no INT, deck VARCHAR, sold_on DATE, sails_on DATE,
      scheduled_boarding TIMESTAMP, actual_boarding TIMESTAMP, list_price DECIMAL(8,2),
      price_paid DECIMAL(8,2), meals INT, bar_bill DECIMAL(8,2));
    INSERT INTO berths VALUES
      (1,'upper','2024-05-01','2024-05-08','2024-05-08 07:00','2024-05-08 07:30',120,100,2,0),
      (2,'upper','2024-05-01','2024-05-08','2024-05-08 08:00','2024-05-08 08:06',130,100,3,12),
      (3,'upper','2024-05-02','2024-05-09','2024-05-09 20:00','2024-05-09 20:00',50,50,1,8),
      (4,'lower','2024-05-03','2024-05-13','2024-05-13 22:00','2024-05-13 21:55',120,100,2,0);
"""
_LENDING = """
    CREATE TABLE shops(shop_id INT, shop_name VARCHAR, floor_sqm INT, visits INT);
    INSERT INTO shops VALUES (1,'Quay',50,600),(2,'Hill',20,100);
    CREATE TABLE games(game_id INT, title VARCHAR, kind VARCHAR, weight_g INT, cards INT);
    INSERT INTO games VALUES (1,'Tally','puzzle',700,40),(2,'Ravine','strategy',1500,120),
      (3,'Knot','puzzle',300,90);
    CREATE TABLE loans(loan_no INT, shop_id INT, game_id INT, borrowed_on DATE, due_on DATE,
      returned_on DATE, glue_g INT);
    INSERT INTO loans VALUES
      (1,1,1,'2024-05-01','2024-05-15','2024-05-11',20),
      (2,1,2,'2024-05-02','2024-05-16','2024-05-26',0),
      (3,2,3,'2024-05-03','2024-05-17','2024-05-18',40),
      (4,2,1,'2024-05-04','2024-05-18',NULL,0);
    CREATE TABLE sittings(sitting_no INT, shop_id INT, start_time TIMESTAMP, end_time TIMESTAMP);
    INSERT INTO sittings VALUES
      (1,1,'2024-05-01 10:00','2024-05-01 11:30'),(2,1,'2024-05-01 12:00','2024-05-01 12:30'),
      (3,2,'2024-05-02 10:00','2024-05-02 12:00');
"""


def _space(name: str, tables: list[str], sql: str) -> Space:
    connection = duckdb.connect()
    connection.execute(sql)
    return profile_space(infer_space(name, tables, connection), connection), connection


@pytest.fixture(scope="session")
def haulage() -> Space:
    return _space("haulage", ["hubs", "drivers", "hauls"], _HAULAGE)


@pytest.fixture(scope="session")
def canteen() -> Space:
    return _space("canteen", ["canteens", "dishes", "servings"], _CANTEEN)


@pytest.fixture(scope="session")
def lending() -> Space:
    return _space("lending", ["shops", "games", "loans", "sittings"], _LENDING)


@pytest.fixture(scope="session")
def ferry() -> Space:
    return _space("ferry", ["berths"], _FERRY)


@pytest.fixture(scope="session")
def workshop() -> Space:
    return _space("workshop", ["jobs"], _WORKSHOP)


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Callable[[str, str], tuple[str, list[Any]]]:
    """The description and the rows of an answer; the reason and no rows of a question back."""

    def ask(space: str, question: str) -> tuple[str, list[Any]]:
        catalog, connection = request.getfixturevalue(space)
        answer = translate(question, catalog)
        if not isinstance(answer, Answer):
            return answer.text, []
        sql = sqlglot.transpile(answer.sql, read="databricks", write="duckdb")[0]
        return answer.description, connection.cursor().execute(sql).fetchall()

    return ask


@pytest.fixture(scope="session")
def fly(flights: Catalog, flights_data: duckdb.DuckDBPyConnection) -> Space:
    return flights, flights_data


@pytest.fixture(scope="session")
def retail(shop: Catalog, shop_data: duckdb.DuckDBPyConnection) -> Space:
    return shop, shop_data
