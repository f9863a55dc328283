"""Ordinary wordings over a described space: states that have dates, plain rankings, own words."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import profile_space
from local_workspace.spaces.yaml_file import parse_space
from local_workspace.translate import Answer, translate

SPACE = """
title: Lost property
tables:
  - name: finds
    row: find
    synonyms: [item]
    time: found_at
    columns:
      - {name: found_at, role: time}
      - name: state
        role: dimension
        values: {R: [returned], W: [waiting]}
      - {name: back_on, role: time, label: date returned, synonyms: [returned]}
      - name: kind
        role: dimension
        synonyms: [type]
        values: {U: [umbrella, umbrellas], P: [phone, phones], G: [gloves]}
      - {name: days_kept, role: measure, aggregate: avg, label: storage time, unit: days}
      - {name: owner_age, role: measure, aggregate: avg, label: owner age, synonyms: [age]}
      - {name: office, role: id}
  - name: offices
    row: office
    label: office_nm
    columns:
      - {name: office_nm, role: dimension, label: office}
joins:
  - {name: office, many: finds.office, one: offices.office_id}
filters:
  - {name: late, table: finds, sql: hour(found_at) >= 18, synonyms: [evening], opposites: [by day, early]}
"""


@pytest.fixture(scope="module")
def lost():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE finds AS SELECT TIMESTAMP '2023-06-01' + INTERVAL (i * 7) HOUR AS found_at, "
        "CASE WHEN i % 3 = 0 THEN 'R' ELSE 'W' END AS state, "
        "CASE WHEN i % 3 = 0 THEN DATE '2023-07-15' + (i // 4)::INT END AS back_on, "
        "['U', 'P', 'G'][1 + i % 3] AS kind, CASE WHEN i % 2 = 0 THEN i % 9 END AS days_kept, "
        "20 + i % 50 AS owner_age, CASE WHEN i % 2 = 0 THEN 1 + i % 4 END AS office "
        "FROM range(2000) t(i)"
    )
    connection.execute(
        "CREATE TABLE offices AS SELECT * FROM (VALUES (1, 'North'), (3, 'South')) o(office_id, office_nm)"
    )
    return profile_space(parse_space(SPACE), connection)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("items returned per month", "date_trunc('MONTH', back_on)"),
        ("returned items per month", "date_trunc('MONTH', found_at)"),
        ("top 2 types in 2024", "LIMIT 2"),
        ("breakdown of types", "count(*)"),
        ("number of umbrellas in 2024", "kind = 'U'"),
        ("average age of phone owners", "avg(owner_age)"),
        ("evening items by month", "HOUR(found_at) >= 18"),
        ("finds Dec 24 by day", "found_at >= DATE'2024-12-01'"),
        ("items by day in May 2024", "CAST(found_at AS DATE)"),
        ("storage time by office", "days_kept IS NOT NULL"),
        ("storage time by type in days", "GROUP BY 1\n"),
        ("busiest month ever", "LIMIT 1"),
    ],
)
def test_ordinary_wording(lost, question, told):
    answer = translate(question, lost)
    assert isinstance(answer, Answer), answer.text
    assert told in answer.sql


@pytest.mark.parametrize(
    "question",
    [
        "finds Dec 24",
        "age of phone pets",
    ],
)
def test_what_is_not_clear_is_asked_back(lost, question):
    answer = translate(question, lost)
    assert not isinstance(answer, Answer), answer.sql


def test_ones_are_the_rows_of_the_earlier_question(lost):
    first = translate("number of finds by type", lost)
    assert isinstance(first, Answer)
    answer = translate("and the waiting ones?", lost, first.plan)
    assert isinstance(answer, Answer), answer.text
    assert "state = 'W'" in answer.sql
