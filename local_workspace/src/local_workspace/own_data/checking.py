"""Checks a space of one's own: its file, its data, and the questions it answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from local_workspace.databases import FRUGAL, Databases
from local_workspace.own_data.errors import DataError
from local_workspace.own_data.importing import SPACE_FILE
from local_workspace.own_data.questions import Tried, invited, tried
from local_workspace.own_data.shelf import OwnSpace
from local_workspace.spaces import Catalog, SpaceDataError, load_space, profile_space
from local_workspace.spaces.yaml_file import Fault, SpaceFileError


@dataclass(frozen=True, slots=True)
class Checked:
    """A space that can be asked, with questions of its file and of its columns, tried out."""

    catalog: Catalog
    own: list[Tried]
    likely: list[Tried]


async def check_space(space: OwnSpace, data_directory: Path) -> Checked:
    """Raises SpaceFileError with the file, line and column of each fault."""
    file = space.folder / SPACE_FILE
    read = load_space(file)
    tables = {table.name: space.folder / f"{table.name}.parquet" for table in read.tables}
    for number, (name, path) in enumerate(tables.items()):
        if not path.exists():
            say = f"table '{name}' has no file {path.name} in this folder"
            raise SpaceFileError([placed(file, ("tables", number, "name"), say)])
    try:
        database = await Databases(data_directory / "databases").path(read.name, lambda: tables)
        with duckdb.connect(str(database), read_only=True, config=FRUGAL) as connection:
            catalog = profile_space(read, connection)
    except SpaceDataError as error:
        raise SpaceFileError([placed(file, error.location, str(error))]) from None
    except duckdb.Error as error:
        first = str(error).splitlines()[0][:200]
        raise DataError(f"{space.folder}: the data cannot be read: {first}") from None
    asked = [*read.sample_questions, *(example.question for example in read.examples)]
    own = await tried(catalog, database, asked)
    return Checked(catalog, own, await invited(catalog, database, without=asked))


def placed(file: Path, location: tuple[int | str, ...], message: str) -> Fault:
    """The fault at the deepest part of `location` that the file writes out."""
    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    mark = node.start_mark if node is not None else None
    for part in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            mark = node.start_mark
        elif isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == part]
            if not found:
                break
            mark, node = found[0][0].start_mark, found[0][1]
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
    return Fault(str(file), line, column, message)


def write_sample_questions(file: Path, questions: list[str]) -> None:
    """Writes questions that were answered into a space file that has none yet."""
    lines = "".join(f"\n  - {quoted(question)}" for question in questions)
    text = file.read_text(encoding="utf-8")
    draft = file.with_suffix(".draft")
    draft.write_text(text.replace("sample_questions: []", f"sample_questions:{lines}"), "utf-8")
    draft.replace(file)


def quoted(text: str) -> str:
    """The text as one line of YAML."""
    return str(yaml.safe_dump(text, allow_unicode=True, width=10**6)).splitlines()[0]
