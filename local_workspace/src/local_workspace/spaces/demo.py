"""The space files that ship with the local workspace."""

from __future__ import annotations

from pathlib import Path

_FILES = Path(__file__).parent / "files"


def demo_space_files() -> dict[str, Path]:
    """Return the path of each demo space's file by the space's name."""
    return {path.stem: path for path in sorted(_FILES.glob("*.yaml"))}
