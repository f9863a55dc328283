"""Databricks SQL gives Databricks' values on DuckDB: each value here was worked out by hand."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from local_workspace.sandbox.dialect import duckdb_sql
from local_workspace.sandbox.errors import StatementRefused
from local_workspace.sandbox.guard import Schema, checked

SCHEMA = [Schema("local", "x", frozenset({"v"}))]
SUNDAY, MONDAY = "DATE '2013-01-06'", "DATE '2013-01-07'"


def value(expression: str) -> Any:
    (row,) = rows(f"SELECT {expression}")
    return row[0] if len(row) == 1 else row


def rows(statement: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE v AS SELECT * FROM (VALUES (1, 'a', DATE '2013-01-06'), "
            "(2, NULL, DATE '2013-02-28'), (4, 'b', NULL)) v(n, s, d)"
        )
        return connection.execute(duckdb_sql(checked(statement, SCHEMA).tree)).fetchall()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # days of the week are numbered differently
        (f"dayofweek({SUNDAY})", 1),
        (f"dayofweek({MONDAY})", 2),
        (f"weekday({MONDAY})", 0),
        (f"weekday({SUNDAY})", 6),
        (f"extract(DAYOFWEEK FROM {SUNDAY})", 1),
        (f"extract(DOW_ISO FROM {SUNDAY})", 7),
        (f"date_format({SUNDAY}, 'EEEE')", "Sunday"),
        (f"dayname({SUNDAY})", "Sun"),
        (f"monthname({SUNDAY})", "Jan"),
        # differences count whole units, not the boundaries between them
        ("datediff(MONTH, DATE '2013-01-31', DATE '2013-02-01')", 0),
        ("datediff(MONTH, DATE '2013-01-31', DATE '2013-02-28')", 0),
        ("datediff(MONTH, DATE '2013-01-31', DATE '2013-03-31')", 2),
        ("datediff(MONTH, DATE '2013-03-31', DATE '2013-02-01')", -1),
        ("datediff(QUARTER, DATE '2012-06-01', DATE '2013-05-31')", 3),
        ("datediff(YEAR, DATE '2012-06-01', DATE '2013-05-31')", 0),
        ("datediff(YEAR, DATE '2012-06-01', DATE '2013-06-01')", 1),
        ("datediff(DAY, TIMESTAMP '2013-01-01 23:00:00', TIMESTAMP '2013-01-02 01:00:00')", 0),
        (
            "timestampdiff(HOUR, TIMESTAMP '2013-01-01 23:30:00', TIMESTAMP '2013-01-02 01:00:00')",
            1,
        ),
        ("datediff(DATE '2013-02-01', DATE '2013-01-31')", 1),
        # dates stay dates
        ("date_add(DATE '2013-01-06', 3)", date(2013, 1, 9)),
        ("date_sub(DATE '2013-01-06', 3)", date(2013, 1, 3)),
        ("add_months(DATE '2013-01-31', 1)", date(2013, 2, 28)),
        ("trunc(DATE '2013-02-06', 'MM')", date(2013, 2, 1)),
        ("trunc(DATE '2013-02-06', 'week')", date(2013, 2, 4)),
        ("last_day(DATE '2013-02-06')", date(2013, 2, 28)),
        ("date_trunc('MONTH', DATE '2013-02-06')", datetime(2013, 2, 1)),
        ("CAST('2013-01-01 05:00:00' AS TIMESTAMP)", datetime(2013, 1, 1, 5)),
        ("TIMESTAMP '2013-01-01 00:00:00'", datetime(2013, 1, 1)),
        ("to_date('2013-01-01')", date(2013, 1, 1)),
        ("make_date(2013, 1, 1)", date(2013, 1, 1)),
        ("date_format(DATE '2013-02-06', 'yyyy-MM')", "2013-02"),
        ("date_format(DATE '2013-02-06', 'MMM yyyy')", "Feb 2013"),
        # division
        ("7 / 2", 3.5),
        ("7 DIV 2", 3),
        ("7 % 2", 1),
        ("try_divide(1, 0)", None),
        ("1 / nullif(0, 0)", None),
        # whole numbers
        ("CAST(3.7 AS INT)", 3),
        ("CAST(-3.7 AS INT)", -3),
        ("try_cast(3.7 AS BIGINT)", 3),
        ("CAST('3' AS INT)", 3),
        ("try_cast('x' AS INT)", None),
        ("floor(-1.5)", -2),
        ("ceil(2.1)", 3),
        ("round(2.345, 2)", Decimal("2.35")),
        # text
        ("concat('a', NULL)", None),
        ("'a' || NULL", None),
        ("concat_ws('-', 'a', NULL, 'b')", "a-b"),
        ("substring('abc', 0, 2)", "ab"),
        ("substr('abc', 2, 1)", "b"),
        ("'50%' LIKE '50\\\\%'", True),
        ("'50x' LIKE '50\\\\%'", False),
        ("'abc' RLIKE 'b'", True),
        ("instr('abc', 'b')", 2),
        # conditions
        ("if(true, 1, 2)", 1),
        ("nvl(NULL, 1)", 1),
        ("greatest(1, NULL, 3)", 3),
        ("isnull(NULL)", True),
        ("isnotnull(NULL)", False),
        ("1 <=> NULL", False),
        ("log(exp(1))", 1.0),
    ],
)
def test_expression_has_databricks_value(expression: str, expected: Any) -> None:
    found = value(expression)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("percentile(n, 0.9)", 3.6),
        ("percentile_cont(0.9) WITHIN GROUP (ORDER BY n)", 3.6),
        ("percentile_approx(n, 0.5)", 2),
        ("median(n)", 2.0),
        ("count_if(n > 1)", 2),
        ("count(*) FILTER (WHERE n > 1)", 2),
        ("count(DISTINCT s)", 2),
        ("max_by(s, n)", "b"),
        ("sum(n) / count(n)", 7 / 3),
    ],
)
def test_aggregate_has_databricks_value(expression: str, expected: Any) -> None:
    assert rows(f"SELECT {expression} FROM v") == [(expected,)]


def test_parts_of_dates_are_int_as_in_databricks() -> None:
    parts = "year(d), quarter(d), month(d), day(d), weekofyear(d), dayofyear(d), hour(d)"
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE v AS SELECT DATE '2013-02-06' AS d")
        tree = checked(f"SELECT {parts} FROM v", SCHEMA).tree
        described = connection.execute(duckdb_sql(tree)).description or []
    assert [str(column[1]) for column in described] == ["INTEGER"] * 7


def test_nulls_sort_first_ascending_and_last_descending() -> None:
    assert rows("SELECT n FROM v ORDER BY s") == [(2,), (1,), (4,)]
    assert rows("SELECT n FROM v ORDER BY s DESC") == [(4,), (1,), (2,)]


@pytest.mark.parametrize("expression", ["1 / 0", "n / (n - n)", "n % 0", "n DIV 0"])
def test_division_by_zero_raises_as_in_ansi_mode(expression: str) -> None:
    with pytest.raises(duckdb.Error, match="DIVIDE_BY_ZERO"):
        rows(f"SELECT {expression} FROM v")


def test_guarded_division_does_not_raise_for_rows_it_skips() -> None:
    assert rows("SELECT CASE WHEN n > 1 THEN 4 / (n - 1) END FROM v ORDER BY n") == [
        (None,),
        (4.0,),
        (4 / 3,),
    ]


def test_nested_expressions_are_all_rewritten() -> None:
    statement = f"SELECT sum(dayofweek(date_add({SUNDAY}, n)) / n) FROM v WHERE weekday(d) = 6"
    assert rows(statement) == [(2.0,)]


@pytest.mark.parametrize(
    "expression",
    [
        "datediff(FORTNIGHT, d, d)",
        "extract(EPOCH FROM d)",
        "date_trunc('DECADE', d)",
    ],
)
def test_units_we_cannot_promise_are_refused(expression: str) -> None:
    with pytest.raises(StatementRefused, match=r"does not know the unit|PARSE_SYNTAX"):
        rows(f"SELECT {expression} FROM v")


def test_full_names_of_columns_become_local_ones() -> None:
    tree = checked("SELECT local.x.v.n, x.v.n FROM local.x.v", SCHEMA).tree
    assert duckdb_sql(tree) == "SELECT v.n, v.n FROM local.x.v"


def test_every_rewritten_construct_survives_an_alias_and_a_filter() -> None:
    found = rows(
        "WITH w AS (SELECT date_trunc('MONTH', d) AS m, n FROM v WHERE d IS NOT NULL) "
        "SELECT date_format(m, 'yyyy-MM') AS month, sum(n) OVER (ORDER BY m) FROM w ORDER BY m"
    )
    assert found == [("2013-01", 1), ("2013-02", 3)]
