"""`python -m llm_svc [--config FILE]`: serves until told to stop."""

from __future__ import annotations

import sys
from pathlib import Path

from aislides_runtime.logs import configure_logging
from aislides_runtime.process import config_file, run
from aislides_runtime.serve import serve_until_stopped

from llm_svc.bootstrap import running_llm
from llm_svc.settings import read_settings


async def _serve() -> None:
    settings = read_settings(config_file("llm_svc"), dotenv=Path(".env"))
    configure_logging(settings.logging.level, settings.logging.format, "llm_svc")
    await serve_until_stopped(running_llm(settings))


if __name__ == "__main__":
    sys.exit(run(_serve))
