"""Runs the service: `python -m llm_svc [config/config.yaml]`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from aislides_runtime.errors import ServiceError
from aislides_runtime.logs import configure_logging
from aislides_runtime.serve import serve_until_stopped
from aislides_runtime.settings import SettingsError

from llm_svc.bootstrap import running_llm
from llm_svc.settings import read_settings

DEFAULT = Path("config/config.yaml")


def main(arguments: list[str]) -> int:
    """Serves until a signal; 0 after a drain, 2 when the settings cannot be used."""
    path = Path(arguments[0]) if arguments else DEFAULT if DEFAULT.exists() else None
    try:
        settings = read_settings(path, dotenv=Path(".env"))
        configure_logging(settings.logging.level, settings.logging.format, "llm_svc")
        asyncio.run(serve_until_stopped(running_llm(settings)))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except ServiceError as error:
        sys.stderr.write(f"{error.message}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
