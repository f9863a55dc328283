"""How a command ends: an exit code, and for failures one line that says what to change."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from shutil import which
from typing import Any, Final

import grpc
import typer
from aislides_client import ClarificationNeeded, SlideGeneratorError
from aislides_runtime.errors import ServiceError
from aislides_runtime.settings import SettingsError
from local_workspace.settings import AddressInUse

FAILED: Final = 1
WRONG_CALL: Final = 2
NEEDS_ANSWER: Final = 3
UNREACHABLE: Final = 4
INTERRUPTED: Final = 130


def run(main: Callable[[], Coroutine[Any, Any, int | None]]) -> None:
    """Runs an async command and ends the process with its exit code."""
    try:
        code = asyncio.run(main()) or 0
    except KeyboardInterrupt:
        code = INTERRUPTED
    except (SettingsError, AddressInUse) as error:
        code = tell(str(error), WRONG_CALL)
    except ClarificationNeeded as needed:
        tell(str(needed), NEEDS_ANSWER)
        for suggestion in needed.suggestions:
            sys.stderr.write(f'  try: {command()} generate "{suggestion}"\n')
        code = NEEDS_ANSWER
    except SlideGeneratorError as error:
        code = tell(f"{error} [{error.reason}]", _code(error))
    except ServiceError as error:
        code = tell(f"{error.message} [{error.reason}]", FAILED)
    raise typer.Exit(code)


def run_as_json(main: Callable[[], Coroutine[Any, Any, int | None]]) -> None:
    """As `run`, for programs: a failure is also the last line of stdout, as a JSON object."""

    async def told() -> int | None:
        try:
            return await main()
        except ClarificationNeeded as needed:
            asked = {"text": str(needed), "suggestions": needed.suggestions}
            _line({"clarification": asked, "deck_id": needed.info.deck_id})
            raise
        except (SlideGeneratorError, ServiceError) as error:
            _line({"error": {"reason": error.reason, "message": str(error)}})
            raise

    run(told)


def _line(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


def command() -> str:
    """How this command is called here: by name where it is found, else by where it lies."""
    if which("aislides"):
        return "aislides"
    path = Path(sys.executable).with_name("aislides")
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def tell(text: str, code: int) -> int:
    """Writes a failure to stderr; the code, for the caller to return."""
    sys.stderr.write(f"aislides: {text}\n")
    return code


def _code(error: SlideGeneratorError) -> int:
    if error.code is grpc.StatusCode.INVALID_ARGUMENT:
        return WRONG_CALL
    if error.code is grpc.StatusCode.UNAVAILABLE:
        return UNREACHABLE
    return FAILED
