"""Which prompts file is in force: the one named, else the one that comes with the service."""

from __future__ import annotations

from pathlib import Path
from typing import Final

DEFAULT: Final = Path("config/prompts.yaml")
"""Where people keep prompts that they edit, from the folder in which the service starts."""

_IN_WHEEL: Final = Path(__file__).with_name("shipped.yaml")
_IN_SOURCE_TREE: Final = Path(__file__).resolve().parents[5] / DEFAULT


def prompts_path(named: Path) -> Path:
    """The file to read: `named`; where that is the default and is not there, the shipped one."""
    if named != DEFAULT or named.exists():
        return named
    return next((path for path in (_IN_WHEEL, _IN_SOURCE_TREE) if path.exists()), named)
