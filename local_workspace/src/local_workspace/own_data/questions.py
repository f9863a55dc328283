"""Questions a space should answer: made from its catalogue, then translated and really run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from local_workspace.own_data.ideas import ideas
from local_workspace.sandbox.binding import executable
from local_workspace.sandbox.errors import StatementError
from local_workspace.sandbox.guard import Schema, checked
from local_workspace.sandbox.pool import Sandbox, StatementLimits
from local_workspace.spaces import Catalog
from local_workspace.translate import Clarification, translate

MOST = 12
LIMITS = StatementLimits(seconds=30.0, rows=1_000)


@dataclass(frozen=True, slots=True)
class Tried:
    """A question and what became of it: rows, or why there are none."""

    question: str
    rows: int = 0
    sql: str = ""
    why_not: str = ""


async def tried(catalog: Catalog, database: Path, questions: Sequence[str]) -> list[Tried]:
    """Asks each question, in order, through the same check and sandbox as everybody's."""
    async with Sandbox(workers=1) as sandbox:
        return [await _try(sandbox, catalog, database, question) for question in questions]


async def _try(sandbox: Sandbox, catalog: Catalog, database: Path, question: str) -> Tried:
    space = catalog.space
    schema = Schema(space.catalog, space.schema_name or space.name, frozenset(catalog.tables))
    reply = translate(question, catalog)
    if isinstance(reply, Clarification):
        return Tried(question, why_not=reply.text)
    try:
        sql = executable(checked(reply.sql, [schema]), {}, LIMITS.rows)
        result = await sandbox.run(database, sql, LIMITS)
    except StatementError as error:
        return Tried(question, sql=reply.sql, why_not=str(error))
    empty = "" if result.row_count else "no rows"
    return Tried(question, result.row_count, reply.sql, empty)


async def invited(
    catalog: Catalog, database: Path, most: int = MOST, without: Sequence[str] = ()
) -> list[Tried]:
    """Questions that the columns invite, each in the first wording that really gets an answer."""
    found: list[Tried] = []
    async with Sandbox(workers=1) as sandbox:
        for idea in ideas(catalog):
            for wording in idea.wordings:
                one = await _try(sandbox, catalog, database, sentence(wording))
                if one.rows >= idea.least_rows:
                    found += [one] if one.question not in without else []
                    break
            if len(found) == most:
                break
    return found


def sentence(text: str) -> str:
    """As a person writes it."""
    asks = text.lower().startswith(("how ", "what ", "which "))
    return f"{text[:1].upper()}{text[1:]}{'?' if asks else ''}"
