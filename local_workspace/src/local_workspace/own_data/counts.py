# ruff: noqa: S608 - names are ours (`raw`, `c0`, `c1`, ...), texts are quoted
"""Counts, for each text column of a staged file, what its cells look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import duckdb

from local_workspace.own_data import shapes

Family = Literal["text", "number", "boolean", "date"]
SAMPLE_ROWS = 20_000
AT_ONCE = 40
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
    every = max(1, rows // SAMPLE_ROWS)
    sample = f"(SELECT * FROM raw WHERE rowid % {every} = 0)" if every > 1 else "raw"
    found = [one for part in _parts(columns) for one in _families(connection, part, sample)]
    for one in found:
        if one.family == "number":
            one.numbers = _numbers(connection, one.column)
        elif one.family == "date":
            one.formats = _formats(connection, one.column, sample)
    for part in _parts(columns):
        _filled(connection, [one for one in found if one.column in part])
    return found


def cell(column: str) -> str:
    """The cell, NULL when it is empty."""
    return f"CASE WHEN NOT {shapes.is_empty(column)} THEN {column} END"


def _parts(columns: Sequence[str]) -> Iterable[Sequence[str]]:
    return (columns[start : start + AT_ONCE] for start in range(0, len(columns), AT_ONCE))


def _families(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], source: str
) -> list[Counts]:
    cells = ", ".join(f"{cell(name)} AS {name}" for name in columns)
    number = f"{shapes.WHOLE}|{shapes.DOT}|{shapes.COMMA}"
    asked = ", ".join(
        f"count({name}), "
        f"count(*) FILTER ({shapes.looks_like(name, number)} OR {shapes.is_scientific(name)}), "
        f"count(*) FILTER (regexp_matches({name}, '\\d')), "
        f"list_sort(list(DISTINCT lower({name})) FILTER (length({name}) < 7))[:9]"
        for name in columns
    )
    row = connection.execute(f"SELECT {asked} FROM (SELECT {cells} FROM {source})").fetchone()
    assert row is not None
    found: list[Counts] = []
    for place, name in enumerate(columns):
        filled, numbers, with_digits, words = row[4 * place : 4 * place + 4]
        one = Counts(name, words=frozenset(words or ()))
        if filled and numbers >= ENOUGH * filled:
            one.family = "number"
        elif filled and any(one.words <= set(pair) for pair in shapes.PAIRS) and one.words:
            one.family = "boolean"
        elif filled and with_digits >= ENOUGH * filled:
            one.family = "date"
        found.append(one)
    return found


def _numbers(connection: duckdb.DuckDBPyConnection, name: str) -> Numbers:
    dot, comma = shapes.looks_like("v", shapes.DOT), shapes.looks_like("v", shapes.COMMA)
    whole = shapes.looks_like("v", shapes.WHOLE)
    row = connection.execute(
        f"""SELECT count(*) FILTER (whole), count(*) FILTER (dot), count(*) FILTER (comma),
            count(*) FILTER (dot AND comma), count(*) FILTER ({shapes.is_scientific("v")}),
            count(*) FILTER (whole AND regexp_full_match(v, '0\\d+')),
            count(*) FILTER ((whole OR dot OR comma) AND contains(v, '%')),
            max(length(split_part({shapes.digits("v", ".")}, '.', 1))) FILTER (whole OR dot),
            max(length(split_part({shapes.digits("v", ",")}, '.', 1))) FILTER (whole OR comma),
            max(length(split_part({shapes.digits("v", ".")}, '.', 2))) FILTER (dot),
            max(length(split_part({shapes.digits("v", ",")}, '.', 2))) FILTER (comma),
            count(*) FILTER (regexp_matches(v, '[^-+0-9.,%() ]'))
        FROM (SELECT v, {whole} AS whole, {dot} AS dot, {comma} AS comma
              FROM (SELECT {cell(name)} AS v FROM raw))"""
    ).fetchone()
    assert row is not None
    signs = (
        row[11]
        and connection.execute(
            f"""SELECT sign, count(*) FROM (
            SELECT upper(regexp_extract(v, {shapes.text("(?i)" + shapes.CODES)})) AS sign
            FROM (SELECT {cell(name)} AS v FROM raw)
            WHERE {shapes.looks_like("v", f"{shapes.WHOLE}|{shapes.DOT}|{shapes.COMMA}")}
        ) WHERE sign <> '' GROUP BY sign ORDER BY 2 DESC, 1"""
        ).fetchall()
    )
    return Numbers(
        *row[:7],
        digits=max(row[7] or 0, row[8] or 0),
        dot_decimals=row[9] or 0,
        comma_decimals=row[10] or 0,
        currencies={str(sign): int(times) for sign, times in signs or ()},
    )


def _formats(connection: duckdb.DuckDBPyConnection, name: str, sample: str) -> dict[str, int]:
    """Counts over all cells of the formats that the sample shows; of all, where those fail."""
    likely = [form for form, n in _matching(connection, name, shapes.FORMATS, sample).items() if n]
    if not likely:
        return {}
    found = _matching(connection, name, likely, "raw")
    covered = " OR ".join(f"({shapes.moment('v', form)}) IS NOT NULL" for form in likely)
    row = connection.execute(
        f"SELECT count(*) FROM (SELECT {cell(name)} AS v FROM raw) "
        f"WHERE v IS NOT NULL AND NOT ({covered})"
    ).fetchone()
    if row and row[0] and sample != "raw":
        found = _matching(connection, name, shapes.FORMATS, "raw")
    return {form: n for form, n in found.items() if n}


def _matching(
    connection: duckdb.DuckDBPyConnection, name: str, forms: Sequence[str], source: str
) -> dict[str, int]:
    asked = ", ".join(f"count({shapes.moment('v', form)})" for form in forms)
    row = connection.execute(
        f"SELECT {asked} FROM (SELECT {cell(name)} AS v FROM {source})"
    ).fetchone()
    return dict(zip(forms, row or (), strict=True))


def _filled(connection: duckdb.DuckDBPyConnection, found: Sequence[Counts]) -> None:
    """Fills in what the sample cannot know: how many cells are filled, and all of a flag's words."""
    asked = ", ".join(
        f"count(*), count({cell(one.column)}), count(*) FILTER ({one.column} IN ('NA', 'na')), "
        f"count(DISTINCT {one.column}) FILTER (regexp_full_match({one.column}, '[A-Z]{{2}}')) > 2, "
        + (f"list(DISTINCT lower({cell(one.column)}))[:9]" if one.family == "boolean" else "NULL")
        for one in found
    )
    row = connection.execute(f"SELECT {asked} FROM raw").fetchone()
    assert row is not None
    for place, one in enumerate(found):
        rows, one.filled, one.na, one.short_codes, words = row[5 * place : 5 * place + 5]
        one.empty = rows - one.filled
        if words is not None:
            one.words = frozenset(word for word in words if word is not None)
