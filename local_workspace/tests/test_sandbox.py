"""Layers B to D: what the engine and its process do to statements that get past the parse check."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import duckdb
import psutil
import pytest
from local_workspace.sandbox.errors import (
    StatementError,
    StatementFailed,
    StatementTimedOut,
    StatementTooLarge,
)
from local_workspace.sandbox.pool import Sandbox, StatementLimits
from local_workspace.sandbox.process import ChildProcess, ProcessLimits

LIMITS = StatementLimits(seconds=10)
CROSS_JOIN = "SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sandbox") / "data.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE numbers AS SELECT range AS n FROM range(10000)")
    return path


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1) as sandbox:
        yield sandbox


def children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "local_workspace.sandbox.child" in " ".join(child.cmdline())
    ]


async def at_work() -> psutil.Process:
    """The only child, once it has computed for a while."""
    child = children()[0]
    before = child.cpu_times().user
    async with asyncio.timeout(30):
        while child.cpu_times().user < before + 0.05:
            await asyncio.sleep(0.01)
    return child


async def test_rows_come_back_as_text(sandbox: Sandbox, database: Path) -> None:
    result = await sandbox.run(database, "SELECT max(n), 'x', NULL, sum(n) FROM numbers", LIMITS)
    assert result.rows() == [["9999", "x", None, "49995000"]]
    assert [column.type_name for column in result.columns] == ["LONG", "STRING", "NULL", "LONG"]


async def test_duplicate_column_names_are_kept(sandbox: Sandbox, database: Path) -> None:
    result = await sandbox.run(database, "SELECT 1 AS a, 2 AS a", LIMITS)
    assert [column.name for column in result.columns] == ["a", "a"]
    assert result.rows() == [["1", "2"]]


async def test_rows_and_bytes_are_capped_and_it_is_said(sandbox: Sandbox, database: Path) -> None:
    rows = StatementLimits(rows=100, chunk_rows=30)
    result = await sandbox.run(database, "SELECT n FROM numbers LIMIT 101", rows)
    assert (result.row_count, result.truncated, len(result.chunks)) == (100, "rows", 4)
    assert result.chunk(3) == [[str(n)] for n in range(90, 100)]
    small = StatementLimits(bytes=1_000, chunk_rows=50)
    result = await sandbox.run(database, "SELECT n FROM numbers", small)
    assert result.truncated == "bytes"
    assert 0 < result.size <= 1_000
    assert result.row_count == 50 * len(result.chunks)


async def test_complete_result_is_not_called_truncated(sandbox: Sandbox, database: Path) -> None:
    result = await sandbox.run(
        database, "SELECT n FROM numbers LIMIT 100", StatementLimits(rows=100)
    )
    assert (result.row_count, result.truncated) == (100, "")


# What DuckDB itself would allow: the parse check refuses all of these first.
FORBIDDEN = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x')",
    "COPY numbers TO '/tmp/aislides-must-not-exist.csv'",
    "EXPORT DATABASE '/tmp/aislides-must-not-exist'",
    "ATTACH '/tmp/aislides-must-not-exist.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CREATE TABLE t AS SELECT 1",
    "CREATE MACRO f() AS 1",
    "DROP TABLE numbers",
    "DELETE FROM numbers",
    "SET memory_limit = '99GB'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "PRAGMA threads = 64",
    "SELECT getenv('PATH')",
    "SELECT * FROM database",
]


async def test_engine_is_locked_even_without_the_parse_check(
    sandbox: Sandbox, database: Path
) -> None:
    for statement in FORBIDDEN:
        with pytest.raises(StatementFailed):
            await sandbox.run(database, statement, LIMITS)
    assert not list(Path("/tmp").glob("aislides-must-not-exist*"))


@pytest.mark.parametrize("statement", [CROSS_JOIN, "SELECT pg_sleep(100)"])
async def test_statement_is_killed_at_its_deadline_and_the_next_one_runs(
    sandbox: Sandbox, database: Path, statement: str
) -> None:
    started = asyncio.get_running_loop().time()
    with pytest.raises(StatementTimedOut, match=r"longer than 0\.3 seconds"):
        await sandbox.run(database, statement, StatementLimits(seconds=0.3))
    assert asyncio.get_running_loop().time() - started < 20
    assert not children()
    assert (await sandbox.run(database, "SELECT 1", LIMITS)).rows() == [["1"]]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT len(range(500000000))",
        "SELECT length(repeat('a', 900000000)) + length(repeat('b', 900000000))",
        "SELECT string_agg(repeat(n::VARCHAR, 100000), '') FROM numbers",
    ],
)
async def test_memory_bomb_ends_with_a_typed_error(database: Path, statement: str) -> None:
    limits = ProcessLimits(memory_bytes=3 * 2**29)
    async with Sandbox(workers=1, process_limits=limits) as sandbox:
        with pytest.raises((StatementTooLarge, StatementTimedOut)):
            await sandbox.run(database, statement, StatementLimits(seconds=5))
        assert (await sandbox.run(database, "SELECT 1", LIMITS)).rows() == [["1"]]


async def test_cancelling_the_caller_kills_the_statement(sandbox: Sandbox, database: Path) -> None:
    await sandbox.run(database, "SELECT 1", LIMITS)
    task = asyncio.create_task(sandbox.run(database, CROSS_JOIN, StatementLimits(seconds=60)))
    await at_work()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not children()


async def test_process_that_dies_under_a_statement_is_replaced(
    sandbox: Sandbox, database: Path
) -> None:
    await sandbox.run(database, "SELECT 1", LIMITS)
    task = asyncio.create_task(sandbox.run(database, CROSS_JOIN, StatementLimits(seconds=60)))
    (await at_work()).kill()
    with pytest.raises(StatementTooLarge, match="OUT_OF_MEMORY"):
        await task
    assert (await sandbox.run(database, "SELECT 1", LIMITS)).rows() == [["1"]]


async def test_idle_process_that_died_is_replaced(sandbox: Sandbox, database: Path) -> None:
    await sandbox.run(database, "SELECT 1", LIMITS)
    idle = children()[0]
    idle.kill()
    async with asyncio.timeout(10):
        while next(iter(sandbox._idle)).alive:
            await asyncio.sleep(0.01)
    assert (await sandbox.run(database, "SELECT 2", LIMITS)).rows() == [["2"]]


async def test_child_has_no_secret_no_files_and_an_empty_folder(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABRICKS_TOKEN", "must-not-leak")
    child = await ChildProcess.start(database, ProcessLimits())
    try:
        process = children()[0]
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
        assert b"must-not-leak" not in environment
        assert {e.split(b"=")[0] for e in environment.split(b"\0") if e} == {b"LC_ALL", b"HOME"}
        assert list(Path(f"/proc/{process.pid}/cwd").iterdir()) == []
    finally:
        await child.kill()


async def test_processes_are_shared_out_over_databases(tmp_path: Path, database: Path) -> None:
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE t AS SELECT 7 AS n")
    async with Sandbox(workers=1) as sandbox:
        for _ in range(2):
            assert (await sandbox.run(other, "SELECT n FROM t", LIMITS)).rows() == [["7"]]
            assert (await sandbox.run(database, "SELECT 1", LIMITS)).rows() == [["1"]]
            assert len(children()) == 1
    assert not children()


async def test_database_that_cannot_be_opened_is_a_typed_error(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "broken.duckdb").write_text("not a database")
    with pytest.raises(StatementFailed, match="could not be started"):
        await sandbox.run(tmp_path / "broken.duckdb", "SELECT 1", LIMITS)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT nope FROM numbers", r"\[UNRESOLVED_COLUMN.*`nope`.*42703"),
        ("SELECT * FROM nope", r"\[TABLE_OR_VIEW_NOT_FOUND\].*`nope`.*42P01"),
        ("SELECT CAST('x' AS INT)", r"\[CAST_INVALID_INPUT\].*22018"),
        ("SELECT n, count(*) FROM numbers", r"\[MISSING_AGGREGATION\].*42803"),
        ("SELECT 9223372036854775807 + 1::BIGINT", r"\[ARITHMETIC_OVERFLOW\].*22003"),
        ("SELECT error('[DIVIDE_BY_ZERO] x. SQLSTATE: 22012')", r"^\[DIVIDE_BY_ZERO\].*22012$"),
        ("SELECT nope(1)", r"\[UNRESOLVED_ROUTINE\].*42883"),
        ("SELEC 1", r"\[PARSE_SYNTAX_ERROR\].*42601"),
    ],
)
async def test_engine_errors_speak_databricks(
    sandbox: Sandbox, database: Path, statement: str, expected: str
) -> None:
    with pytest.raises(StatementError, match=expected) as failed:
        await sandbox.run(database, statement, LIMITS)
    assert str(database) not in failed.value.message
