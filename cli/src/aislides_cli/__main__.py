"""`python -m aislides_cli` is `aislides`."""

from __future__ import annotations

from aislides_cli.main import app

app(prog_name="aislides")
