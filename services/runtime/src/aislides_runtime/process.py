"""How a service process ends: an exit code, and one line for each fault a person must fix."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Final

from aislides_runtime.errors import ServiceError
from aislides_runtime.settings import SettingsError

FAILED: Final = 1
BAD_SETTINGS: Final = 2
INTERRUPTED: Final = 130

COLLECTOR: Final = (20_000, 20, 20)
"""Objects made between two collections, and how many of these before the older ones are visited."""

CONFIG: Final = Path("config/config.yaml")
"""Settings file that is read when there is one and no other is named."""


def config_file(program: str, arguments: Sequence[str] | None = None) -> Path | None:
    """The settings file named by `--config FILE`, else `config/config.yaml` if there is one."""
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--config", type=Path, help="settings file (default: config/config.yaml)")
    named: Path | None = parser.parse_args(arguments).config
    return named or (CONFIG if CONFIG.exists() else None)


def spare_the_collector() -> None:
    """Lets the garbage collector pass over what was loaded, and look less often at what was not.

    To be called once, when a process has loaded its code: modules, schemas and word lists stay for
    its life, and cycles are few. Saved 7 % of the orchestrator's CPU for a deck.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR)


def run(main: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Runs an async main and gives the exit code; `sys.exit(run(main))` is a whole `__main__`.

    0 after a clean end, 2 for settings faults, 1 for another typed error (port in use), each told
    on stderr without a traceback; 130 when interrupted. Other exceptions keep their traceback.
    """
    spare_the_collector()
    try:
        asyncio.run(main())
    except SettingsError as error:
        return _tell(str(error), BAD_SETTINGS)
    except ServiceError as error:
        return _tell(f"{error.message} [{error.reason}]", FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _tell(text: str, code: int) -> int:
    sys.stderr.write(text + "\n")
    return code
