from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from addresses import free_ports
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_cli.main import app
from typer.testing import CliRunner

from fakes.background import in_background
from fakes.orchestrator import ID, FakeOrchestrator, event, html_parts, info, serving

ROOT = Path(__file__).parents[2]
runner = CliRunner()


def making(*events, ended=None):
    fake = FakeOrchestrator()
    fake.script("CreateDeck", pb.CreateDeckResponse(deck=info(pb.STATE_QUEUED)))
    fake.script("WatchDeck", list(events))
    fake.script("GetDeck", pb.GetDeckResponse(deck=ended or info()))
    return fake


EVENTS = [
    event(1, stage_started=pb.StageStarted(stage=pb.STAGE_INTENT)),
    event(2, queries_planned=pb.QueriesPlanned(questions=["delay by [month]"])),
    event(3, query_progress=pb.QueryProgress(result_id="r1", status="waiting")),
    event(4, query_answered=pb.QueryAnswered(result_id="r1", row_count=12, truncated=True)),
    event(5, query_failed=pb.QueryFailed(result_id="r2", error=pb.JobError(message="no"))),
    event(6, facts_computed=pb.FactsComputed(count=2, highlights=["It rose."])),
    event(7, slide_ready=pb.SlideReady(position=1, headline="It rose")),
    event(8, remark=pb.Remark(text="One thing.")),
    event(9, completed=pb.DeckCompleted(slide_count=4, usage=pb.JobUsage(cost_micro_usd=1200))),
]


def test_generate_shows_what_happens_and_where_the_deck_is(tmp_path):
    fake = making(*EVENTS)
    fake.script("ExportDeck", html_parts())
    out = tmp_path / "deck.html"
    with in_background(serving(fake)) as target:
        told = runner.invoke(app, ["generate", "How many?", "-o", str(out), "--target", target])
    assert told.exit_code == 0, told.output
    assert out.read_bytes() == b"<!DOCTYPE html>deck"
    for words in ("delay by [month]", "12 rows (cut)", "1. It rose", "One thing.", "USD 0.0012"):
        assert words in told.output
    assert str(out) in told.output


def test_json_lines_are_for_programs(tmp_path):
    fake = making(*EVENTS)
    fake.script("ExportDeck", html_parts())
    out = tmp_path / "deck.html"
    arguments = ["generate", "How many?", "-o", str(out), "--json"]
    with in_background(serving(fake)) as target:
        told = runner.invoke(app, [*arguments, "--target", target])
    # The fake's own log lines share this process's stdout; a program's stdout has none of them.
    lines = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    assert len(lines) == len(EVENTS) + 1
    assert lines[-1] == {"deck_id": ID, "path": str(out)}


def test_a_failed_deck_exits_1_and_a_question_back_3():
    failed = info(pb.STATE_FAILED, error=pb.JobError(reason="NO_ROWS", message="no rows"))
    with in_background(serving(making(ended=failed))) as target:
        told = runner.invoke(app, ["generate", "Q?", "--target", target])
    assert (told.exit_code, "no rows [NO_ROWS]" in told.stderr) == (1, True)
    asked = info(
        pb.STATE_NEEDS_CLARIFICATION,
        clarification=pb.DeckClarification(text="Which year?", suggestions=["In 2013?"]),
    )
    with in_background(serving(making(ended=asked))) as target:
        told = runner.invoke(app, ["generate", "Q?", "--target", target])
    assert told.exit_code == 3
    assert 'aislides generate "In 2013?"' in told.stderr


def test_a_wrong_call_exits_2_and_nobody_there_4():
    told = runner.invoke(
        app, ["generate", "Q?", "--depth", "bottomless", "--target", "127.0.0.1:1"]
    )
    assert told.exit_code == 2
    told = runner.invoke(app, ["generate", "Q?", "--target", "127.0.0.1:1"])
    assert told.exit_code == 4
    assert "aislides up" in told.stderr


def test_programs_get_failures_as_json_too():
    asked = info(
        pb.STATE_NEEDS_CLARIFICATION,
        clarification=pb.DeckClarification(text="Which year?", suggestions=["In 2013?"]),
    )
    with in_background(serving(making(ended=asked))) as target:
        told = runner.invoke(app, ["generate", "Q?", "--json", "--target", target])
    last = json.loads([line for line in told.stdout.splitlines() if line.startswith("{")][-1])
    assert (told.exit_code, last["deck_id"]) == (3, ID)
    assert last["clarification"]["suggestions"] == ["In 2013?"]
    told = runner.invoke(app, ["list", "--json", "--target", "127.0.0.1:1"])
    assert told.exit_code == 4
    assert json.loads(told.stdout.splitlines()[-1])["error"]["reason"] == "UNAVAILABLE"


def test_every_command_teaches_by_example():
    for command in (
        "generate",
        "up",
        "ask",
        "spaces",
        "list",
        "export",
        "revise",
        "refresh",
        "diff",
        "doctor",
    ):
        assert "Example" in runner.invoke(app, [command, "--help"]).stdout, command


def test_list_export_and_spaces(tmp_path):
    fake = FakeOrchestrator()
    fake.script("ListDecks", pb.ListDecksResponse(decks=[info()]))
    fake.script("ExportDeck", html_parts())
    space = pb.SpaceInfo(
        space_id="s1", title="Flights", description="All of them", sample_questions=["Delays?"]
    )
    fake.script("ListSpaces", pb.ListSpacesResponse(spaces=[space]))
    with in_background(serving(fake)) as target:
        listed = runner.invoke(app, ["list", "--target", target])
        out = tmp_path / "x.html"
        exported = runner.invoke(app, ["export", ID, "-o", str(out), "--target", target])
        spaces = runner.invoke(app, ["spaces", "--target", target])
    assert ID in listed.output
    assert out.exists()
    assert str(out) in exported.output
    assert "Delays?" in spaces.output


def test_help_teaches_by_example():
    told = runner.invoke(app, ["--help"])
    assert "aislides generate" in told.output
    assert "Exit codes" in " ".join(told.output.split())


def environment(tmp_path, **extra):
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AISLIDES_LLM__PROMPTS_FILE": str(ROOT / "config/prompts.yaml"),
        **extra,
    }


def aislides(*arguments, folder, timeout=60, **extra):
    return subprocess.run(
        [sys.executable, "-m", "aislides_cli", *arguments],
        cwd=folder,
        env=environment(folder, **extra),
        capture_output=True,
        text=True,
        timeout=timeout,
    )


@pytest.mark.spawn
def test_doctor_finds_all_well_on_the_embedded_workspace(tmp_path):
    told = aislides("doctor", folder=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count("✓") == 6
    assert "All is well" in told.stdout


@pytest.mark.spawn
def test_doctor_refuses_a_brand_file_with_one_line_for_each_fault(tmp_path):
    path = tmp_path / "brand.yaml"
    path.write_text("name: Acme\ncolours: {primary: red}\nlogo: {light: no.svg}\n")
    told = aislides("doctor", folder=tmp_path, AISLIDES_OUTPUT__BRAND=str(path))
    assert told.returncode == 1
    assert "brand.yaml: colours.primary: must match" in told.stdout


@pytest.mark.spawn
def test_doctor_says_what_to_fix(tmp_path):
    told = aislides(
        "doctor",
        folder=tmp_path,
        DATABRICKS_HOST="http://127.0.0.1:1",
        AISLIDES_LLM__MODE="offline",
    )
    assert told.returncode == 1
    assert "DATABRICKS_TOKEN is missing" in told.stdout


@pytest.mark.spawn
def test_bad_yaml_is_one_line_with_its_place(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("llm:\n  endpoint: [oops\n")
    told = aislides("generate", "Delays?", "--config", str(path), folder=tmp_path)
    assert told.returncode == 2
    assert re.search(r"c\.yaml:\d+", told.stderr)
    assert "Traceback" not in told.stderr


@pytest.mark.spawn
def test_generate_alone_brings_its_own_stack_and_ends_it(tmp_path):
    told = aislides("generate", "average departure delay by month", folder=tmp_path)
    assert told.returncode == 0, told.stderr
    decks = list((tmp_path / "out").glob("*.html"))
    assert len(decks) == 1
    assert b"Content-Security-Policy" in decks[0].read_bytes()


@pytest.mark.spawn
@pytest.mark.timeout(180)
@pytest.mark.parametrize("processes", [False, True])
def test_up_serves_until_interrupted_and_drains(tmp_path, processes):
    with up(tmp_path, *(["--processes"] if processes else [])) as (process, ports):
        import urllib.request

        with urllib.request.urlopen(f"http://127.0.0.1:{ports[4]}/health", timeout=10) as answer:
            assert answer.status == 200
        for port in ports:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=40)
    assert process.returncode == 0, rest
    assert "Traceback" not in rest
    again = socket.socket()
    with again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", ports[3]))


@pytest.mark.spawn
@pytest.mark.timeout(180)
def test_no_service_outlives_up_when_it_is_killed(tmp_path):
    with up(tmp_path, "--processes") as (process, _):
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) >= 5
        process.kill()
        _, alive = psutil.wait_procs(children, timeout=30)
        for child in alive:
            child.kill()
        rest, _ = process.communicate(timeout=5)
    assert alive == []
    assert "Traceback" not in rest


@contextmanager
def up(folder, *arguments):
    """`aislides up` once it says that it is up, and its ports: the workspace's, those of the three
    services, the gateway's."""
    ports = free_ports(5)
    extra = {
        "AISLIDES_LOCAL_WORKSPACE__PORT": str(ports[0]),
        "AISLIDES_GENIE__LISTEN": f"127.0.0.1:{ports[1]}",
        "AISLIDES_LLM__LISTEN": f"127.0.0.1:{ports[2]}",
        "AISLIDES_ORCHESTRATOR__LISTEN": f"127.0.0.1:{ports[3]}",
        "API_PORT": str(ports[4]),
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "aislides_cli", "up", *arguments],
        cwd=folder,
        env=environment(folder, **extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for line in process.stdout:
            if "Ctrl-C" in line:
                break
        yield process, ports
    finally:
        process.kill()
        process.wait()
