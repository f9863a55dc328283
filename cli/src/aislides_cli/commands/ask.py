"""`aislides ask`: one question to Genie; its table and its SQL."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import grpc.aio
import typer
from aislides.genie.v1 import genie_service_pb2 as pb
from aislides.genie.v1.genie_service_pb2_grpc import GenieServiceStub
from aislides_runtime.channels import open_channel
from aislides_runtime.status import error_from_rpc
from orchestrator_svc.deck.values import to_python
from rich.console import Console
from rich.syntax import Syntax
from rich.text import Text

from aislides_cli import outcome
from aislides_cli.cells import plain
from aislides_cli.serving_genie import genie
from aislides_cli.space_names import space_id
from aislides_cli.tables import tables

SECONDS = 600.0
LIST_SECONDS = 30.0
WIDEST = 10_000
"""Where no terminal is, programs read lines, and a table stays in one piece."""


@dataclass(slots=True)
class Outcome:
    """What Genie answered, gathered from its events. Texts and SQL are untrusted."""

    message: pb.Message = field(default_factory=pb.Message)
    header: pb.RowsReady | None = None
    rows: list[list[Any]] = field(default_factory=list)
    failed: pb.Failed | None = None


def ask(
    question: Annotated[str, typer.Argument(help="The question, in plain words.")],
    space: Annotated[str, typer.Option(help="Title or id; see `aislides spaces`.")] = "",
    rows: Annotated[int, typer.Option(min=1, max=10_000, help="Most rows to print.")] = 50,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    target: Annotated[
        str, typer.Option(help="genie_svc at HOST:PORT (default: one that runs, or its own).")
    ] = "",
    config: Annotated[
        Path | None, typer.Option(help="Settings file (default: config/config.yaml).")
    ] = None,
) -> None:
    """Ask Genie one question; print the rows and the SQL.

    Example: `aislides ask "Total revenue by region" --space Sales`
    """

    async def main() -> int:
        async with genie(target, config) as address, open_channel(address) as channel:
            try:
                found = await _asked(GenieServiceStub(channel), question, space, rows)
            except grpc.aio.AioRpcError as rpc:
                error = error_from_rpc(rpc)
                away = rpc.code() is grpc.StatusCode.UNAVAILABLE
                code = outcome.UNREACHABLE if away else outcome.FAILED
                return outcome.tell(f"{error.message} [{error.reason}]", code)
        if json:
            print(json_format.dumps(_as_json(question, found), ensure_ascii=False, default=str))
            return _code(found)
        return _shown(found, space)

    outcome.run(main)


async def _asked(stub: Any, question: str, space: str, rows: int) -> Outcome:
    async def listed() -> Iterable[pb.Space]:
        reply = await stub.ListSpaces(pb.ListSpacesRequest(page_size=100), timeout=LIST_SECONDS)
        spaces: Iterable[pb.Space] = reply.spaces
        return spaces

    found = Outcome()
    request = pb.AskRequest(
        space_id=await space_id(space, listed), question=question, max_rows=rows
    )
    events: AsyncIterator[pb.AskResponse] = stub.Ask(request, timeout=SECONDS)
    async for event in events:
        kind = event.WhichOneof("event")
        if kind == "rows_ready":
            found.header, found.message = event.rows_ready, event.rows_ready.message
            found.rows = []
        elif kind == "rows":
            found.rows += [[to_python(cell) for cell in row.values] for row in event.rows.rows]
        elif kind == "text":
            found.message = event.text.message
        elif kind == "clarification":
            found.message = event.clarification.message
        elif kind == "failed":
            found.failed = event.failed
    return found


def _code(found: Outcome) -> int:
    if found.failed is not None:
        return outcome.FAILED
    return outcome.NEEDS_ANSWER if found.message.clarification else 0


def _shown(found: Outcome, space: str) -> int:
    if found.failed is not None:
        return outcome.tell(f"{found.failed.text} [{found.failed.reason}]", outcome.FAILED)
    message = found.message
    if message.clarification:
        outcome.tell(plain(message.clarification), outcome.NEEDS_ANSWER)
        for question in message.suggested_questions:
            where = f' --space "{space}"' if space else ""
            sys.stderr.write(f'  try: {outcome.command()} ask "{plain(question)}"{where}\n')
        return outcome.NEEDS_ANSWER
    piped = not sys.stdout.isatty()
    console = Console(highlight=False, soft_wrap=piped)
    paper = Console(highlight=False, width=WIDEST) if piped else console
    if found.header is None:
        console.print(Text(plain(message.text)))
        return 0
    for table in tables(found.header.columns, found.rows, paper.width):
        paper.print(table)
    more = found.header.row_count - len(found.rows)
    if more > 0:
        console.print(f"... and {more:,} more rows (--rows shows up to 10,000)")
    console.print(Text(plain(message.query.description or message.text)))
    for thought in message.query.thoughts:
        if thought.startswith("SQL written by"):
            console.print(Text(plain(thought), style="dim"))
    console.print()
    if piped:
        print(plain(message.query.sql))
    else:
        console.print(Syntax(message.query.sql, "sql", background_color="default", word_wrap=True))
    return 0


def _as_json(question: str, found: Outcome) -> dict[str, Any]:
    message, header = found.message, found.header
    answer: dict[str, Any] = {"question": question}
    if found.failed is not None:
        return answer | {"failed": {"reason": found.failed.reason, "text": found.failed.text}}
    if message.clarification:
        suggestions = list(message.suggested_questions)
        return answer | {"clarification": message.clarification, "suggestions": suggestions}
    if header is None:
        return answer | {"text": message.text}
    return answer | {
        "title": message.query.title,
        "description": message.query.description,
        "sql": message.query.sql,
        "columns": [
            {"name": one.name, "type": one.type_text, "unit": one.unit} for one in header.columns
        ],
        "rows": found.rows,
        "row_count": header.row_count,
        "truncated": header.truncated or header.row_count > len(found.rows),
        "thoughts": list(message.query.thoughts),
    }
