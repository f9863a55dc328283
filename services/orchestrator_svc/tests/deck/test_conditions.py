"""What part of the data a query looks at, from SQL as Genie and people write it."""

from datetime import date

import pytest
from orchestrator_svc.deck.conditions import Conditions, common, conditions
from orchestrator_svc.deck.parts import Period
from orchestrator_svc.deck.table import Table
from result_building import result

FROM = "SELECT month, sum(revenue) AS revenue FROM sales LEFT JOIN stores ON sales.s = stores.s "

PARTS = [
    ("WHERE region = 'East' GROUP BY 1", "East"),
    ("WHERE stores.region IN ('West', 'East')", "East and West"),
    ("WHERE region = 'East' AND (category = 'Apparel' AND x IS NOT NULL)", "Apparel, East"),
    ("WHERE region <> 'East'", "all but East"),
    ("WHERE (region <> 'East' OR region IS NULL)", "all but East"),
    ("WHERE NOT region IN ('East')", "all but East"),
    ("WHERE lower(airline) LIKE '%jetblue%'", "Jetblue"),
    ("WHERE LOWER(TRIM(origin)) = 'jfk'", "JFK"),
    ("WHERE status = 'C'", "status C"),
    ("WHERE store_id IN ('7', '12')", "store id 12 and 7"),
    ("WHERE city IN ('A1', 'B2', 'C3', 'D4')", "4 values of city"),
    ("GROUP BY 1", ""),
    ("WHERE revenue IS NOT NULL", ""),
]


@pytest.mark.parametrize(("rest", "part"), PARTS)
def test_names_are_read(rest, part):
    assert conditions(FROM + rest).part == part


PERIODS = [
    ("d >= DATE'2013-01-01' AND d < DATE'2014-01-01'", "2013"),
    ("d >= '2023-01-01' AND d < '2025-01-01'", "2023 to 2024"),
    ("d BETWEEN '2013-07-01' AND '2013-07-31'", "Jul 2013"),
    ("d BETWEEN DATE '2024-10-01' AND DATE '2024-12-31'", "Q4 2024"),
    ("d > '2024-12-31' AND d <= '2025-02-28'", "Jan 2025 to Feb 2025"),
    ("year(d) = 2013", "2013"),
    ("year = 2013", "2013"),
    ("(`year` >= 2021 AND `year` < 2023)", "2021 to 2022"),
    ("year(d) > 2020", "from 1 Jan 2021 on"),
    ("date_trunc('MONTH', d) = DATE '2013-02-01'", "Feb 2013"),
    ("date_trunc('quarter', d) = '2013-10-01'", "Q4 2013"),
    ("d = '2013-02-08'", "8 Feb 2013"),
    ("CAST(d AS DATE) BETWEEN '2013-02-08' AND '2013-02-14'", "8 Feb 2013 to 14 Feb 2013"),
    (
        "((d >= '2024-10-01' AND d < '2025-01-01') OR (d >= '2023-10-01' AND d < '2024-01-01'))",
        "Q4 2023 and Q4 2024",
    ),
    ("(year(d) = 2020 OR year(d) = 2022 OR d = '2024-05-01')", "2020, 2022 and 1 May 2024"),
    ("d >= TIMESTAMP '2024-03-05 00:00:00'", "from 5 Mar 2024 on"),
    ("d < '2024-03-01'", "until 29 Feb 2024"),
]


@pytest.mark.parametrize(("where", "words"), PERIODS)
def test_periods_are_read(where, words):
    found = conditions(f"{FROM} WHERE {where}")
    assert str(found.period) == words
    assert not found.names
    assert not found.rest


def test_what_is_neither_names_nor_period_is_kept_as_sql():
    found = conditions(f"{FROM} WHERE distance > 500 AND (a = 'x' OR b = 'y') GROUP BY 1")
    assert found.rest == {"distance > 500", "a = 'x' OR b = 'y'"}
    assert conditions(f"{FROM} GROUP BY 1 HAVING count(*) >= 30").rest == {"COUNT(*) >= 30"}


def test_conditions_of_inner_queries_count():
    inner = "WITH e AS (SELECT * FROM sales WHERE region = 'East') SELECT sum(v) FROM e"
    assert conditions(inner).part == "East"
    assert conditions(f"{inner} WHERE category = 'Shoes'").part == "East, Shoes"
    nested = "SELECT a FROM (SELECT a FROM sales WHERE region = 'East') WHERE kind = 'new'"
    assert conditions(nested).part == "East, new"


def test_parts_of_a_query_that_differ_are_no_condition_of_the_whole():
    union = (
        "SELECT a FROM s WHERE r = 'East' AND k = 'one' UNION ALL SELECT a FROM s WHERE k = 'one'"
    )
    assert conditions(union).part == "one"
    chosen = "SELECT a FROM s WHERE id IN (SELECT id FROM t WHERE region = 'East')"
    assert conditions(chosen).part == ""
    assert conditions(chosen).rest


@pytest.mark.parametrize("sql", ["", "not sql ((", "SELECT 1", "DROP TABLE x", "(" * 3_000])
def test_sql_that_cannot_be_read_has_no_conditions(sql):
    assert conditions(sql) == Conditions()


def test_what_queries_share_and_what_is_their_own():
    east = conditions(f"{FROM} WHERE region = 'East' AND d >= '2024-01-01' AND d < '2025-01-01'")
    shoes = conditions(f"{FROM} WHERE category = 'Shoes' AND year(d) = 2024")
    shared = common([east, shoes])
    assert shared.period == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert shared.part == ""
    assert east.without(shared).part == "East"
    assert east.without(shared).period is None
    assert common([]) == Conditions()


SELECTIVE = [
    f"{FROM} GROUP BY 1 HAVING sum(revenue) > 100",
    "SELECT * FROM (SELECT store, sum(v) AS v FROM s GROUP BY 1 ORDER BY 2 DESC LIMIT 5) ORDER BY 1",
    "WITH top AS (SELECT store, sum(v) AS v FROM s GROUP BY 1 LIMIT 5) SELECT * FROM top",
    "SELECT store, sum(v) AS v FROM s GROUP BY 1 QUALIFY rank() OVER (ORDER BY sum(v) DESC) <= 5",
    "WITH r AS (SELECT store, rank() OVER (ORDER BY v) AS place FROM s) SELECT * FROM r WHERE place <= 5",
    "SELECT store, sum(v) AS v FROM s TABLESAMPLE (10 PERCENT) GROUP BY 1",
]
WHOLE = [
    f"{FROM} WHERE region = 'East' AND quantity > 3 GROUP BY 1 ORDER BY 2 LIMIT 10",
    "WITH e AS (SELECT * FROM s WHERE v > 3) SELECT store, sum(v) AS v FROM e GROUP BY 1",
]


@pytest.mark.parametrize("sql", SELECTIVE)
def test_rows_kept_for_what_they_came_to_are_not_all(sql):
    assert conditions(sql).selective
    table = Table(result("store v", [["A", 5.0], ["B", 4.0]], sql=sql))
    assert not table.complete


@pytest.mark.parametrize("sql", WHOLE)
def test_conditions_on_the_data_itself_leave_a_part_that_is_whole(sql):
    assert not conditions(sql).selective
    assert Table(result("store v", [["A", 5.0], ["B", 4.0]], sql=sql)).complete


def test_inner_joins_limit_what_is_looked_at_and_outer_ones_do_not():
    on = "ON sales.s = stores.s AND stores.region = 'East' AND sales.v > stores.least"
    assert conditions(f"SELECT sum(v) FROM sales JOIN stores {on}").part == "East"
    assert conditions(f"SELECT sum(v) FROM sales JOIN stores {on}").rest == frozenset()
    assert conditions(f"SELECT sum(v) FROM sales LEFT JOIN stores {on}").part == ""
