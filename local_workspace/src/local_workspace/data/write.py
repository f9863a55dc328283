"""Writes generated tables as Parquet: complete or not at all, and only when they are not there."""

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

Rows = Iterable[Sequence[Any]]
Tables = Mapping[str, tuple[Mapping[str, str], Rows]]
"""Table name -> (column name -> DuckDB type, rows)."""


def built(
    cache: Path, name: str, sources: Sequence[Path], make: Callable[[], Tables]
) -> Mapping[str, Path]:
    """Table name -> Parquet file, built anew when one of `sources` has changed."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for source in sources:
        digest.update(source.read_bytes())
    folder = cache / f"{name}-{digest.hexdigest()[:12]}"
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as draft:
            finished = Path(draft) / name
            write(finished, make())
            if not folder.exists():  # another process may have been quicker
                finished.rename(folder)
    return {file.stem: file for file in sorted(folder.glob("*.parquet"))}


def write(folder: Path, tables: Tables) -> None:
    """One Parquet file a table. Equal rows give equal bytes."""
    folder.mkdir()
    for name, (columns, rows) in tables.items():
        draft = folder / f"{name}.csv"
        with draft.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        with duckdb.connect(config={"threads": 1}) as connection:
            source = connection.read_csv(str(draft), header=False, columns=dict(columns))
            source.write_parquet(str(folder / f"{name}.parquet"), compression="zstd")
        draft.unlink()
