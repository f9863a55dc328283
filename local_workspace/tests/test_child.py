"""The child's own parts, run in this process where they harm nobody."""

import io
import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import duckdb
import pytest
from local_workspace.sandbox import child

REQUEST = {"row_limit": 10, "byte_limit": 10_000, "chunk_rows": 2, "seconds": 5}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "data.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT range AS n FROM range(3)")
    return path


def answered(database: Path, sql: str, **more: Any) -> dict[str, Any]:
    with child.open_locked(str(database), 2**29, 1) as connection:
        return child.answer(connection, {**REQUEST, **more, "sql": sql})


def test_answer_holds_columns_and_chunks(database: Path) -> None:
    answer = answered(database, "SELECT n, n * 0.5 AS half FROM t ORDER BY n")
    assert [json.loads(chunk) for chunk in answer["chunks"]] == [
        [["0", "0.0"], ["1", "0.5"]],
        [["2", "1.0"]],
    ]
    assert [column["name"] for column in answer["columns"]] == ["n", "half"]
    assert (answer["row_count"], answer["truncated"]) == (3, "")


def test_limits_cut_and_are_named(database: Path) -> None:
    assert answered(database, "SELECT n FROM t", row_limit=2)["truncated"] == "rows"
    cut = answered(database, "SELECT n FROM t", byte_limit=15)
    assert (cut["truncated"], cut["row_count"]) == ("bytes", 2)


def test_engine_errors_are_named_by_class(database: Path) -> None:
    assert answered(database, "SELECT nope FROM t")["error"] == "BinderException"
    assert answered(database, "SET threads = 1")["error"] == "InvalidInputException"
    assert answered(database, "SELECT * FROM read_text('/etc/passwd')")["error"]


def test_memory_error_has_its_own_name(database: Path) -> None:
    class Exhausted:
        def cursor(self) -> Any:
            raise MemoryError

    assert child.answer(Exhausted(), {**REQUEST, "sql": ""}) == {  # type: ignore[arg-type]
        "error": "memory",
        "message": "",
    }


def test_frames_go_there_and_back() -> None:
    stream = io.BytesIO()
    child.write_frame(stream, {"text": "é\ud800"})
    assert struct.unpack(">I", stream.getvalue()[:4])[0] == len(stream.getvalue()) - 4
    whole = io.BytesIO(struct.pack(">I", 7) + b'{"a":1}')
    assert child.read_frame(whole) == {"a": 1}
    assert child.read_frame(whole) is None


def started(database: Path) -> tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]:
    """A child process of its own, its input and its output."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-I",
            "-m",
            "local_workspace.sandbox.child",
            str(database),
            str(2**31),
            "1",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    return process, process.stdin, process.stdout


def test_child_ends_when_its_parent_is_gone(database: Path) -> None:
    process, stdin, stdout = started(database)
    assert child.read_frame(stdout) == {"ready": True}  # type: ignore[arg-type]
    stdin.close()
    assert process.wait(timeout=10) == 0
    stdout.close()


def test_busy_child_ends_by_itself_when_its_parent_is_gone(database: Path) -> None:
    process, stdin, stdout = started(database)
    child.read_frame(stdout)  # type: ignore[arg-type]
    endless = "SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c"
    body = json.dumps({**REQUEST, "sql": endless, "seconds": -1.5}).encode()
    stdin.write(struct.pack(">I", len(body)) + body)
    stdin.close()
    assert process.wait(timeout=10) == 124
    stdout.close()


def test_peak_memory_is_in_bytes() -> None:
    assert 10 * 2**20 < child.peak_memory() < 10 * 2**30
