"""Short names of measures, and what is left out after it is named."""

from __future__ import annotations

import duckdb
import pytest
from local_workspace.spaces import profile_space
from local_workspace.spaces.yaml_file import parse_space
from local_workspace.translate import Answer, translate

SPACE = """
title: Zoo
tables:
  - name: visits
    row: visit
    time: day
    columns:
      - {name: day, role: time}
      - {name: gate, role: dimension}
      - {name: ticket_eur, role: measure, aggregate: sum, label: gate revenue, unit: EUR}
      - {name: smile, role: measure, aggregate: avg, label: visitor score}
  - name: shop_sales
    row: till receipt
    time: till_day
    columns:
      - {name: till_day, role: time}
      - name: kind
        role: dimension
        values: {T: [toys], F: [food]}
      - {name: eur, role: measure, aggregate: sum, label: shop sales, unit: EUR, synonyms: [shop income]}
measures:
  - {name: average basket price, table: shop_sales, sql: "sum(eur) / nullif(count(*), 0)"}
"""


@pytest.fixture(scope="module")
def zoo():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE visits AS SELECT DATE '2024-01-01' + i::INT AS day, 'G' || (i % 3) AS gate, "
        "10.0 + i AS ticket_eur, CASE WHEN i > 3 THEN i % 5 END AS smile FROM range(60) t(i)"
    )
    connection.execute(
        "CREATE TABLE shop_sales AS SELECT DATE '2024-01-01' + i::INT AS till_day, "
        "CASE WHEN i % 2 = 0 THEN 'T' ELSE 'F' END AS kind, 3.0 + i AS eur FROM range(60) t(i)"
    )
    return profile_space(parse_space(SPACE), connection)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("average score by gate", "avg(smile)"),
        ("toys sales by month", "sum(eur)"),
        ("price by kind", "SUM(eur) / NULLIF(COUNT(*), 0)"),
        ("basket price by kind", "SUM(eur) / NULLIF(COUNT(*), 0)"),
        ("shop sales by month", "sum(eur)"),
        ("visitor score by gate, G1 excluded", "(gate <> 'G1' OR gate IS NULL)"),
        ("visits w/o a score", "smile IS NULL"),
    ],
)
def test_short_name_of_a_measure(zoo, question, told):
    answer = translate(question, zoo)
    assert isinstance(answer, Answer), answer.text
    assert told in answer.sql


@pytest.mark.parametrize(
    "question",
    ["income by month", "visit income by gate", "visit sales by gate", "toys rating by month"],
)
def test_a_word_that_two_measures_may_mean_is_asked_back(zoo, question):
    answer = translate(question, zoo)
    assert not isinstance(answer, Answer), answer.sql


def test_what_points_back_is_no_question_of_its_own(zoo):
    first = translate("How many visits in January 2024?", zoo)
    assert isinstance(first, Answer)
    assert not isinstance(translate("and how much shop sales was that?", zoo, first.plan), Answer)
