"""`python -m genie_svc [--config FILE]`: serves until told to stop."""

from __future__ import annotations

import sys
from pathlib import Path

from aislides_runtime.logs import configure_logging
from aislides_runtime.process import config_file, run
from aislides_runtime.serve import serve_until_stopped

from genie_svc.bootstrap import running_genie
from genie_svc.settings import load_genie_settings


async def main() -> None:
    """Serves until SIGTERM or Ctrl-C."""
    settings = load_genie_settings(config_file("genie_svc"), dotenv=Path(".env"))
    configure_logging(settings.logging.level, settings.logging.format, "genie_svc")
    await serve_until_stopped(
        running_genie(settings),
        on_started=lambda server: print(f"genie_svc listens on {server.target}", flush=True),  # noqa: T201
    )


if __name__ == "__main__":
    sys.exit(run(main))
