"""What the services are told: settings file, `.env`, environment, and defaults of the embedded
workspace where no other workspace is named."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aislides_runtime.process import CONFIG
from dotenv import dotenv_values

EMBEDDED_DEFAULTS: Final[Mapping[str, str]] = {
    # Its answers take a tenth of a second, and it has no quota unless it is given one.
    "AISLIDES_GENIE__POLL_FIRST_SECONDS": "0.05",
    "AISLIDES_GENIE__POLL_MOST_SECONDS": "0.5",
    "AISLIDES_GENIE__QUESTIONS_PER_MINUTE": "0",
    "AISLIDES_GENIE__SPACE_ID": "flights",
}
"""Settings that suit the local workspace; whatever is set by hand wins."""


def config_path(named: Path | None) -> Path | None:
    """The settings file to read: the one named, else the usual one if there is one."""
    return named or (CONFIG if CONFIG.exists() else None)


def merged(dotenv: Path = Path(".env")) -> dict[str, str]:
    """The environment over `.env`."""
    read = dotenv_values(dotenv) if dotenv.exists() else {}
    return {name: text for name, text in read.items() if text is not None} | dict(os.environ)


def names_a_workspace(environ: Mapping[str, str]) -> bool:
    """Whether somebody said which Databricks workspace to use."""
    return bool(environ.get("DATABRICKS_HOST"))


def for_embedded(environ: Mapping[str, str], host: str, token: str | None) -> dict[str, str]:
    """The environment of services that talk to the embedded workspace."""
    told = {**EMBEDDED_DEFAULTS, **environ, "DATABRICKS_HOST": host}
    # Proxies of the machine must not see calls to the machine itself.
    told["NO_PROXY"] = ",".join(filter(None, [environ.get("NO_PROXY", ""), "127.0.0.1,localhost"]))
    if token is not None:
        told["DATABRICKS_TOKEN"] = token
    return told
