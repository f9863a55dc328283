"""`python -m orchestrator_svc [--config FILE]`: serves until told to stop."""

from __future__ import annotations

import sys
from pathlib import Path

from aislides_runtime.logs import configure_logging
from aislides_runtime.process import config_file, run
from aislides_runtime.serve import serve_until_stopped

from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.settings import read_settings


async def main() -> None:
    """Serves until SIGTERM or Ctrl-C."""
    settings = read_settings(config_file("orchestrator_svc"), dotenv=Path(".env"))
    configure_logging(settings.logging.level, settings.logging.format, "orchestrator")
    await serve_until_stopped(running_orchestrator(settings))


if __name__ == "__main__":
    sys.exit(run(main))
