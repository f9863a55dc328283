"""The parent's side of an import: starts the process that reads the files, hears what it is at."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from local_workspace.own_data.errors import DataError
from local_workspace.own_data.report import FileReport
from local_workspace.own_data.steps import OnStep, Step, untold
from local_workspace.own_data.text_file import Choices

CHILD = "local_workspace.own_data.child"
MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """Bounds of one import: the engine's memory in bytes, and seconds until it is ended."""

    memory_bytes: int = 512 * MEBIBYTE
    seconds: float = 3_600.0


@dataclass(frozen=True, slots=True)
class Import:
    """Files that become the tables of a space in a folder."""

    title: str
    name: str
    files: tuple[Path, ...]
    folder: Path
    choices: Choices


def import_in_child(
    wanted: Import, limits: ImportLimits, on_step: OnStep = untold
) -> list[FileReport]:
    """Runs the import in a process of its own, ended at its deadline. Raises DataError."""
    request = {
        "title": wanted.title,
        "name": wanted.name,
        "files": [str(path) for path in wanted.files],
        "folder": str(wanted.folder.resolve()),
        "choices": asdict(wanted.choices),
        "memory_bytes": limits.memory_bytes,
    }
    told = _answer(request, wanted.folder, limits.seconds, on_step)
    if "error" in told:
        raise DataError(told["error"])
    return [FileReport.of(report) for report in told["reports"]]


def _answer(
    request: dict[str, Any], folder: Path, seconds: float, on_step: OnStep
) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+", dir=folder) as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-I", "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            env={"LC_ALL": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)},
        )
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        deadline = threading.Timer(seconds, end)
        with process:
            deadline.start()
            try:
                assert process.stdin is not None and process.stdout is not None
                process.stdin.write(json.dumps(request))
                process.stdin.close()
                answer = _heard(process.stdout, on_step)
                process.wait()
            except BrokenPipeError:
                answer = None
            except BaseException:
                process.kill()
                raise
            finally:
                deadline.cancel()
        if late.is_set():
            raise DataError(f"The import took longer than {seconds:g} seconds")
        if process.returncode != 0 or answer is None:
            complaints.seek(0)
            raise _broken(process.returncode, complaints.read())
    return answer


def _heard(lines: Any, on_step: OnStep) -> dict[str, Any] | None:
    """The last line; the steps before it are passed on. None when the process ended before it."""
    answer: dict[str, Any] | None = None
    for line in lines:
        told = json.loads(line)
        if "step" in told:
            on_step(Step(**told["step"]))
        else:
            answer = told
    return answer


def _broken(code: int, complaints: str) -> DataError:
    broke = complaints.strip().splitlines()[-1:] if code > 0 else []
    if broke:
        return DataError(f"The import broke: {broke[0][:300]}. Please report this")
    return DataError(
        "The import ended without an answer, most likely for lack of memory; close other "
        "programs, or split the files"
    )
