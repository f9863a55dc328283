"""Spaces of one's own: whole or not at all, replaced only when told, checked with line and column."""

import os
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest
from local_workspace.identity import User
from local_workspace.own_data import child
from local_workspace.own_data.checking import check_space, write_sample_questions
from local_workspace.own_data.errors import DataError, SpaceExists, SpaceMissing
from local_workspace.own_data.importing import table_name
from local_workspace.own_data.in_child import ImportLimits
from local_workspace.own_data.shelf import Shelf, space_name
from local_workspace.own_data.text_file import Choices
from local_workspace.registry import Registry
from local_workspace.spaces import SpaceFileError, load_space

VISITS = "visit_id;clinic_id;day;fee;seen\n" + "".join(
    f"{number};C{number % 3};{number % 27 + 1:02d}.0{number % 9 + 1}.2024;{number},50 €;"
    f"{'ja' if number % 4 else 'nein'}\n"
    for number in range(1, 61)
)
USER = User("u@example.com", "U")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    visits, clinics = tmp_path / "visits.csv", tmp_path / "clinics.parquet"
    visits.write_text(VISITS, encoding="cp1252")
    duckdb.execute(
        f"""COPY (SELECT * FROM (VALUES ('C0', 'Harbour', 'North'), ('C1', 'Hill', 'North'),
        ('C2', 'Lake', 'South')) t(clinic_id, clinic_name, region)) TO '{clinics}' (FORMAT parquet)"""
    )
    return [visits, clinics]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data")


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's work without its process, whose limits would be ours."""
    monkeypatch.setattr(child, "limit_memory", lambda memory_bytes: None)

    def run(wanted, limits, on_step):
        told = child.answer(
            {
                "title": wanted.title,
                "name": wanted.name,
                "files": [str(file) for file in wanted.files],
                "folder": str(wanted.folder),
                "choices": asdict(wanted.choices),
                "memory_bytes": limits.memory_bytes,
            },
            on_step,
        )
        if "error" in told:
            raise DataError(told["error"])
        return [child_report(report) for report in told["reports"]]

    from local_workspace.own_data.report import FileReport

    child_report = FileReport.of
    monkeypatch.setattr("local_workspace.own_data.shelf.import_in_child", run)


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.spawn
async def test_files_become_a_space_that_the_workspace_serves(files, shelf, tmp_path):
    space, reports = shelf.add("Clinic visits", files, Choices())
    assert (space.name, space.tables, space.fault) == ("clinic_visits", ("visits", "clinics"), "")
    assert [report.rows for report in reports] == [60, 3]
    registry = Registry(tmp_path / "data", ())
    (entry,) = registry.visible_to(USER)
    assert entry.space.title == "Clinic visits"
    assert entry.space.joins[0].one == "clinics.clinic_id"
    fee = next(c for c in entry.space.tables[0].columns if c.name == "fee")
    assert (fee.role, fee.unit) == ("measure", "EUR")
    checked = await check_space(space, tmp_path / "data")
    answered = [one for one in checked.likely if one.rows]
    assert len(answered) >= 8
    assert any("region" in one.sql for one in answered) or checked.catalog.joins
    assert list((tmp_path / "data" / "incoming").iterdir()) == []


@pytest.mark.spawn
def test_an_import_tells_what_it_is_at(shelf, tmp_path):
    long = tmp_path / "long.csv"
    long.write_text(
        "day,amount\n" + "".join(f"2024-01-{n % 28 + 1:02d},{n}\n" for n in range(90_000))
    )
    steps = []
    shelf.add("Long", [long], Choices(), on_step=steps.append)
    assert list(dict.fromkeys(step.doing for step in steps)) == [
        "looking at the file",
        "reading rows",
        "sorting cells into columns",
        "looking at what the cells are",
        "checking the guesses against every cell",
        "writing the table",
        "guessing names, joins and units",
    ]
    reading = [step for step in steps if step.doing == "reading rows"]
    assert reading[0].file == str(long) and reading[0].rows == 16_384
    assert 0.1 < reading[0].share < 0.3
    assert len(reading) <= 5, "not more than people can read"


@pytest.mark.spawn
def test_the_child_is_ended_at_its_deadline_and_nothing_is_left(files, shelf, tmp_path):
    with pytest.raises(DataError, match=r"longer than 0\.01 seconds"):
        shelf.add("Visits", files, Choices(), limits=ImportLimits(seconds=0.01))
    assert everything(tmp_path / "data") == {}


@pytest.mark.spawn
def test_a_child_without_memory_is_told_in_words(files, shelf):
    with pytest.raises(DataError, match="memory"):
        shelf.add("Visits", files, Choices(), limits=ImportLimits(memory_bytes=8 * 2**20))


@pytest.mark.usefixtures("in_process")
def test_a_name_is_taken_until_replaced(files, shelf):
    shelf.add("Visits", files, Choices())
    with pytest.raises(SpaceExists, match="--replace"):
        shelf.add("visits", files, Choices())
    space, _ = shelf.add("Visits", files[:1], Choices(), replacing=True)
    assert space.tables == ("visits",)
    assert not (space.folder / "clinics.parquet").exists()
    with pytest.raises(SpaceExists, match="demo space"):
        shelf.add("Flights", files, Choices())


@pytest.mark.usefixtures("in_process")
def test_a_failed_replacement_leaves_the_old_space_untouched(files, shelf, tmp_path):
    shelf.add("Visits", files, Choices())
    before = everything(tmp_path / "data")
    files[0].write_text("a,b\n1,2,3\n")
    with pytest.raises(DataError, match=r"visits\.csv:2: 3 cells"):
        shelf.add("Visits", files, Choices(), replacing=True)
    assert everything(tmp_path / "data") == before


@pytest.mark.usefixtures("in_process")
def test_a_rename_that_fails_puts_the_old_space_back(files, shelf, tmp_path, monkeypatch):
    shelf.add("Visits", files, Choices())
    before = everything(tmp_path / "data")
    rename = Path.rename

    def failing(self, target):
        if "new-" in str(self):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space"):
        shelf.add("Visits", files[:1], Choices(), replacing=True)
    assert everything(tmp_path / "data") == before


@pytest.mark.usefixtures("in_process")
def test_a_space_set_aside_by_a_crash_comes_back(files, shelf, tmp_path):
    space, _ = shelf.add("Visits", files, Choices())
    space.folder.rename(tmp_path / "data" / "incoming" / "replaced-visits")
    drafts = [tmp_path / "data" / "incoming" / name for name in ("new-old", "new-young")]
    for draft in drafts:
        draft.mkdir()
    os.utime(drafts[0], (1, 1))
    assert [one.name for one in shelf.list()] == ["visits"]
    assert [draft.exists() for draft in drafts] == [False, True]


@pytest.mark.usefixtures("in_process")
def test_remove_takes_the_space_and_what_was_built_from_it(files, shelf, tmp_path):
    shelf.add("My Visits", files, Choices())
    built = tmp_path / "data" / "databases" / "my_visits-0123456789abcdef.duckdb"
    built.parent.mkdir()
    built.touch()
    shelf.remove("my visits")
    assert (shelf.list(), built.exists()) == ([], False)
    with pytest.raises(SpaceMissing, match="none yet"):
        shelf.remove("My Visits")


@pytest.mark.usefixtures("in_process")
def test_files_that_are_missing_too_many_or_nameless(files, shelf, tmp_path):
    with pytest.raises(DataError, match="there is no such file"):
        shelf.add("Visits", [tmp_path / "nope.csv"], Choices())
    with pytest.raises(DataError, match="1 to 30 files"):
        shelf.add("Visits", files * 16, Choices())
    with pytest.raises(DataError, match="needs a --name"):
        shelf.add("  ", files, Choices())
    (tmp_path / "void.csv").touch()
    with pytest.raises(DataError, match=r"void\.csv: the file is empty"):
        shelf.add("Visits", [tmp_path / "void.csv"], Choices())


@pytest.mark.usefixtures("in_process")
def test_parquet_keeps_its_types_and_loses_only_what_cannot_be_shown(shelf, tmp_path):
    file = tmp_path / "odd.parquet"
    duckdb.execute(
        f"""COPY (SELECT 1 AS "a.b", [1, 2] AS list, 'x'::BLOB AS raw, 1.5::DECIMAL(4,1) AS price,
        TIMESTAMPTZ '2024-01-01 10:00:00+00' AS at, TIMESTAMP_MS '2024-01-01 10:00:00' AS ms
        ) TO '{file}' (FORMAT parquet)"""
    )
    _, (report,) = shelf.add("Odd", [file], Choices())
    assert [(column.name, column.type) for column in report.columns] == [
        ("a b", "INTEGER"),
        ("list", "VARCHAR"),
        ("price", "DECIMAL(4,1)"),
        ("at", "TIMESTAMP"),
        ("ms", "TIMESTAMP"),
    ]
    assert "left out" in report.check[0]
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(DataError, match="damaged"):
        shelf.add("Torn", [file], Choices())


@pytest.mark.usefixtures("in_process")
async def test_wide_tables_and_hostile_headers_are_carried(shelf, tmp_path):
    file = tmp_path / "wide.csv"
    headers = ["select", "😀", 'qu"ote', "d.o.t", "{t}", *(f"m{n}" for n in range(305))]
    file.write_text(
        "\n".join(
            [",".join(f'"{h}"'.replace('qu"', 'qu""') for h in headers)]
            + [",".join(str((row * place) % 7) for place in range(310)) for row in range(1, 9)]
        )
    )
    space, (report,) = shelf.add("Wide", [file], Choices())
    assert [column.name for column in report.columns[:5]] == [
        "select",
        "😀",
        "qu ote",
        "d o t",
        "t",
    ]
    checked = await check_space(space, tmp_path / "data")
    assert sum(bool(one.rows) for one in checked.likely) >= 1
    assert "grinning face" in (space.folder / "space.yaml").read_text()
    assert "10 more columns" in (space.folder / "space.yaml").read_text()


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "joins:\n",
            "joins:\n  - {name: back, many: clinics.clinic_id, one: visits.visit_id}\n",
            "cycle",
        ),
        ("one: clinics.clinic_id", "one: clinics.region", "would multiply rows"),
        ("{name: fee,", "{name: feee,", "no column 'feee'"),
        ("measures:", "measurs:", "not a key here"),
        (
            "measures:\n",
            "measures:\n  - {name: m, table: visits, sql: sum(nope)}\n",
            "no column 'nope'",
        ),
    ],
)
async def test_faults_of_an_edited_space_file_have_line_and_column(
    shelf, files, tmp_path, old, new, fault
):
    space, _ = shelf.add("Visits", files, Choices())
    path = space.folder / "space.yaml"
    text = path.read_text()
    assert old in text
    text = text.replace(old, new, 1)
    path.write_text(text)
    with pytest.raises(SpaceFileError) as caught:
        await check_space(space, tmp_path / "data")
    told = caught.value.faults
    assert any(fault in one.message for one in told), told
    lines = text.splitlines()
    for one in told:
        assert one.file == str(path)
        assert one.line > 0
        assert lines[one.line - 1][one.column - 1 :].strip()


@pytest.mark.usefixtures("in_process")
async def test_own_questions_are_tried_and_missing_tables_told(shelf, files, tmp_path):
    space, _ = shelf.add("Visits", files, Choices())
    write_sample_questions(space.folder / "space.yaml", ["Total fee by region", "Who: are you?"])
    assert load_space(space.folder / "space.yaml").sample_questions[1] == "Who: are you?"
    checked = await check_space(space, tmp_path / "data")
    assert [bool(one.rows) for one in checked.own] == [True, False]
    assert checked.own[1].why_not
    (space.folder / "clinics.parquet").unlink()
    (broken,) = shelf.list()
    assert "clinics" in broken.fault
    with pytest.raises(SpaceFileError, match=r"no file clinics\.parquet"):
        await check_space(space, tmp_path / "data")
    (space.folder / "space.yaml").write_text("title: [")
    assert "space.yaml:1" in shelf.list()[0].fault


def test_names_of_spaces_and_tables():
    assert space_name("Sales 2024") == "sales_2024"
    assert space_name("2024") == "space_2024"
    assert table_name(Path("x/Sales 2024.q1.csv")) == "sales_2024"
    assert table_name(Path("2024.csv")) == "t_2024"
