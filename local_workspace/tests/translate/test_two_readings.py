"""Questions that can be read in two ways are asked back; where one way is left, it is taken."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from .conftest import run


@pytest.fixture(scope="module")
def inn_data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE guests(guest_id INT, guest_name VARCHAR, country VARCHAR);
        INSERT INTO guests VALUES (1,'Ann','Spain'),(2,'Bob','France'),(3,'Cid','Spain');
        CREATE TABLE rooms(room_id INT, room_name VARCHAR, floor VARCHAR, stars INT);
        INSERT INTO rooms VALUES (1,'Iris','ground','3'),(2,'Lily','upper','5');
        CREATE TABLE reservations(reservation_id INT, guest_id INT, room_id INT, booked_on DATE,
          nights INT, guests INT, total_price DECIMAL(8,2), channel VARCHAR, status VARCHAR);
        INSERT INTO reservations VALUES
          (1,1,1,'2023-01-05',2,1,100,'web','kept'),(2,1,2,'2023-02-05',3,2,300,'phone','kept'),
          (3,2,1,'2023-03-05',1,4,80,'web','cancelled'),(4,3,2,'2024-01-09',5,3,500,'web','kept'),
          (5,3,2,'2024-02-09',4,2,410,'phone','kept'),(6,3,1,'2024-03-09',7,1,350,'web','kept');
        """
    )
    return connection


@pytest.fixture(scope="module")
def inn(inn_data: duckdb.DuckDBPyConnection) -> Catalog:
    return profile_space(
        infer_space("inn", ["reservations", "guests", "rooms"], inn_data), inn_data
    )


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how many guests from Spain", [(2,)]),
        ("guests with more than 2 reservations", [("Cid", 3)]),
        ("reservations with more than 2 guests", [(2,)]),
        ("average nights per reservation per channel", [("web", 3.75), ("phone", 3.5)]),
        ("reservations excluding Iris by country of the guest", [("Spain", 3)]),
        ("number of guests from France and Spain", [(3,)]),
    ],
)
def test_one_reading_is_left(question, rows, inn, inn_data):
    answer = translate(question, inn)
    assert isinstance(answer, Answer), answer
    _, found = run(inn_data, answer.sql)
    assert sorted(tuple(row)[: len(rows[0])] for row in found) == sorted(rows)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("guests by channel", "guests"),
        ("reservations by guests from Spain", "for each of the guests"),
        ("how many guests booked Iris and Lily", "“and”"),
        ("how many guests came both in 2023 and 2024", ""),
        ("average review for stays longer than 2 nights", "“review”"),
        ("who booked the most nights?", "“who”"),
        ("what is the total value of kept reservations", "“value”"),
        ("average number of different rooms per guest", "cannot be averaged"),
        ("reservations room in 2023", "by room"),
    ],
)
def test_two_readings_are_asked_back(question, says, inn):
    answer = translate(question, inn)
    assert isinstance(answer, Clarification), answer
    assert says in answer.text
