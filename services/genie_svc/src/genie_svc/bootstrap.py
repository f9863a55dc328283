"""The only file that knows every concrete class."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from aislides.genie.v1.genie_service_pb2_grpc import add_GenieServiceServicer_to_server
from aislides_runtime.serve import RunningServer, running_server
from sqlalchemy.exc import SQLAlchemyError

from genie_svc.adapters.calls import Calls, Threads
from genie_svc.adapters.clock import SystemClock
from genie_svc.adapters.database import Database, DatabaseUnusable, open_database
from genie_svc.adapters.databricks import Connection, Credentials
from genie_svc.adapters.identities import Identities
from genie_svc.adapters.journal import SqlJournal
from genie_svc.adapters.local_budget import LocalBudget, Unlimited
from genie_svc.adapters.retries import RetryBudget, RetryPolicy
from genie_svc.adapters.shared_budget import SharedBudget
from genie_svc.adapters.snapshots import SqlSnapshots
from genie_svc.again import RunAgain
from genie_svc.ask import Ask
from genie_svc.asking import Asking
from genie_svc.background import Background
from genie_svc.conversations import Conversations
from genie_svc.domain.rows import CellLimits
from genie_svc.lost import LostPolicy, LostQuestions
from genie_svc.ports import Clock, QuestionBudget
from genie_svc.readiness import WorkspaceCheck
from genie_svc.results import ReadResults, ResultLimits
from genie_svc.servicer import GenieServicer, UseCases
from genie_svc.settings import GenieSection, GenieSettings
from genie_svc.spaces import Spaces
from genie_svc.statements import Statements
from genie_svc.stored import StoredSql
from genie_svc.waiting import Waiting, WaitPolicy

MOST_CALL_SECONDS = 900.0


@asynccontextmanager
async def running_genie(
    settings: GenieSettings, *, clock: Clock | None = None
) -> AsyncIterator[RunningServer]:
    """A genie_svc that takes calls at `.target`; leaving the block drains and stops it."""
    genie = settings.genie
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(genie.database_url))
        polling = Threads(max(1, genie.http_threads // 2))
        stack.callback(polling.close)
        threads = Threads(max(1, genie.http_threads - genie.http_threads // 2))
        stack.callback(threads.close)
        background = Background()
        stack.push_async_callback(background.drain)
        identities = _identities(
            settings, Calls(threads, clock, RetryPolicy(), RetryBudget(), polling=polling), clock
        )
        journal = SqlJournal(database, clock, kept_seconds=genie.kept_days * 86_400)
        snapshots = SqlSnapshots(
            database,
            clock,
            kept_seconds=genie.kept_days * 86_400,
            most_bytes=genie.snapshot_megabytes * 1_000_000,
        )
        await stack.enter_async_context(_tidying(journal, snapshots, clock))
        budget = _budget(settings, database, clock)
        stack.push_async_callback(budget.close)
        lost = LostQuestions(
            journal,
            clock,
            LostPolicy(
                settle_seconds=genie.settle_seconds,
                foreign_seconds=genie.http_timeout_seconds if database.shared else 0.0,
            ),
        )
        asking = Asking(
            journal,
            budget,
            clock,
            background,
            lost,
            send_seconds=3 * genie.http_timeout_seconds + genie.settle_seconds,
        )
        waiting = Waiting(
            clock,
            WaitPolicy(
                first_gap=genie.poll_first_seconds,
                most_gap=genie.poll_most_seconds,
                patience_seconds=genie.patience_seconds,
            ),
        )
        statements = Statements(clock)
        results = ReadResults(statements, _limits(genie))
        spaces = Spaces(clock, kept_seconds=genie.space_cache_seconds)
        use_cases = UseCases(
            ask=Ask(
                asking=asking,
                waiting=waiting,
                results=results,
                spaces=spaces,
                journal=journal,
                snapshots=snapshots,
                clock=clock,
                background=background,
                timeout_seconds=genie.timeout_seconds,
                cancel_abandoned_sql=genie.cancel_abandoned_sql,
            ),
            conversations=Conversations(asking, waiting),
            again=RunAgain(
                StoredSql(
                    statements, spaces, background, send_seconds=2 * genie.http_timeout_seconds
                )
            ),
            results=results,
            spaces=spaces,
        )
        servicer = GenieServicer(
            use_cases,
            identities,
            default_space=genie.space_id,
            trust_user_token=genie.trust_user_token,
        )

        async def hand_back() -> None:
            waiting.drain()

        server = running_server(
            lambda server: add_GenieServiceServicer_to_server(servicer, server),
            listen=genie.listen,
            port_setting="genie.listen",
            readiness={
                "database": database.check,
                "workspace": WorkspaceCheck(
                    identities,
                    clock,
                    background,
                    space_id=genie.space_id,
                    kept_seconds=genie.ready_cache_seconds,
                ),
            },
            on_drain=hand_back,
            max_call_seconds=MOST_CALL_SECONDS,
        )
        yield await stack.enter_async_context(server)


@asynccontextmanager
async def _tidying(
    journal: SqlJournal, snapshots: SqlSnapshots, clock: Clock
) -> AsyncIterator[None]:
    """Drops what is too old now and every hour."""

    async def tidy() -> None:
        while True:
            with suppress(SQLAlchemyError, DatabaseUnusable):  # the next hour will do
                await journal.forget_old()
                await snapshots.tidy()
            await clock.sleep(3_600.0)

    task = asyncio.create_task(tidy())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def _identities(settings: GenieSettings, calls: Calls, clock: Clock) -> Identities:
    genie, databricks = settings.genie, settings.databricks
    return Identities(
        Connection(
            host=databricks.host,
            http_timeout_seconds=genie.http_timeout_seconds,
            connections=genie.http_threads,
            most_reply_bytes=genie.max_reply_bytes,
        ),
        Credentials(databricks.token, databricks.client_id, databricks.client_secret),
        calls,
        clock,
        kept=genie.clients_kept,
        idle_seconds=genie.client_idle_seconds,
    )


def _budget(settings: GenieSettings, database: Database, clock: Clock) -> QuestionBudget:
    genie = settings.genie
    if genie.questions_per_minute == 0:
        return Unlimited(clock)
    if database.shared:
        return SharedBudget(
            database,
            clock,
            workspace=settings.databricks.host,
            per_minute=genie.questions_per_minute,
            most_queued=genie.most_queued,
            weights=genie.tenant_weights,
        )
    return LocalBudget(
        clock,
        per_minute=genie.questions_per_minute,
        most_queued=genie.most_queued,
        weights=genie.tenant_weights,
    )


def _limits(genie: GenieSection) -> ResultLimits:
    return ResultLimits(
        rows=genie.max_rows,
        held_characters=genie.max_result_characters,
        cells=CellLimits(genie.max_columns, genie.max_cell_characters),
    )
