"""A small workspace over HTTP: the space `shop` with four orders, and scripted translators."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
from aislides_runtime.settings import Secret
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from local_workspace.server import RunningWorkspace, running_workspace
from local_workspace.settings import LocalWorkspaceSettings
from local_workspace.translate.plan import Answer, Clarification

TOKEN = "test-token"
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # made once: httpx takes 40 ms for each of its own
ORDERS_SQL = "SELECT region, sum(amount) AS revenue FROM orders GROUP BY region ORDER BY region"
SHOP = """
title: Shop
name: shop
description: Four orders.
tables:
  - name: orders
    description: One order a row.
sample_questions: [Revenue by region]
"""


@pytest.fixture(scope="session")
def shop_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the space `shop`; its database is built once for all tests."""
    directory = tmp_path_factory.mktemp("workspace")
    space = directory / "spaces" / "shop"
    space.mkdir(parents=True)
    (space / "space.yaml").write_text(SHOP)
    duckdb.execute(
        f"""COPY (SELECT * FROM (VALUES
            (1, 'North', 10.50::DECIMAL(10,2), DATE '2024-01-05', TIMESTAMP '2024-01-05 10:00:00', true),
            (2, 'North', 2.25, DATE '2024-01-06', TIMESTAMP '2024-01-06 11:30:00', false),
            (3, 'South', 7.00, DATE '2024-02-01', NULL, true),
            (4, NULL, 1.00, NULL, TIMESTAMP '2024-03-01 00:00:00.125', NULL)
            ) orders(order_id, region, amount, order_date, paid_at, online)
        ) TO '{space}/orders.parquet' (FORMAT parquet)"""
    )
    return directory


class ScriptedTranslator:
    """Gives its replies in order and keeps the questions; `finish` fails on leftovers."""

    def __init__(self, *replies: Answer | Clarification | str) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str, Any]] = []

    def __call__(self, question: str, catalog: Any, previous: Any = None) -> Any:
        self.asked.append((question, previous))
        reply = self.replies.pop(0)
        return answered(reply) if isinstance(reply, str) else reply

    def finish(self) -> None:
        assert not self.replies, f"never asked for: {self.replies}"


def answered(sql: str) -> Answer:
    return Answer(sql=sql, title="Revenue", description="Sum of amount.", plan=None)


Start = Callable[..., Any]


@pytest.fixture
async def start(shop_directory: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Start]:
    """Starts workspaces: `await start(*translator_replies, analyst=..., now=..., **settings)`."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("DATABRICKS_CONFIG_FILE", "/nonexistent")
    translators: list[ScriptedTranslator] = []
    async with AsyncExitStack() as stack:

        async def starting(
            *replies: Any, analyst: Any = None, now: Any = None, **settings: Any
        ) -> RunningWorkspace:
            translators.append(ScriptedTranslator(*replies))
            given = {"data_directory": shop_directory, "demo_spaces": (), "port": 0}
            given |= {"token": Secret(TOKEN)} | settings
            more = {} if now is None else {"now": now}
            return await stack.enter_async_context(
                running_workspace(
                    LocalWorkspaceSettings(**given),
                    translator=translators[-1],
                    analyst=analyst,
                    **more,
                )
            )

        yield starting
    for translator in translators:
        translator.finish()


@pytest.fixture
def sdk() -> Callable[..., Any]:
    """Makes an SDK client for a running workspace, in a thread: it probes the host at once."""

    def client(running: RunningWorkspace, token: str, more: dict[str, Any]) -> WorkspaceClient:
        given = {"retry_timeout_seconds": 1, "http_timeout_seconds": 60} | more
        return WorkspaceClient(
            config=Config(host=running.host, token=token, auth_type="pat", **given)
        )

    async def connect(running: RunningWorkspace, token: str = TOKEN, **more: Any) -> Any:
        return await asyncio.to_thread(client, running, token, more)

    return connect


@pytest.fixture
async def http(start: Start) -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """Makes a plain HTTP client for a running workspace, with the token unless told otherwise."""
    async with AsyncExitStack() as stack:

        async def client(running: RunningWorkspace, token: str | None = TOKEN) -> httpx.AsyncClient:
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            return await stack.enter_async_context(
                httpx.AsyncClient(base_url=running.host, headers=headers, timeout=60, verify=NO_TLS)
            )

        yield client


async def settled(genie: Any, space: str, asked: Any) -> Any:
    """The message once it has a final status."""
    final = {"COMPLETED", "FAILED", "CANCELLED", "QUERY_RESULT_EXPIRED"}
    async with asyncio.timeout(20):
        while True:
            message = await asyncio.to_thread(
                genie.get_message, space, asked.conversation_id, asked.message_id
            )
            if message.status is not None and message.status.value in final:
                return message
            await asyncio.sleep(0.01)


async def asked(client: Any, question: str = "Revenue by region") -> tuple[Any, Any]:
    """The accepted question and its settled message."""
    waiter = await asyncio.to_thread(client.genie.start_conversation, "shop", question)
    return waiter, await settled(client.genie, "shop", waiter)


def query_of(message: Any) -> Any:
    return next(a for a in message.attachments if a.query)


class Clock:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0

    def __call__(self) -> float:
        return self.time
