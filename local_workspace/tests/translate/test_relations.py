"""Verbs that only tie two known things go; those that tell rows apart are never dropped."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from .conftest import run


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE vessels(vessel_id INT, vessel_name VARCHAR);
        INSERT INTO vessels VALUES (1,'Celtic Queen'),(2,'Northern Star'),(3,'Isle of Skye');
        CREATE TABLE sailings(sailing_id INT, sailing_date DATE, vessel_id INT, port VARCHAR,
          passengers INT, cancelled BOOLEAN);
        INSERT INTO sailings VALUES (1,'2024-01-05',1,'Dover',400,false),
          (2,'2024-01-09',2,'Hull',250,false),(3,'2024-02-11',1,'Dover',300,false),
          (4,'2024-02-20',3,'Hull',0,true);
        CREATE TABLE teachers(teacher_id INT, teacher_name VARCHAR, subject VARCHAR);
        INSERT INTO teachers VALUES (1,'Anil Mehta','Physics'),(2,'Sunita Rao','Maths');
        CREATE TABLE classes(class_id INT, class_date DATE, teacher_id INT, centre VARCHAR,
          hours DOUBLE);
        INSERT INTO classes VALUES (1,'2024-01-03',1,'Pune',1.5),(2,'2024-01-04',2,'Kota',2),
          (3,'2024-03-01',2,'Pune',1);
        """
    )
    return connection


@pytest.fixture(scope="module")
def catalogs(data: duckdb.DuckDBPyConnection) -> dict[str, Catalog]:
    spaces = {"ferry": ["vessels", "sailings"], "school": ["teachers", "classes"]}
    return {k: profile_space(infer_space(k, names, data), data) for k, names in spaces.items()}


@pytest.mark.parametrize(
    ("space", "question", "rows"),
    [
        ("ferry", "How many passengers did each vessel carry in 2024?",
         [("Celtic Queen", 700), ("Isle of Skye", 0), ("Northern Star", 250)]),
        ("ferry", "passengers carried by port", [("Dover", 700), ("Hull", 250)]),
        ("ferry", "which vessel carried the most passengers?", [("Celtic Queen", 700)]),
        ("ferry", "how many sailings were run by the Celtic Queen", [(2,)]),
        ("ferry", "vessels carrying over 240 passengers",
         [("Celtic Queen", 700), ("Northern Star", 250)]),
        ("school", "classes held at each centre", [("Kota", 1), ("Pune", 2)]),
        ("school", "who teaches the most classes?", [("Sunita Rao", 2)]),
        ("school", "classes taught by Sunita Rao", [(2,)]),
        ("school", "hours spent by centre", [("Kota", 2), ("Pune", 2.5)]),
        ("school", "classes carried out in Pune", [(2,)]),
    ],
)  # fmt: skip
def test_verbs_between_known_things_add_nothing(space, question, rows, catalogs, data):
    answer = translate(question, catalogs[space])
    assert isinstance(answer, Answer), answer
    found = [tuple(row[: len(rows[0])]) for row in run(data, answer.sql)[1]]
    assert sorted(found) == sorted(rows), answer.sql


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("ferry", "sailings returned by port"),
        ("ferry", "passengers refunded by port"),
        ("ferry", "no. of sailings operated by month"),  # one was cancelled
        ("ferry", "sailings that did not run"),
        ("ferry", "passengers carried over 240 by vessel"),
        ("ferry", "highest run"),
        ("ferry", "vessel runs by month"),
        ("school", "classes cancelled by centre"),
        ("school", "teachers hired by month"),
    ],
)
def test_what_may_tell_rows_apart_is_asked_back(space, question, catalogs):
    assert isinstance(translate(question, catalogs[space]), Clarification)


def test_who_did_it_is_the_part_of_a_share(catalogs, data):
    answer = translate("what share of sailings was run by the Celtic Queen", catalogs["ferry"])
    assert isinstance(answer, Answer), answer
    assert run(data, answer.sql)[1] == [(0.5,)], answer.sql
