"""Whose a running service is: the folder that it was started in, and its version.

Relative paths of the settings (databases, own data, `config/config.yaml`) begin at that folder: two
services of one folder share them, whatever their ports.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

HOME: Final = "x-aislides-home-bin"
"""Binary, because the name of a folder need not be ASCII."""
VERSION: Final = "x-aislides-version"


@dataclass(frozen=True, slots=True)
class Identity:
    """Where a service is at home; empty for one that does not tell, which is none of ours."""

    home: str
    version: str

    def as_metadata(self) -> tuple[tuple[str, str | bytes], ...]:
        """As it goes with the answer to a health check."""
        return ((HOME, self.home.encode(errors="surrogateescape")), (VERSION, self.version))


def here() -> Identity:
    """Of this process."""
    try:
        installed = version("aislides-runtime")
    except PackageNotFoundError:
        installed = "0"
    return Identity(str(Path.cwd()), installed)


def told(metadata: Iterable[tuple[str, str | bytes]]) -> Identity:
    """The identity in an answer's metadata."""
    found = dict(metadata)
    home, number = found.get(HOME, b""), found.get(VERSION, "")
    return Identity(
        home.decode(errors="surrogateescape") if isinstance(home, bytes) else home,
        number.decode(errors="replace") if isinstance(number, bytes) else number,
    )
