"""The process in which statements run (layers B, C and D). Started by `process.py`, never imported
by the services.

It reads requests from its standard input and answers on what was its standard output, both as
frames of four length bytes and JSON. One database for its whole life, read only.
"""

import contextlib
import ctypes
import json
import os
import struct
import sys
import threading
import time
from typing import Any, BinaryIO

import duckdb

from local_workspace.sandbox.cells import HUGE, column_type, huge_type, text, writer

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
GRACE_SECONDS = 2.0
FETCHED_AT_ONCE = 2_000


def limit_process(memory_bytes: int) -> None:
    """Takes from this process what a query never needs: memory, files to write, the network."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - absent on Windows

        # macOS accepts RLIMIT_AS and ignores it, hence the watchdog below.
        wanted = [(resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, 0)]
        for kind, value in [*wanted, (resource.RLIMIT_CORE, 0)]:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (value, value))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)  # where the host allows it


def open_locked(database: str, memory_bytes: int, threads: int) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can touch no other file and change no setting."""
    connection = duckdb.connect(
        database,
        read_only=True,
        config={
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "threads": str(threads),
            "memory_limit": f"{memory_bytes // 2**20}MiB",
            "max_temp_directory_size": "0GB",
        },
    )
    connection.execute("SET disabled_filesystems = 'LocalFileSystem'")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET lock_configuration = true")
    return connection


class Watchdog(threading.Thread):
    """Ends this process when a statement overstays, or memory grows past the limit.

    The parent does so too; this one works when the parent is gone, and where RLIMIT_AS does not.
    """

    def __init__(self, memory_bytes: int) -> None:
        super().__init__(daemon=True)
        self.deadline: float | None = None
        self._memory_bytes = memory_bytes

    def run(self) -> None:
        """Looks four times a second."""
        while True:
            time.sleep(0.25)
            deadline = self.deadline
            if deadline is not None and time.monotonic() > deadline + GRACE_SECONDS:
                os._exit(124)
            if deadline is not None and peak_memory() > self._memory_bytes:
                os._exit(137)


def peak_memory() -> int:
    """The most memory this process has held, in bytes; 0 where that cannot be told."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def answer(connection: duckdb.DuckDBPyConnection, request: dict[str, Any]) -> dict[str, Any]:
    """Runs one statement: `{columns, chunks, row_count, truncated}` or
    `{error, message}`. Each chunk is the JSON text of a list of rows.
    """
    try:
        cursor = connection.cursor()
        cursor.execute(request["sql"])
        return collected(
            cursor,
            row_limit=request["row_limit"],
            byte_limit=request["byte_limit"],
            chunk_rows=request["chunk_rows"],
        )
    except (MemoryError, duckdb.OutOfMemoryException):
        return {"error": "memory", "message": ""}
    except duckdb.Error as error:
        return {"error": type(error).__name__, "message": str(error)}


def collected(
    cursor: duckdb.DuckDBPyConnection, *, row_limit: int, byte_limit: int, chunk_rows: int
) -> dict[str, Any]:
    """The rows of an executed statement, up to both limits."""
    types = [str(column[1]) for column in cursor.description or []]
    rows: list[tuple[Any, ...]] = []
    while len(rows) <= row_limit and (batch := cursor.fetchmany(FETCHED_AT_ONCE)):
        rows.extend(batch)
    truncated = "rows" if len(rows) > row_limit else ""
    del rows[row_limit:]
    writers = [writer(engine_type) for engine_type in types]
    chunks: list[str] = []
    total_bytes = row_count = 0
    for start in range(0, len(rows), chunk_rows):
        part = rows[start : start + chunk_rows]
        written = [[w(c) for w, c in zip(writers, row, strict=True)] for row in part]
        chunk = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
        total_bytes += len(chunk.encode("utf-8", "surrogatepass"))
        if total_bytes > byte_limit:
            truncated = "bytes"
            break
        chunks.append(chunk)
        row_count += len(part)
    return {
        "columns": [described(cursor, index, types, rows) for index in range(len(types))],
        "chunks": chunks,
        "row_count": row_count,
        "truncated": truncated,
    }


def described(
    cursor: duckdb.DuckDBPyConnection,
    index: int,
    types: list[str],
    rows: list[tuple[Any, ...]],
) -> dict[str, Any]:
    """One column of the manifest."""
    assert cursor.description is not None
    if types[index] in HUGE:
        kind = huge_type([row[index] for row in rows])
    else:
        kind = column_type(types[index])
    return {
        "name": text(cursor.description[index][0]),
        "type_name": kind.type_name,
        "type_text": kind.type_text,
        "precision": kind.precision,
        "scale": kind.scale,
    }


def read_frame(stream: BinaryIO) -> dict[str, Any] | None:
    """The next request, or None when the parent closed the pipe."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    frame: dict[str, Any] = json.loads(stream.read(struct.unpack(">I", head)[0]))
    return frame


def write_frame(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Sends one answer."""
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()


def main() -> None:
    """Serves statements until the parent closes the pipe."""
    database, memory_bytes, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but frames may reach the parent, whatever a library prints
    limit_process(memory_bytes)
    connection = open_locked(database, memory_bytes // 2, threads)
    watchdog = Watchdog(memory_bytes)
    watchdog.start()
    write_frame(answers, {"ready": True})
    while (request := read_frame(requests)) is not None:
        watchdog.deadline = time.monotonic() + request["seconds"]
        message = answer(connection, request)
        watchdog.deadline = None
        write_frame(answers, message)


if __name__ == "__main__":
    main()
