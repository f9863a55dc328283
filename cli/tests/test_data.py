"""`aislides data`: what a person sees when files become a space."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from aislides_cli.import_progress import ImportProgress, told
from aislides_cli.main import app
from local_workspace.own_data.steps import Step
from rich.console import Console
from typer.testing import CliRunner

READINGS = "day;branch;usage (kWh);cost;note\n" + "".join(
    f"{number % 28 + 1:02d}.{number % 12 + 1:02d}.2024;{('Bonn', 'Ulm')[number % 2]};"
    f"1.{number:03d},5;{number},25 €;{'x' if number % 5 else 7}\n"
    for number in range(1, 80)
)
runner = CliRunner()


def test_an_import_shows_what_it_is_at_on_a_terminal_and_nothing_in_a_pipe():
    step = Step("/data/sa[red]les.csv", "reading rows", 16_384, 0.25)
    for terminal in (True, False):
        out = io.StringIO()
        with ImportProgress(Console(file=out, force_terminal=terminal, width=100)) as progress:
            progress.show(step)
        words = "sa[red]les.csv: reading rows, 16,384 rows (25% of the file)"
        assert (words in out.getvalue()) == terminal
        assert bool(out.getvalue()) == terminal
    assert told(Step("", "guessing names, joins and units")) == "guessing names, joins and units"
    assert told(Step("a.csv", "writing the table", 7, 1.0)) == "a.csv: writing the table, 7 rows"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABRICKS_HOST", raising=False)
    (tmp_path / "readings.csv").write_text(READINGS, encoding="cp1252")
    return tmp_path


def data(*arguments: str, keys: str = ""):
    return runner.invoke(app, ["data", *arguments], input=keys)


def test_add_check_list_and_remove(home):
    told = data("add", "readings.csv", "--name", "Energy")
    assert told.exit_code == 0, told.stderr
    for words in (
        "79 rows, cp1252, cells parted by semicolons",
        "numbers with a decimal comma in EUR",
        "dates written DD.MM.YYYY",
        "spaces/energy/space.yaml",
        '--space "Energy"',
        "What was our total usage in 2024?",
    ):
        assert words in told.stdout
    assert "sample_questions:\n  - " in (
        home / "var/local_workspace/spaces/energy/space.yaml"
    ).read_text(encoding="utf-8")

    listed = data("list")
    assert "energy  Energy  1 tables (readings)" in listed.stdout

    for arguments in (["Energy"], ["--name", "energy"]):
        checked = data("check", *arguments)
        assert checked.exit_code == 0, checked.stderr
        assert "no faults" in checked.stdout
        assert "✓ What share of usage comes from each branch?  (2 rows)" in checked.stdout

    assert data("remove", "Energy", keys="n\n").exit_code == 1
    assert data("remove", "Energy", "--yes").exit_code == 0
    assert "None yet" in data("list").stdout


def test_faults_of_an_edited_file_are_lines_that_an_editor_can_open(home):
    data("add", "readings.csv", "--name", "Energy")
    path = home / "var/local_workspace/spaces/energy/space.yaml"
    path.write_text(path.read_text().replace("name: branch", "name: brunch"))
    told = data("check", "Energy")
    assert told.exit_code == 1
    assert "space.yaml:" in told.stderr
    assert "no column 'brunch'" in told.stderr
    path.write_text(path.read_text().replace("name: brunch", "name: branch") + "joins: []\n")
    assert "written twice" in data("check", "Energy").stderr
    path.write_text("tables: [")
    assert "cannot be used" in data("list").stdout


JOINS = {
    "fan-out": (
        "  - {name: place, many: readings.branch, one: branches.country}\n",
        "'branches.country' is not unique, so this join would multiply rows",
    ),
    "cycle": (
        "  - {name: place, many: readings.branch, one: branches.branch}\n"
        "  - {name: back, many: branches.branch, one: readings.branch}\n",
        "cycle",
    ),
    "no such column": (
        "  - {name: place, many: readings.brunch, one: branches.branch}\n",
        "table 'readings' has no column 'brunch'",
    ),
}


@pytest.mark.parametrize("kind", JOINS)
def test_joins_that_would_give_wrong_numbers_are_refused_where_they_stand(home, kind):
    (home / "branches.csv").write_text("branch,country\nBonn,Germany\nUlm,Germany\n")
    assert data("add", "readings.csv", "branches.csv", "--name", "Energy").exit_code == 0
    path = home / "var/local_workspace/spaces/energy/space.yaml"
    lines, words = JOINS[kind]
    joins = re.compile(r"^joins:\n.*?^(?=\w)", re.MULTILINE | re.DOTALL)
    text, changed = joins.subn(f"joins:\n{lines}", path.read_text())
    assert changed == 1
    path.write_text(text)
    line = text.splitlines().index(lines.splitlines()[-1]) + 1
    told = data("check", "Energy")
    assert told.exit_code == 1
    assert words in told.stderr
    assert f"space.yaml:{line}:" in told.stderr


def test_a_sample_question_that_gets_no_answer_fails_the_check(home):
    data("add", "readings.csv", "--name", "Energy")
    path = home / "var/local_workspace/spaces/energy/space.yaml"
    path.write_text(path.read_text() + "  - Who is the president?\n")
    told = data("check", "Energy")
    assert told.exit_code == 1
    assert "✗ Who is the president?" in told.stdout


def test_what_cannot_be_read_is_one_clear_line_and_exit_1(home):
    (home / "empty.csv").touch()
    (home / "ragged.csv").write_text("a,b\n1,2\n3\n")
    assert "empty.csv: the file is empty" in data("add", "empty.csv", "--name", "E").stderr
    told = data("add", "ragged.csv", "--name", "R")
    assert told.exit_code == 1
    assert "ragged.csv:3: 1 cells" in told.stderr
    assert "Traceback" not in told.output
    mended = data("add", "ragged.csv", "--name", "R", "--lenient")
    assert "! 1 ragged rows were padded or cut" in mended.stdout
    again = data("add", "ragged.csv", "--name", "R")
    assert "--replace" in again.stderr


def test_wrong_calls_exit_2(home):
    assert data("add", "readings.csv", "--name", "E", "--dates", "whenever").exit_code == 2
    assert data("check").exit_code == 2
    assert data("check", "Nope").exit_code == 1


def test_a_real_workspace_in_the_environment_is_warned_about(home, monkeypatch):
    monkeypatch.setenv("DATABRICKS_HOST", "https://example.invalid")
    assert "DATABRICKS_HOST is set" in data("add", "readings.csv", "--name", "Energy").stdout
