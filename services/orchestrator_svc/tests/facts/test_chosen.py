"""Nothing false is told of rows that a query picked, of one place, or of periods by name."""

from __future__ import annotations

from datetime import date

import pytest
from aislides.deck.v1.fact_pb2 import Fact
from orchestrator_svc.deck.conditions import conditions
from orchestrator_svc.facts.chosen import named_periods, picked
from orchestrator_svc.facts.search import find_facts
from result_building import result

TEN = "SELECT id, store, revenue FROM sales ORDER BY revenue DESC LIMIT 4"
SECONDS = (
    "SELECT category, product, sum(units) AS units FROM sales GROUP BY 1, 2 "
    "QUALIFY row_number() OVER (PARTITION BY category ORDER BY sum(units) DESC) = 2"
)
HALVES = (
    "SELECT CASE WHEN (day >= DATE'2024-01-01' AND day < DATE'2024-07-01') THEN 'H1 2024' "
    "WHEN (day >= DATE'2023-01-01' AND day < DATE'2023-07-01') THEN 'H1 2023' END AS period, "
    "sum(revenue) AS total_revenue FROM sales GROUP BY 1"
)


def sentences(facts: list[Fact]) -> str:
    return " ".join(span.text for fact in facts for span in fact.sentence.spans)


@pytest.mark.parametrize(
    ("sql", "rows", "told"),
    [
        (TEN, 4, True),
        (TEN, 3, False),
        (TEN.replace("LIMIT 4", ""), 4, False),
        ("SELECT store, sum(r) AS r FROM sales GROUP BY 1 ORDER BY 2 DESC LIMIT 4", 4, False),
        ("SELECT store, sum(r) AS r FROM s GROUP BY 1 ORDER BY 2 LIMIT 4 OFFSET 4", 4, True),
        ("SELECT store, sum(r) AS r FROM s GROUP BY 1 ORDER BY 2 LIMIT 1 OFFSET 1", 1, False),
        (SECONDS, 3, True),
        (SECONDS.replace("= 2", "= 1"), 3, False),
        (SECONDS.replace("= 2", "<= 2"), 6, False),
        ("not sql", 3, False),
        ("", 3, False),
    ],
)
def test_rows_that_are_picked_for_their_place(sql, rows, told):
    assert picked(sql, rows) is told


def test_nothing_is_told_of_a_few_single_rows():
    rows = [(n, store, 900.0 - n) for n, store in enumerate(("East", "East", "West", "North"))]
    assert find_facts([result("id store revenue", rows, sql=TEN)]) == []
    assert find_facts([result("id store revenue", rows, sql=TEN.replace(" LIMIT 4", ""))])


def test_second_places_have_no_first():
    rows = [("a", "Pole", 12), ("b", "Boot", 9), ("c", "Vest", 4)]
    assert find_facts([result("category product units", rows, sql=SECONDS)]) == []


def test_one_place_is_told_with_its_name():
    sql = "SELECT store, sum(r) AS total_revenue FROM s GROUP BY 1 ORDER BY 2 DESC LIMIT 1 OFFSET 1"
    facts = find_facts([result("store total_revenue", [("Bay", 120.0)], sql=sql)])
    assert [value.name for value in facts[0].values] == ["value", "group"]
    assert "Total revenue of " in sentences(facts)


def test_periods_by_name_are_compared_and_not_added_up():
    assert named_periods(HALVES)
    assert not named_periods("SELECT CASE WHEN hour < 12 THEN 'am' END AS part FROM s GROUP BY 1")
    told = sentences(
        find_facts(
            [result("period total_revenue", [("H1 2024", 9.0), ("H1 2023", 7.0)], sql=HALVES)]
        )
    )
    assert "highest total revenue" in told
    assert "overall" not in told
    assert "of the total" not in told


def test_running_totals_are_not_added_up():
    rows = [(date(2024, month, 1), 10.0, 10.0 * month) for month in range(1, 9)]
    sql = (
        "WITH periods AS (SELECT m, sum(r) AS total_revenue FROM s GROUP BY 1) SELECT m, "
        "total_revenue, sum(total_revenue) OVER (ORDER BY m) AS cumulative_total_revenue "
        "FROM periods"
    )
    facts = find_facts([result("m total_revenue cumulative_total_revenue", rows, sql=sql)])
    added = [f for f in facts if f.measure == "cumulative_total_revenue" for v in f.values
             if v.name in ("total", "share")]  # fmt: skip
    assert facts
    assert not added


def test_numbers_that_name_rows_are_no_measure():
    rows = [("JFK", 3695, 4), ("EWR", 51, 9), ("LGA", 15, 2)]
    facts = find_facts([result("origin flight_number number_of_flights", rows)])
    assert {fact.measure for fact in facts} == {"number_of_flights"}


def test_the_whole_of_a_share_does_not_widen_what_the_query_looks_at():
    sql = (
        "WITH kept AS (SELECT store FROM sales WHERE day >= DATE'2024-01-01' AND day < "
        "DATE'2025-01-01' GROUP BY 1 HAVING sum(r) > 5) "
        "SELECT count(*) AS stores, (SELECT count(*) FROM stores) AS all_stores FROM kept"
    )
    found = conditions(sql)
    assert str(found.period) == "2024"
    assert found.selective
