"""A query bound to a reader shows only what the reader may see."""

from typing import Any

import duckdb
import pytest
from local_workspace.sandbox.binding import Restriction, bound, executable, with_parameters
from local_workspace.sandbox.errors import StatementRefused
from local_workspace.sandbox.guard import Schema, checked
from local_workspace.statements.parameters import parameter_values

SCHEMA = [Schema("local", "x", frozenset({"v"}))]
RESTRICTED = {"v": Restriction("n < 3", {"s": "concat(left(s, 1), '***')"})}


def rows(statement: str, restrictions: Any = RESTRICTED, limit: int = 100) -> list[Any]:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE v AS SELECT * FROM (VALUES (1, 'ann'), (2, 'bob'), (4, 'cid')) v(n, s)"
        )
        sql = executable(checked(statement, SCHEMA), restrictions, limit)
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT n, s FROM v ORDER BY n", [(1, "a***"), (2, "b***")]),
        ("SELECT count(*) FROM local.x.v", [(2,)]),
        ("SELECT x.v.n FROM x.v WHERE v.s = 'ann'", []),
        ("SELECT a.n, b.s FROM v a JOIN v b ON a.n = b.n ORDER BY 1 LIMIT 1", [(1, "a***")]),
        ("SELECT count(*) FROM v a, v b", [(4,)]),
        ("WITH v AS (SELECT * FROM v) SELECT max(n) FROM v", [(2,)]),
        ("WITH w AS (SELECT 1 AS n) SELECT max(n) FROM v WHERE n IN (SELECT n FROM v)", [(2,)]),
        ("SELECT max(n) FROM (SELECT n FROM v UNION ALL SELECT n FROM v)", [(2,)]),
        ("SELECT (SELECT max(n) FROM v), EXISTS (SELECT 1 FROM v WHERE n = 4)", [(2, False)]),
        ("FROM v |> WHERE n > 1 |> SELECT n", [(2,)]),
    ],
)
def test_filters_and_masks_reach_every_reference(statement: str, expected: list[Any]) -> None:
    assert rows(statement) == expected


def test_without_restrictions_all_is_shown() -> None:
    assert rows("SELECT n, s FROM v WHERE n = 4", {}) == [(4, "cid")]


def test_other_tables_stay_as_they_are() -> None:
    assert rows("SELECT max(n) FROM v", {"w": Restriction("FALSE")}) == [(4,)]


def test_mask_alone_and_filter_alone() -> None:
    assert rows("SELECT n, s FROM v ORDER BY n", {"v": Restriction(None, {"s": "NULL"})}) == [
        (1, None),
        (2, None),
        (4, None),
    ]
    assert rows("SELECT n, s FROM v", {"v": Restriction("n = 4")}) == [(4, "cid")]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT n FROM v ORDER BY n", 2),
        ("SELECT n FROM v ORDER BY n LIMIT 1", 1),
        ("SELECT n FROM v ORDER BY n LIMIT 1000", 2),
        ("SELECT n FROM v UNION ALL SELECT n FROM v ORDER BY n", 2),
        ("(SELECT n FROM v)", 2),
        ("SELECT n FROM v ORDER BY n LIMIT 1000 OFFSET 2", 1),
    ],
)
def test_rows_are_limited(statement: str, expected: int) -> None:
    assert len(rows(statement, {}, limit=2)) == expected


@pytest.mark.parametrize("limit", ["ALL", "1 + 1", "(SELECT 1)"])
def test_limit_must_be_a_number(limit: str) -> None:
    with pytest.raises(StatementRefused, match="LIMIT takes a whole number"):
        rows(f"SELECT n FROM v LIMIT {limit}", {})


def test_parameters_are_literals_never_sql() -> None:
    query = checked("SELECT n FROM v WHERE s = :who AND n < CAST(:top AS INT)", SCHEMA)
    who = "x' OR '1'='1"
    with_parameters(
        query,
        parameter_values(
            [{"name": "who", "value": who}, {"name": "top", "value": None, "type": "INT"}]
        ),
    )
    text = bound(query, {}).sql(dialect="databricks")
    assert "'x\\' OR \\'1\\'=\\'1'" in text
    assert "NULL" in text


def test_parameter_without_value_is_refused() -> None:
    with pytest.raises(StatementRefused, match="unbound parameter: who"):
        with_parameters(checked("SELECT :who", SCHEMA), {})
