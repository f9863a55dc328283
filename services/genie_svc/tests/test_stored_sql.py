"""Which stored SQL is taken."""

from __future__ import annotations

import time

import pytest
from aislides_runtime.errors import InvalidRequest
from genie_svc.domain.stored_sql import MOST_SQL_BYTES, stored_select


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "  select a, 'it''s; fine' FROM t ;\n; ",
        "-- total; per region\nSELECT 1 -- done;",
        "/* a; comment */ (SELECT 1) UNION (SELECT 2)",
        "SELECT `a;b`, \"c;d\", 'x\\'; DROP TABLE t' FROM t",
        "SELECT r'\\', 2",
        "SELECT order_by'x'",
        "WITH a AS (SELECT 1), b (x, y) AS (SELECT (1), 2) SELECT * FROM a, b",
        "WITH RECURSIVE a(n) AS (VALUES (1)) (SELECT n FROM a)",
        "((WITH a AS (SELECT 1) SELECT * FROM a))",
        "WITH a AS (SELECT 1) SELECT x AS update FROM a",
        "SELECT /*+ BROADCAST(t) */ * FROM t",
        "SELECT '🙂', größe FROM t",
    ],
)
def test_single_query_is_taken(sql):
    assert stored_select(sql) == sql.strip()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DROP TABLE t", "must be a SELECT"),
        ("insert into t select 1", "must be a SELECT"),
        ("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "must be a SELECT"),
        ("WITH a AS (SELECT 1), b AS (SELECT 2) DELETE FROM t", "must be a SELECT"),
        ("WITH a AS (SELECT 1) WITH b AS (SELECT 1) SELECT 1", "must be a SELECT"),
        ("WITH a AS (SELECT 1", "must be a SELECT"),
        ("/* SELECT */ CALL x()", "must be a SELECT"),
        ("'SELECT' 1", "must be a SELECT"),
        ("SELECTED", "must be a SELECT"),
        (" ; ", "must be a SELECT"),
        ("-- nothing", "must be a SELECT"),
        ("SELECT 1; DROP TABLE t", "single statement"),
        ("SELECT 'a' ; SELECT 2;", "single statement"),
        ("SELECT r'\\'; DROP TABLE t --'", "single statement"),
        ("/* /* */ SELECT */ DROP TABLE t", "nested comments"),
        ("SELECT 'open", "never closed"),
        ("SELECT 1 /* open", "never closed"),
        ("SELECT '" + "x" * MOST_SQL_BYTES + "'", "1 MiB"),
    ],
)
def test_anything_else_is_refused_and_says_why(sql, says):
    with pytest.raises(InvalidRequest, match=says) as caught:
        stored_select(sql)
    assert caught.value.field_violations[0].field == "stored_sql"


@pytest.mark.parametrize(
    "piece", ["(", "'", "/*", "/", "*", "\\", "'\\", "r'", "--", "a(", "WITH "]
)
def test_hostile_text_takes_no_long_time(piece):
    sql = "WITH x AS (SELECT " + piece * (MOST_SQL_BYTES // 8 // len(piece))
    started = time.process_time()
    with pytest.raises(InvalidRequest):
        stored_select(sql)
    assert time.process_time() - started < 1
