"""`aislides ask`: rows and SQL, questions back, failures; and a deck from one's own data."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import pytest
from aislides.deck.v1 import table_pb2 as table
from aislides.genie.v1 import genie_service_pb2 as pb
from aislides.genie.v1.genie_service_pb2_grpc import (
    GenieServiceServicer,
    add_GenieServiceServicer_to_server,
)
from aislides_cli.main import app
from typer.testing import CliRunner

from fakes.background import in_background

ROOT = Path(__file__).parents[2]
READINGS = "day;branch;usage (kWh);cost\n" + "".join(
    f"{day:02d}.{month:02d}.{year};{branch};1.{100 + day * month},5;{number + day},25 €\n"
    for year in (2023, 2024)
    for month in range(1, 13)
    for day in (3, 17)
    for number, branch in enumerate(("Bonn", "Kiel", "Köln"))
)
runner = CliRunner()


class ScriptedGenie(GenieServiceServicer):
    """Answers every question with the same events and keeps what it was asked."""

    def __init__(self, *events: pb.AskResponse) -> None:
        self.events = events
        self.asked: list[pb.AskRequest] = []

    async def ListSpaces(self, request, context):
        space = pb.Space(space_id="0" * 32, title="Sales")
        return pb.ListSpacesResponse(spaces=[space])

    async def Ask(self, request, context):
        self.asked.append(request)
        if not self.events:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, "too long")
        for event in self.events:
            yield event


@asynccontextmanager
async def serving(genie):
    """The scripted genie_svc; where it answers."""
    server = grpc.aio.server()
    add_GenieServiceServicer_to_server(genie, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        await server.stop(0)


def ask(genie, *arguments):
    with in_background(serving(genie)) as target:
        return runner.invoke(app, ["ask", "How much?", "--target", target, *arguments])


def message(**more):
    return pb.Message(question="How much?", **more)


QUERY = pb.Query(
    title="Revenue",
    description="Sum of \x1b[31mrevenue.",
    sql="SELECT region FROM t",
    thoughts=["SQL written by rules."],
)
COLUMNS = [
    table.Column(name="region", type=table.COLUMN_TYPE_TEXT),
    table.Column(name="revenue", type=table.COLUMN_TYPE_DECIMAL, unit="EUR"),
    table.Column(name="open", type=table.COLUMN_TYPE_BOOLEAN),
    table.Column(name="share", type=table.COLUMN_TYPE_NUMBER),
    table.Column(name="month", type=table.COLUMN_TYPE_LOCAL_TIMESTAMP),
]
ROWS = [
    table.Row(
        values=[
            table.Value(text="North\x1b[2J"),
            table.Value(decimal="1234.50"),
            table.Value(boolean=True),
            table.Value(number=0.25),
            table.Value(local_timestamp="2024-01-01T00:00:00"),
        ]
    ),
    table.Row(
        values=[
            table.Value(),
            table.Value(decimal="7"),
            table.Value(),
            table.Value(number=2),
            table.Value(local_timestamp="2024-01-02T10:30:00"),
        ]
    ),
]
ANSWER = (
    pb.AskResponse(
        rows_ready=pb.RowsReady(message=message(query=QUERY), columns=COLUMNS, row_count=9)
    ),
    pb.AskResponse(rows=pb.RowChunk(rows=ROWS, last=True)),
)


def test_rows_sql_and_its_author_are_shown_and_cells_cannot_steer_the_terminal():
    genie = ScriptedGenie(*ANSWER)
    told = ask(genie, "--space", "sales", "--rows", "2")
    assert told.exit_code == 0, told.output
    for words in (
        "(EUR)",
        "1,234.50",
        "yes",
        "0.25",
        "2.00",
        "2024-01-01 ",
        "2024-01-02 10:30:00",
        "7 more rows",
    ):
        assert words in told.stdout
    for words in ("SQL written by rules.", "SELECT region FROM t"):
        assert words in told.stdout
    assert "\x1b[2J" not in told.stdout
    assert (genie.asked[0].space_id, genie.asked[0].max_rows) == ("0" * 32, 2)


def test_a_space_that_nobody_has_is_told_with_those_there_are():
    told = ask(ScriptedGenie(), "--space", "No such thing")
    assert told.exit_code == 1
    assert "You may use: “Sales”" in told.stderr


def test_json_is_one_object():
    told = ask(ScriptedGenie(*ANSWER), "--json")
    answer = json.loads(told.stdout)
    assert answer["sql"] == "SELECT region FROM t"
    assert answer["columns"][1] == {"name": "revenue", "type": "", "unit": "EUR"}
    assert answer["rows"][1] == [None, "7", None, 2.0, "2024-01-02 10:30:00"]
    assert (answer["row_count"], answer["truncated"]) == (9, True)


@pytest.mark.parametrize(
    ("event", "code", "words"),
    [
        (
            pb.AskResponse(
                clarification=pb.Clarification(
                    message=message(clarification="Which year?", suggested_questions=["In 2013?"])
                )
            ),
            3,
            ["Which year?", 'aislides ask "In 2013?"'],
        ),
        (
            pb.AskResponse(failed=pb.Failed(reason="GENIE_SQL_FAILED", text="no such column")),
            1,
            ["no such column [GENIE_SQL_FAILED]"],
        ),
        (pb.AskResponse(text=pb.TextAnswer(message=message(text="It is 7."))), 0, ["It is 7."]),
    ],
)
def test_other_outcomes_have_their_exit_codes(event, code, words):
    told = ask(ScriptedGenie(event))
    assert told.exit_code == code
    assert all(word in told.output for word in words)
    as_json = ask(ScriptedGenie(event), "--json")
    assert as_json.exit_code == code
    assert json.loads(as_json.stdout)["question"] == "How much?"


def test_nobody_there_is_4_and_a_refusal_1():
    assert runner.invoke(app, ["ask", "Q?", "--target", "127.0.0.1:1"]).exit_code == 4
    told = ask(ScriptedGenie())
    assert (told.exit_code, told.stderr.startswith("aislides: ")) == (1, True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABRICKS_HOST", "DATABRICKS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AISLIDES_GENIE__LISTEN", "127.0.0.1:0")
    monkeypatch.setenv("AISLIDES_ORCHESTRATOR__LISTEN", "127.0.0.1:0")
    monkeypatch.setenv("AISLIDES_LLM__PROMPTS_FILE", str(ROOT / "config/prompts.yaml"))
    (tmp_path / "readings.csv").write_text(READINGS, encoding="cp1252")
    added = runner.invoke(app, ["data", "add", "readings.csv", "--name", "Power Use"])
    assert added.exit_code == 0, added.output
    return tmp_path


@pytest.mark.spawn
def test_own_data_answers_questions_and_makes_decks(home):
    told = runner.invoke(app, ["ask", "Total cost by branch", "--space", "power use", "--json"])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    rows = {row[0]: row[1] for row in answer["rows"]}
    # 48 days of 3 or 17 each: 24 x (3 + 17) + 48 x (number + 0.25)
    assert rows == {"Bonn": "492.00", "Kiel": "540.00", "Köln": "588.00"}
    assert "SQL written by rules." in answer["thoughts"]
    asked = runner.invoke(app, ["ask", "Who is the president?", "--space", "Power Use"])
    assert asked.exit_code == 3
    assert "aislides ask" in asked.stderr

    arguments = ["generate", "Usage by month and cost by branch", "--space", "Power Use"]
    made = runner.invoke(app, [*arguments, "-o", "deck.html"])
    assert made.exit_code == 0, made.output
    deck = (home / "deck.html").read_text(encoding="utf-8")
    assert "Köln" in deck
    assert "kWh" in deck
