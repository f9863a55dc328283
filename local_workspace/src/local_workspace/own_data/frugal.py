"""DuckDB in little memory, for files larger than it."""

from __future__ import annotations

from pathlib import Path

import duckdb


def frugal(database: Path, memory_bytes: int) -> duckdb.DuckDBPyConnection:
    """A connection that spills to disk instead of taking more memory."""
    return duckdb.connect(
        str(database),
        config={
            "memory_limit": f"{memory_bytes // 2**20}MiB",
            "threads": "2",
            "temp_directory": str(database.parent / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )


def identifier(name: str) -> str:
    """A quoted name of DuckDB."""
    return '"' + name.replace('"', '""') + '"'
