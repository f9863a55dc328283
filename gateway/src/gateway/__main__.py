"""`python -m gateway [--config FILE]`: serves until told to stop."""

from __future__ import annotations

import sys
from pathlib import Path

from aislides_runtime.logs import configure_logging, get_logger
from aislides_runtime.process import config_file, run
from aislides_runtime.serve import stop_signal

from gateway.server import running_gateway
from gateway.settings import read_settings


async def main() -> None:
    """Serves until SIGTERM or Ctrl-C."""
    settings = read_settings(config_file("gateway"), dotenv=Path(".env"))
    configure_logging(settings.logging.level, settings.logging.format, "gateway")
    stop = stop_signal()
    async with running_gateway(settings) as gateway:
        get_logger("gateway").info("listening", url=gateway.url)
        await stop.wait()


if __name__ == "__main__":
    sys.exit(run(main))
