"""Starting the service: settings that cannot be used, and the process itself."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aislides_runtime.settings import SettingsError
from llm_settings import PROMPTS, settings_for
from llm_svc.adapters import litellm_extra
from llm_svc.bootstrap import running_llm
from llm_svc.ledger.database import open_ledger
from llm_svc.ledger.tables import metadata
from llm_svc.ports import Outcome
from llm_svc.settings import Settings, read_settings
from sqlalchemy import create_engine

BAD = {
    "DATABRICKS_HOST is missing": {},
    "does not exist": {"base_url": "http://x", "prompts_file": Path("none.yaml")},
    "unknown providers away": {
        "base_url": "http://x",
        "tenants": {"a": {"providers": ["away"]}},
    },
    "llm.providers.l: kind litellm": {
        "base_url": "http://x",
        "providers": {"l": {"kind": "litellm"}},
    },
    "llm.providers.r.transcripts": {
        "base_url": "http://x",
        "providers": {"r": {"kind": "replay", "transcripts": "none.jsonl"}},
    },
}


@pytest.mark.parametrize("fault", BAD)
async def test_settings_that_cannot_be_used_stop_the_start(tmp_path, fault, monkeypatch):
    def missing(name):
        raise litellm_extra.PackageNotFoundError(name)

    monkeypatch.setattr(litellm_extra, "version", missing)
    settings = settings_for(tmp_path, None, **BAD[fault])
    with pytest.raises(SettingsError, match=fault):
        async with running_llm(settings):
            pass


def test_settings_come_from_yaml_and_environment(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(
        "llm: {endpoint: m, prices: {m: {input: 1, output: 2, since: 2026-01-01}}}\ngenie: {x: 1}"
    )
    environ = {
        "DATABRICKS_HOST": "h",
        "DATABRICKS_TOKEN": "t",
        "AISLIDES_LLM__MODE": "offline",
        "AISLIDES_LLM__FALLBACKS": '["a/b"]',
        "LLM_API_KEY": "k",
        "LOG_LEVEL": "DEBUG",
    }
    settings = read_settings(path, environ=environ)
    assert (settings.llm.endpoint, settings.llm.mode) == ("m", "offline")
    assert settings.llm.fallbacks == ["a/b"] and settings.logging.level == "DEBUG"
    assert settings.databricks.token.reveal() == "t" and settings.llm.api_key.reveal() == "k"
    assert repr(settings.databricks.token) == "Secret('***')"
    with pytest.raises(SettingsError, match="modes"):
        path.write_text("llm: {modes: x}")
        read_settings(path, environ={})


@pytest.mark.parametrize("section", [{"kind": "openai"}, {"kind": "replay"}])
def test_providers_must_be_complete(section):
    with pytest.raises(ValueError, match="needs"):
        Settings.model_validate({"llm": {"providers": {"p": section}}})


async def test_offline_needs_no_workspace(tmp_path):
    async with running_llm(settings_for(tmp_path, None, mode="offline")) as server:
        assert server.port > 0


async def test_outcomes_are_forgotten_after_their_time_and_entries_are_not(tmp_path):
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    url = f"sqlite+aiosqlite:///{tmp_path}/l.db"
    async with open_ledger(url, now=lambda: now[0]) as ledger:
        await ledger.record([], Outcome("t", "old", "h"))
        now[0] += timedelta(days=20)
        await ledger.record([], Outcome("t", "new", "h"))
        now[0] += timedelta(days=20)
        assert await ledger.forget(timedelta(days=30)) == 1
        assert await ledger.outcome("t", "old") is None
        assert (await ledger.outcome("t", "new")).body_hash == "h"


async def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path):
    path = tmp_path / "l.db"
    for _ in range(2):
        async with open_ledger(f"sqlite+aiosqlite:///{path}") as ledger:
            await ledger.ready()
    with closing(sqlite3.connect(path)) as connection:
        for table in metadata.sorted_tables:
            columns = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
            assert [column[1] for column in columns] == [c.name for c in table.columns]
            indexes = connection.execute(f"PRAGMA index_list({table.name})").fetchall()
            assert {index.name for index in table.indexes} <= {index[1] for index in indexes}


async def test_a_database_made_before_migrations_is_taken_over(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/l.db")
    metadata.create_all(engine)
    engine.dispose()
    async with open_ledger(f"sqlite+aiosqlite:///{tmp_path}/l.db") as ledger:
        await ledger.record([], Outcome("t", "r", "h"))
        assert await ledger.outcome("t", "r")


def process(*arguments, folder):
    return subprocess.Popen(
        [sys.executable, "-m", "llm_svc", "--config", *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def config(folder, **llm):
    path = folder / "config.yaml"
    lines = {"listen": "127.0.0.1:0", "prompts_file": str(PROMPTS), "mode": "offline", **llm}
    path.write_text("llm:\n" + "".join(f"  {key}: {value}\n" for key, value in lines.items()))
    return str(path)


@pytest.mark.spawn
def test_the_process_serves_until_it_is_told_to_stop(tmp_path):
    with process(config(tmp_path), folder=tmp_path) as service:
        line = service.stdout.readline()
        assert "server_started" in line and '"service": "llm_svc"' in line
        service.send_signal(signal.SIGTERM)
        assert service.wait(20) == 0
        assert "server_stopped" in service.stdout.read()
    assert (tmp_path / "var" / "llm.db").exists()


@pytest.mark.spawn
def test_what_stops_the_start_is_one_clear_line(tmp_path):
    stopped = [
        ({"mode": "online"}, "DATABRICKS_HOST is missing", 2),
        ({"listen": "0.0.0.0:0"}, "insecure_ok", 1),
    ]
    with ExitStack() as stack:  # all at once: a start costs seconds
        services = []
        for llm, words, code in stopped:
            folder = tmp_path / words
            folder.mkdir()
            service = stack.enter_context(process(config(folder, **llm), folder=folder))
            services.append((service, words, code))
        for service, words, code in services:
            assert service.wait(20) == code
            errors = service.stderr.read()
            assert words in errors and errors.count("\n") == 1 and "Traceback" not in errors
