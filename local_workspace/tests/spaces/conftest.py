"""Asking a space that a test made."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from local_workspace.spaces import Catalog
from local_workspace.translate import Answer, translate

Asking = Callable[[str, Catalog, duckdb.DuckDBPyConnection], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def rows_of() -> Asking:
    """The rows that a question gets; fails with the question back where it gets none."""

    def ask(
        question: str, catalog: Catalog, connection: duckdb.DuckDBPyConnection
    ) -> list[tuple[Any, ...]]:
        answer = translate(question, catalog)
        assert isinstance(answer, Answer), answer
        return connection.execute(answer.sql.replace("`", '"')).fetchall()

    return ask
