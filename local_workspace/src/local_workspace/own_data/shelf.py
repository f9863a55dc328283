"""The spaces of one's own in a data directory: put there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from local_workspace.own_data.errors import DataError, SpaceExists, SpaceMissing, named
from local_workspace.own_data.importing import SPACE_FILE
from local_workspace.own_data.in_child import Import, ImportLimits, import_in_child
from local_workspace.own_data.report import FileReport
from local_workspace.own_data.steps import OnStep, untold
from local_workspace.own_data.text_file import Choices
from local_workspace.spaces import SpaceFileError, demo_space_files, load_space
from local_workspace.spaces.names import snake

DRAFT_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class OwnSpace:
    """A space of one's own as its folder shows it; `fault` says why it cannot be used."""

    name: str
    title: str
    folder: Path
    tables: tuple[str, ...]
    bytes: int
    fault: str = ""


class Shelf:
    """`<data directory>/spaces`. What is being written lies beside it until it is whole."""

    def __init__(self, data_directory: Path) -> None:
        self._spaces = data_directory / "spaces"
        self._incoming = data_directory / "incoming"
        self._databases = data_directory / "databases"

    def add(
        self,
        title: str,
        files: Sequence[Path],
        choices: Choices,
        *,
        replacing: bool = False,
        limits: ImportLimits | None = None,
        on_step: OnStep = untold,
    ) -> tuple[OwnSpace, list[FileReport]]:
        """Imports files as the space `title`, telling what it is at. Raises DataError, and then
        nothing has changed."""
        self._recover()
        name = space_name(title)
        target = self._spaces / name
        if name in demo_space_files():
            raise SpaceExists(f"“{title}” is the name of a demo space; choose another --name")
        if target.exists() and not replacing:
            raise SpaceExists(
                f"There is a space “{name}” already ({target}). Use --replace to put the new data "
                "in its place, or choose another --name"
            )
        self._spaces.mkdir(parents=True, exist_ok=True)
        self._incoming.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._incoming, prefix="new-") as draft:
            folder = Path(draft) / name
            folder.mkdir()
            importing = Import(title, name, tuple(files), folder, choices)
            reports = import_in_child(importing, limits or ImportLimits(), on_step)
            self._put(folder, target)
        return self.find(name), reports

    def _put(self, folder: Path, target: Path) -> None:
        if not target.exists():
            folder.rename(target)
            return
        old = self._incoming / f"replaced-{target.name}"
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        try:
            folder.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old)

    def _recover(self) -> None:
        """A process killed between two renames has left the replaced space aside; one killed
        before has left its draft, which no import needs after a day."""
        for draft in [*self._incoming.glob("new-*"), *self._incoming.glob("gone-*")]:
            if time.time() - draft.stat().st_mtime > DRAFT_SECONDS:
                shutil.rmtree(draft, ignore_errors=True)
        for old in self._incoming.glob("replaced-*"):
            target = self._spaces / old.name.removeprefix("replaced-")
            if not target.exists():
                old.rename(target)

    def list(self) -> list[OwnSpace]:
        """All spaces of one's own, by name; also those that cannot be used."""
        self._recover()
        return [read_space(file.parent) for file in sorted(self._spaces.glob(f"*/{SPACE_FILE}"))]

    def find(self, key: str) -> OwnSpace:
        """The space of this name or title. Raises SpaceMissing."""
        spaces = self.list()
        wanted = {key.casefold(), space_name(key)}
        for space in spaces:
            if space.name in wanted or space.title.casefold() == key.casefold():
                return space
        known = (
            named([space.title for space in spaces]) or "none yet; `aislides data add` makes one"
        )
        raise SpaceMissing(f"There is no space of your own called “{key}”. Yours: {known}")

    def remove(self, key: str) -> OwnSpace:
        """Takes a space away for good, with what was built from it. Raises SpaceMissing."""
        space = self.find(key)
        self._incoming.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._incoming, prefix="gone-") as bin_:
            space.folder.rename(Path(bin_) / space.folder.name)
        for database in self._databases.glob(f"{space.name}-{'[0-9a-f]' * 16}.duckdb"):
            database.unlink(missing_ok=True)
        return space


def space_name(title: str) -> str:
    """The name made from a title: `Sales 2024` is `sales_2024`. Raises DataError."""
    if not title.strip():
        raise DataError("The space needs a --name, such as --name Sales")
    name = snake(title)[:63].strip("_")
    return name if name[:1].isalpha() else f"space_{name}"[:63]


def read_space(folder: Path) -> OwnSpace:
    """What a folder holds."""
    size = sum(file.stat().st_size for file in folder.iterdir())
    bare = OwnSpace(folder.name, folder.name, folder, (), size)
    try:
        space = load_space(folder / SPACE_FILE)
    except SpaceFileError as error:
        return replace(bare, fault=str(error))
    tables = tuple(table.name for table in space.tables)
    missing = [name for name in tables if not (folder / f"{name}.parquet").exists()]
    fault = f"{folder}: no Parquet file for the tables {named(missing)}" if missing else ""
    return OwnSpace(space.name, space.title, folder, tables, size, fault)
