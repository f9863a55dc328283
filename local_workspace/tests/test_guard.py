"""Layer A: what the parse check lets through, and the hostile statements it stops."""

import pytest
from local_workspace.sandbox.errors import StatementRefused
from local_workspace.sandbox.guard import LONGEST_STATEMENT, Schema, checked

FLIGHTS = Schema("local", "flights", frozenset({"flights", "airlines"}))
RETAIL = Schema("local", "retail", frozenset({"sales", "airlines"}))

HOSTILE = [
    # more than one statement, or another kind
    "SELECT 1; DROP TABLE flights",
    "DROP TABLE flights",
    "DELETE FROM flights",
    "UPDATE flights SET carrier = 'x'",
    "INSERT INTO flights SELECT * FROM flights",
    "MERGE INTO flights USING airlines ON true WHEN MATCHED THEN DELETE",
    "CREATE TABLE t AS SELECT 1",
    "CREATE TEMP VIEW t AS SELECT 1",
    "ALTER TABLE flights ADD COLUMN x INT",
    "TRUNCATE TABLE flights",
    "COPY flights TO '/tmp/x'",
    "EXPORT DATABASE '/tmp/x'",
    "ATTACH '/tmp/x.db' AS x",
    "DETACH x",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET memory_limit = '99GB'",
    "SET VARIABLE x = 1",
    "RESET ALL",
    "PRAGMA database_list",
    "CALL pragma_version()",
    "USE flights",
    "CHECKPOINT",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "EXPLAIN SELECT 1",
    "DESCRIBE flights",
    "SHOW TABLES",
    "VALUES (1)",
    "BEGIN TRANSACTION",
    "VACUUM",
    "",
    "   ",
    "-- nothing",
    # writing hidden in a query
    "WITH x AS (DELETE FROM flights RETURNING *) SELECT * FROM x",
    "WITH x AS (INSERT INTO flights VALUES (1) RETURNING *) SELECT * FROM x",
    "SELECT * INTO t FROM flights",
    # files and the network
    "SELECT * FROM csv.`/etc/passwd`",
    "SELECT * FROM parquet.`s3://x/y`",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM `/etc/passwd`",
    "SELECT * FROM read_files('/etc')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_parquet('http://example.com/x')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT content FROM read_text('/proc/self/environ')",
    "SELECT getenv('HOME')",
    "SELECT write_log('x')",
    # the engine's own tables
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_databases()",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM pg_catalog.pg_tables",
    "SELECT * FROM sqlite_master",
    "SELECT current_setting('temp_directory')",
    "SELECT * FROM pragma_database_list()",
    # text that becomes SQL
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('flights')",
    "SELECT * FROM identifier('flights')",
    # time and memory out of nothing
    "SELECT pg_sleep(100)",
    "SELECT repeat('a', 300000000)",
    "SELECT lpad('a', 300000000, 'b')",
    "SELECT rpad('a', 300000000, 'b')",
    "SELECT space(300000000)",
    "SELECT len(range(500000000))",
    "SELECT * FROM range(500000000)",
    "SELECT * FROM generate_series(1, 500000000)",
    "SELECT explode(sequence(1, 500000000))",
    "SELECT * FROM flights LATERAL VIEW explode(array(1, 2)) t AS x",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
    "SELECT list_transform([1], x -> x)",
    "SELECT regexp_replace(carrier, 'a', 'b', 'g') FROM flights",
    # Databricks functions without a counterpart
    "SELECT ai_query('m', 'x')",
    "SELECT http_request('x')",
    "SELECT secret('scope', 'key')",
    "SELECT * FROM flights VERSION AS OF 3",
    "SELECT * FROM flights TIMESTAMP AS OF '2020-01-01'",
    "SELECT * FROM flights TABLESAMPLE (10 PERCENT)",
    "SELECT current_user()",
    "SELECT uuid()",
    "SELECT rand()",
    # other people's tables
    "SELECT * FROM other.flights.flights",
    "SELECT * FROM local.other.flights",
    "SELECT * FROM nope",
    # CTEs that only look as if they hid a table
    "SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) x, a",
    "WITH a AS (WITH sqlite_master AS (SELECT 1 AS x) SELECT x FROM sqlite_master) "
    "SELECT * FROM sqlite_master",
    "WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a",
    "SELECT * FROM a WHERE 1 IN (WITH a AS (SELECT 1) SELECT * FROM a)",
    # parsers
    "SELECT " + "(" * 4000 + "1" + ")" * 4000,
    "SELECT 1 FROM",
    "SELECT '\x00",
    "not sql at all",
]


@pytest.mark.parametrize("statement", HOSTILE)
def test_hostile_statement_is_refused(statement: str) -> None:
    with pytest.raises(StatementRefused) as refused:
        checked(statement, [FLIGHTS])
    assert refused.value.sql_state


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM flights",
        "SELECT f.* FROM `local`.flights.FLIGHTS f",
        "WITH flights AS (SELECT * FROM flights) SELECT * FROM flights",
        "(SELECT 1 UNION ALL SELECT 2) ORDER BY 1 LIMIT 3",
        "SELECT carrier, count(*) FROM flights GROUP BY ALL HAVING count(*) > 1 "
        "QUALIFY row_number() OVER (ORDER BY carrier) = 1",
        "SELECT * EXCEPT (carrier) FROM flights",
        "FROM flights |> WHERE carrier = 'AA'",
        "SELECT a.x FROM (SELECT 1 AS x) a JOIN airlines USING (x)",
        "SELECT CASE WHEN exists (SELECT 1 FROM airlines) THEN 1 END",
        "SELECT DATE '2013-01-01' - INTERVAL 3 DAYS, :name",
    ],
)
def test_plain_query_passes(statement: str) -> None:
    checked(statement, [FLIGHTS])


def test_references_leave_out_ctes() -> None:
    query = checked(
        "WITH flights AS (SELECT * FROM flights) SELECT * FROM flights JOIN airlines USING (x)",
        [FLIGHTS],
    )
    assert sorted(name for _, name in query.tables()) == ["airlines", "flights"]


def test_missing_table_is_named_with_what_there_is() -> None:
    with pytest.raises(StatementRefused, match=r"`nope`.*flights\.airlines, flights\.flights"):
        checked("SELECT * FROM flights, nope", [FLIGHTS])


def test_bare_name_in_two_schemas_is_ambiguous() -> None:
    with pytest.raises(StatementRefused, match="AMBIGUOUS_REFERENCE"):
        checked("SELECT * FROM airlines", [FLIGHTS, RETAIL])


def test_full_name_or_default_schema_settles_it() -> None:
    full = checked("SELECT * FROM retail.airlines", [FLIGHTS, RETAIL])
    assert full.schema is RETAIL
    first = checked("SELECT * FROM airlines", [RETAIL, FLIGHTS], first_wins=True)
    assert first.schema is RETAIL


def test_tables_of_two_schemas_do_not_mix() -> None:
    with pytest.raises(StatementRefused, match="TABLE_OR_VIEW_NOT_FOUND"):
        checked("SELECT * FROM flights.flights, retail.sales", [FLIGHTS, RETAIL])


def test_overlong_statement_is_refused_before_parsing() -> None:
    with pytest.raises(StatementRefused, match="characters"):
        checked("SELECT " + "1," * LONGEST_STATEMENT, [FLIGHTS])


def test_statement_with_too_many_parts_is_refused() -> None:
    with pytest.raises(StatementRefused, match="parts"):
        checked("SELECT " + ",".join(["1+1"] * 3000), [FLIGHTS])
