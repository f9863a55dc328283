"""Which spaces there are: those of the package, one's own, and what cannot be used."""

import asyncio
import logging
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest
from local_workspace.api_errors import ApiError
from local_workspace.databases import Databases
from local_workspace.identity import User
from local_workspace.registry import Registry

from .conftest import settled

USER = User("u@example.com", "U")


def add_space(directory: Path, name: str, yaml: str | None = None) -> Path:
    folder = directory / "spaces" / name
    folder.mkdir(parents=True)
    text = yaml or f"name: {name}\ntitle: {name.title()}\ntables: [{{name: t}}]\n"
    (folder / "space.yaml").write_text(text)
    duckdb.execute(f"COPY (SELECT 1 AS n) TO '{folder}/t.parquet' (FORMAT parquet)")
    return folder


def test_own_space_is_seen_without_a_restart(tmp_path: Path) -> None:
    registry = Registry(tmp_path, ())
    assert registry.visible_to(USER) == []
    add_space(tmp_path, "mine")
    (entry,) = registry.visible_to(USER)
    assert entry.space.title == "Mine"
    assert registry.find(entry.id, USER) is registry.find("mine", USER)


def test_demo_spaces_can_be_chosen(tmp_path: Path) -> None:
    names = [entry.space.name for entry in Registry(tmp_path, ("flights",)).visible_to(USER)]
    assert names == ["flights"]
    assert len(Registry(tmp_path, None).visible_to(USER)) == 3


def test_unusable_spaces_are_left_out_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add_space(tmp_path, "good")
    add_space(tmp_path, "broken", "title: [")
    (add_space(tmp_path, "empty") / "t.parquet").unlink()
    registry = Registry(tmp_path, ())
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert [entry.space.name for entry in registry.visible_to(USER)] == ["good"]
    assert len(caplog.records) == 2
    assert "lacks t.parquet" in caplog.text


def test_ids_are_made_from_names_and_stay(tmp_path: Path) -> None:
    add_space(tmp_path, "mine")
    one, two = (Registry(tmp_path, ()).find("mine", USER).id for _ in range(2))
    assert one == two
    assert len(one) == 32
    with pytest.raises(ApiError, match="does not exist"):
        Registry(tmp_path, ()).find("other", USER)


async def test_database_follows_its_files(tmp_path: Path) -> None:
    folder = add_space(tmp_path, "mine")
    files = {"t": folder / "t.parquet"}
    databases = Databases(tmp_path / "databases")
    first = await databases.path("mine", lambda: files)
    assert await databases.path("mine", lambda: files) == first
    duckdb.execute(f"COPY (SELECT 1 AS n, 2 AS m) TO '{files['t']}' (FORMAT parquet)")
    second = await databases.path("mine", lambda: files)
    assert second != first
    assert list((tmp_path / "databases").iterdir()) == [second]
    with duckdb.connect(str(second), read_only=True) as connection:
        assert connection.execute("SELECT m FROM t").fetchall() == [(2,)]


async def test_catalog_is_read_once_and_again_after_an_edit(tmp_path: Path) -> None:
    folder = add_space(tmp_path, "mine")
    registry = Registry(tmp_path, ())
    catalog = await registry.catalog(registry.find("mine", USER))
    assert list(catalog.tables) == ["t"]
    assert await registry.catalog(registry.find("mine", USER)) is catalog
    text = (folder / "space.yaml").read_text() + "instructions: Ask for n.\n"
    (folder / "space.yaml").write_text(text)
    os.utime(folder / "space.yaml", (1, 1))  # whatever the clock's resolution
    edited = await registry.catalog(registry.find("mine", USER))
    assert edited is not catalog
    assert edited.space.instructions == "Ask for n."


async def test_space_that_does_not_fit_its_data_says_so(
    tmp_path: Path, start: Any, sdk: Any
) -> None:
    wrong = "name: mine\ntitle: Mine\ntables: [{name: t, columns: [{name: nope}]}]\n"
    add_space(tmp_path, "mine", wrong)
    client = await sdk(await start(data_directory=tmp_path))
    waiter = await asyncio.to_thread(client.genie.start_conversation, "mine", "q")
    message = await settled(client.genie, "mine", waiter)
    assert message.error.type.value == "TABLES_MISSING_EXCEPTION"
    assert "nope" in message.error.error
