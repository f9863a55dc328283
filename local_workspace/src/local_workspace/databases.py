"""One read-only DuckDB file a space, built once from the space's Parquet files."""

import asyncio
import hashlib
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

Tables = Callable[[], Mapping[str, Path]]

FRUGAL: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "512MiB",
    "threads": 2,
}
"""The process that builds also serves; a large file must not take its memory."""
SAFE_NAME = re.compile(r"[^a-z0-9_]+")


class Databases:
    """Builds databases under `folder` and finds them again as long as their files are the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._building: dict[str, asyncio.Lock] = {}

    async def path(self, name: str, tables: Tables) -> Path:
        """The database that holds `tables()` (name -> Parquet file), built when it is not there."""
        async with self._building.setdefault(name, asyncio.Lock()):
            return await asyncio.to_thread(self._ensure, name, tables)

    def _ensure(self, name: str, find_tables: Tables) -> Path:
        tables = find_tables()
        stem = SAFE_NAME.sub("_", name.lower())
        target = self._folder / f"{stem}-{fingerprint(tables)}.duckdb"
        if not target.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            build(target, tables)
            for old in self._folder.glob(f"{stem}-{'[0-9a-f]' * 16}.duckdb"):
                if old != target:
                    old.unlink(missing_ok=True)
        return target.resolve()


def fingerprint(tables: Mapping[str, Path]) -> str:
    """Changes whenever a file, or DuckDB itself, may have changed."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for name, path in sorted(tables.items()):
        status = path.stat()
        digest.update(f"{name}\0{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def build(target: Path, tables: Mapping[str, Path]) -> None:
    """Writes the database beside its place and moves it in, so that no half of it is ever seen."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder) / "draft.duckdb"
        with duckdb.connect(str(draft), config=FRUGAL) as connection:
            for name, path in tables.items():
                quoted = name.replace('"', '""')
                connection.execute(  # names cannot be parameters
                    f'CREATE TABLE "{quoted}" AS SELECT * FROM read_parquet(?)',  # noqa: S608
                    [str(path)],
                )
        draft.replace(target)
