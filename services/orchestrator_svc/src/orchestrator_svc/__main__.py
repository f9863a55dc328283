"""Runs the orchestrator: `python -m orchestrator_svc [config.yaml]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from aislides_runtime.logs import configure_logging
from aislides_runtime.process import run
from aislides_runtime.serve import serve_until_stopped

from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.settings import read_settings


async def main() -> None:
    """Serves until SIGTERM or Ctrl-C."""
    path = Path(os.environ.get("AISLIDES_CONFIG", "config/config.yaml"))
    settings = read_settings(path if path.exists() else None)
    configure_logging(settings.logging.level, settings.logging.format, "orchestrator")
    await serve_until_stopped(running_orchestrator(settings))


if __name__ == "__main__":
    sys.exit(run(main))
