# ruff: noqa: S608 - names are ours (`raw`, `c0`, `c1`, ...), texts are quoted
"""Counts, for each text column of a staged file, what its cells look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import duckdb

from local_workspace.own_data import shapes

Family = Literal["text", "number", "boolean", "date"]
MOST_SAMPLED = 200_000
FEWEST_SAMPLED = 500
"""Cells in all, and rows at least, that a first look takes."""
AT_ONCE = 100
NUMBER = f"{shapes.WHOLE}|{shapes.DOT}|{shapes.COMMA}"
ENOUGH = 0.5
"""A column is taken for numbers or dates when at least half of its cells look so."""


@dataclass(slots=True)
class Numbers:
    """Counts of cells by how they are written, and the widths of their parts."""

    whole: int = 0
    dot: int = 0
    comma: int = 0
    either: int = 0
    scientific: int = 0
    leading_zero: int = 0
    percent: int = 0
    digits: int = 0
    dot_decimals: int = 0
    comma_decimals: int = 0
    compact_days: int = 0
    currencies: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Counts:
    """What one column holds. `filled` cells say something; `formats` counts dates by format."""

    column: str
    family: Family = "text"
    filled: int = 0
    empty: int = 0
    numbers: Numbers = field(default_factory=Numbers)
    words: frozenset[str] = frozenset()
    formats: dict[str, int] = field(default_factory=dict)
    na: int = 0
    short_codes: bool = False


def count(connection: duckdb.DuckDBPyConnection, columns: Sequence[str], rows: int) -> list[Counts]:
    """The counts of all columns of `raw`: a sample decides what to count, then every cell is."""
    every = max(1, rows // max(FEWEST_SAMPLED, MOST_SAMPLED // len(columns)))
    sample = f"(SELECT * FROM raw WHERE rowid % {every} = 0)" if every > 1 else "raw"
    found = {name: Counts(name) for name in columns}
    for part in _parts(columns):
        _families(connection, found, _long(part, sample))
    numbers = [one.column for one in found.values() if one.family == "number"]
    for part in _parts(numbers):
        _numbers(connection, found, _long(part, "raw"))
    dates = [one.column for one in found.values() if one.family == "date"]
    for part in _parts(dates):
        likely = _matching(connection, shapes.FORMATS, _long(part, sample))
        for name, forms in likely.items():
            found[name].formats = _formats(connection, name, list(forms), exact=sample == "raw")
    for part in _parts(columns):
        _filled(connection, found, _long(part, "raw"))
    for one in found.values():
        one.empty = rows - one.filled
        if one.family == "boolean":
            one.words = _words(connection, one.column)
    return list(found.values())


def cell(column: str) -> str:
    """The cell, NULL when it is empty."""
    return f"CASE WHEN NOT {shapes.is_empty(column)} THEN {column} END"


def _parts(columns: Sequence[str]) -> Iterable[Sequence[str]]:
    return (columns[start : start + AT_ONCE] for start in range(0, len(columns), AT_ONCE))


def _long(columns: Sequence[str], source: str) -> str:
    """One row (name, v) a cell, so that a pattern is prepared once and not once a column."""
    return (
        f"(SELECT name, v AS bare, {cell('v')} AS v FROM "
        f"(UNPIVOT (SELECT {', '.join(columns)} FROM {source}) "
        "ON COLUMNS(*) INTO NAME name VALUE v))"
    )


def _families(connection: duckdb.DuckDBPyConnection, found: dict[str, Counts], cells: str) -> None:
    rows = connection.execute(
        f"""SELECT name, count(v),
            count(*) FILTER ({shapes.looks_like("v", NUMBER)} OR {shapes.is_scientific("v")}),
            count(*) FILTER (regexp_matches(v, '\\d')),
            list_sort(list(DISTINCT lower(v)) FILTER (length(v) < 7))[:9]
        FROM {cells} GROUP BY name"""
    ).fetchall()
    for name, filled, numbers, with_digits, words in rows:
        one = found[name]
        one.words = frozenset(words or ())
        if filled and numbers >= ENOUGH * filled:
            one.family = "number"
        elif one.words and any(one.words <= set(pair) for pair in shapes.PAIRS):
            one.family = "boolean"
        elif filled and with_digits >= ENOUGH * filled:
            one.family = "date"


def _numbers(connection: duckdb.DuckDBPyConnection, found: dict[str, Counts], cells: str) -> None:
    dot, comma = shapes.looks_like("v", shapes.DOT), shapes.looks_like("v", shapes.COMMA)
    whole = shapes.looks_like("v", shapes.WHOLE)
    point, decimal_comma = shapes.digits("v", "."), shapes.digits("v", ",")
    compact_day = f"regexp_full_match(v, '{shapes.COMPACT_DAY}')"
    outlines = f"""(SELECT name, {shapes.outline("v")} AS v, count(*) AS n,
            count(*) FILTER (CASE WHEN length(v) = 8 THEN {compact_day} END) AS compact_days
        FROM {cells} WHERE v IS NOT NULL GROUP BY ALL)"""
    rows = connection.execute(
        f"""SELECT name,
            sum(n) FILTER (whole), sum(n) FILTER (dot), sum(n) FILTER (comma),
            sum(n) FILTER (dot AND comma), sum(n) FILTER ({shapes.is_scientific("v")}),
            sum(n) FILTER (whole AND regexp_full_match(v, '0\\d+')),
            sum(n) FILTER ((whole OR dot OR comma) AND contains(v, '%')),
            max(length(split_part({point}, '.', 1))) FILTER (whole OR dot),
            max(length(split_part({decimal_comma}, '.', 1))) FILTER (whole OR comma),
            max(length(split_part({point}, '.', 2))) FILTER (dot),
            max(length(split_part({decimal_comma}, '.', 2))) FILTER (comma),
            sum(n) FILTER (regexp_matches(v, '[^-+0-9.,%() ]')),
            sum(compact_days)
        FROM (SELECT *, {whole} AS whole, {dot} AS dot, {comma} AS comma FROM {outlines})
        GROUP BY name"""
    ).fetchall()
    for name, *sums in rows:
        row = [int(one or 0) for one in sums]
        found[name].numbers = Numbers(
            whole=row[0],
            dot=row[1],
            comma=row[2],
            either=row[3],
            scientific=row[4],
            leading_zero=row[5],
            percent=row[6],
            digits=max(row[7], row[8]),
            dot_decimals=row[9],
            comma_decimals=row[10],
            compact_days=row[12],
            currencies=_currencies(connection, name) if row[11] else {},
        )


def _currencies(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, int]:
    signs = connection.execute(
        f"""SELECT sign, count(*) FROM (
            SELECT upper(regexp_extract(v, {shapes.text("(?i)" + shapes.CODES)})) AS sign
            FROM (SELECT {cell(name)} AS v FROM raw) WHERE {shapes.looks_like("v", NUMBER)}
        ) WHERE sign <> '' GROUP BY sign ORDER BY 2 DESC, 1"""
    ).fetchall()
    return {str(sign): int(times) for sign, times in signs}


def _matching(
    connection: duckdb.DuckDBPyConnection, forms: Sequence[str], cells: str
) -> dict[str, dict[str, int]]:
    """For each column how many cells each format reads; formats that read none are left out."""
    asked = ", ".join(f"sum(n) FILTER ({shapes.moment('v', form)} IS NOT NULL)" for form in forms)
    distinct = f"(SELECT name, v, count(*) AS n FROM {cells} GROUP BY ALL)"
    rows = connection.execute(f"SELECT name, {asked} FROM {distinct} GROUP BY name").fetchall()
    return {
        name: {form: int(n) for form, n in zip(forms, counts, strict=True) if n}
        for name, *counts in rows
    }


def _formats(
    connection: duckdb.DuckDBPyConnection, name: str, likely: list[str], *, exact: bool
) -> dict[str, int]:
    """Counts over all cells of the formats a sample shows; of every format, where those fail."""
    if not likely:
        return {}
    cells = _long([name], "raw")
    if not exact:
        read = " OR ".join(f"({shapes.moment('v', form)}) IS NOT NULL" for form in likely)
        unread = f"(SELECT * FROM {cells} WHERE v IS NOT NULL AND NOT ({read}))"
        rare = _matching(connection, shapes.FORMATS, unread).get(name, {})
        likely = [*likely, *rare]
    return _matching(connection, likely, cells)[name]


def _filled(connection: duckdb.DuckDBPyConnection, found: dict[str, Counts], cells: str) -> None:
    """Fills in what a sample cannot know."""
    rows = connection.execute(
        f"""SELECT name, count(v), count(*) FILTER (bare IN ('NA', 'na')),
            count(DISTINCT bare) FILTER (
                CASE WHEN length(bare) = 2 THEN regexp_full_match(bare, '[A-Z]{{2}}') END) > 2
        FROM {cells} GROUP BY name"""
    ).fetchall()
    for name, filled, na, short_codes in rows:
        one = found[name]
        one.filled, one.na, one.short_codes = filled, na, bool(short_codes)


def _words(connection: duckdb.DuckDBPyConnection, name: str) -> frozenset[str]:
    rows = connection.execute(
        f"SELECT DISTINCT lower({cell(name)}) AS v FROM raw ORDER BY v NULLS LAST LIMIT 9"
    ).fetchall()
    return frozenset(str(row[0]) for row in rows if row[0] is not None)
