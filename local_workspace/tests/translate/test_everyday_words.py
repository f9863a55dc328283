"""Everyday words for terse columns and codes of tables that nobody has described."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from .conftest import plain, run


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE pickups(pickup_no INT, coll_dt DATE, veh_no VARCHAR, wt_kg INT, crew_sz INT,
          sts VARCHAR, pay_meth VARCHAR, ctry VARCHAR, hours DOUBLE, disc_pct INT, fuel VARCHAR,
          signed_by VARCHAR, settled_on DATE, fell_through VARCHAR);
        INSERT INTO pickups VALUES
          (1,'2024-01-03','T1',100,2,'DONE','DD','DE',2,10,'diesel','Al','2024-02-01','N'),
          (2,'2024-01-09','T2',300,3,'CANC','DD','FR',4,20,'petrol','Bo',NULL,'Y'),
          (3,'2024-02-03','T1',200,2,'DONE','CHQ','DE',3,0,'diesel','Al','2024-03-01','N'),
          (4,'2024-02-11','T1',150,3,'NOSH','CHQ','GB',1,30,'petrol','Al',NULL,'N');
        CREATE TABLE seats(seat_no INT, sold_on DATE, price_gbp DECIMAL(8,2), kick_off VARCHAR,
          hall VARCHAR, member_id INT);
        INSERT INTO seats VALUES (1,'2024-01-01',20,'19:30','Main',1),
          (2,'2024-01-01',30,'14:00','Main',NULL),(3,'2024-02-01',25,'19:30','Studio',2);
        CREATE TABLE lessons(lesson_id INT, taken_at TIMESTAMP, price_paid_usd DECIMAL(8,2),
          topic VARCHAR);
        INSERT INTO lessons VALUES (1,'2024-01-01',10,'Piano'),(2,'2024-01-02',15,'Piano'),
          (3,'2024-03-02',40,'Drums');
        CREATE TABLE checkups(checkup_id INT, checked_on DATE, weight_kg DOUBLE, clinic VARCHAR);
        INSERT INTO checkups VALUES (1,'2024-01-01',70,'A'),(2,'2024-01-02',80,'A');
        CREATE TABLE jobs(job_no INT, job_dt DATE, trade_cd VARCHAR, prio VARCHAR, cost_gbp DOUBLE,
          handover_min DOUBLE, kind VARCHAR, remote_ok VARCHAR);
        INSERT INTO jobs VALUES (1,'2024-01-01','PLM','E',10,5,'FLT','Y'),
          (2,'2024-01-02','HTG','R',20,15,'HSE','N'),(3,'2024-01-03','PLM','R',60,10,'HSE','N');
        CREATE TABLE stays(stay_id INT, check_in DATE, guest_id INT, room_rate DOUBLE, nights INT);
        INSERT INTO stays VALUES (1,'2024-01-01',1,100,2),(2,'2024-02-01',1,120,3);
        CREATE TABLE guests(guest_id INT, guest_name VARCHAR, town VARCHAR);
        INSERT INTO guests VALUES (1,'Ann','York'),(2,'Bob','Hull');
        CREATE TABLE gifts(gift_id INT, gift_dt DATE, amount DOUBLE, pay_meth VARCHAR);
        INSERT INTO gifts VALUES (1,'2024-01-01',10,'CC'),(2,'2024-02-01',30,'DD');
        CREATE TABLE order_lines(line_id INT, ordered_on DATE, qty INT, unit_price DECIMAL(8,2),
          shop VARCHAR);
        INSERT INTO order_lines VALUES (1,'2024-01-01',2,5,'N'),(2,'2024-01-02',3,4,'S');
        """
    )
    return connection


def space_of(data: duckdb.DuckDBPyConnection, *tables: str) -> Catalog:
    return profile_space(infer_space("own", tables, data), data)


ANSWERED: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("pickups", "weight by vehicle", [("T1", 450), ("T2", 300)]),
    ("pickups", "top lorries by kilos collected", [("T1", 450), ("T2", 300)]),
    ("pickups", "average weight by vehicle", [("T1", 150), ("T2", 300)]),
    ("pickups", "average crew size by fuel type", [("diesel", 2), ("petrol", 3)]),
    ("pickups", "cancellation rate", [(0.25,)]),
    ("pickups", "how many no-shows", [(1,)]),
    ("pickups", "pickups by direct debit", [(2,)]),
    ("pickups", "kilos in Germany", [(300,)]),
    ("pickups", "average pickup length by fuel", [("diesel", 2.5), ("petrol", 2.5)]),
    ("pickups", "average discount rate", [(15,)]),
    ("pickups", "pickups by person", [("Al", 3), ("Bo", 1)]),
    ("pickups", "unsettled pickups by fuel", [("petrol", 2)]),
    ("pickups", "fall-through rate", [(0.25,)]),
    ("seats", "seat revenue by hall", [("Main", 50), ("Studio", 25)]),
    ("seats", "income by month", [("2024-01-01", 50), ("2024-02-01", 25)]),
    ("seats", "average price by hall", [("Main", 25), ("Studio", 25)]),
    ("seats", "seats by kick off time", [("14:00", 1), ("19:30", 2)]),
    ("lessons", "price paid by topic", [("Drums", 40), ("Piano", 25)]),
    ("lessons", "takings by topic", [("Drums", 40), ("Piano", 25)]),
    ("lessons", "average price paid by topic", [("Drums", 40), ("Piano", 12.5)]),
    ("jobs", "plumbing jobs", [(2,)]),
    ("jobs", "average cost of heating jobs", [(20,)]),
    ("jobs", "jobs in houses by priority", [("R", 2)]),
    ("jobs", "emergency jobs", [(1,)]),
    ("jobs", "average handover time", [(10,)]),
    ("jobs", "how many remote jobs", [(1,)]),
    ("jobs", "breakdown of trade types", [("HTG", 1), ("PLM", 2)]),
    ("stays guests", "arrivals in January 2024", [(1,)]),
    ("stays guests", "total nights and average rate", [(5, 110)]),
    ("stays guests", "how many people from York stayed", [(1,)]),
    ("gifts", "average gift", [(20,)]),
    ("gifts", "largest gift by payment method", [("CC", 10), ("DD", 30)]),
    ("order_lines", "revenue by shop", [("N", 10), ("S", 12)]),
]


@pytest.mark.parametrize(("table", "question", "rows"), ANSWERED, ids=[q for _, q, _ in ANSWERED])
def test_answers(
    table: str, question: str, rows: list[tuple[Any, ...]], data: duckdb.DuckDBPyConnection
) -> None:
    answer = translate(question, space_of(data, *table.split()))
    assert isinstance(answer, Answer), answer
    found = [tuple(map(plain, row[: len(rows[0])])) for row in run(data, answer.sql)[1]]
    assert sorted(found) == sorted(tuple(map(plain, row)) for row in rows), answer.sql


@pytest.mark.parametrize(
    ("table", "question"),
    [
        ("jobs", "pluming and painting jobs"),
        ("jobs", "carpentry jobs"),
        ("gifts", "average gift per month"),
        ("checkups", "weight by clinic"),
        ("pickups", "pickups in Belgium"),
        ("pickups", "buses by fuel"),
        ("pickups", "revenue by fuel"),
        ("seats", "total revenue from kiosks"),
        ("order_lines", "profit by shop"),
    ],
)
def test_asks_back(table: str, question: str, data: duckdb.DuckDBPyConnection) -> None:
    answer = translate(question, space_of(data, *table.split()))
    assert isinstance(answer, Clarification), answer


def test_a_film_is_no_title_where_titles_are_of_several_kinds() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE titles(title_id INT, title VARCHAR, kind VARCHAR);"
        "INSERT INTO titles VALUES (1,'Up','film'),(2,'Dark','series')"
    )
    answer = translate(
        "how many films", profile_space(infer_space("t", ["titles"], connection), connection)
    )
    assert isinstance(answer, Answer)
    assert run(connection, answer.sql)[1] == [(1,)]
