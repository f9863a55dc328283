"""Questions a space should answer: made from its catalogue, then translated and really run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from local_workspace.sandbox.binding import executable
from local_workspace.sandbox.errors import StatementError
from local_workspace.sandbox.guard import Schema, checked
from local_workspace.sandbox.pool import Sandbox, StatementLimits
from local_workspace.spaces import Catalog, TableInfo
from local_workspace.spaces.names import plural
from local_workspace.translate import Clarification, translate

MOST = 12
LIMITS = StatementLimits(seconds=30.0, rows=1_000)
AVERAGED = {"sum": "total", "avg": "average", "max": "highest", "min": "lowest", "median": "median"}


@dataclass(frozen=True, slots=True)
class Tried:
    """A question and what became of it: rows, or why there are none."""

    question: str
    rows: int = 0
    sql: str = ""
    why_not: str = ""


async def tried(catalog: Catalog, database: Path, questions: Sequence[str]) -> list[Tried]:
    """Asks each question, in order, through the same check and sandbox as everybody's."""
    space = catalog.space
    schema = Schema(space.catalog, space.schema_name or space.name, frozenset(catalog.tables))
    outcomes: list[Tried] = []
    async with Sandbox(workers=1) as sandbox:
        for question in questions:
            reply = translate(question, catalog)
            if isinstance(reply, Clarification):
                outcomes.append(Tried(question, why_not=reply.text))
                continue
            try:
                sql = executable(checked(reply.sql, [schema]), {}, LIMITS.rows)
                result = await sandbox.run(database, sql, LIMITS)
            except StatementError as error:
                outcomes.append(Tried(question, sql=reply.sql, why_not=str(error)))
                continue
            empty = "" if result.row_count else "no rows"
            outcomes.append(Tried(question, result.row_count, reply.sql, empty))
    return outcomes


def likely_questions(catalog: Catalog) -> list[str]:
    """Up to twelve questions that the columns invite; the largest table comes first."""
    tables = sorted(catalog.tables.values(), key=lambda table: -table.rows)
    made = [_of_table(table) for table in tables]
    turns = [batch[place] for place in range(MOST) for batch in made if place < len(batch)]
    return [_sentence(text) for text in dict.fromkeys(turns)][:MOST]


def _of_table(table: TableInfo) -> list[str]:
    columns = table.columns.values()
    groups = [c.label for c in columns if c.role == "dimension" and 1 < c.distinct <= 50]
    measures = [
        f"{AVERAGED[c.aggregate]} {c.label}"
        for c in columns
        if c.role == "measure" and c.distinct > 1
    ]
    rows = plural(table.row)
    found: list[str] = []
    for measure in measures[:2]:
        found += [f"{measure} by {group}" for group in groups[:1]]
        found += [f"{measure} by month"] if table.time else []
    found += [
        f"how many {rows} are there",
        *(f"number of {rows} by {group}" for group in groups[:2]),
    ]
    if measures and groups:
        found.append(f"top 3 {plural(groups[0])} by {measures[0]}")
    found += [f"{measure} by {group}" for measure in measures[:3] for group in groups[1:3]]
    return found + measures[:1]


def _sentence(text: str) -> str:
    ends = "?" if text.startswith("how many") else ""
    return f"{text[:1].upper()}{text[1:]}{ends}"
