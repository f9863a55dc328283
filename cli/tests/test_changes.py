from __future__ import annotations

import json

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_cli.main import app
from typer.testing import CliRunner

from fakes.background import in_background
from fakes.orchestrator import ID, FakeOrchestrator, event, html_parts, info, serving

runner = CliRunner()


def changing(call, response, *, ended=None):
    fake = FakeOrchestrator()
    fake.script(call, response(deck=info(pb.STATE_QUEUED, last_sequence=40)))
    fake.script("WatchDeck", [event(41, completed=pb.DeckCompleted(slide_count=9))])
    fake.script("GetDeck", pb.GetDeckResponse(deck=ended or info(revision=2)))
    return fake


CHANGES = [
    (["refresh", ID], "RefreshDeck", pb.RefreshDeckResponse),
    (["revise", ID, "Remove slide 3"], "ReviseDeck", pb.ReviseDeckResponse),
]


@pytest.mark.parametrize(("arguments", "call", "response"), CHANGES)
def test_a_changed_deck_is_followed_and_saved(arguments, call, response, tmp_path):
    fake = changing(call, response)
    fake.script("ExportDeck", html_parts())
    out = tmp_path / "deck.html"
    with in_background(serving(fake)) as target:
        told = runner.invoke(app, [*arguments, "-o", str(out), "--target", target])
    assert told.exit_code == 0, told.output
    assert "revision 2" in told.output
    assert out.read_bytes() == b"<!DOCTYPE html>deck"
    # Only events of this run are told.
    assert fake.requests[1].after_sequence == 40
    fake.assert_used_up()


def test_an_instruction_that_changes_nothing_exits_1_with_the_reason():
    error = pb.JobError(reason="INSTRUCTION_NOT_UNDERSTOOD", message="nothing would change")
    fake = changing("ReviseDeck", pb.ReviseDeckResponse, ended=info(change_error=error))
    with in_background(serving(fake)) as target:
        told = runner.invoke(app, ["revise", ID, "Sing", "--target", target])
    assert told.exit_code == 1
    assert "nothing would change [INSTRUCTION_NOT_UNDERSTOOD]" in told.stderr


def test_events_of_a_change_as_json_lines(tmp_path):
    fake = changing("RefreshDeck", pb.RefreshDeckResponse)
    fake.script("ExportDeck", html_parts())
    out = tmp_path / "deck.html"
    with in_background(serving(fake)) as target:
        told = runner.invoke(app, ["refresh", ID, "-o", str(out), "--json", "--target", target])
    lines = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    assert lines[-1] == {"deck_id": ID, "path": str(out)}


def test_diff_shows_the_last_change_in_words():
    fake = FakeOrchestrator()
    fake.script("GetDeck", pb.GetDeckResponse(deck=info(revision=3)))
    changes = [
        pb.Change(
            kind=pb.CHANGE_KIND_FIGURE, slide_id="s3", field="f1.mean", before="12", after="13"
        ),
        pb.Change(kind=pb.CHANGE_KIND_CLAIM, slide_id="s4", summary="EMEA no longer leads"),
    ]
    fake.script("DiffRevisions", pb.DiffRevisionsResponse(changes=changes))
    with in_background(serving(fake)) as target:
        told = runner.invoke(app, ["diff", ID, "--target", target])
    assert told.exit_code == 0, told.output
    assert (fake.requests[1].from_revision, fake.requests[1].to_revision) == (2, 3)
    assert "figure: 12 -> 13" in told.output
    assert "EMEA no longer leads" in told.output
