"""A data directory of one's own and a short way to put files into it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from local_workspace.own_data.errors import DataError
from local_workspace.own_data.report import FileReport
from local_workspace.own_data.text_file import Choices, import_text

MEMORY = 512 * 2**20


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[FileReport, list[Any]]]:
    """Imports a text in this process: `read(text_or_bytes, name="t.csv", **choices)`."""

    def reading(
        content: str | bytes, name: str = "t.csv", encoding: str = "utf-8", **choices: Any
    ) -> tuple[FileReport, list[Any]]:
        file, target = tmp_path / name, tmp_path / "out.parquet"
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        for old in work.iterdir():
            old.unlink()
        report = import_text(file, "t", target, work, Choices(**choices), MEMORY)
        return report, duckdb.execute(f"SELECT * FROM '{target}'").fetchall()

    return reading


@pytest.fixture
def column(read: Callable[..., Any]) -> Callable[..., Any]:
    """Imports cells as one column `x`: its report and its values."""

    def one(cells: Sequence[str], delimiter: str = ",", **choices: Any) -> Any:
        quoted = (f'{number}{delimiter}"{cell}"' for number, cell in enumerate(cells))
        text = f"n{delimiter}x\n" + "\n".join(quoted) + "\n"
        report, rows = read(text, **choices)
        return report.columns[1], [row[1] for row in rows]

    return one


@pytest.fixture
def refused(read: Callable[..., Any]) -> Callable[..., str]:
    """What the import says about a file that it does not take."""

    def message(content: str | bytes, **more: Any) -> str:
        with pytest.raises(DataError) as caught:
            read(content, **more)
        return caught.value.message

    return message
