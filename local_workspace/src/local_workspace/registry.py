"""The spaces of the workspace: those that ship with it and those in its data directory."""

import asyncio
import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from local_workspace.api_errors import ApiError, not_found
from local_workspace.data import DEMO_TABLES
from local_workspace.databases import FRUGAL, Databases, Tables
from local_workspace.identity import User
from local_workspace.sandbox.guard import Schema
from local_workspace.spaces import (
    Catalog,
    Space,
    SpaceFileError,
    demo_space_files,
    load_space,
    profile_space,
)

OWN_FILE = "space.yaml"
log = logging.getLogger(__name__)

WAREHOUSE_ID = "1oca1warehouse00"
HEXADECIMAL = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class RegisteredSpace:
    """A space and the function that finds (or first builds) its Parquet files, by table name."""

    space: Space
    tables: Tables

    @property
    def id(self) -> str:
        """32 hexadecimal digits made from the space's name, as a real Genie's id looks."""
        return hashlib.sha256(self.space.name.encode()).hexdigest()[:32]

    @property
    def schema(self) -> Schema:
        """What a statement may read."""
        name = self.space.schema_name or self.space.name
        tables = frozenset(table.name for table in self.space.tables)
        return Schema(self.space.catalog, name, tables)


class Registry:
    """Finds spaces by id or name, builds their databases, profiles their data once.

    A space of one's own is a folder `spaces/<name>/` in the data directory with `space.yaml` and
    one `<table>.parquet` for each table; it is seen without a restart.
    """

    def __init__(self, data_directory: Path, demo_spaces: Sequence[str] | None) -> None:
        self._data_directory = data_directory
        self._demo_spaces = demo_spaces
        self._databases = Databases(data_directory / "databases")
        self._loaded: dict[Path, tuple[int, RegisteredSpace | None]] = {}
        self._catalogs: dict[str, tuple[Path, Space, Catalog]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    def load(self) -> None:
        """Reads all space files (a quarter of a second each), so that no request has to."""
        self._all()

    def visible_to(self, user: User) -> list[RegisteredSpace]:
        """The spaces this user may ask, by title."""
        entries = [entry for entry in self._all() if user.may_ask(entry.space.name)]
        return sorted(entries, key=lambda entry: entry.space.title)

    def find(self, key: str, user: User) -> RegisteredSpace:
        """The space with this id or name. Raises ApiError 404 or 403."""
        for entry in self._all():
            if key in {entry.id, entry.space.name}:
                if not user.may_ask(entry.space.name):
                    raise ApiError(
                        403, "PERMISSION_DENIED", "You need Can Run permission on this space."
                    )
                return entry
        raise not_found("Genie space", key)

    def _all(self) -> list[RegisteredSpace]:
        entries = (self._load(file) for file in self._files())
        return list({entry.space.name: entry for entry in entries if entry}.values())

    def _files(self) -> list[Path]:
        demo = demo_space_files()
        wanted = demo.keys() if self._demo_spaces is None else self._demo_spaces
        own = sorted((self._data_directory / "spaces").glob(f"*/{OWN_FILE}"))
        return [*(demo[name] for name in wanted if name in demo), *own]

    def _load(self, file: Path) -> RegisteredSpace | None:
        """The space in a file; a file that cannot be used is told once and left out."""
        changed = file.stat().st_mtime_ns
        known = self._loaded.get(file)
        if known is None or known[0] != changed:
            known = (changed, self._read(file))
            self._loaded[file] = known
        return known[1]

    def _read(self, file: Path) -> RegisteredSpace | None:
        try:
            space = load_space(file)
        except SpaceFileError as error:
            log.warning("space left out: %s", error)
            return None
        if file.name == OWN_FILE:
            return own_space(space, file.parent)
        if space.name not in DEMO_TABLES:
            log.warning("space left out: there is no demo data for %s", space.name)
            return None
        cache = self._data_directory / "demo"
        return RegisteredSpace(space, lambda: DEMO_TABLES[space.name](cache))

    async def database(self, entry: RegisteredSpace) -> Path:
        """The database file of a space, built when needed."""
        return await self._databases.path(entry.space.name, entry.tables)

    async def catalog(self, entry: RegisteredSpace) -> Catalog:
        """What the space's data holds; read anew when its file or its data has changed.

        Raises SpaceDataError when the two do not fit.
        """
        async with self._locks.setdefault(entry.id, asyncio.Lock()):
            database = await self.database(entry)
            known = self._catalogs.get(entry.id)
            if known is None or known[0] != database or known[1] is not entry.space:
                profiled = await asyncio.to_thread(profiled_catalog, entry.space, database)
                known = (database, entry.space, profiled)
                self._catalogs[entry.id] = known
            return known[2]


def own_space(space: Space, folder: Path) -> RegisteredSpace | None:
    """A space of the data directory; left out when a table has no Parquet file."""
    files = {table.name: folder / f"{table.name}.parquet" for table in space.tables}
    missing = [file.name for file in files.values() if not file.exists()]
    if missing:
        log.warning("space left out: %s lacks %s", folder, ", ".join(missing))
        return None
    return RegisteredSpace(space, lambda: files)


def profiled_catalog(space: Space, database: Path) -> Catalog:
    """Reads the space's own tables, in a thread; no text of a question is involved."""
    with duckdb.connect(str(database), read_only=True, config=FRUGAL) as connection:
        return profile_space(space, connection)
