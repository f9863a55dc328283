"""The process in which files of people are read: its memory is bounded, its end harms nobody.

Reads one JSON object from its standard input and answers one, as the last line of its standard
output. The lines before it are `{"step": ...}`: what it is at.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from local_workspace.own_data.errors import DataError
from local_workspace.own_data.importing import import_files
from local_workspace.own_data.steps import OnStep, SomeSteps, Step, untold
from local_workspace.own_data.text_file import Choices
from local_workspace.spaces import SpaceFileError

PR_SET_PDEATHSIG = 1
ADDRESS_SPACE = 4
MAPPED = 2 * 2**30
"""The process as a whole may map so many times the engine's memory, and what libraries and threads
map without using it."""


def limit_memory(memory_bytes: int) -> None:
    """Bounds this process; no core dump holds anybody's data."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - absent on Windows

        for kind, value in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CORE, 0)):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (value, value))


def answer(request: dict[str, Any], on_step: OnStep = untold) -> dict[str, Any]:
    """`{"reports": [...]}`, or `{"error": text}` that is meant for people."""
    limit_memory(MAPPED + ADDRESS_SPACE * request["memory_bytes"])
    try:
        reports = import_files(
            request["title"],
            request["name"],
            [Path(file) for file in request["files"]],
            Path(request["folder"]),
            Choices(**request["choices"]),
            request["memory_bytes"],
            on_step,
        )
    except DataError as error:
        return {"error": error.message}
    except SpaceFileError as error:
        return {"error": str(error)}
    except (MemoryError, duckdb.OutOfMemoryException):
        return {"error": "The data needs more memory than allowed; raise --memory (megabytes)"}
    except duckdb.IOException as error:
        return {"error": f"The disk did not take the data: {str(error).splitlines()[0]}"}
    return {"reports": [report.as_json() for report in reports]}


def _tell(step: Step) -> None:
    _write({"step": asdict(step)})


def _write(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def die_with_parent() -> None:
    """Nobody waits for the answer of a process whose parent was killed. Linux only."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> None:
    """One request, one answer."""
    die_with_parent()
    _write(answer(json.load(sys.stdin), SomeSteps(_tell)))


if __name__ == "__main__":
    main()
